package ink

import (
	"cmp"
	"math"
	"slices"
)

// Line is a stretch of writing: a line of a column, or of a cell.
type Line struct {
	X0, X1    float64 // its ends, in pixels of Flat
	At, Slope float64 // its middle runs through (0, At)
	Up, Down  float64 // how far its ink reaches above and below the middle
	Letters   int     // marks of letters' size
	number    int
}

// Middle is the height of the line's middle at x.
func (l Line) Middle(x float64) float64 { return l.At + l.Slope*x }

// chain is a line while it is put together, in pixels of the reduced picture.
type chain struct {
	marks     []int
	x0, x1    float64
	at, slope float64
	up, down  float64
	letters   int
	ended     bool // it has become part of another
}

func (c *chain) middle(x float64) float64 { return c.at + c.slope*x }

// find makes the lines.
func (s *Sheet) find() {
	for i := range s.owner {
		s.owner[i] = -1
	}
	if s.High == 0 {
		return
	}
	for _, m := range s.marks {
		if rule(m, s.high()) {
			s.rules = append(s.rules, m)
		}
	}
	chains := s.chained()
	for _, c := range chains {
		s.fit(c)
	}
	s.join(chains)
	s.absorb(chains)
	chains = slices.DeleteFunc(chains, func(c *chain) bool { return c.ended })
	for n, c := range chains {
		for _, i := range c.marks {
			s.owner[i] = n
		}
	}
	s.attach(chains)
	scale := float64(s.by)
	for n, c := range chains {
		s.bound(c)
		s.Lines = append(s.Lines, Line{X0: c.x0 * scale, X1: c.x1 * scale, At: c.at * scale, Slope: c.slope,
			Up: c.up * scale, Down: c.down * scale, Letters: c.letters, number: n})
	}
	slices.SortFunc(s.Lines, func(a, b Line) int {
		return cmp.Compare(a.Middle((a.X0+a.X1)/2), b.Middle((b.X0+b.X1)/2))
	})
}

// chained links letters to those that follow closely at the same height.
func (s *Sheet) chained() []*chain {
	h, slope := s.high(), math.Tan(s.Skew*math.Pi/180)
	type bar struct {
		mark             int
		x0, x1, top, low float64 // half of a letter, around its ink's middle, as if the page lay straight
	}
	var bars []bar
	for i, m := range s.marks {
		if !s.letter(m) {
			continue
		}
		fall := slope * float64(m.Box.Min.X+m.Box.Max.X) / 2
		middle, quarter := s.weight[i]-fall, float64(m.Box.Dy())/4
		bars = append(bars, bar{i, float64(m.Box.Min.X), float64(m.Box.Max.X), middle - quarter, middle + quarter})
	}
	slices.SortFunc(bars, func(a, b bar) int { return cmp.Compare(a.x0, b.x0) })
	parent := make([]int, len(bars))
	for i := range parent {
		parent[i] = i
	}
	rowOf := func(y float64) int { return int(math.Floor(y / h)) }
	open := map[int][]int{} // bars by rows, in the order of x
	for i, b := range bars {
		for r := rowOf(b.top); r <= rowOf(b.low); r++ {
			list := open[r]
			keep := list[:0]
			for _, k := range list {
				if bars[k].x1+1.3*h < b.x0 {
					continue // too far to the left for all that follow
				}
				keep = append(keep, k)
				both := min(bars[k].low, b.low) - max(bars[k].top, b.top)
				if both > 0.3*min(bars[k].low-bars[k].top, b.low-b.top) {
					parent[top(parent, k)] = top(parent, i)
				}
			}
			open[r] = append(keep, i)
		}
	}
	byRoot := map[int]*chain{}
	var chains []*chain
	for i, b := range bars {
		c := byRoot[top(parent, i)]
		if c == nil {
			c = &chain{slope: slope}
			byRoot[top(parent, i)] = c
			chains = append(chains, c)
		}
		c.marks = append(c.marks, b.mark)
		c.letters++
	}
	return chains
}

