package pipeline

import (
	"context"
	"time"

	"vidimus/archive"
	"vidimus/search"
)

// How long pages that were read may wait for the index while an Add is at
// work: at its beginning, and after it has lasted a while. The index takes many
// at once far faster than one by one.
const (
	indexPause   = 2 * time.Second
	longestPause = 15 * time.Second
)

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
	pause := indexPause
	for more := true; more; pause = min(pause*3/2, longestPause) {
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
			case <-time.After(pause):
			}
		}
		if err := CatchUp(ctx, x.c, x.index); err != nil {
			return err
		}
	}
	return nil
}
