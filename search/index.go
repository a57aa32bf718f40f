// Package search turns a query into hits: the query language, the Index
// interface with the suite that every implementation passes, and the lighting
// of matches in a page's text.
package search

import (
	"context"

	"vidimus/archive"
)

// Index answers queries about pages. It is derived and disposable: whatever
// it holds can be built again from the records. Text enters it through
// package writing only, so that every index has the same tokens.
type Index interface {
	// Apply takes changes in the order of their Seq and remembers the last
	// one in the same step. Changes at or before Position are skipped.
	Apply(ctx context.Context, changes []archive.Change) error
	// Position is the Seq of the last change applied, 0 when empty.
	Position(ctx context.Context) (int64, error)
	// Query gives the pages that match, best first. What it cannot answer is
	// an error, never fewer hits.
	Query(ctx context.Context, q Query, w Window) (Found, error)
	// Reset empties the index, Position included.
	Reset(ctx context.Context) error
	Close() error
}

// Window is the part of the answer that is wanted.
type Window struct {
	Limit, Offset int
	Sort          Sort
	Facets        bool
}

// Sort is an order of pages; where it says nothing they come by their numbers.
type Sort string

// The orders: best first; by the earliest date on the page, or from the latest
// back, pages without one last; by the path of the file.
const (
	ByRank   Sort = "rank"
	ByDate   Sort = "date"
	ByNewest Sort = "newest"
	ByPath   Sort = "path"
	ByNumber Sort = "number" // what costs nothing
)

// Sorts lists the orders; "" is ByRank.
var Sorts = []Sort{ByRank, ByDate, ByNewest, ByPath, ByNumber}

// Edges gives the earliest and the latest day that dates state, 0 without any.
func Edges(dates []Days) (first, last int) {
	for _, d := range dates {
		if first == 0 || d.First < first {
			first = d.First
		}
		last = max(last, d.Last)
	}
	return first, last
}

// Found is what an index answers.
type Found struct {
	Total  int // all pages that match, whatever the window
	Pages  []Ranked
	Facets Facets // of all pages that match; nil unless asked for
}

// Ranked is a matching page; a higher score is better. Only ByRank needs one.
type Ranked struct {
	Page  int64 // vidimus.PageID
	Score float64
}
