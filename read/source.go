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
	Wavelet  bool    // one of them by wavelets, which carry what is hidden anywhere
	DPI      float64 // pixels to an inch of the largest; 0 where there is none
}

// EncodeSource makes a worker's message of it.
func EncodeSource(s PictureSource) sandbox.Message {
	return sandbox.Message{Name: "source", Ints: []int64{int64(s.Pictures), bit(s.Lossy), thousandths(s.DPI), bit(s.Wavelet)}}
}

func decodeSource(m sandbox.Message) (PictureSource, error) {
	if m.Name != "source" || len(m.Ints) != 4 || m.Ints[0] < 0 || m.Ints[1]|1 != 1 || m.Ints[3]|1 != 1 || m.Ints[2] < 0 || m.Ints[2] > maxSide*1000 {
		return PictureSource{}, ErrAnswer
	}
	return PictureSource{int(m.Ints[0]), m.Ints[1] == 1, m.Ints[3] == 1, float64(m.Ints[2]) / 1000}, nil
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
