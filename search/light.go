package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/writing"
)

// Range is a stretch of a page's text, in bytes, where a clause matches.
type Range struct {
	Start, End int
	Clause     int // its place in Query.All
}

// Light finds every match of every clause in text, in the order of Start. It
// uses the tokens that every index has: a page that an index gives is lit.
func Light(text string, q Query) []Range {
	tokens := slices.Collect(writing.Tokens(text))
	var lit []Range
	for i := range tokens {
		for n, c := range q.All {
			if end, ok := match(text, tokens[i:], c.Terms); ok {
				lit = append(lit, Range{tokens[i].Start, end, n})
			}
		}
	}
	return lit
}

// match reports whether terms follow each other at the head of tokens, and
// where the last one ends.
func match(text string, tokens []writing.Token, terms []Term) (end int, ok bool) {
	if len(terms) == 0 || len(tokens) < len(terms) {
		return 0, false
	}
	for i, term := range terms {
		switch t := tokens[i].Text; {
		case t == term.Text:
		case term.Prefix && strings.HasPrefix(t, term.Text):
		default:
			return 0, false
		}
	}
	last := len(terms) - 1
	if t := tokens[last]; terms[last].Prefix && t.Han {
		_, size := utf8.DecodeRuneInString(text[t.Start:])
		return t.Start + size, true // of a pair, only its first character was asked for
	}
	return tokens[last].End, true
}

// Fits reports whether every clause of q is among the ranges.
func Fits(q Query, ranges []Range) bool {
	found := make([]bool, len(q.All))
	for _, r := range ranges {
		found[r.Clause] = true
	}
	return len(found) > 0 && !slices.Contains(found, false)
}

// Boxes gives where on the page's picture the ranges lie: one box for each
// line that a match is on. Without places there are none.
func Boxes(places []vidimus.Place, ranges []Range) []vidimus.Box {
	var boxes []vidimus.Box
	for _, r := range Joined(ranges) {
		first, _ := slices.BinarySearchFunc(places, r.Start, func(p vidimus.Place, at int) int { return cmp.Compare(p.End, at+1) })
		open := false // whether the last box is this match's and may grow
		for _, p := range places[first:] {
			if p.Start >= r.End {
				break
			}
			if p.Box.X0 >= p.Box.X1 || p.Box.Y0 >= p.Box.Y1 {
				continue // white space and the like
			}
			if n := len(boxes) - 1; open && sameLine(boxes[n], p.Box) {
				boxes[n] = boxes[n].Union(p.Box)
				continue
			}
			boxes, open = append(boxes, p.Box), true
		}
	}
	return boxes
}

// sameLine reports boxes of which the lower one has at least half its height
// beside the other.
func sameLine(a, b vidimus.Box) bool {
	shared := min(a.Y1, b.Y1) - max(a.Y0, b.Y0)
	return shared*2 >= min(a.Y1-a.Y0, b.Y1-b.Y0)
}

// Joined gives the ranges in the order of the text, merged where they overlap.
func Joined(ranges []Range) []Range {
	sorted := slices.SortedFunc(slices.Values(ranges), func(a, b Range) int { return cmp.Compare(a.Start, b.Start) })
	var out []Range
	for _, r := range sorted {
		if n := len(out) - 1; n >= 0 && r.Start < out[n].End {
			out[n].End = max(out[n].End, r.End)
			continue
		}
		out = append(out, r)
	}
	return out
}
