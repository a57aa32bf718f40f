package search

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
)

// Hit is a page that matches, ready to be shown.
type Hit struct {
	Item    vidimus.ItemID
	Path    string // raw bytes, as in vidimus.File
	Reading int64
	Page    int
	Section bool // made by us; Page counts sections then
	Score   float64
	Facts   Facts
	// Expanded marks a hit that the words as typed had not found.
	Expanded bool
	Matched  []Match
	Snippet  string
	// Confidence is how sure OCR is of the page, 0 where it did not read it.
	Confidence float64
	Boxes      []vidimus.Box // points from the top left of the page, or of the section's sheet
}

// Results are the hits of a window, best first, and how many there are in all.
type Results struct {
	Total    int // Exact and Expanded
	Exact    int // pages that the words as typed find; they come first
	Expanded int // what other forms of the words add
	// Waiting is how many pages nobody has looked at yet, where the query asks
	// what was understood: of these it does not know.
	Waiting int
	Hits    []Hit
	Facets  Facets // nil unless asked for
}

// Viewer is the part of archive.Records that shows hits.
type Viewer interface {
	View(ctx context.Context, work func(archive.Tx) error) error
}

// ErrUnfit says that an index speaks of pages that the records do not have, or
// have with other words.
var ErrUnfit = errors.New("the index does not fit the records")

// Places gives the places of a page that was found. The records have none for
// sections: who lays them out gives them here.
type Places func(vidimus.Page) []vidimus.Place

// Recorded are the places that the records have.
func Recorded(p vidimus.Page) []vidimus.Place { return p.Places }

// Run asks the index and reads from the records what there is to show. A page
// that the index gives and the records do not confirm is an error wrapping
// ErrUnfit, never a hit less.
func Run(ctx context.Context, index Index, records Viewer, q Query, w Window, places Places) (Results, error) {
	q, err := Stated(ctx, records, q)
	if err == nil {
		q, err = Resolve(ctx, index, q, recordedTexts(ctx, records))
	}
	if err != nil {
		return Results{}, asking(err)
	}
	found, exact, err := askTwice(ctx, index, q, w)
	if err != nil {
		return Results{}, asking(err)
	}
	r := Results{Total: found.Total, Exact: exact, Expanded: found.Total - exact, Facets: found.Facets, Hits: make([]Hit, 0, len(found.Pages))}
	err = records.View(ctx, func(tx archive.Tx) error {
		r.Hits = r.Hits[:0]
		for i, p := range found.Pages {
			h, err := show(tx, q, p, places)
			if err != nil {
				return err
			}
			h.Expanded = w.Offset+i >= exact
			r.Hits = append(r.Hits, h)
		}
		return nil
	})
	if err != nil {
		return Results{}, fmt.Errorf("search: %w", err)
	}
	return r, nil
}

// fewTyped is how many pages with the words as typed are told from the others
// one by one; of more the index is asked to leave them out.
const fewTyped = 1000

// askTwice asks an index: first for what the words as typed find, then for what
// their other forms add. It counts the first apart.
func askTwice(ctx context.Context, index Index, q Query, w Window) (found Found, exact int, err error) {
	if !q.Expanded() {
		found, err = index.Query(ctx, q, w)
		return found, found.Total, err
	}
	first := w
	first.Facets = false
	typed, err := index.Query(ctx, q.AsTyped(), first)
	if err != nil {
		return Found{}, 0, err
	}
	rest := Window{Limit: w.Limit - len(typed.Pages), Offset: max(0, w.Offset-typed.Total), Sort: w.Sort}
	if rest.Limit > 0 && typed.Total <= fewTyped {
		found, err = fewApart(ctx, index, q, typed.Total, w)
		found.Pages = append(typed.Pages, cut(found.Pages, rest)...)
		return found, typed.Total, err
	}
	if found, err = index.Query(ctx, q, Window{Facets: w.Facets}); err != nil {
		return Found{}, 0, err
	}
	found.Pages = typed.Pages
	if rest.Limit > 0 && found.Total > typed.Total {
		more, err := index.Query(ctx, q.onlyExpanded(), rest)
		if err != nil {
			return Found{}, 0, err
		}
		found.Pages = append(found.Pages, more.Pages...)
	}
	return found, typed.Total, nil
}

