package protect

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"vidimus"
)

// FacsimileDPI is the resolution of every picture of an edition.
const FacsimileDPI = 200

// threshold parts black from white: one fixed rule for each pixel by itself. A
// rule that looks around, or at the page as a whole, carries what is hidden
// into what is seen (measured: Otsu 121 to 130 pixels of a page, Sauvola 12).
const threshold = 128

// canvases are the sizes, in pixels, on which all pictures lie: A4, A3 and A2
// upright, then across. A page's own size would tell how it was cut.
var canvases = []image.Point{{X: 1654, Y: 2339}, {X: 2339, Y: 1654}, {X: 2339, Y: 3307}, {X: 3307, Y: 2339}, {X: 3307, Y: 4677}, {X: 4677, Y: 3307}}

// Sheet is a page's picture as it is made black and white.
type Sheet struct {
	Picture image.Image
	DPI     float64 // of the picture
	Areas   []vidimus.Box
	// Reach is how far, in pixels of the source, one pixel's neighbours change
	// it: its compression's blocks and its colour's resampling. 0 for what a
	// program drew.
	Reach     float64
	SourceDPI float64
}

// Bilevel gives the picture of a page: black and white, on a canvas of one of
// a few sizes, areas solid black. The same visible page gives the same bytes,
// whatever stood under the areas.
func Bilevel(s Sheet) ([]byte, error) {
	b := s.Picture.Bounds()
	scale := FacsimileDPI / s.DPI
	w, h := int(math.Round(float64(b.Dx())*scale)), int(math.Round(float64(b.Dy())*scale))
	canvas, err := canvasFor(w, h)
	if err != nil {
		return nil, err
	}
	out := image.NewPaletted(image.Rectangle{Max: canvas}, color.Palette{color.White, color.Black})
	left, top := (canvas.X-w)/2, (canvas.Y-h)/2
	for y := range h {
		sy := b.Min.Y + min(int((float64(y)+0.5)/scale), b.Dy()-1)
		for x := range w {
			sx := b.Min.X + min(int((float64(x)+0.5)/scale), b.Dx()-1)
			if dark(s.Picture.At(sx, sy)) {
				out.Pix[(top+y)*out.Stride+left+x] = 1
			}
		}
	}
	for _, a := range s.Areas {
		blacken(out, s.hole(a, image.Pt(left, top)))
	}
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&file, out); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return file.Bytes(), nil
}

func canvasFor(w, h int) (image.Point, error) {
	for _, c := range canvases {
		if w <= c.X && h <= c.Y {
			return c, nil
		}
	}
	return image.Point{}, vidimus.WithHint(fmt.Errorf("a page is larger than any sheet that pictures are shown on"), "show it as a transcript")
}

// dark looks at one pixel alone, and not at its blue: the yellow of printers'
// dots takes away blue only, so that it cannot turn a pixel that is nearly
// black. What is red, blue or green on a page is as dark without it.
func dark(c color.Color) bool {
	r, g, _, _ := c.RGBA()
	return (337*r+663*g)/1000>>8 < threshold
}

// hole gives the pixels of an area: over the whole width of the canvas, so
// that its place in the line is not told, and wider by as far as what is under
// it can reach.
func (s Sheet) hole(a vidimus.Box, at image.Point) image.Rectangle {
	margin := 1.5 * 72.0 / FacsimileDPI // a pixel of the drawing, and its smooth edge
	if s.Reach > 0 && s.SourceDPI > 0 {
		margin += (s.Reach + 1) * 72 / s.SourceDPI
	}
	px := func(pt float64) float64 { return pt * FacsimileDPI / 72 }
	return image.Rect(0, at.Y+int(math.Floor(px(a.Y0-margin))), math.MaxInt32, at.Y+int(math.Ceil(px(a.Y1+margin))))
}

func blacken(m *image.Paletted, r image.Rectangle) {
	r = r.Intersect(m.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			m.Pix[y*m.Stride+x] = 1
		}
	}
}
