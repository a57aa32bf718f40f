package pdf

import (
	"slices"

	"vidimus"

	"golang.org/x/text/unicode/bidi"
)

// The engine turns right-to-left lines into reading order by rules of its
// own, which put Latin words and numbers into the wrong order: a phrase of
// three words is then found by nobody. So such lines are put back into the
// order in which they are seen, by their boxes, and read from there by the
// Unicode Bidirectional Algorithm (UAX #9) turned round.

// cluster is what stands in one box: one character, or the pieces of one glyph.
type cluster struct {
	chars []char
	class bidi.Class
	right bool // read from right to left
}

func (c cluster) box() vidimus.Box { return c.chars[0].box }

// spaceGap is the gap between two characters, by their height, that is a space.
const spaceGap = 0.15

func strong(r rune) (left, right bool) {
	p, _ := bidi.LookupRune(r)
	c := p.Class()
	return c == bidi.L, c == bidi.R || c == bidi.AL
}

// direction counts the letters of each direction.
func direction(line []char) (left, right int) {
	for _, c := range line {
		l, r := strong(c.r)
		if l {
			left++
		}
		if r {
			right++
		}
	}
	return left, right
}

// ordered puts the lines of a page that have right-to-left letters in reading
// order. A line between the two directions follows its page.
func ordered(lines [][]char) {
	pageLeft, pageRight := 0, 0
	for _, line := range lines {
		l, r := direction(line)
		pageLeft, pageRight = pageLeft+l, pageRight+r
	}
	turned := map[int][]cluster{}
	for i, line := range lines {
		l, r := direction(line)
		if r == 0 {
			continue
		}
		seen := asSeen(line)
		var order []cluster
		if r >= l || pageRight > pageLeft && !leftAtBothEnds(seen) {
			order = fromRight(seen)
		} else {
			order = fromLeft(seen)
		}
		turned[i] = order
	}
	wrong := mirrored(turned)
	for i, order := range turned {
		if wrong {
			mirror(order)
		}
		lines[i] = nil
		for _, c := range order {
			lines[i] = append(lines[i], c.chars...)
		}
	}
}

// leftAtBothEnds reports a line that begins and ends with left-to-right
// letters, and whose full stop is not on the left: a foreign sentence.
func leftAtBothEnds(seen []cluster) bool {
	if len(seen) == 0 || seen[0].class != bidi.L {
		return false
	}
	for _, c := range slices.Backward(seen) {
		if c.class == bidi.L || c.class == bidi.R || c.class == bidi.AL {
			return c.class == bidi.L
		}
	}
	return false
}

// asSeen gives a line from left to right, with spaces where there are gaps.
func asSeen(line []char) []cluster {
	var seen []cluster
	for _, c := range line {
		if c.generated || c.box == (vidimus.Box{}) {
			continue
		}
		if last := len(seen) - 1; last >= 0 && seen[last].box() == c.box {
			seen[last].chars = append(seen[last].chars, c)
			continue
		}
		p, _ := bidi.LookupRune(c.r)
		seen = append(seen, cluster{chars: []char{c}, class: p.Class()})
	}
	for _, c := range seen {
		rightLigature(c.chars)
	}
	if n := len(seen); n > 1 && seen[0].box().X0 > seen[n-1].box().X0 {
		slices.Reverse(seen) // almost sorted then, which is much less work
	}
	slices.SortStableFunc(seen, func(a, b cluster) int {
		switch d := a.box().X0 + a.box().X1 - b.box().X0 - b.box().X1; {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	var spacedOut []cluster
	for i, c := range seen {
		if i > 0 {
			before, box := seen[i-1], c.box()
			gap := box.X0 - before.box().X1
			if gap > spaceGap*(box.Y1-box.Y0) && before.class != bidi.WS && c.class != bidi.WS {
				spacedOut = append(spacedOut, cluster{chars: []char{{r: ' ', generated: true}}, class: bidi.WS})
			}
		}
		spacedOut = append(spacedOut, c)
	}
	return spacedOut
}

// fromRight reads a line whose paragraph runs from right to left: all of it
// backwards, but runs of left-to-right letters, and numbers, forwards.
func fromRight(seen []cluster) []cluster {
	order := slices.Clone(seen)
	slices.Reverse(order)
	last := bidi.R // class of the last letter
	for i := 0; i < len(order); {
		switch class := order[i].class; {
		case class == bidi.R || class == bidi.AL:
			last, order[i].right = class, true
			i++
		case class == bidi.L || number(class), class == bidi.ET && last != bidi.AL && i+1 < len(order) && number(order[i+1].class):
			n := run(order[i:], last)
			slices.Reverse(order[i : i+n])
			if order[i].class == bidi.L {
				last = bidi.L
			}
			i += n
		default:
			order[i].right = true
			i++
		}
	}
	return order
}

func number(c bidi.Class) bool { return c == bidi.EN || c == bidi.AN }

// run gives the length of the left-to-right run that order begins with, read
// backwards: up to the last left-to-right letter or digit before the next
// right-to-left one, if a letter is among them; otherwise one number.
func run(order []cluster, last bidi.Class) int {
	end, letters := 0, false
	for i, c := range order {
		if c.class == bidi.R || c.class == bidi.AL {
			break
		}
		letters = letters || c.class == bidi.L
		if c.class == bidi.L || number(c.class) {
			end = i + 1
		}
	}
	if letters {
		return end
	}
	return numeral(order, last)
}

// numeral gives the length of one number. Between digits one separator
// belongs to it (UAX #9, W4); after Arabic letters, where digits count as
// Arabic (W2), a hyphen does not, nor a percent sign beside it (W5).
func numeral(order []cluster, last bidi.Class) int {
	arabic := last == bidi.AL
	n := 0
	for n < len(order) {
		class := order[n].class
		digitNext := n+1 < len(order) && number(order[n+1].class)
		switch {
		case number(class):
		case class == bidi.CS && digitNext:
		case class == bidi.ES && digitNext && !arabic:
		case class == bidi.ET && !arabic:
		default:
			return n
		}
		n++
	}
	return n
}

// fromLeft reads a line whose paragraph runs from left to right: only runs of
// right-to-left letters, with what stands between them, backwards.
func fromLeft(seen []cluster) []cluster {
	isRight := func(c cluster) bool { return c.class == bidi.R || c.class == bidi.AL }
	var order []cluster
	for i := 0; i < len(seen); {
		if !isRight(seen[i]) {
			order = append(order, seen[i])
			i++
			continue
		}
		end := i + 1
		for j := i; j < len(seen) && seen[j].class != bidi.L; j++ {
			if isRight(seen[j]) {
				end = j + 1
			}
		}
		order = append(order, fromRight(seen[i:end])...)
		i = end
	}
	return order
}
