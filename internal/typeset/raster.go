package typeset

import (
	"image"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// Raster draws lines on a picture at one type size. Each glyph is turned into
// a mask once; after that it is copied.
type Raster struct {
	to    *image.Gray
	size  float64 // of the type, in pixels
	masks map[maskKey]mask
	scan  *vector.Rasterizer
}

// steps is at how many places within a pixel a glyph can begin.
const steps = 4

type maskKey struct {
	face  *font.Face
	glyph font.GID
	step  int
}

// mask is how much of each pixel a glyph covers; its bounds count from the
// pixel that the glyph's origin lies in.
type mask struct {
	bounds image.Rectangle
	cover  []byte
}

// NewRaster draws in black on to, with a type size in pixels.
func NewRaster(to *image.Gray, size float64) *Raster {
	return &Raster{to: to, size: size, masks: map[maskKey]mask{}, scan: vector.NewRasterizer(1, 1)}
}

// Line draws l with the left end of its base line at x, y. What would reach
// out of the band between top and bottom is cut off: marks can be piled up
// higher than any line.
func (r *Raster) Line(l Line, x, y float64, top, bottom int) {
	within := image.Rect(r.to.Rect.Min.X, top, r.to.Rect.Max.X, bottom).Intersect(r.to.Rect)
	for _, c := range l.Clusters {
		for _, p := range c.Parts {
			left := x + p.X*r.size/Em
			at := math.Floor(left)
			step := int((left - at) * steps)
			base := int(math.Round(y - p.Y*r.size/Em))
			r.ink(r.mask(p, step), image.Pt(int(at), base), within)
		}
		x += c.Advance * r.size / Em
	}
}

// ink darkens what a mask covers, multiplying with what is there.
func (r *Raster) ink(m mask, origin image.Point, within image.Rectangle) {
	all := m.bounds.Add(origin)
	seen := all.Intersect(within)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		cover := m.cover[(y-all.Min.Y)*all.Dx()+seen.Min.X-all.Min.X:]
		to := r.to.Pix[r.to.PixOffset(seen.Min.X, y):]
		for x := range seen.Dx() {
			to[x] = byte(int(to[x]) * (255 - int(cover[x])) / 255)
		}
	}
}

// mask draws a part's glyph, or finds it drawn.
func (r *Raster) mask(p Part, step int) mask {
	key := maskKey{p.Face, p.Glyph, step}
	if m, ok := r.masks[key]; ok {
		return m
	}
	var m mask
	if outline, ok := p.Face.GlyphDataOutline(p.Glyph); ok {
		m = r.scanned(outline.Segments, r.size/float64(p.Face.Upem()), float64(step)/steps)
	}
	r.masks[key] = m
	return m
}

// scanned turns an outline into a mask; dx is where in its pixel it begins.
func (r *Raster) scanned(segments []opentype.Segment, scale, dx float64) mask {
	at := func(q opentype.SegmentPoint) point { return point{float64(q.X)*scale + dx, -float64(q.Y) * scale} }
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range segments {
		for _, a := range s.ArgsSlice() {
			q := at(a)
			lo, hi = point{min(lo.x, q.x), min(lo.y, q.y)}, point{max(hi.x, q.x), max(hi.y, q.y)}
		}
	}
	if len(segments) == 0 {
		return mask{}
	}
	bounds := image.Rect(int(math.Floor(lo.x)), int(math.Floor(lo.y)), int(math.Ceil(hi.x)), int(math.Ceil(hi.y)))
	r.scan.Reset(bounds.Dx(), bounds.Dy())
	r.trace(segments, func(q opentype.SegmentPoint) (float32, float32) {
		p := at(q)
		return float32(p.x - float64(bounds.Min.X)), float32(p.y - float64(bounds.Min.Y))
	})
	cover := image.NewAlpha(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	r.scan.Draw(cover, cover.Rect, image.Opaque, image.Point{})
	return mask{bounds, cover.Pix}
}

// trace hands an outline to the rasteriser; every contour is closed.
func (r *Raster) trace(segments []opentype.Segment, at func(opentype.SegmentPoint) (float32, float32)) {
	for i, s := range segments {
		a := s.ArgsSlice()
		x, y := at(a[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				r.scan.ClosePath()
			}
			r.scan.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			r.scan.LineTo(x, y)
		case opentype.SegmentOpQuadTo:
			ex, ey := at(a[1])
			r.scan.QuadTo(x, y, ex, ey)
		case opentype.SegmentOpCubeTo:
			cx, cy := at(a[1])
			ex, ey := at(a[2])
			r.scan.CubeTo(x, y, cx, cy, ex, ey)
		}
	}
	r.scan.ClosePath()
}
