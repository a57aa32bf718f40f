package ocr

import (
	"bytes"
	"fmt"
	"image"
	"io"
)

// colours is a picture that gives its red, green and blue bytes row by row.
type colours interface{ RGB() []byte }

// grey makes a picture grey. Colours weigh as in ITU-R BT.601.
func grey(m image.Image) *image.Gray {
	b := m.Bounds()
	if p, ok := m.(*image.Gray); ok && b.Min == (image.Point{}) && p.Stride == b.Dx() {
		return p
	}
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	if p, ok := m.(colours); ok {
		rgb := p.RGB()
		for i := range out.Pix {
			out.Pix[i] = luma(uint32(rgb[3*i]), uint32(rgb[3*i+1]), uint32(rgb[3*i+2]))
		}
		return out
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, b, _ := m.At(b.Min.X+x, b.Min.Y+y).RGBA()
			out.Pix[y*out.Stride+x] = luma(r>>8, g>>8, b>>8)
		}
	}
	return out
}

func luma(r, g, b uint32) byte { return byte((299*r + 587*g + 114*b + 500) / 1000) }

// pgm is a picture in the format PGM (netpbm), binary.
func pgm(m *image.Gray) io.Reader {
	head := fmt.Sprintf("P5\n%d %d\n255\n", m.Rect.Dx(), m.Rect.Dy())
	return io.MultiReader(bytes.NewReader([]byte(head)), bytes.NewReader(m.Pix))
}
