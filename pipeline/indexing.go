package pipeline

import (
	"context"
	"time"

	"vidimus/archive"
	"vidimus/search"
)

// indexPause is how long pages that were read may wait for the index while an
// Add is at work. The index takes many at once far faster than one by one.
const indexPause = 2 * time.Second

// indexing keeps the index up with an Add beside its other work.
type indexing struct {
	c     *archive.Case
	index search.Index
	fresh chan struct{} // there are changes
	last  chan struct{} // closed when no more will come
}

func newIndexing(c *archive.Case, index search.Index) *indexing {
	return &indexing{c: c, index: index, fresh: make(chan struct{}, 1), last: make(chan struct{})}
}

// wake tells of changes.
func (x *indexing) wake() {
	select {
	case x.fresh <- struct{}{}:
	default:
	}
}

// run brings the index up to date now and then, and once more at the end.
func (x *indexing) run(ctx context.Context) error {
	for more := true; more; {
		select {
		case <-ctx.Done():
			return nil
		case <-x.last:
			more = false
		case <-x.fresh:
			select {
			case <-ctx.Done():
				return nil
			case <-x.last:
				more = false
			case <-time.After(indexPause):
			}
		}
		if err := CatchUp(ctx, x.c, x.index); err != nil {
			return err
		}
	}
	return nil
}
