package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/writing"
)

// Range is a stretch of a page's text, in bytes, where a clause matches.
type Range struct {
	Start, End int
	Clause     int // its place in Query.Clauses
	Way        int // its place in Clause.Ways
}

// Light finds every match of every clause that a page is to have, in the order
// of Start. It uses the tokens that every index has: what of a page an index
// found is lit.
func Light(text string, q Query) []Range {
	var lit []Range
	tokens := slices.Collect(writing.Tokens(text))
	for n, c := range q.Clauses {
		if !c.Negated && c.Filter == nil {
			lit = append(lit, c.find(text, tokens, n)...)
		}
	}
	slices.SortStableFunc(lit, func(a, b Range) int { return cmp.Compare(a.Start, b.Start) })
	return lit
}

// Fits reports whether a page is an answer. It is what answers are measured
// against.
func Fits(p Page, q Query) bool {
	if q.Root == nil {
		return false
	}
	tokens := slices.Collect(writing.Tokens(p.Text))
	return q.Root.fits(func(n int) bool {
		if f := q.Clauses[n].Filter; f != nil && f.stated() {
			return q.Clauses[n].Pages.has(p.Number)
		} else if f != nil {
			return f.Fits(p.Facts)
		}
		return len(q.Clauses[n].find(p.Text, tokens, n)) > 0
	})
}

// find gives the ranges of one clause. What two ways find at one place counts
// once, for the first of them.
func (c Clause) find(text string, tokens []writing.Token, clause int) (found []Range) {
	if len(c.Ways) > 1 && c.Exact == "" && literal(c.Ways) {
		return c.findAny(text, tokens, clause)
	}
	seen := map[[2]int]bool{}
	for way, w := range c.Ways {
		var ranges []Range
		if len(w.Parts) == 1 {
			ranges = spans(text, tokens, w.Parts[0]).ranges()
		} else {
			ranges = near(text, tokens, w)
		}
		for _, r := range ranges {
			if c.Exact != "" && written(text[r.Start:r.End]) != c.Exact {
				continue
			}
			if place := [2]int{r.Start, r.End}; len(c.Ways) == 1 || !seen[place] {
				seen[place] = true
				r.Clause, r.Way = clause, way
				found = append(found, r)
			}
		}
	}
	return found
}

// literal reports ways that are phrases and begin with one token each.
func literal(ways []Way) bool {
	return !slices.ContainsFunc(ways, func(w Way) bool {
		return len(w.Parts) > 1 || w.Parts[0][0].Pattern != nil || w.Parts[0][0].Prefix
	})
}

// findAny is find for many phrases: it looks at each token once.
func (c Clause) findAny(text string, tokens []writing.Token, clause int) (found []Range) {
	begin := map[string][]int{}
	for way, w := range c.Ways {
		first := w.Parts[0][0].Text
		begin[first] = append(begin[first], way)
	}
	for i, t := range tokens {
		var ends []int // found from here, by ways before
		for _, way := range begin[t.Text] {
			if end, ok := match(text, tokens[i:], c.Ways[way].Parts[0]); ok && !slices.Contains(ends, end) {
				ends = append(ends, end)
				found = append(found, Range{t.Start, end, clause, way})
			}
		}
	}
	return found
}

// span is where terms follow each other: the place of the first token among
// the page's, and the bytes.
type span struct {
	at int
	Range
}

type spanList []span

func (l spanList) ranges() []Range {
	var all []Range
	for _, s := range l {
		all = append(all, s.Range)
	}
	return all
}

func spans(text string, tokens []writing.Token, terms []Term) (all spanList) {
	for i := range tokens {
		if end, ok := match(text, tokens[i:], terms); ok {
			all = append(all, span{i, Range{Start: tokens[i].Start, End: end}})
		}
	}
	return all
}

// near gives the ranges of parts that stand near each other. Of all parts the
// one that begins last has every other ending at most w.Near tokens before it,
// or overlapping it.
func near(text string, tokens []writing.Token, w Way) []Range {
	parts := make([]spanList, len(w.Parts))
	for i, terms := range w.Parts {
		if parts[i] = spans(text, tokens, terms); len(parts[i]) == 0 {
			return nil
		}
	}
	lit := map[Range]bool{}
	for _, part := range parts {
		for _, last := range part {
			nearby(parts, w, last.at, lit)
		}
	}
	return slices.SortedFunc(maps.Keys(lit), func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// nearby adds to lit what stands near enough before a part that begins at
// last, if each part does.
func nearby(parts []spanList, w Way, last int, lit map[Range]bool) {
	var all []Range
	for i, part := range parts {
		first, _ := slices.BinarySearchFunc(part, last-len(w.Parts[i])-w.Near, func(s span, at int) int { return cmp.Compare(s.at, at) })
		n := len(all)
		for _, s := range part[first:] {
			if s.at > last {
				break
			}
			all = append(all, s.Range)
		}
		if len(all) == n {
			return
		}
	}
	for _, r := range all {
		lit[r] = true
	}
}

// match reports whether terms follow each other at the head of tokens, and
// where the last one ends.
func match(text string, tokens []writing.Token, terms []Term) (end int, ok bool) {
	if len(terms) == 0 || len(tokens) < len(terms) {
		return 0, false
	}
	for i, term := range terms {
		switch t := tokens[i].Text; {
		case term.Pattern != nil:
			if !term.Pattern.Fits(t) {
				return 0, false
			}
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
