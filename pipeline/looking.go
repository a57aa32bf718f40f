package pipeline

import (
	"context"
	"image"
	"sync"

	"vidimus"
	"vidimus/internal/quiet"
)

// look is one page whose picture is recognised.
type look struct {
	before vidimus.Page // as its own words gave it
	page   vidimus.Page // as it was recognised
	err    error
	done   chan struct{} // closed when page and err stand
}

// looks has a file's pages drawn one after another and recognised beside one
// another, by as many hands as all lanes have together, and tells them in
// their order. The first is waited for: it shows how the others are read.
func (l *lane) looks(ctx context.Context, pages []vidimus.Page, draw func(context.Context, vidimus.Page) (image.Image, error), tell func(look) error) error {
	ctx, stop := context.WithCancel(ctx)
	recognise := l.ocr.Begin()
	inOrder := make(chan *look, cap(l.hands))
	var parties sync.WaitGroup
	defer parties.Wait()
	defer stop()
	start := func(f func()) {
		parties.Add(1)
		quiet.Go(func() {
			defer parties.Done()
			f()
		})
	}
	start(func() {
		defer close(inOrder)
		for i, p := range pages {
			k := &look{before: p, done: make(chan struct{})}
			select {
			case inOrder <- k:
			case <-ctx.Done():
				return
			}
			picture, ok := l.drawn(ctx, k, draw)
			if !ok {
				continue
			}
			start(func() {
				defer func() { <-l.hands }()
				defer close(k.done)
				k.page, k.err = recognise(ctx, picture, k.before)
			})
			if i == 0 {
				<-k.done
			}
		}
	})
	for k := range inOrder {
		<-k.done
		if err := tell(*k); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// drawn draws, and waits for a hand: the next picture is there when one is
// free. Without a picture the look is over.
func (l *lane) drawn(ctx context.Context, k *look, draw func(context.Context, vidimus.Page) (image.Image, error)) (picture image.Image, ok bool) {
	if picture, k.err = draw(ctx, k.before); k.err == nil {
		select {
		case l.hands <- struct{}{}:
			return picture, true
		case <-ctx.Done():
			k.err = ctx.Err()
		}
	}
	close(k.done)
	return nil, false
}
