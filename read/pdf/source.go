package pdf

import (
	"strings"

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
		l.object(r.engine.call("FPDFPage_GetObject", s.handle, i), 0)
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

func (l *looking) object(object uint64, depth int) {
	e := l.r.engine
	if l.left--; l.left < 0 || object == 0 || e.broken {
		return
	}
	switch e.call("FPDFPageObj_GetType", object) {
	case objectImage:
		l.image(object)
	case objectForm:
		if depth == deepestForm {
			return
		}
		count := int32(e.call("FPDFFormObj_CountObjects", object))
		for i := range uint64(uint32(max(count, 0))) {
			l.object(e.call("FPDFFormObj_GetObject", object, i), depth+1)
		}
	}
}

// image takes in one picture. Inside a form its bounds are the form's own,
// which serves for a good part and for a resolution only roughly.
func (l *looking) image(object uint64) {
	e, b := l.r.engine, l.r.buffer
	if e.call("FPDFPageObj_GetBounds", object, b, b+4, b+8, b+12) == 0 {
		return
	}
	box := e.floats4(b) // left, bottom, right, top
	w, h := float64(box[2]-box[0]), float64(box[3]-box[1])
	if !(w > 0 && h > 0) || w*h < goodPart*l.area {
		return
	}
	l.found.Pictures++
	for i := range uint64(uint32(max(0, int32(e.call("FPDFImageObj_GetImageFilterCount", object))))) {
		if i == 8 {
			break
		}
		e.call("FPDFImageObj_GetImageFilter", object, i, b, filterLength)
		name, _ := e.module.Memory().Read(uint32(b), filterLength)
		l.found.Lossy = l.found.Lossy || lossy(string(name))
		l.found.Wavelet = l.found.Wavelet || strings.HasPrefix(string(name), "JPX")
	}
	if e.call("FPDFImageObj_GetImagePixelSize", object, b, b+4) != 0 && w*h > l.most {
		pixels, _ := e.module.Memory().ReadUint32Le(uint32(b))
		l.most, l.found.DPI = w*h, float64(pixels)/w*72
	}
}

// lossy reports a filter that throws detail away; of JPEG 2000 and JBIG2 one
// cannot know without decoding.
func lossy(filter string) bool {
	for _, name := range []string{"DCT", "JPX", "JBIG2"} {
		if len(filter) >= len(name) && filter[:len(name)] == name {
			return true
		}
	}
	return false
}
