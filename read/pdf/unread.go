package pdf

import (
	"image"

	"vidimus"
	"vidimus/read"
	"vidimus/read/ocr/ink"
)

// What makes the pictures of a page with words worth reading. Measured over the
// PDFs of the public suites: see docs/ocr.md.
const (
	unreadDPI   = 150
	unreadPart  = 0.015 // of the page's area that pictures without words cover, at least
	unreadGrid  = 64    // squares to a side, for that estimate
	inLine      = 5     // letters that make a line of writing
	inAll       = 10    // letters in such lines
	wideOfHigh  = 4     // such a line is so many letters' heights wide
	wordsMargin = 0.35  // of a word's height, around its box
)

// unread reports writing in the pictures of a page that the page's own words do
// not cover: a scan with a typed heading, a letter shown in a report. Pages
// without such a picture are not drawn.
func (r *reader) unread(s *sheet, words []vidimus.Place) (bool, error) {
	l := pictures{r: r, s: s, left: mostObjects}
	count := int32(r.engine.call("FPDFPage_CountObjects", s.handle))
	for i := range uint64(uint32(max(count, 0))) {
		l.object(r.engine.call("FPDFPage_GetObject", s.handle, i), identity, 0)
	}
	if r.engine.broken {
		return false, r.fault()
	}
	if bare(s, l.boxes, words) < unreadPart {
		return false, nil
	}
	w, h := read.PictureSize(s.width, s.height, unreadDPI/72.0)
	m := image.NewGray(image.Rect(0, 0, w, h))
	err := r.draw(s, w, h, func(rgbx []byte) {
		for i := range m.Pix {
			m.Pix[i] = byte((299*int(rgbx[4*i]) + 587*int(rgbx[4*i+1]) + 114*int(rgbx[4*i+2])) / 1000)
		}
	})
	if err != nil {
		return false, err
	}
	return written(only(m, float64(w)/s.width, l.boxes, words)), nil
}

// bare is how much of the page's area pictures cover, and words do not.
func bare(s *sheet, pictures []vidimus.Box, words []vidimus.Place) float64 {
	if len(pictures) == 0 {
		return 0
	}
	var covered [unreadGrid * unreadGrid]bool
	set := func(b vidimus.Box, to bool) {
		for y := square(b.Y0, s.height); y <= square(b.Y1, s.height); y++ {
			for x := square(b.X0, s.width); x <= square(b.X1, s.width); x++ {
				covered[y*unreadGrid+x] = to
			}
		}
	}
	for _, b := range pictures {
		set(b, true)
	}
	for _, w := range words {
		set(w.Box, false)
	}
	n := 0
	for _, c := range covered {
		if c {
			n++
		}
	}
	return float64(n) / (unreadGrid * unreadGrid)
}

func square(at, side float64) int {
	return min(max(int(at/side*unreadGrid), 0), unreadGrid-1)
}

// only leaves of a page's picture what its pictures show, and whitens what its
// own words are.
func only(m *image.Gray, scale float64, pictures []vidimus.Box, words []vidimus.Place) *image.Gray {
	out := image.NewGray(m.Rect)
	for i := range out.Pix {
		out.Pix[i] = 0xff
	}
	pixels := func(b vidimus.Box, margin float64) image.Rectangle {
		return image.Rect(int((b.X0-margin)*scale), int((b.Y0-margin)*scale), int((b.X1+margin)*scale)+1, int((b.Y1+margin)*scale)+1).Intersect(m.Rect)
	}
	for _, b := range pictures {
		in := pixels(b, 0)
		for y := in.Min.Y; y < in.Max.Y; y++ {
			copy(out.Pix[y*out.Stride+in.Min.X:y*out.Stride+in.Max.X], m.Pix[y*m.Stride+in.Min.X:])
		}
	}
	for _, w := range words {
		in := pixels(w.Box, wordsMargin*(w.Box.Y1-w.Box.Y0))
		for y := in.Min.Y; y < in.Max.Y; y++ {
			row := out.Pix[y*out.Stride+in.Min.X : y*out.Stride+in.Max.X]
			for x := range row {
				row[x] = 0xff
			}
		}
	}
	return out
}

// written reports ink that stands in lines as writing does.
func written(m *image.Gray) bool {
	sheet := ink.Look(m)
	letters := 0
	for _, l := range sheet.Lines {
		if l.Letters >= inLine && l.X1-l.X0 >= wideOfHigh*sheet.High {
			letters += l.Letters
		}
	}
	return letters >= inAll
}

// pictures finds where the pictures of a page stand.
type pictures struct {
	r     *reader
	s     *sheet
	left  int
	boxes []vidimus.Box
}

// matrix is a, b, c, d, e, f as PDF has them.
type matrix [6]float32

var identity = matrix{1, 0, 0, 1, 0, 0}

func (l *pictures) object(object uint64, m matrix, depth int) {
	e := l.r.engine
	if l.left--; l.left < 0 || object == 0 || e.broken {
		return
	}
	switch e.call("FPDFPageObj_GetType", object) {
	case objectImage:
		l.image(object, m)
	case objectForm:
		if depth == deepestForm {
			return
		}
		inner := l.matrix(object).then(m)
		count := int32(e.call("FPDFFormObj_CountObjects", object))
		for i := range uint64(uint32(max(count, 0))) {
			l.object(e.call("FPDFFormObj_GetObject", object, i), inner, depth+1)
		}
	}
}

func (l *pictures) image(object uint64, m matrix) {
	e, b := l.r.engine, l.r.buffer
	if e.call("FPDFPageObj_GetBounds", object, b, b+4, b+8, b+12) == 0 {
		return
	}
	in := e.floats4(b) // left, bottom, right, top
	x0, y0 := m.point(in[0], in[1])
	box := [4]float32{x0, y0, x0, y0} // left, top, right, bottom
	for _, c := range [3][2]float32{{in[0], in[3]}, {in[2], in[1]}, {in[2], in[3]}} {
		x, y := m.point(c[0], c[1])
		box = [4]float32{min(box[0], x), max(box[1], y), max(box[2], x), min(box[3], y)}
	}
	seen := l.s.seen(box)
	seen = vidimus.Box{X0: max(seen.X0, 0), Y0: max(seen.Y0, 0), X1: min(seen.X1, l.s.width), Y1: min(seen.Y1, l.s.height)}
	if seen.X1 > seen.X0 && seen.Y1 > seen.Y0 {
		l.boxes = append(l.boxes, seen)
	}
}

func (l *pictures) matrix(object uint64) (m matrix) {
	e, b := l.r.engine, l.r.buffer
	if e.call("FPDFPageObj_GetMatrix", object, b) == 0 {
		return identity
	}
	for i := range m {
		m[i], _ = e.module.Memory().ReadFloat32Le(uint32(b) + uint32(4*i))
	}
	return m
}

// then is m, and o after it.
func (m matrix) then(o matrix) matrix {
	return matrix{
		m[0]*o[0] + m[1]*o[2], m[0]*o[1] + m[1]*o[3],
		m[2]*o[0] + m[3]*o[2], m[2]*o[1] + m[3]*o[3],
		m[4]*o[0] + m[5]*o[2] + o[4], m[4]*o[1] + m[5]*o[3] + o[5],
	}
}

func (m matrix) point(x, y float32) (float32, float32) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}
