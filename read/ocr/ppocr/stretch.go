package ppocr

import (
	"cmp"
	"math"
	"slices"
)

// What counts as a line on the map (the engine's own settings).
const (
	likelyFrom = 0.3 // of a pixel
	surelyFrom = 0.6 // the mean over a line
	unclip     = 1.5 // lines are drawn smaller than they are, so that they part
	leastSide  = 3.0
	steepest   = 0.25 // pages are laid straight before
)

// stretch is a rectangle that falls to the right by slope: its sides as if it
// were turned straight around the picture's corner.
type stretch struct {
	x0, y0, x1, y1 float64
	cos, sin       float64
}

// place gives the place on the picture of one in the stretch.
func (s stretch) place(u, v float64) (float64, float64) {
	u, v = u+s.x0, v+s.y0
	return u*s.cos - v*s.sin, u*s.sin + v*s.cos
}

// times is the stretch on a picture that is larger: the angle of a stretch is
// small, and the two scales are nearly the same.
func (s stretch) times(x, y float64) stretch {
	s.x0, s.x1, s.y0, s.y1 = s.x0*x, s.x1*x, s.y0*y, s.y1*y
	angle := math.Atan(s.sin / s.cos * y / x)
	s.sin, s.cos = math.Sincos(angle)
	return s
}

// stretches finds the lines on a map, from the top.
func stretches(likely []float32, wide, high int) (all []stretch) {
	seen := make([]bool, wide*high)
	for i, p := range likely {
		if p <= likelyFrom || seen[i] {
			continue
		}
		if s, good := stretchOf(likely, wide, together(likely, seen, i, wide, high)); good {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b stretch) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	return all
}

// together gathers the pixels that hang together with one.
func together(likely []float32, seen []bool, first, wide, high int) []int {
	seen[first] = true
	all := []int{first}
	for k := 0; k < len(all); k++ {
		x, y := all[k]%wide, all[k]/wide
		for j := max(y-1, 0); j <= min(y+1, high-1); j++ {
			for i := max(x-1, 0); i <= min(x+1, wide-1); i++ {
				if at := j*wide + i; !seen[at] && likely[at] > likelyFrom {
					seen[at] = true
					all = append(all, at)
				}
			}
		}
	}
	return all
}

// stretchOf lays a rectangle around pixels, along the line that fits them best,
// and makes it as large as the writing is.
func stretchOf(likely []float32, wide int, pixels []int) (s stretch, good bool) {
	var n, sx, sy, sxx, sxy, syy, sum float64
	for _, at := range pixels {
		x, y := float64(at%wide)+0.5, float64(at/wide)+0.5
		n, sx, sy, sxx, sxy, syy, sum = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y, syy+y*y, sum+float64(likely[at])
	}
	across, down, both := sxx-sx*sx/n, syy-sy*sy/n, sxy-sx*sy/n
	slope := 0.0
	switch { // only what is long has a direction
	case across > 4*down:
		slope = both / across
	case down > 4*across:
		slope = -both / down
	}
	slope = min(max(slope, -steepest), steepest)
	s.sin, s.cos = math.Sincos(math.Atan(slope))
	s.x0, s.y0, s.x1, s.y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, at := range pixels {
		x, y := float64(at%wide)+0.5, float64(at/wide)+0.5
		u, v := x*s.cos+y*s.sin, y*s.cos-x*s.sin
		s.x0, s.y0, s.x1, s.y1 = min(s.x0, u-0.5), min(s.y0, v-0.5), max(s.x1, u+0.5), max(s.y1, v+0.5)
	}
	w, h := s.x1-s.x0, s.y1-s.y0
	if min(w, h) < leastSide || sum/n < surelyFrom {
		return s, false
	}
	more := w * h * unclip / (2 * (w + h))
	s.x0, s.y0, s.x1, s.y1 = s.x0-more, s.y0-more, s.x1+more, s.y1+more
	return s, true
}
