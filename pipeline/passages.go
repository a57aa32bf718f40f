package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
	"vidimus/writing"
)

// Marked is a passage as it stands today.
type Marked struct {
	vidimus.Passage
	Path  string
	Stale bool // another reading of the page is the current one
	Text  string
	Boxes []vidimus.Box
	// Now are places where the same words stand in the current reading, when
	// the passage is stale: a person may move it to one.
	Now []Spot
}

// Spot is one of the places on a page where words stand.
type Spot struct {
	Page int `json:"page"`
	Nth  int `json:"nth"`
}

// Passages gives those passages of a case, or of an item, that q fits: in
// their words, note or tags. Without clauses q fits all.
func Passages(ctx context.Context, c *archive.Case, item vidimus.ItemID, q search.Query, places search.Places, yield func(Marked) error) error {
	if err := ofPassages(q); err != nil {
		return err
	}
	for after := int64(0); ; {
		var some []vidimus.Passage
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			some, err = tx.Passages().List(after, 200)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, p := range some {
			after = p.Number
			if item != "" && p.Item != item {
				continue
			}
			m, err := Stand(ctx, c, p, places, false)
			if err == nil && (len(q.Clauses) == 0 || search.Fits(m.searched(), q)) {
				err = yield(m)
			}
			if err != nil {
				return err
			}
		}
	}
}

// ofPassages refuses what is not known of a passage: all but its words, path
// and language is said of pages and files.
func ofPassages(q search.Query) error {
	for _, c := range q.Clauses {
		if c.Filter == nil {
			continue
		}
		switch c.Filter.Field {
		case search.PathName, search.Folder, search.Language, search.Date:
		default:
			return vidimus.WithHint(&search.ParseError{At: c.At, Message: string(c.Filter.Field) + ": is asked of pages, not of passages"},
				"`vidimus search CASE -` finds the pages")
		}
	}
	return nil
}

// searched is a passage as a page to be found: its words, note and tags.
func (m Marked) searched() search.Page {
	return search.Page{
		Text:  strings.Join(append([]string{m.Quote, m.Note}, m.Tags...), "\n\n"),
		Facts: search.Facts{Path: m.Path, Language: writing.Language(m.Quote), Dates: search.DatesIn(m.Quote)},
	}
}

// Stand tells how a passage stands; with look, also where a stale one's words
// are now.
func Stand(ctx context.Context, c *archive.Case, p vidimus.Passage, places search.Places, look bool) (m Marked, err error) {
	m = Marked{Passage: p}
	err = c.View(ctx, func(tx archive.Tx) error {
		file, err := tx.Files().Get(p.Item)
		if err != nil {
			return err
		}
		m.Path = file.Path
		page, err := tx.Readings().Page(p.Reading, p.Page)
		if err != nil {
			return err
		}
		m.Text = page.Text
		m.Boxes = search.Boxes(places(page), []search.Range{{Start: p.Start, End: p.End}})
		current, err := tx.Readings().Current(p.Item)
		m.Stale = !slices.ContainsFunc(current, func(r vidimus.Reading) bool { return r.Number == p.Reading })
		return err
	})
	if err != nil || !m.Stale || !look {
		return m, err
	}
	err = Pages(ctx, c, p.Item, func(_ vidimus.Reading, page vidimus.Page) error {
		for i := range search.Where(page.Text, p.Quote) {
			m.Now = append(m.Now, Spot{page.Number, i + 1})
		}
		return nil
	})
	return m, err
}
