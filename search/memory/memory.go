// Package memory is a search.Index without an index: it reads every page for
// every question. It serves tests of whatever needs an index.
package memory

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"vidimus/archive"
	"vidimus/search"
)

// Index holds pages' texts. The zero value is empty and ready.
type Index struct {
	mu       sync.RWMutex // guards all below
	pages    map[int64]string
	position int64
}

var _ search.Index = (*Index)(nil)

// Apply implements search.Index.
func (x *Index) Apply(ctx context.Context, changes []archive.Change) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.pages == nil {
		x.pages = map[int64]string{}
	}
	for _, c := range changes {
		if c.Seq <= x.position {
			continue
		}
		x.position = c.Seq
		if c.Remove {
			delete(x.pages, c.Page)
		} else {
			x.pages[c.Page] = c.Text
		}
	}
	return nil
}

// Position implements search.Index.
func (x *Index) Position(ctx context.Context) (int64, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.position, nil
}

// Query implements search.Index. The score is the number of matches.
func (x *Index) Query(ctx context.Context, q search.Query, w search.Window) (search.Found, error) {
	if err := search.Answerable(q, w); err != nil {
		return search.Found{}, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var all []search.Ranked
	for page, text := range x.pages {
		if err := ctx.Err(); err != nil {
			return search.Found{}, err
		}
		if search.Fits(text, q) {
			all = append(all, search.Ranked{Page: page, Score: float64(len(search.Light(text, q)))})
		}
	}
	slices.SortFunc(all, func(a, b search.Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Page, b.Page))
	})
	from := min(w.Offset, len(all))
	to := from + min(w.Limit, len(all)-from)
	return search.Found{Total: len(all), Pages: all[from:to]}, nil
}

// Reset implements search.Index.
func (x *Index) Reset(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pages, x.position = nil, 0
	return nil
}

// Close implements search.Index.
func (x *Index) Close() error { return nil }
