package understand

import "slices"

// Span is a stretch of a page: the bytes [Start, End) of its text. An empty
// one marks where something is missing.
type Span struct {
	Page       int // index into the pages given
	Start, End int
}

// Change is a place where two documents differ. One side is an empty span
// where words were added or removed.
type Change struct {
	Old, New []Span // a span for each page that is touched
	// Slight marks a change of single letters, as OCR makes them.
	Slight bool
}

// Difference is what differs between two documents, word by word.
type Difference struct {
	Changes  []Change
	Same     int // units that both have, in the same order
	Old, New int // units of each
}

// Diff compares two documents by words, Han by characters. Layout, case,
// width, punctuation and where a word is broken do not count; what was moved
// is removed here and added there.
func Diff(before, after []string) Difference {
	d := differ{old: allUnits(before), new: allUnits(after)}
	d.work = leastWork + workEach*(len(d.old)+len(d.new))
	out := Difference{Old: len(d.old), New: len(d.new)}
	d.between(0, len(d.old), 0, len(d.new), 0)
	d.pairs = append(d.pairs, pair{len(d.old), len(d.new)})
	a, b := 0, 0
	for _, p := range d.pairs {
		if p.a > a || p.b > b {
			if c, differs := d.change(a, p.a, b, p.b); differs {
				out.Changes = append(out.Changes, c)
			} else {
				out.Same += p.a - a
			}
		}
		a, b = p.a+1, p.b+1
	}
	out.Same += len(d.pairs) - 1
	return out
}

// pair is a unit of the one and the unit of the other that is the same.
type pair struct{ a, b int }

type differ struct {
	old, new []unit
	pairs    []pair
	work     int // what may still be spent; a text made to be costly ends it
}

// spend reports whether there is still enough for n steps.
func (d *differ) spend(n int) bool {
	d.work -= n
	return d.work >= 0
}

func (d *differ) equal(a, b int) bool { return d.old[a].text == d.new[b].text }

// anchorRuns are the lengths of runs that hold two texts together, tried in
// turn: a run that stands once in each.
var anchorRuns = [...]int{8, 3, 1}

// mostSteps bounds the exact comparison of what lies between two anchors; what
// needs more is given as one change.
const mostSteps = 1500

// What a comparison may cost, in units looked at.
const (
	leastWork = 1 << 24
	workEach  = 400
)

// between pairs the units of old[a0:a1] and new[b0:b1].
func (d *differ) between(a0, a1, b0, b1, level int) {
	for a0 < a1 && b0 < b1 && d.equal(a0, b0) {
		d.pairs = append(d.pairs, pair{a0, b0})
		a0, b0 = a0+1, b0+1
	}
	tail := 0
	for a0 < a1-tail && b0 < b1-tail && d.equal(a1-1-tail, b1-1-tail) {
		tail++
	}
	d.within(a0, a1-tail, b0, b1-tail, level)
	for i := tail; i > 0; i-- {
		d.pairs = append(d.pairs, pair{a1 - i, b1 - i})
	}
}

// within is between for texts that differ at both ends.
func (d *differ) within(a0, a1, b0, b1, level int) {
	if a0 == a1 || b0 == b1 || !d.spend(a1-a0+b1-b0) {
		return
	}
	for ; level < len(anchorRuns); level++ {
		anchors := d.anchors(a0, a1, b0, b1, anchorRuns[level])
		if len(anchors) == 0 {
			continue
		}
		for _, p := range anchors {
			if p.a < a0 || p.b < b0 {
				continue // the run before grew over it
			}
			d.between(a0, p.a, b0, p.b, level)
			a0, b0 = p.a, p.b
			for a0 < a1 && b0 < b1 && d.equal(a0, b0) {
				d.pairs = append(d.pairs, pair{a0, b0})
				a0, b0 = a0+1, b0+1
			}
		}
		d.between(a0, a1, b0, b1, level)
		return
	}
	d.exact(a0, a1, b0, b1)
}

// anchors gives the runs of n units that stand once in each text, in the
// longest order that both share.
func (d *differ) anchors(a0, a1, b0, b1, n int) []pair {
	type seen struct{ a, b, inOld, inNew int }
	runs := map[uint64]*seen{}
	for i := a0; i+n <= a1; i++ {
		k := hashRun(d.old[i : i+n])
		if runs[k] == nil {
			runs[k] = &seen{a: i}
		}
		runs[k].inOld++
	}
	var once []pair
	for j := b0; j+n <= b1; j++ {
		if s := runs[hashRun(d.new[j:j+n])]; s != nil {
			s.b = j
			s.inNew++
		}
	}
	for _, s := range runs {
		if s.inOld == 1 && s.inNew == 1 {
			once = append(once, pair{s.a, s.b})
		}
	}
	slices.SortFunc(once, func(x, y pair) int { return x.a - y.a })
	return rising(once)
}

// rising gives the longest part of pairs, sorted by a, whose b rise too.
func rising(pairs []pair) []pair {
	var ends []int // of the best row of each length, the index of its last
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(ends, p.b, func(e, b int) int { return pairs[e].b - b })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	row := make([]pair, 0, len(ends))
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		row = append(row, pairs[i])
	}
	slices.Reverse(row)
	return row
}
