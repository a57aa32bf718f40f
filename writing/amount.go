package writing

import (
	"strconv"
	"strings"
)

// Amount is a number as a mention's value says it.
type Amount struct {
	Value string // decimal digits
	High  string // the other end of a range, or empty
	Bound Bound
	Unit  string
}

// AmountOf gives what a number says.
func AmountOf(n Number) Amount { return Amount{n.Value, n.High, n.Bound, n.Unit} }

// String is the value of a mention: over 12000 people, 3..5 t.
func (a Amount) String() string {
	s := a.Value
	if a.High != "" {
		s += ".." + a.High
	}
	if a.Bound != Exactly {
		s = string(a.Bound) + " " + s
	}
	if a.Unit != "" {
		s += " " + a.Unit
	}
	return s
}

// ParseAmount is String undone, as far as a reader's correction keeps to it.
func ParseAmount(value string) (a Amount, ok bool) {
	at := strings.IndexAny(value, "-0123456789")
	if at < 0 {
		return Amount{}, false
	}
	a.Bound = Bound(strings.TrimSpace(value[:at]))
	digits, unit, _ := strings.Cut(value[at:], " ")
	a.Unit = unit
	a.Value, a.High, _ = strings.Cut(digits, "..")
	return a, true
}

// What the keys of numbers begin with: those below zero, zero, those above.
const (
	keyBelow = "b"
	keyZero  = "m"
	keyAbove = "p"
)

// NumberKey writes a decimal number so that the order of keys is that of the
// numbers, exactly and for any length: how many digits stand before the point,
// and the digits. A key has no space in it, and none begins another with a
// character below "0" after it.
func NumberKey(decimal string) (key string, ok bool) {
	digits, below := strings.CutPrefix(decimal, "-")
	whole, part, _ := strings.Cut(digits, ".")
	if len(whole)+len(part) == 0 || len(digits) > 400 || strings.Trim(whole+part, "0123456789") != "" {
		return "", false
	}
	whole = strings.TrimLeft(whole, "0")
	size := len(whole)
	if whole == "" {
		significant := strings.TrimLeft(part, "0")
		size = len(significant) - len(part)
		part = significant
	}
	digits = strings.TrimRight(whole+part, "0")
	if digits == "" {
		return keyZero, true
	}
	key = strconv.Itoa(500+size) + digits
	if !below {
		return keyAbove + key, true
	}
	inverted := []byte(key)
	for i, c := range inverted {
		inverted[i] = '0' + '9' - c
	}
	return keyBelow + string(inverted) + "~", true
}
