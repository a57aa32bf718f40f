package spot

import (
	"image"
	"iter"
	"math"
)

// window is a part of a line that may be a name.
type window struct {
	x0, y0, x1, y1 float32
	// begins and ends tell that more white than between letters stands before
	// and behind.
	begins, ends bool
}

func (w window) wide() float32   { return w.x1 - w.x0 }
func (w window) high() float32   { return w.y1 - w.y0 }
func (w window) aspect() float32 { return w.wide() / max(w.high(), 1) }

// Proportions of windows, and how high one is at least.
const (
	minAspect = 0.9
	maxAspect = 24
	minHigh   = 10
)

// windows gives what stands between any two places where the line can be
// parted, as high as its ink is.
func (l *line) windows() iter.Seq[window] {
	return func(yield func(window) bool) {
		for i, a := range l.cuts {
			top, bottom := a.top, a.bottom
			for j, b := range l.cuts[i:] {
				top, bottom = min(top, b.top), max(bottom, b.bottom)
				w := window{x0: float32(a.x0), y0: float32(top), x1: float32(b.x1), y1: float32(bottom)}
				if w.wide() > maxAspect*tall {
					break
				}
				if w.high() < minHigh || w.aspect() < minAspect || w.aspect() > maxAspect {
					continue
				}
				const space = 0.15
				wide := int(space * w.high())
				k := i + j + 1
				w.begins, w.ends = a.gap >= wide, k == len(l.cuts) || l.cuts[k].gap >= wide
				if !yield(w) {
					return
				}
			}
		}
	}
}

// on gives a window as a rectangle of the strip.
func (l *line) on(w window) image.Rectangle {
	x0, x1 := l.back[int(w.x0)], l.back[int(w.x1)-1]+1
	at := func(v float64) int { return int(math.Round(v * l.scale)) }
	return image.Rect(at(float64(l.from+x0)), at(float64(w.y0)), at(float64(l.from+x1)), at(float64(w.y1)))
}

// The first look at a window.
const (
	coarseRows    = 4
	coarseColumns = 10
)

type coarse [coarseRows * coarseColumns]float32

// coarse is where the ink of a window lies, with mean 0 and length 1.
func (l *line) coarse(w window) (c coarse) {
	dx, dy := w.wide()/coarseColumns, w.high()/coarseRows
	stride := l.w + 1
	for j := range coarseRows {
		y0, y1 := int(w.y0+float32(j)*dy+0.5)*stride, int(w.y0+float32(j+1)*dy+0.5)*stride
		for i := range coarseColumns {
			x0, x1 := int(w.x0+float32(i)*dx+0.5), int(w.x0+float32(i+1)*dx+0.5)
			s := l.dark[y1+x1] - l.dark[y0+x1] - l.dark[y1+x0] + l.dark[y0+x0]
			c[j*coarseColumns+i] = s / float32(max((x1-x0)*(y1-y0)/stride, 1))
		}
	}
	normalise(c[:])
	return c
}

// normalise gives numbers the mean 0 and the length 1.
func normalise(v []float32) {
	m, sum := mean(v), float32(0)
	for i := range v {
		v[i] -= m
		sum += v[i] * v[i]
	}
	if sum > 0 {
		k := 1 / sqrt(sum)
		for i := range v {
			v[i] *= k
		}
	}
}

func mean(v []float32) (m float32) {
	for _, x := range v {
		m += x
	}
	return m / float32(max(len(v), 1))
}

// dot is the sum of products of as many numbers, a multiple of four.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	return s0 + s1 + s2 + s3
}

func sqrt(v float32) float32 { return float32(math.Sqrt(float64(v))) }
