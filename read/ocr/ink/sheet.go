package ink

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Sheet is a picture that was looked at.
type Sheet struct {
	Flat  *image.Gray // evenly lit, its lines running across
	Turns int         // quarters by which Flat was turned clockwise: 0 or 1
	Skew  float64     // degrees by which lines fall to the right
	High  float64     // of a typical letter, in pixels of Flat
	Lines []Line      // from the top

	by     int // pixels of Flat to one of the reduced picture
	marks  []Mark
	weight []float64 // how high the middle of a mark's ink stands: tails of joined letters weigh little
	runs   []run     // by mark
	first  []int     // where a mark's runs begin; one more at the end
	owner  []int     // the line that a mark belongs to, or -1
	rules  []Mark
}

// workPixels bounds the reduced picture.
const workPixels = 5 << 19

// Look finds the lines of a picture.
func Look(m *image.Gray) *Sheet {
	s := &Sheet{Flat: Flatten(m), by: 1}
	for m.Rect.Dx()*m.Rect.Dy()/(s.by*s.by) > workPixels {
		s.by++
	}
	s.see()
	if s.sideways() {
		s.Flat, s.Turns = quarter(s.Flat), 1
		s.see()
	}
	s.Skew = s.gathered(false).degrees
	s.find()
	return s
}

// see finds the marks and how high letters are.
func (s *Sheet) see() {
	small := reduced(s.Flat, s.by)
	marks, runs, of := marks(small, threshold(small))
	s.marks, s.runs, s.first, s.owner, s.rules, s.High = nil, nil, nil, nil, nil, 0
	if len(marks) > maxMarks {
		return
	}
	order := make([]int, len(runs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(of[a], of[b]) })
	s.marks, s.runs, s.first = marks, make([]run, len(runs)), make([]int, len(marks)+1)
	for i, k := range order {
		s.runs[i] = runs[k]
		s.first[of[k]+1] = i + 1
	}
	s.owner, s.weight = make([]int, len(marks)), make([]float64, len(marks))
	for i, m := range marks {
		for _, r := range s.runs[s.first[i]:s.first[i+1]] {
			s.weight[i] += float64(r.x1-r.x0) * (float64(r.y) + 0.5) / float64(m.Area)
		}
	}
	s.High = typical(marks) * float64(s.by)
}

// typical is the height of marks that half of all ink is in.
func typical(marks []Mark) float64 {
	var by [200]int
	total := 0
	for _, m := range marks {
		w, h := m.Box.Dx(), m.Box.Dy()
		if h < 5 || h >= len(by) || w > 12*h || h > 6*w {
			continue
		}
		by[h] += m.Area
		total += m.Area
	}
	seen := 0
	for h, n := range by {
		if seen += n; total > 0 && 2*seen >= total {
			return float64(h)
		}
	}
	return 0
}

// letter reports a mark that can be one or some letters, or the better part of
// one: no rule, picture or speck.
func (s *Sheet) letter(m Mark) bool {
	h := s.high()
	w, t := float64(m.Box.Dx()), float64(m.Box.Dy())
	return t >= 0.5*h && t <= 3*h && w <= 15*h && !rule(m, h)
}

// small reports a mark that can be a dot, an accent or a comma.
func (s *Sheet) small(m Mark) bool {
	h := s.high()
	w, t := float64(m.Box.Dx()), float64(m.Box.Dy())
	return t < 0.5*h && w <= 3*h && float64(m.Area) >= max(2, 0.006*h*h)
}

func rule(m Mark, h float64) bool {
	w, t := float64(m.Box.Dx()), float64(m.Box.Dy())
	return w > 5*h && t < 0.3*h || t > 3*h && w < 0.5*h ||
		w > 8*h && t > 3*h && float64(m.Area) < 0.2*w*t // a frame
}

// high is a letter's height in the reduced picture.
func (s *Sheet) high() float64 { return s.High / float64(s.by) }

// gathering is how well marks gather in rows at the best angle.
type gathering struct{ degrees, score float64 }

// mostSkew is the largest angle looked for, in degrees.
const mostSkew = 12

// gathered finds the angle at which the ink of letters gathers in rows, or in
// columns.
func (s *Sheet) gathered(down bool) gathering {
	var at []image.Point
	for i, m := range s.marks {
		if !s.letter(m) {
			continue
		}
		for _, r := range s.runs[s.first[i]:s.first[i+1]] {
			p := image.Pt((r.x0+r.x1)/2, r.y)
			if down {
				p = image.Pt(p.Y, p.X)
			}
			at = append(at, p)
		}
	}
	const enough = 6000
	if len(at) > enough {
		some := make([]image.Point, 0, enough)
		for i := range enough {
			some = append(some, at[i*len(at)/enough])
		}
		at = some
	}
	best := gathering{}
	try := func(degrees float64) {
		if score := rows(at, math.Tan(degrees*math.Pi/180)); score > best.score {
			best = gathering{degrees, score}
		}
	}
	for d := -mostSkew; d <= mostSkew; d++ {
		try(float64(d))
	}
	for _, step := range []float64{0.5, 0.2, 0.1} {
		middle := best.degrees
		for d := -2; d <= 2; d++ {
			try(middle + float64(d)*step)
		}
	}
	return best
}

// rows is how unevenly points are spread over rows that fall by a slope.
func rows(at []image.Point, slope float64) float64 {
	if len(at) == 0 {
		return 0
	}
	const thick = 3
	places := make([]int32, len(at))
	low, high := int32(math.MaxInt32), int32(math.MinInt32)
	for i, p := range at {
		n := int32(math.Floor((float64(p.Y) - slope*float64(p.X)) / thick))
		places[i], low, high = n, min(low, n), max(high, n)
	}
	count := make([]int32, high-low+1)
	for _, n := range places {
		count[n-low]++
	}
	sum := 0.0
	for _, n := range count {
		sum += float64(n) * float64(n)
	}
	return sum / float64(len(at))
}

// quarter turns a picture clockwise by 90 degrees.
func quarter(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[x*out.Stride+h-1-y] = m.Pix[y*m.Stride+x]
		}
	}
	return out
}
