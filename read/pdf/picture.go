package pdf

import (
	"vidimus/read"
	"vidimus/sandbox"
)

// Pdfium's flags for drawing (fpdfview.h).
const (
	drawAnnotations = 0x01
	drawRGB         = 0x10 // red first
	bitmapBGRx      = 3
	white           = 0xffffffff
)

// inkSide is the longest side of the small picture on which ink is looked for.
const inkSide = 400

// picture draws page n for the parent.
func (r *reader) picture(n, dpi int64) (sandbox.Message, error) {
	s, err := r.sheet(n)
	if err != nil {
		return sandbox.Message{}, err
	}
	defer r.done(s)
	scale := float64(min(max(dpi, 1), read.MaxDPI)) / 72
	w, h := read.PictureSize(s.width, s.height, scale)
	var rgb []byte
	err = r.draw(s, w, h, func(rgbx []byte) {
		rgb = make([]byte, 0, 3*w*h)
		for ; len(rgbx) >= 4; rgbx = rgbx[4:] {
			rgb = append(rgb, rgbx[:3]...)
		}
	})
	if err != nil {
		return sandbox.Message{}, err
	}
	return read.EncodePicture(w, h, rgb), nil
}

// ink reports any mark on the page.
func (r *reader) ink(s *sheet) (found bool, err error) {
	w, h := read.PictureSize(s.width, s.height, inkSide/max(s.width, s.height))
	err = r.draw(s, w, h, func(rgbx []byte) {
		for ; len(rgbx) >= 4 && !found; rgbx = rgbx[4:] {
			found = rgbx[0]&rgbx[1]&rgbx[2] != 0xff
		}
	})
	return found, err
}

// draw draws the whole page on white and shows its pixels, four bytes each.
func (r *reader) draw(s *sheet, width, height int, see func(rgbx []byte)) error {
	e, w, h := r.engine, uint64(width), uint64(height)
	bitmap := e.call("FPDFBitmap_CreateEx", w, h, bitmapBGRx, 0, 0)
	if bitmap == 0 {
		return r.fault()
	}
	defer e.call("FPDFBitmap_Destroy", bitmap)
	e.call("FPDFBitmap_FillRect", bitmap, 0, 0, w, h, white)
	e.call("FPDF_RenderPageBitmap", bitmap, s.handle, 0, 0, w, h, 0, drawAnnotations|drawRGB)
	at, stride := e.call("FPDFBitmap_GetBuffer", bitmap), e.call("FPDFBitmap_GetStride", bitmap)
	pixels, ok := e.module.Memory().Read(uint32(at), uint32(4*w*h))
	if e.broken || !ok || stride != 4*w {
		return r.fault()
	}
	see(pixels)
	return nil
}