// fewApart asks for all pages up to the end of the window, and leaves out those
// that the words as typed find: one question where there would be two.
func fewApart(ctx context.Context, index Index, q Query, typed int, w Window) (Found, error) {
	all, err := index.Query(ctx, q.AsTyped(), Window{Limit: typed, Sort: ByNumber})
	if err != nil {
		return Found{}, err
	}
	apart := make(map[int64]bool, len(all.Pages))
	for _, p := range all.Pages {
		apart[p.Page] = true
	}
	found, err := index.Query(ctx, q, Window{Limit: w.Offset + w.Limit, Sort: w.Sort, Facets: w.Facets})
	found.Pages = slices.DeleteFunc(found.Pages, func(p Ranked) bool { return apart[p.Page] })
	return found, err
}

// cut gives a window of pages.
func cut(pages []Ranked, w Window) []Ranked {
	pages = pages[min(w.Offset, len(pages)):]
	return pages[:min(w.Limit, len(pages))]
}

// asking says what failed; what is wrong with the question itself is said
// alone, with its hint.
func asking(err error) error {
	if p, ok := errors.AsType[*ParseError](err); ok {
		return vidimus.WithHint(p, vidimus.HintOf(err))
	}
	return fmt.Errorf("search: %w", err)
}

// recordedTexts gives texts as the records have them.
func recordedTexts(ctx context.Context, records Viewer) Texts {
	return func(id int64) (text string, err error) {
		err = records.View(ctx, func(tx archive.Tx) error {
			page, err := tx.Readings().Page(vidimus.SplitPageID(id))
			text = page.Text
			return unfit(err)
		})
		return text, err
	}
}

func show(tx archive.Tx, q Query, p Ranked, places Places) (Hit, error) {
	number, pageNumber := vidimus.SplitPageID(p.Page)
	reading, err := tx.Readings().Get(number)
	if err != nil {
		return Hit{}, unfit(err)
	}
	page, err := tx.Readings().Page(number, pageNumber)
	if err != nil {
		return Hit{}, unfit(err)
	}
	file, err := tx.Files().Get(reading.Item)
	if err != nil {
		return Hit{}, unfit(err)
	}
	facts := FactsIn(page.Text, reading.Kind)
	facts.Type, facts.State, facts.Number = file.Type, file.State, p.Page
	if facts.Path, err = fullPath(tx, file); err != nil {
		return Hit{}, unfit(err)
	}
	if !Fits(Page{page.Text, facts}, q) {
		return Hit{}, unfit(archive.ErrNotFound)
	}
	lit, err := LightOn(tx, p.Page, page.Text, q)
	if err != nil {
		return Hit{}, err
	}
	return Hit{
		Matched: matches(Page{page.Text, facts}, q, lit),
		Item:    file.Item, Path: file.Path, Reading: number, Page: pageNumber, Section: page.Section,
		Score: p.Score, Facts: facts, Snippet: Snippet(page.Text, lit), Confidence: page.Confidence, Boxes: Boxes(places(page), lit),
	}, nil
}

// maxWithin is how many containers a file can lie in, each in the next.
const maxWithin = 100

// fullPath gives the path of a file in the case.
func fullPath(tx archive.Tx, f vidimus.File) (string, error) {
	full := PathIn("", f.Path)
	for range maxWithin {
		if f.Parent == "" {
			break
		}
		var err error
		if f, err = tx.Files().Get(f.Parent); err != nil {
			return "", err
		}
		full = PathIn(PathIn("", f.Path), full)
	}
	return full, nil
}

// unfit tells a page that is not there from records that cannot be read.
func unfit(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return vidimus.WithHint(ErrUnfit, "the index is derived from the records and can be built again from them")
	}
	return err
}

// PagesIn counts the pages of an index.
func PagesIn(ctx context.Context, index Index) (int, error) {
	any := Clause{Filter: &Filter{Field: newer, After: -1}}
	found, err := index.Query(ctx, Query{Leaf(0), []Clause{any}}, Window{})
	return found.Total, err
}
