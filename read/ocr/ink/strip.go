package ink

import (
	"image"
	"math"
)

// Strip is a line cut out straight, with white around it.
type Strip struct {
	Picture *image.Gray
	s       *Sheet
	x, y    float64 // of its top left corner, in Flat
	cos     float64
	sin     float64
	flipped bool
}

// Margin is how much white Cut leaves around a line, in letters' heights.
const Margin = 1.0 / 3

// Cut cuts a line out of the picture. Ink of other lines is left white. Flipped,
// it is turned upside down.
func (s *Sheet) Cut(l Line, flipped bool) Strip { return s.CutWithin(l, flipped, Margin) }

// CutWithin is Cut with another margin.
func (s *Sheet) CutWithin(l Line, flipped bool, margin float64) Strip {
	margin = max(math.Round(s.High*margin), 4)
	angle := math.Atan(l.Slope)
	t := Strip{s: s, flipped: flipped}
	t.sin, t.cos = math.Sincos(angle)
	w := int((l.X1-l.X0)/t.cos + 2*margin)
	h := int(math.Ceil(l.Up*t.cos) + math.Ceil(l.Down*t.cos) + 2*margin)
	t.x, t.y = l.X0-margin*t.cos+(l.Up+margin)*t.sin, l.Middle(l.X0)-margin*t.sin-(l.Up+margin)*t.cos
	t.Picture = image.NewGray(image.Rect(0, 0, max(w, 1), max(h, 1)))
	t.draw(s.others(l, t))
	if flipped {
		t.flip()
	}
	return t
}

// Straight is the whole picture laid straight.
func (s *Sheet) Straight(flipped bool) Strip {
	t := Strip{s: s, flipped: flipped, cos: 1, Picture: s.Flat}
	w, h := float64(s.Flat.Rect.Dx()), float64(s.Flat.Rect.Dy())
	if math.Abs(s.Skew) >= 0.3 {
		t.sin, t.cos = math.Sincos(s.Skew * math.Pi / 180)
		wide, tall := w*t.cos+h*math.Abs(t.sin), h*t.cos+w*math.Abs(t.sin)
		t.x, t.y = w/2-wide/2*t.cos+tall/2*t.sin, h/2-wide/2*t.sin-tall/2*t.cos
		t.Picture = image.NewGray(image.Rect(0, 0, int(wide), int(tall)))
		t.draw(nil)
	} else if flipped {
		t.Picture = image.NewGray(s.Flat.Rect)
		copy(t.Picture.Pix, s.Flat.Pix)
	}
	if flipped {
		t.flip()
	}
	return t
}

// draw samples the picture along the strip.
func (t Strip) draw(other *cover) {
	for v := range t.Picture.Rect.Dy() {
		row := t.Picture.Pix[v*t.Picture.Stride:]
		for u := range t.Picture.Rect.Dx() {
			x, y := t.x+float64(u)*t.cos-float64(v)*t.sin, t.y+float64(u)*t.sin+float64(v)*t.cos
			row[u] = t.s.lit(x, y, other)
		}
	}
}

func (t Strip) flip() {
	p := t.Picture.Pix
	for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
		p[i], p[j] = p[j], p[i]
	}
}

// lit is the picture at a place, between its pixels.
func (s *Sheet) lit(x, y float64, other *cover) byte {
	fx, fy := math.Floor(x), math.Floor(y)
	i, j := int(fx), int(fy)
	if i < 0 || j < 0 || i+1 >= s.Flat.Rect.Dx() || j+1 >= s.Flat.Rect.Dy() || other.has(i/s.by, j/s.by) {
		return 255
	}
	p := s.Flat.Pix[j*s.Flat.Stride+i:]
	q := p[s.Flat.Stride:]
	u, v := int((x-fx)*256), int((y-fy)*256)
	a := int(p[0])*(256-u) + int(p[1])*u
	b := int(q[0])*(256-u) + int(q[1])*u
	return byte((a*(256-v) + b*v) >> 16)
}

// cover is a part of the reduced picture, and which of it is ink of others.
type cover struct {
	box image.Rectangle
	ink []bool
}

func (c *cover) has(x, y int) bool {
	if c == nil || x < c.box.Min.X || y < c.box.Min.Y || x >= c.box.Max.X || y >= c.box.Max.Y {
		return false
	}
	return c.ink[(y-c.box.Min.Y)*c.box.Dx()+x-c.box.Min.X]
}

// others covers the ink of other lines that reaches into a strip.
func (s *Sheet) others(l Line, t Strip) *cover {
	box := t.Box(t.Picture.Rect)
	small := image.Rect(box.Min.X/s.by-1, box.Min.Y/s.by-1, box.Max.X/s.by+2, box.Max.Y/s.by+2)
	var c *cover
	for i, m := range s.marks {
		if s.owner[i] == l.number || s.owner[i] < 0 && !rule(m, s.high()) || !m.Box.Overlaps(small) {
			continue
		}
		if c == nil {
			c = &cover{small, make([]bool, small.Dx()*small.Dy())}
		}
		for _, r := range s.runs[s.first[i]:s.first[i+1]] {
			for y := max(r.y-1, small.Min.Y); y <= min(r.y+1, small.Max.Y-1); y++ {
				for x := max(r.x0-1, small.Min.X); x < min(r.x1+1, small.Max.X); x++ {
					c.ink[(y-small.Min.Y)*small.Dx()+x-small.Min.X] = true
				}
			}
		}
	}
	return c
}

// Box gives the smallest rectangle of Flat around one of the strip.
func (t Strip) Box(r image.Rectangle) image.Rectangle {
	if t.flipped {
		b := t.Picture.Rect
		r = image.Rect(b.Max.X-r.Max.X, b.Max.Y-r.Max.Y, b.Max.X-r.Min.X, b.Max.Y-r.Min.Y)
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, c := range [4]image.Point{r.Min, r.Max, {X: r.Min.X, Y: r.Max.Y}, {X: r.Max.X, Y: r.Min.Y}} {
		u, v := float64(c.X), float64(c.Y)
		x, y := t.x+u*t.cos-v*t.sin, t.y+u*t.sin+v*t.cos
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	all := t.s.Flat.Rect
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1))).Intersect(all)
}

// Seen gives a rectangle of Flat as one of the picture that was looked at.
func (s *Sheet) Seen(r image.Rectangle) image.Rectangle {
	if s.Turns == 0 {
		return r
	}
	tall := s.Flat.Rect.Dx() // the height of the picture
	return image.Rect(r.Min.Y, tall-r.Max.X, r.Max.Y, tall-r.Min.X)
}

// Flipped reports a strip that is turned upside down.
func (t Strip) Flipped() bool { return t.flipped }
