package main

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"sync"

	"vidimus"
	"vidimus/internal/quiet"
	"vidimus/pipeline"
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
	// One file for each scale, as if the pictures were its pages: the next one
	// begins with the model that suited the last. What a model is unsure of is
	// read by the others all the same.
	own, twice := engine.Begin(), engine.Begin()
	return func(file []byte) ([]string, error) {
		decoded, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			return nil, errors.New("a picture of the edition cannot be read")
		}
		m := greyed(decoded)
		var texts [2]string
		var errs [2]error
		var both sync.WaitGroup
		both.Add(1)
		quiet.Go(func() {
			defer both.Done()
			texts[1], errs[1] = wordsAt(ctx, twice, m, 2)
		})
		texts[0], errs[0] = wordsAt(ctx, own, m, 1)
		both.Wait()
		return texts[:], errors.Join(errs[:]...)
	}, nil
}

// wordsAt reads the words off a picture as it is or in twice its size; of one
// that is too large in it, none.
func wordsAt(ctx context.Context, read pipeline.Recognise, m *image.Gray, scale int) (string, error) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if w*h*scale*scale > maxRead {
		return "", nil
	}
	if scale == 2 {
		m = doubled(m)
	}
	const inch = 72.0 / protect.FacsimileDPI
	p, err := read(ctx, m, vidimus.Page{Number: 1, Width: float64(w) * inch, Height: float64(h) * inch, Ink: true})
	return p.Text, err
}

// maxRead is the largest picture that OCR is given, in pixels.
const maxRead = 20 << 20

// greyed is a picture as grey pixels, from 0, 0.
func greyed(m image.Image) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

// doubled is a picture in twice its size, each pixel four times.
func doubled(m *image.Gray) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, 2*m.Rect.Dx(), 2*m.Rect.Dy()))
	for y := range m.Rect.Dy() {
		above := out.Pix[2*y*out.Stride:][:out.Stride]
		for x, v := range m.Pix[y*m.Stride:][:m.Rect.Dx()] {
			above[2*x], above[2*x+1] = v, v
		}
		copy(out.Pix[(2*y+1)*out.Stride:], above)
	}
	return out
}
