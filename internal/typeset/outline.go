package typeset

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// path writes a part's outline as PDF path operators, in thousandths of the
// type size and shifted by dx; y grows upward.
func (p Part) path(w *strings.Builder, dx float64) {
	outline, ok := p.Face.GlyphDataOutline(p.Glyph)
	if !ok {
		return
	}
	scale := Em / float64(p.Face.Upem())
	at := func(q opentype.SegmentPoint) point {
		return point{float64(q.X)*scale + p.X + dx, float64(q.Y)*scale + p.Y}
	}
	var pen point
	for i, s := range outline.Segments {
		a := s.ArgsSlice()
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				w.WriteString("h\n")
			}
			operate(w, "m", at(a[0]))
		case opentype.SegmentOpLineTo:
			operate(w, "l", at(a[0]))
		case opentype.SegmentOpQuadTo:
			c, end := at(a[0]), at(a[1])
			operate(w, "c", toward(pen, c), toward(end, c), end)
		case opentype.SegmentOpCubeTo:
			operate(w, "c", at(a[0]), at(a[1]), at(a[2]))
		}
		pen = at(a[len(a)-1])
	}
	if len(outline.Segments) > 0 {
		w.WriteString("h\n")
	}
}

type point struct{ x, y float64 }

// toward gives the control point of a cubic that draws the quadratic with the
// one control point c: two thirds of the way from an end to c.
func toward(end, c point) point {
	return point{end.x + (c.x-end.x)*2/3, end.y + (c.y-end.y)*2/3}
}

func operate(w *strings.Builder, op string, points ...point) {
	for _, p := range points {
		w.WriteString(number(p.x) + " " + number(p.y) + " ")
	}
	w.WriteString(op + "\n")
}

// number writes f with at most two decimals: PDF knows no exponents.
func number(f float64) string {
	return strconv.FormatFloat(math.Round(f*100)/100+0, 'f', -1, 64)
}

// Outline gives the drawing of a line as path operators: ink that carries no
// text, scaled to size with its left end of the base line at 0, 0.
func (l Line) Outline(size float64) string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s 0 0 %s 0 0 cm\n", scaled(size), scaled(size))
	x := 0.0
	for _, c := range l.Clusters {
		for _, p := range c.Parts {
			p.path(&w, x)
		}
		x += c.Advance
	}
	return w.String()
}

func scaled(size float64) string { return strconv.FormatFloat(size/Em, 'f', 5, 64) }

// extent is the height of a face above and below the base line.
func extent(f *font.Face) (up, down float64) {
	e, _ := f.FontHExtents()
	scale := Em / float64(f.Upem())
	return float64(e.Ascender) * scale, float64(e.Descender) * scale
}
