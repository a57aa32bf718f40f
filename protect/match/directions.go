package match

import (
	"slices"
	"unicode"
)

// What is drawn stands in the order of places, from the left. The order in
// which it is read depends on the direction of its line, which a drawing does
// not tell: so each is tried.

func fromRight(r rune) bool { return unicode.Is(unicode.Arabic, r) }

func fromLeft(r rune) bool { return unicode.In(r, unicode.L, unicode.Nd) && !fromRight(r) }

// turnedRound is a text from its end.
func turnedRound(text string) string {
	r := []rune(text)
	slices.Reverse(r)
	return string(r)
}

// writtenFromLeft puts a drawn text in the order of reading, if its lines run
// from the left: what runs from the right between is turned round, but not the
// signs beside it.
func writtenFromLeft(drawn string) string {
	r := []rune(drawn)
	turnStretches(r, fromRight, fromLeft)
	return string(r)
}

// writtenFromRight does so with lines that run from the right.
func writtenFromRight(drawn string) string {
	r := []rune(turnedRound(drawn))
	turnStretches(r, fromLeft, fromRight)
	return string(r)
}

// turnStretches turns round what begins and ends with letters of one kind and
// has none of the other.
func turnStretches(text []rune, one, other func(rune) bool) {
	first, last := -1, -1
	for i, r := range text {
		switch {
		case one(r) && first < 0:
			first, last = i, i
		case one(r):
			last = i
		case other(r) && first >= 0:
			slices.Reverse(text[first : last+1])
			first = -1
		}
	}
	if first >= 0 {
		slices.Reverse(text[first : last+1])
	}
}
