package understand

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// exact pairs old[a0:a1] with new[b0:b1] by the fewest removals and additions
// (Myers), as long as these are not more than mostSteps.
func (d *differ) exact(a0, a1, b0, b1 int) {
	n, m := a1-a0, b1-b0
	limit := min(n+m, mostSteps)
	reach := make([]int, 2*limit+2) // by diagonal: how far into old
	var trail [][]int
	at := func(k int) int { return k + limit }
	for steps := 0; steps <= limit && d.spend(steps); steps++ {
		for k := -steps; k <= steps; k += 2 {
			x := 0
			switch {
			case steps == 0:
			case k == -steps || k != steps && reach[at(k-1)] < reach[at(k+1)]:
				x = reach[at(k+1)]
			default:
				x = reach[at(k-1)] + 1
			}
			for x < n && x-k >= 0 && x-k < m && d.equal(a0+x, b0+x-k) {
				x++
			}
			reach[at(k)] = x
			if x >= n && x-k >= m {
				d.retrace(trail, a0, b0, n, m)
				return
			}
		}
		trail = append(trail, slices.Clone(reach[at(-steps):at(steps)+1]))
	}
}

// retrace walks back from the ends of both texts and keeps the pairs.
func (d *differ) retrace(trail [][]int, a0, b0, x, y int) {
	var found []pair
	for steps := len(trail); steps > 0; steps-- {
		before := trail[steps-1] // diagonals -(steps-1) … steps-1, every second one set
		at := func(k int) int { return before[k+steps-1] }
		k := x - y
		down := k == -steps || k != steps && at(k-1) < at(k+1)
		from := k - 1
		if down {
			from = k + 1
		}
		px := at(from)
		py := px - from
		sx, sy := px, py+1
		if !down {
			sx, sy = px+1, py
		}
		for x > sx && y > sy {
			x, y = x-1, y-1
			found = append(found, pair{a0 + x, b0 + y})
		}
		x, y = px, py
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		found = append(found, pair{a0 + x, b0 + y})
	}
	slices.Reverse(found)
	d.pairs = append(d.pairs, found...)
}

// change describes what stands between two pairs. Words that differ only in
// where they are broken, as at the ends of lines, do not differ.
func (d *differ) change(a0, a1, b0, b1 int) (Change, bool) {
	was, is := joined(d.old[a0:a1]), joined(d.new[b0:b1])
	if was == is {
		return Change{}, false
	}
	return Change{Old: spans(d.old, a0, a1), New: spans(d.new, b0, b1), Slight: slight(was, is)}, true
}

func joined(units []unit) string {
	var s strings.Builder
	for _, u := range units {
		s.WriteString(u.text)
	}
	return s.String()
}

// spans gives the places of units[from:to]; where there are none, the empty
// place before the next unit.
func spans(units []unit, from, to int) []Span {
	if from == to {
		switch {
		case from < len(units):
			return []Span{{units[from].page, units[from].start, units[from].start}}
		case len(units) > 0:
			last := units[len(units)-1]
			return []Span{{last.page, last.end, last.end}}
		}
		return []Span{{}}
	}
	var all []Span
	for _, u := range units[from:to] {
		if n := len(all); n > 0 && all[n-1].Page == u.page {
			all[n-1].End = max(all[n-1].End, u.end)
			continue
		}
		all = append(all, Span{u.page, u.start, u.end})
	}
	return all
}

// slight reports a change of few letters: at most one in three of short texts.
// A change of a digit is never slight.
func slight(was, is string) bool {
	const most = 60
	a, b := []rune(was), []rune(is)
	longer := max(len(a), len(b))
	if longer > most || len(a) == 0 || len(b) == 0 || strings.ContainsAny(was+is, "0123456789") {
		return false
	}
	if longer < 3 && utf8.RuneCountInString(was) != utf8.RuneCountInString(is) {
		return false
	}
	return 3*edits(a, b) <= longer
}

// edits is the distance of Levenshtein.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		corner := row[0]
		row[0] = i + 1
		for j, s := range b {
			cost := corner
			if r != s {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
