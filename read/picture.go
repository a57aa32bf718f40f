package read

import (
	"image"
	"image/color"
	"math"

	"vidimus/sandbox"
)

// Bounds of a picture.
const (
	MaxDPI    = 300
	MaxPixels = 20 << 20 // an A3 page at 300 dpi has 17 million
)

// PictureSize gives the pixels of a page of this size in points: as many as
// scale asks for, fewer where that is more than MaxPixels.
func PictureSize(width, height, scale float64) (w, h int) {
	scale = min(scale, math.Sqrt(MaxPixels/(width*height)))
	side := func(pt float64) int { return int(min(max(pt*scale, 1), MaxPixels)) }
	w, h = side(width), side(height)
	return min(w, MaxPixels/h), h
}

// EncodePicture makes a worker's message of raw pixels: three bytes each, red,
// green and blue, row by row.
func EncodePicture(width, height int, rgb []byte) sandbox.Message {
	return sandbox.Message{Name: "picture", Ints: []int64{int64(width), int64(height)}, Bytes: rgb}
}

func decodePicture(m sandbox.Message) (image.Image, error) {
	if m.Name != "picture" || len(m.Ints) != 2 {
		return nil, ErrAnswer
	}
	w, h := m.Ints[0], m.Ints[1]
	if w < 1 || h < 1 || w > MaxPixels || h > MaxPixels || w*h > MaxPixels || int64(len(m.Bytes)) != 3*w*h {
		return nil, ErrAnswer
	}
	return &pixels{width: int(w), height: int(h), rgb: m.Bytes}, nil
}

// pixels is an opaque picture, so that PNG needs no fourth channel for it.
type pixels struct {
	width, height int
	rgb           []byte
}

func (p *pixels) ColorModel() color.Model { return color.RGBAModel }
func (p *pixels) Bounds() image.Rectangle { return image.Rect(0, 0, p.width, p.height) }
func (p *pixels) Opaque() bool            { return true }

// RGB gives the three bytes of every pixel, row by row.
func (p *pixels) RGB() []byte { return p.rgb }

func (p *pixels) At(x, y int) color.Color {
	if !(image.Point{X: x, Y: y}).In(p.Bounds()) {
		return color.RGBA{}
	}
	i := 3 * (y*p.width + x)
	return color.RGBA{p.rgb[i], p.rgb[i+1], p.rgb[i+2], 0xff}
}
