package archive

import (
	"strings"

	"vidimus"
	"vidimus/writing"
)

// Sought is what pages are to state: a place, or a number. There is no such
// question about people.
type Sought struct {
	Places  []string // any of these keys, as writing.AskedPlaceKeys gives them
	Numbers *Numbers
}

// Numbers are those between two keys of writing.NumberKey, each counted or
// not; an empty key is no bound.
type Numbers struct {
	From, To         string
	WithFrom, WithTo bool
	Unit             string // "" for any
}

// Statement is what a mention says, in the form in which it is looked up. Only
// places and numbers have one.
type Statement struct {
	Kind string // of StatedPlace, StatedNumber, StatedRange
	Key  string
	High string // of a range: the key of its other end
}

// The kinds of statements.
const (
	StatedPlace  = "place"
	StatedNumber = "number"
	StatedRange  = "range"
)

// Statements gives what a mention says.
func Statements(m vidimus.Mention) (all []Statement) {
	switch m.Kind {
	case vidimus.Locality:
		for _, key := range writing.PlaceKeys(m.Value) {
			all = append(all, Statement{Kind: StatedPlace, Key: key})
		}
	case vidimus.Quantity:
		a, _ := writing.ParseAmount(m.Value)
		low, ok := writing.NumberKey(a.Value)
		high, ranged := writing.NumberKey(a.High)
		switch {
		case ok && ranged:
			all = append(all, Statement{StatedRange, withUnit(low, a.Unit), high})
		case ok:
			all = append(all, Statement{Kind: StatedNumber, Key: withUnit(low, a.Unit)})
		}
	}
	return all
}

// unitParting stands between a number's key and its unit. Like it, above goes
// before all that keys are made of.
const (
	unitParting = " "
	above       = "!"
)

func withUnit(number, unit string) string {
	if unit == "" {
		return number
	}
	return number + unitParting + unit
}

// Least is the first key of numbers that may be meant.
func (n Numbers) Least() string {
	if n.From == "" || n.WithFrom {
		return n.From
	}
	return n.From + above
}

// Beyond is the key after those of numbers that may be meant.
func (n Numbers) Beyond() string {
	switch {
	case n.To == "":
		return "~"
	case n.WithTo:
		return n.To + above
	}
	return n.To
}

// Fits reports whether a number, or any part of a range, is meant.
func (n Numbers) Fits(s Statement) bool {
	number, unit, _ := strings.Cut(s.Key, unitParting)
	if n.Unit != "" && n.Unit != unit || s.Key >= n.Beyond() {
		return false
	}
	if s.Kind == StatedRange {
		number = s.High
	}
	return s.Kind != StatedPlace && number >= n.Least()
}

// Fits reports whether a statement says what is sought.
func (s Sought) Fits(says Statement) bool {
	if s.Numbers != nil {
		return s.Numbers.Fits(says)
	}
	for _, key := range s.Places {
		if says.Kind == StatedPlace && says.Key == key {
			return true
		}
	}
	return false
}
