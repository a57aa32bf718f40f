package understand

import (
	"strings"

	"vidimus"
	"vidimus/writing"
)

// Amount is a number as a mention's value says it.
type Amount struct {
	Value string // decimal digits
	High  string // the other end of a range, or empty
	Bound writing.Bound
	Unit  string
}

// String is the value of a mention: over 12000 people, 3..5 t.
func (a Amount) String() string {
	s := a.Value
	if a.High != "" {
		s += ".." + a.High
	}
	if a.Bound != writing.Exactly {
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
	a.Bound = writing.Bound(strings.TrimSpace(value[:at]))
	digits, unit, _ := strings.Cut(value[at:], " ")
	a.Unit = unit
	a.Value, a.High, _ = strings.Cut(digits, "..")
	return a, true
}

// quantities gives the numbers of a text. Those within dates are dropped when
// mentions are settled.
func quantities(text string) (all []vidimus.Mention) {
	for _, n := range writing.Numbers(text) {
		confidence := 70
		if n.Unit != "" {
			confidence = 90
		}
		all = append(all, vidimus.Mention{Start: n.Start, End: n.End, Kind: vidimus.Quantity, Rule: n.Rule, Confidence: confidence,
			Value: Amount{n.Value, n.High, n.Bound, n.Unit}.String()})
	}
	return all
}
