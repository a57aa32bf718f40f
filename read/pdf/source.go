package pdf

import (
	"math"

	"vidimus/read"
)

// Kinds of page objects (fpdf_edit.h).
const (
	objectImage = 3
	objectForm  = 5
)

// Bounds of what is looked at on one page.
const (
	mostObjects  = 20_000
	deepestForm  = 12
	goodPart     = 0.05 // of the page's area
	filterLength = 64
	mostDPI      = 10_000 // more says nothing
)

// source tells how the pictures of page n are packed.
func (r *reader) source(n int64) (read.PictureSource, error) {
	s, err := r.sheet(n)
	if err != nil {
		return read.PictureSource{}, err
	}
	defer r.done(s)
	l := looking{r: r, area: s.width * s.height, left: mostObjects}
	count := int32(r.engine.call("FPDFPage_CountObjects", s.handle))
	for i := range uint64(uint32(max(count, 0))) {
		l.object(r.engine.call("FPDFPage_GetObject", s.handle, i), 1, 0)
	}
	if r.engine.broken {
		return read.PictureSource{}, r.fault()
	}
	return l.found, nil
}

// looking walks a page's objects.
type looking struct {
	r     *reader
	area  float64
	left  int
	most  float64 // area of the largest picture so far
	found read.PictureSource
}

// object takes in one object; stretch is how much larger than in its own
// measures what holds it is drawn.
func (l *looking) object(object uint64, stretch float64, depth int) {
	e := l.r.engine
	if l.left--; l.left < 0 || object == 0 || e.broken {
		return
	}
	switch e.call("FPDFPageObj_GetType", object) {
	case objectImage:
		l.image(object, stretch)
	case objectForm:
		if depth == deepestForm {
			return
		}
		across, down := l.stretch(object)
		count := int32(e.call("FPDFFormObj_CountObjects", object))
		for i := range uint64(uint32(max(count, 0))) {
			l.object(e.call("FPDFFormObj_GetObject", object, i), stretch*max(across, down), depth+1)
		}
	}
}

// stretch gives how long an object's own unit is drawn, across and down.
func (l *looking) stretch(object uint64) (across, down float64) {
	e, b := l.r.engine, l.r.buffer
	if e.call("FPDFPageObj_GetMatrix", object, b) == 0 {
		return 1, 1
	}
	first, second := e.floats4(b), e.floats4(b+8) // a, b, c, d, e, f
	return math.Hypot(float64(first[0]), float64(first[1])), math.Hypot(float64(second[0]), float64(second[1]))
}

// image takes in one picture. Inside a form its bounds are the form's own,
// which serves for a good part only roughly.
func (l *looking) image(object uint64, stretch float64) {
	packed := l.packed(object)
	l.found.Anywhere = l.found.Anywhere || packed.Anywhere
	l.found.AnyLossy = l.found.AnyLossy || packed.AnyLossy
	l.found.Spread = max(l.found.Spread, packed.Spread)
	across, down := l.resolution(object, stretch)
	if coarsest := min(across, down); coarsest > 0 && (l.found.Coarsest == 0 || coarsest < l.found.Coarsest) {
		l.found.Coarsest = coarsest
	}
	e, b := l.r.engine, l.r.buffer
	if e.call("FPDFPageObj_GetBounds", object, b, b+4, b+8, b+12) == 0 {
		return
	}
	box := e.floats4(b) // left, bottom, right, top
	w, h := float64(box[2]-box[0])*stretch, float64(box[3]-box[1])*stretch
	if !(w > 0 && h > 0) || w*h < goodPart*l.area {
		return
	}
	l.found.Pictures++
	l.found.Lossy = l.found.Lossy || packed.AnyLossy
	if w*h > l.most {
		l.most, l.found.DPI = w*h, across
	}
}

// resolution gives a picture's pixels to an inch as it is drawn.
func (l *looking) resolution(object uint64, stretch float64) (across, down float64) {
	e, b := l.r.engine, l.r.buffer
	wide, high := l.stretch(object)
	if e.call("FPDFImageObj_GetImagePixelSize", object, b, b+4) == 0 || !(wide*stretch > 0 && high*stretch > 0) {
		return 0, 0
	}
	w, _ := e.module.Memory().ReadUint32Le(uint32(b))
	h, _ := e.module.Memory().ReadUint32Le(uint32(b + 4))
	return min(float64(w)*72/(wide*stretch), mostDPI), min(float64(h)*72/(high*stretch), mostDPI)
}