// top follows parents to the last.
func top(parent []int, i int) int {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

// fit lays the middle of a chain through its letters: along the page's own
// angle where the chain is short.
func (s *Sheet) fit(c *chain) {
	slope := math.Tan(s.Skew * math.Pi / 180)
	var n, sx, sy, sxx, sxy float64
	c.x0, c.x1 = math.Inf(1), math.Inf(-1)
	for _, i := range c.marks {
		b := s.marks[i].Box
		w := float64(b.Dx())
		x, y := float64(b.Min.X+b.Max.X)/2, s.weight[i]
		n, sx, sy, sxx, sxy = n+w, sx+w*x, sy+w*y, sxx+w*x*x, sxy+w*x*y
		c.x0, c.x1 = min(c.x0, float64(b.Min.X)), max(c.x1, float64(b.Max.X))
	}
	c.slope = slope
	if spread := n*sxx - sx*sx; c.x1-c.x0 > 12*s.high() && spread > 0 {
		own := (n*sxy - sx*sy) / spread
		c.slope = min(max(own, slope-0.06), slope+0.06)
	}
	c.at = (sy - c.slope*sx) / n
}

// join makes one line of chains that follow one another with a space between
// them, unless that space goes on above or below: it parts columns or cells.
func (s *Sheet) join(chains []*chain) {
	h := s.high()
	slices.SortFunc(chains, func(a, b *chain) int { return cmp.Compare(a.x0, b.x0) })
	for i, a := range chains {
		for again := true; again && !a.ended; {
			again = false
			for _, b := range chains[i+1:] {
				if b.x0 > a.x1+3.5*h {
					break
				}
				if b.ended || b.x0 < a.x0 {
					continue
				}
				x := (a.x1 + b.x0) / 2
				if math.Abs(a.middle(x)-b.middle(x)) > 0.6*h || s.parted(chains, a, b) {
					continue
				}
				a.marks, a.letters, b.ended = append(a.marks, b.marks...), a.letters+b.letters, true
				s.fit(a)
				again = true
			}
		}
	}
}

// absorb gives a chain of a letter or two, quotation marks say, to the line
// that it stands in.
func (s *Sheet) absorb(chains []*chain) {
	h := s.high()
	for _, c := range chains {
		if c.ended || c.letters > 3 {
			continue
		}
		x, best := (c.x0+c.x1)/2, h
		var to *chain
		for _, l := range chains {
			if l == c || l.ended || l.letters <= c.letters || c.x0 > l.x1+1.3*h || c.x1 < l.x0-1.3*h {
				continue
			}
			y := c.middle(x)
			if d := math.Abs(y - l.middle(x)); d < best && !s.ruled(min(c.x0, l.x1), max(c.x0, l.x1), y) {
				best, to = d, l
			}
		}
		if to != nil {
			to.marks, to.letters, c.ended = append(to.marks, c.marks...), to.letters+c.letters, true
			to.x0, to.x1 = min(to.x0, c.x0), max(to.x1, c.x1)
		}
	}
}

// parted reports that what lies between two chains is a gutter or a rule.
func (s *Sheet) parted(chains []*chain, a, b *chain) bool {
	h := s.high()
	x := (a.x1 + b.x0) / 2
	y := a.middle(x)
	if s.ruled(a.x1, b.x0, y) {
		return true
	}
	if b.x0 < a.x1+1.3*h {
		return false
	}
	crossed, split := 0, 0
	for _, c := range chains {
		if c.ended || c == a || c == b || c.letters < 3 || math.Abs(c.middle(x)-y) > 9*h {
			continue
		}
		if c.x0 < x-h && c.x1 > x+h {
			crossed++
		} else if c.x1 <= x && c.x1 > a.x0 && s.follows(chains, c, x) {
			split++
		}
	}
	return split > crossed || crossed == 0 && b.x0-a.x1 > 2.5*h
}

// follows reports that beyond a gap at x the row of a chain goes on.
func (s *Sheet) follows(chains []*chain, a *chain, x float64) bool {
	for _, b := range chains {
		if !b.ended && b.x0 >= x && b.x0 < a.x1+12*s.high() && math.Abs(a.middle(x)-b.middle(x)) < 0.6*s.high() {
			return true
		}
	}
	return false
}

// attach gives dots, accents and strokes to the line that they stand nearest to,
// but not what is so far off that a line with it would be taken for a higher one.
func (s *Sheet) attach(chains []*chain) {
	h := s.high()
	const wide = 64
	var near [][]int // chains by stretches of x
	for n, c := range chains {
		s.bound(c)
		for k := int(max(c.x0-2*h, 0)) / wide; k <= int(c.x1+2*h)/wide; k++ {
			for len(near) <= k {
				near = append(near, nil)
			}
			near[k] = append(near[k], n)
		}
	}
	for i, m := range s.marks {
		if s.owner[i] >= 0 || !s.small(m) {
			continue
		}
		x, y := float64(m.Box.Min.X+m.Box.Max.X)/2, float64(m.Box.Min.Y+m.Box.Max.Y)/2
		best, at := 1.6*h, -1
		if int(x)/wide >= len(near) {
			continue
		}
		for _, n := range near[int(x)/wide] {
			c := chains[n]
			off := y - c.middle(x)
			if off < -c.up-0.5*h || off > c.down+0.5*h {
				continue
			}
			d := math.Abs(off)
			if beyond := max(c.x0-x, x-c.x1); beyond > 0 {
				d += beyond / 2
			}
			if d < best {
				best, at = d, n
			}
		}
		if s.owner[i] = at; at >= 0 {
			chains[at].marks = append(chains[at].marks, i)
		}
	}
}

// bound finds how far a chain's ink reaches.
func (s *Sheet) bound(c *chain) {
	for _, i := range c.marks {
		b := s.marks[i].Box
		y := c.middle(float64(b.Min.X+b.Max.X) / 2)
		c.up, c.down = max(c.up, y-float64(b.Min.Y)), max(c.down, float64(b.Max.Y)-y)
		c.x0, c.x1 = min(c.x0, float64(b.Min.X)), max(c.x1, float64(b.Max.X))
	}
}

// ruled reports that an upright rule stands between two places of a row.
func (s *Sheet) ruled(x0, x1, y float64) bool {
	h := s.high()
	for _, r := range s.rules {
		if float64(r.Box.Dy()) > 1.5*h && float64(r.Box.Dx()) < h/2 && float64(r.Box.Min.X) >= x0-h/2 && float64(r.Box.Max.X) <= x1+h/2 &&
			float64(r.Box.Min.Y) < y && float64(r.Box.Max.Y) > y {
			return true
		}
	}
	return false
}
