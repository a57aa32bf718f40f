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
	pages    map[int64]search.Page
	fileOf   map[int64]int64 // of pages
	files    map[int64]archive.About
	position int64
}

var _ search.Index = (*Index)(nil)

// Apply implements search.Index.
func (x *Index) Apply(ctx context.Context, changes []archive.Change) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.pages == nil {
		x.pages, x.fileOf, x.files = map[int64]search.Page{}, map[int64]int64{}, map[int64]archive.About{}
	}
	for _, c := range changes {
		if c.Seq <= x.position {
			continue
		}
		x.position = c.Seq
		switch {
		case c.Remove:
			delete(x.pages, c.Page)
			delete(x.fileOf, c.Page)
		case c.Page == 0:
			x.files[c.File] = c.About
		default:
			x.pages[c.Page] = search.Page{Text: c.Text, Facts: search.FactsIn(c.Text, c.Kind)}
			x.fileOf[c.Page] = c.File
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
	var all []hit
	tally := search.NewTally()
	for number, page := range x.pages {
		if err := ctx.Err(); err != nil {
			return search.Found{}, err
		}
		about := x.files[x.fileOf[number]]
		page.Path, page.Type, page.State, page.Number = x.path(about), about.Type, about.State, number
		if search.Fits(page, q) {
			tally.Add(page.Facts, 1)
			all = append(all, hit{search.Ranked{Page: number, Score: float64(len(search.Light(page.Text, q)))}, page.Facts, x.fileOf[number]})
		}
	}
	return window(all, tally, w), nil
}

// hit is a page that matches, with what it is sorted by.
type hit struct {
	search.Ranked
	facts search.Facts
	file  int64
}

func window(all []hit, tally search.Tally, w search.Window) search.Found {
	slices.SortFunc(all, func(a, b hit) int {
		return cmp.Or(before(a, b, w.Sort), cmp.Compare(a.Page, b.Page))
	})
	found := search.Found{Total: len(all)}
	if w.Facets {
		found.Facets = tally.Facets()
	}
	from := min(w.Offset, len(all))
	for _, h := range all[from : from+min(w.Limit, len(all)-from)] {
		found.Pages = append(found.Pages, h.Ranked)
	}
	return found
}

// before compares two hits in an order.
func before(a, b hit, order search.Sort) int {
	firstA, lastA := search.Edges(a.facts.Dates)
	firstB, lastB := search.Edges(b.facts.Dates)
	undated := func(n int) int { return cmp.Compare(0, min(n, 1)) + 1 }
	switch order {
	case search.ByPath:
		return cmp.Or(cmp.Compare(a.facts.Path, b.facts.Path), cmp.Compare(a.file, b.file))
	case search.ByNumber:
		return 0
	case search.ByDate:
		return cmp.Or(cmp.Compare(undated(firstA), undated(firstB)), cmp.Compare(firstA, firstB))
	case search.ByNewest:
		return cmp.Compare(lastB, lastA)
	}
	return cmp.Compare(b.Score, a.Score)
}

// maxWithin is how far up the path of a file is followed.
const maxWithin = 100

func (x *Index) path(a archive.About) string {
	full := search.PathIn("", a.Path)
	for range maxWithin {
		if a.Parent == 0 {
			break
		}
		a = x.files[a.Parent]
		full = search.PathIn(search.PathIn("", a.Path), full)
	}
	return full
}

// Reset implements search.Index.
func (x *Index) Reset(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pages, x.fileOf, x.files, x.position = nil, nil, nil, 0
	return nil
}

// Close implements search.Index.
func (x *Index) Close() error { return nil }
