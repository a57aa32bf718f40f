package spot

import "math"

// Measures of a line as it is compared, in its own pixels.
const (
	tall    = 56   // every line is made as high as this, white around it included
	longest = 6000 // of a piece that is looked at together
	overlap = 1400 // of two pieces: more than the widest window
)

// directions are those of a gradient, around the whole circle.
const directions = 8

// line is a piece of a strip in its compared size.
type line struct {
	w     int
	scale float64   // of the strip: its pixels to one of the line
	from  int       // of the strip: where the piece begins, in pixels of the line
	ink   []float32 // how dark, 0 to 1
	sums  []float32 // summed up from the top left; one column and row more
	dark  []float32 // the same of ink
	cuts  []cut
	back  []int       // where a column was before white was squeezed out
	gaps  map[int]int // white before a column, where it was squeezed
}

// cut is a stretch between two places where ink is thin.
type cut struct {
	x0, x1      int // its ink
	top, bottom int // its ink
	gap         int // how much white stands before it
}

// even stretches ink to the darkest there is, and takes what is lighter than a
// quarter of that for paper.
func (l *line) even() bool {
	var count [256]int
	n := 0
	for _, v := range l.ink {
		k := int(min(max(v, 0), 1) * 255)
		count[k]++
		if k > 40 {
			n++
		}
	}
	if n < 20 {
		return false
	}
	left, top := n/5, 255
	for ; top > 40 && left > 0; top-- {
		left -= count[top]
	}
	high := float32(top) / 255
	low := 0.2 * high
	for i, v := range l.ink {
		l.ink[i] = min(max((v-low)/(high-low), 0), 1)
	}
	return true
}

// soften blurs a little, so that a picture of one bit and one of many are alike.
func (l *line) soften() {
	tmp := make([]float32, len(l.ink))
	for y := range tall {
		r := l.ink[y*l.w : (y+1)*l.w]
		t := tmp[y*l.w : (y+1)*l.w]
		for x := range r {
			a, b := r[max(x-1, 0)], r[min(x+1, l.w-1)]
			t[x] = (a + 2*r[x] + b) / 4
		}
	}
	for y := range tall {
		a, m, b := tmp[max(y-1, 0)*l.w:], tmp[y*l.w:], tmp[min(y+1, tall-1)*l.w:]
		to := l.ink[y*l.w : (y+1)*l.w]
		for x := range to {
			to[x] = (a[x] + 2*m[x] + b[x]) / 4
		}
	}
}

// columns is how much ink stands in each column.
func (l *line) columns() []float32 {
	all := make([]float32, l.w)
	for y := range tall {
		for x, v := range l.ink[y*l.w : (y+1)*l.w] {
			if v > 0.15 {
				all[x] += v
			}
		}
	}
	return all
}

// thin is the most ink of a column that is white.
const thin = 0.8

// squeeze narrows what is white from top to bottom to a little: how far letters
// and words stand apart is the typesetter's, not the name's.
func (l *line) squeeze() {
	const left = 5
	white := 0
	for x, ink := range l.columns() {
		if ink < thin {
			if white++; white > left {
				continue
			}
		} else {
			if white > left {
				l.gaps[len(l.back)] = white
			}
			white = 0
		}
		l.back = append(l.back, x)
	}
	out := make([]float32, 0, len(l.back)*tall)
	for y := range tall {
		row := l.ink[y*l.w : (y+1)*l.w]
		for _, x := range l.back {
			out = append(out, row[x])
		}
	}
	l.ink, l.w = out, len(l.back)
}

// sum adds up ink, and gradients by their direction.
func (l *line) sum() {
	stride := l.w + 1
	l.dark = make([]float32, stride*(tall+1))
	l.sums = make([]float32, stride*(tall+1)*directions)
	for y := range tall {
		up, down := l.ink[max(y-1, 0)*l.w:], l.ink[min(y+1, tall-1)*l.w:]
		row := l.ink[y*l.w : (y+1)*l.w]
		var run [directions]float32
		dark := float32(0)
		at := (y + 1) * stride
		for x := range row {
			gx := row[min(x+1, l.w-1)] - row[max(x-1, 0)]
			gy := down[x] - up[x]
			dark += row[x]
			l.dark[at+x+1] = l.dark[at-stride+x+1] + dark
			if m := gx*gx + gy*gy; m > 0.0025 {
				d, f := direction(gx, gy)
				size := sqrt(m)
				run[d] += size * (1 - f)
				run[(d+1)%directions] += size * f
			}
			to, above := l.sums[(at+x+1)*directions:][:directions], l.sums[(at-stride+x+1)*directions:][:directions]
			for d, v := range run {
				to[d] = above[d] + v
			}
		}
	}
}

// direction gives the eighth of the circle before a gradient's direction, and
// how far behind that it lies. The arc tangent is that of a curve, exact to a
// third of a degree.
func direction(gx, gy float32) (int, float32) {
	ax, ay := max(gx, -gx), max(gy, -gy)
	t := min(ax, ay) / max(ax, ay)
	f := t * (1 + 0.348*(1-t)) // of an eighth, from the nearer axis
	quarter, turn := 0, ay > ax
	switch {
	case gx < 0 && gy < 0:
		quarter = 4
	case gx < 0:
		quarter, turn = 2, !turn
	case gy < 0:
		quarter, turn = 6, !turn
	}
	if turn {
		f = 2 - f
	}
	d := int(f)
	return (quarter + d) % directions, f - float32(d)
}

// cut finds the stretches between which the line can be parted.
func (l *line) cut() {
	columns := l.columns()
	last := -1000
	for x := 0; x < l.w; {
		if columns[x] < thin {
			x++
			continue
		}
		start := x
		for x < l.w && columns[x] >= thin {
			x++
		}
		gap := start - last
		if g, ok := l.gaps[start]; ok {
			gap = g
		}
		l.parted(columns, start, x, gap)
		last = x
	}
}

// parted splits a stretch of ink where it is thinnest, so that none is much
// wider than a letter.
func (l *line) parted(columns []float32, x0, x1, gap int) {
	const wide, least = 46, 9
	if x1-x0 > wide {
		at, low := -1, float32(math.Inf(1))
		for x := x0 + least; x < x1-least; x++ {
			// a valley
			if v := columns[x]; v < low && v <= columns[x-1] && v <= columns[x+1] {
				at, low = x, v
			}
		}
		if at > 0 && low < 9 {
			l.parted(columns, x0, at, gap)
			l.parted(columns, at, x1, 0)
			return
		}
	}
	c := cut{x0: x0, x1: x1, gap: gap, top: tall, bottom: 0}
	for y := range tall {
		for _, v := range l.ink[y*l.w+x0 : y*l.w+x1] {
			if v > 0.35 {
				c.top, c.bottom = min(c.top, y), y+1
				break
			}
		}
	}
	if c.bottom > 0 {
		l.cuts = append(l.cuts, c)
	}
}
