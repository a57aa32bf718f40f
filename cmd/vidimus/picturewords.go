package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"

	"vidimus"
	"vidimus/protect"
)

// pictureWords reads the pictures of an edition by OCR at two scales, as the
// release check does; nil for an edition without pictures.
func pictureWords(ctx context.Context, c protect.Cleared) (func([]byte) ([]string, error), error) {
	pictures, err := c.Pictures()
	if err != nil || len(pictures) == 0 {
		return nil, err
	}
	engine, err := recogniser(ctx)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("an edition with pictures cannot be examined without OCR"), vidimus.HintOf(err))
	}
	return func(file []byte) (all []string, err error) {
		m, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			return nil, errors.New("a picture of the edition cannot be read")
		}
		for _, scaled := range []image.Image{m, doubled{m}} {
			b := scaled.Bounds()
			page := vidimus.Page{Number: 1, Width: float64(m.Bounds().Dx()) * 72 / protect.FacsimileDPI, Height: float64(m.Bounds().Dy()) * 72 / protect.FacsimileDPI, Ink: true}
			if b.Dx()*b.Dy() > maxRead {
				continue
			}
			read, err := engine.Begin()(ctx, scaled, page)
			if err != nil {
				return nil, err
			}
			all = append(all, read.Text)
		}
		return all, nil
	}, nil
}

// maxRead is the largest picture that OCR is given, in pixels.
const maxRead = 20 << 20

// doubled is a picture in twice its size, each pixel four times.
type doubled struct{ image.Image }

func (d doubled) Bounds() image.Rectangle {
	b := d.Image.Bounds()
	return image.Rect(0, 0, 2*b.Dx(), 2*b.Dy())
}

// At gives a pixel of the picture behind.
func (d doubled) At(x, y int) color.Color {
	b := d.Image.Bounds()
	return d.Image.At(b.Min.X+x/2, b.Min.Y+y/2)
}
