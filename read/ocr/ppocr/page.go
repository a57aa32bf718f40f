package ppocr

import (
	"image"
	"math"
)

// Measures of the network that finds lines.
const (
	gridWide = 32   // its sides are multiples of this
	longSide = 1472 // of a page as the network sees it
)

// page is a page as the network wants it.
type page struct {
	wide, high int
	values     []float32
	sx, sy     float64 // pixels of the page to one of the network's
}

// pageOf scales a page: three planes, each with the mean and the spread that
// the network was trained on.
func pageOf(m *image.Gray) page {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	scale := min(1, longSide/float64(max(w, h)))
	wide, high := grid(float64(w)*scale), grid(float64(h)*scale)
	p := scaled(m, wide, high)
	out := page{wide, high, make([]float32, 0, 3*len(p.at)), float64(w) / float64(wide), float64(h) / float64(high)}
	for _, c := range [3][2]float32{{0.485, 0.229}, {0.456, 0.224}, {0.406, 0.225}} {
		for _, v := range p.at {
			out.values = append(out.values, (v-c[0])/c[1])
		}
	}
	return out
}

func grid(side float64) int {
	return max(int(math.Round(side/gridWide)), 1) * gridWide
}

// readPage finds the lines of a page and reads each.
func readPage(n Networks, keys Keys, m *image.Gray) (Answer, error) {
	p := pageOf(m)
	likely, err := n.Pages(p.values, p.wide, p.high)
	if err != nil {
		return nil, err
	}
	var all Answer
	for _, s := range stretches(likely, p.wide, p.high) {
		c := cut(m, s.times(p.sx, p.sy))
		line, err := readLine(n, keys, c.picture)
		if err != nil {
			return nil, err
		}
		if line = c.onPage(line, m.Rect); len(line) > 0 && len(all) < maxLines {
			all = append(all, line)
		}
	}
	return all, nil
}

// crop is a line cut out of a page.
type crop struct {
	stretch
	picture *image.Gray
	upright bool // the line runs downward; its picture was turned to the left
}

// cut cuts a stretch out straight.
func cut(m *image.Gray, s stretch) crop {
	w, h := max(int(math.Round(s.x1-s.x0)), 1), max(int(math.Round(s.y1-s.y0)), 1)
	c := crop{stretch: s, picture: image.NewGray(image.Rect(0, 0, w, h))}
	for v := range h {
		row := c.picture.Pix[v*w : (v+1)*w]
		for u := range w {
			x, y := s.place(float64(u)+0.5, float64(v)+0.5)
			row[u] = sampled(m, x-0.5, y-0.5)
		}
	}
	if 2*h >= 3*w {
		c.upright, c.picture = true, left(c.picture)
	}
	return c
}

// left turns a picture to the left by a quarter.
func left(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.Pix[(w-1-x)*out.Stride+y] = m.Pix[y*m.Stride+x]
		}
	}
	return out
}

// sampled is the picture at a place between its pixels, white beyond it.
func sampled(m *image.Gray, x, y float64) byte {
	fx, fy := math.Floor(x), math.Floor(y)
	i, j := int(fx), int(fy)
	if i < 0 || j < 0 || i+1 >= m.Rect.Dx() || j+1 >= m.Rect.Dy() {
		return 255
	}
	p := m.Pix[j*m.Stride+i:]
	q := p[m.Stride:]
	u, v := x-fx, y-fy
	return byte((float64(p[0])*(1-u)+float64(p[1])*u)*(1-v) + (float64(q[0])*(1-u)+float64(q[1])*u)*v + 0.5)
}

// onPage gives a line's characters their places on the page.
func (c crop) onPage(line []Char, page image.Rectangle) (all []Char) {
	wide := c.picture.Rect.Dy() // of the stretch, where it was turned
	for _, k := range line {
		r := k.Box
		if c.upright {
			r = image.Rect(wide-r.Max.Y, r.Min.X, wide-r.Min.Y, r.Max.X)
		}
		x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
		for _, p := range [4]image.Point{r.Min, r.Max, {X: r.Min.X, Y: r.Max.Y}, {X: r.Max.X, Y: r.Min.Y}} {
			x, y := c.place(float64(p.X), float64(p.Y))
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
		}
		k.Box = image.Rect(int(x0), int(y0), int(math.Ceil(x1)), int(math.Ceil(y1))).Intersect(page)
		if !k.Box.Empty() {
			all = append(all, k)
		}
	}
	return all
}
