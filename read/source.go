package read

import (
	"context"
	"fmt"

	"vidimus/sandbox"
)

// PictureSource says what of a page is a picture in the source, as far as that
// matters to whoever looks for faint marks on it.
type PictureSource struct {
	Pictures int     // that cover a good part of the page
	Lossy    bool    // one of them was packed by a method that throws detail away
	Anywhere bool    // any at all by a method that carries what is hidden anywhere
	DPI      float64 // pixels to an inch of the largest; 0 where there is none

	// Of all pictures, however small: the lowest resolution across or down, 0
	// where there is none, whether a method that throws detail away packed one,
	// and how many pixels such a method carries what is in one of them.
	Coarsest float64
	AnyLossy bool
	Spread   int
}

// mostSpread bounds what a worker may say.
const mostSpread = 1000

// EncodeSource makes a worker's message of it.
func EncodeSource(s PictureSource) sandbox.Message {
	return sandbox.Message{Name: "source", Ints: []int64{int64(s.Pictures), bit(s.Lossy), thousandths(s.DPI), bit(s.Anywhere), thousandths(s.Coarsest), bit(s.AnyLossy), int64(s.Spread)}}
}

func decodeSource(m sandbox.Message) (PictureSource, error) {
	if m.Name != "source" || len(m.Ints) != 7 || m.Ints[0] < 0 || m.Ints[6] < 0 || m.Ints[6] > mostSpread {
		return PictureSource{}, ErrAnswer
	}
	for _, i := range []int{1, 3, 5} {
		if m.Ints[i]|1 != 1 {
			return PictureSource{}, ErrAnswer
		}
	}
	for _, i := range []int{2, 4} {
		if m.Ints[i] < 0 || m.Ints[i] > maxSide*1000 {
			return PictureSource{}, ErrAnswer
		}
	}
	return PictureSource{Pictures: int(m.Ints[0]), Lossy: m.Ints[1] == 1, DPI: float64(m.Ints[2]) / 1000, Anywhere: m.Ints[3] == 1,
		Coarsest: float64(m.Ints[4]) / 1000, AnyLossy: m.Ints[5] == 1, Spread: int(m.Ints[6])}, nil
}

// PictureSource asks how the pictures of page n are packed. No pixel comes.
func (d *Document) PictureSource(ctx context.Context, n int) (PictureSource, error) {
	var source PictureSource
	heard := false
	err := d.worker.Ask(ctx, sandbox.Question{Verb: "source", Args: []int64{int64(n)}}, func(m sandbox.Message) (err error) {
		if heard {
			return ErrAnswer
		}
		heard = true
		source, err = decodeSource(m)
		return err
	})
	if err == nil && !heard {
		err = ErrAnswer
	}
	if err != nil {
		return PictureSource{}, fmt.Errorf("ask how page %d is packed: %w", n, err)
	}
	return source, nil
}
