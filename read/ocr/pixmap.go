package ocr

import (
	"bytes"
	"fmt"
	"image"
	"io"
)

// pixmap is a grey picture, as the engine is given it.
type pixmap struct {
	width, height int
	pixels        []byte
}

// grey makes a picture grey. Colours weigh as in ITU-R BT.601.
func grey(m image.Image) *pixmap {
	b := m.Bounds()
	p := &pixmap{width: b.Dx(), height: b.Dy(), pixels: make([]byte, 0, b.Dx()*b.Dy())}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			p.pixels = append(p.pixels, byte((299*(r>>8)+587*(g>>8)+114*(b>>8)+500)/1000))
		}
	}
	return p
}

// file is the picture in the format PGM (netpbm), binary.
func (p *pixmap) file() io.Reader {
	head := fmt.Sprintf("P5\n%d %d\n255\n", p.width, p.height)
	return io.MultiReader(bytes.NewReader([]byte(head)), bytes.NewReader(p.pixels))
}
