package ink

import (
	"cmp"
	"math"
	"slices"
)

// Place says where a line stands in the order of reading: lines of one row are
// cells of a table, or parts of a line with a wide gap.
type Place struct{ Line, Row int }

// Order puts the lines in the order in which they are read: columns one after
// another, cells of a table row by row. Where writing runs from the right, so
// do columns and cells. Flipped, the page is read from its other end.
func (s *Sheet) Order(rtl, flipped bool) []Place {
	slope := math.Tan(s.Skew * math.Pi / 180)
	o := ordering{high: s.High, rtl: rtl}
	for n, l := range s.Lines {
		m := (l.X0 + l.X1) / 2
		at := span{line: n, x0: l.X0, x1: l.X1, y: l.Middle(m) - slope*m}
		if flipped {
			at.x0, at.x1, at.y = -at.x1, -at.x0, -at.y
		}
		o.spans = append(o.spans, at)
	}
	o.columns(o.spans, 0)
	return o.places
}

// span is a line as if the page lay straight.
type span struct {
	line      int
	x0, x1, y float64
}

type ordering struct {
	high   float64
	rtl    bool
	spans  []span
	places []Place
	rows   int
}

// columns reads a part of the page: where a gutter parts it, the bands that it
// parts column by column, and what runs across it in between.
func (o *ordering) columns(part []span, depth int) {
	at, found := o.gutter(part)
	if !found || depth > 8 {
		o.across(part)
		return
	}
	slices.SortStableFunc(part, func(a, b span) int { return cmp.Compare(a.y, b.y) })
	var left, right []span
	band := func() {
		first, second := left, right
		if o.rtl {
			first, second = right, left
		}
		for _, side := range [][]span{first, second} {
			if len(side) > 0 {
				o.columns(side, depth+1)
			}
		}
		left, right = nil, nil
	}
	for _, l := range part {
		switch {
		case l.x1 <= at:
			left = append(left, l)
		case l.x0 >= at:
			right = append(right, l)
		default:
			band()
			o.across([]span{l})
		}
	}
	band()
}

// across reads row by row.
func (o *ordering) across(part []span) {
	for _, row := range o.grouped(part) {
		for _, l := range row {
			o.places = append(o.places, Place{l.line, o.rows})
		}
		o.rows++
	}
}

// grouped puts lines of one height together, each row in the order of writing.
func (o *ordering) grouped(part []span) (rows [][]span) {
	part = slices.Clone(part)
	slices.SortStableFunc(part, func(a, b span) int { return cmp.Compare(a.y, b.y) })
	for _, l := range part {
		if n := len(rows); n > 0 {
			last := rows[n-1]
			if l.y-last[len(last)-1].y < 0.7*o.high && !slices.ContainsFunc(last, func(k span) bool { return k.x0 < l.x1 && l.x0 < k.x1 }) {
				rows[n-1] = append(last, l)
				continue
			}
		}
		rows = append(rows, []span{l})
	}
	for _, row := range rows {
		slices.SortFunc(row, func(a, b span) int {
			if o.rtl {
				a, b = b, a
			}
			return cmp.Compare(a.x0, b.x0)
		})
	}
	return rows
}

// gutter finds where columns of running text are parted: a place that gaps of
// many rows share and few lines cross. Cells are short of their columns;
// running text fills them.
func (o *ordering) gutter(part []span) (at float64, found bool) {
	const enough = 4
	type edge struct {
		x    float64
		step int
	}
	var edges []edge
	for _, row := range o.grouped(part) {
		row := slices.Clone(row)
		slices.SortFunc(row, func(a, b span) int { return cmp.Compare(a.x0, b.x0) })
		for i := 1; i < len(row); i++ {
			edges = append(edges, edge{row[i-1].x1, 1}, edge{row[i].x0, -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.step, b.step))
	})
	best, open := 0, 0
	for i, e := range edges {
		if open += e.step; open > best && i+1 < len(edges) {
			best, at = open, (e.x+edges[i+1].x)/2
		}
	}
	if best < enough {
		return 0, false
	}
	return at, o.running(part, at)
}

// running reports that what stands at both sides of a gutter is running text,
// not cells: half of the lines fill nine tenths of their column.
func (o *ordering) running(part []span, at float64) bool {
	for _, side := range []func(span) bool{
		func(l span) bool { return l.x1 <= at },
		func(l span) bool { return l.x0 >= at },
	} {
		x0, x1, n, full := math.Inf(1), math.Inf(-1), 0, 0
		for _, l := range part {
			if side(l) {
				x0, x1, n = min(x0, l.x0), max(x1, l.x1), n+1
			}
		}
		for _, l := range part {
			if side(l) && l.x1-l.x0 > 0.85*(x1-x0) {
				full++
			}
		}
		if n < 4 || x1-x0 < 8*o.high || 3*full < n {
			return false
		}
	}
	return true
}
