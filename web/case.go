package web

import (
	"context"
	"errors"
	"math"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/read/layout"
	"vidimus/search"
)

// CaseRoom is a room over a case's records and index, which has sections laid
// out, and looks for other forms of what is typed. Picture, Font and Practice
// are for the caller to set.
func CaseRoom(records search.Viewer, index search.Index, sections *layout.Layout, forms search.Expander) Room {
	c := openCase{records, index, sections, forms}
	return Room{Search: c.search, Check: c.check, Page: c.page, Files: c.files, Counts: c.counts,
		Text: c.text, File: c.file, Folder: c.folder, OfReason: c.ofReason, Left: c.left}
}

type openCase struct {
	records  search.Viewer
	index    search.Index
	sections *layout.Layout
	forms    search.Expander
}

// read reads a question, and adds the other forms of its words.
func (c openCase) read(tx archive.Tx, asked Question) (search.Query, error) {
	forms := c.forms
	if asked.Typed {
		forms = nil
	}
	return pipeline.Question(tx, asked.Text, forms)
}

// check tells what is wrong with a question, and asks nothing.
func (c openCase) check(ctx context.Context, asked Question) error {
	return c.records.View(ctx, func(tx archive.Tx) error {
		_, err := c.read(tx, asked)
		return err
	})
}

func (c openCase) search(ctx context.Context, asked Question, w search.Window) (Results, error) {
	var q search.Query
	err := c.records.View(ctx, func(tx archive.Tx) (err error) {
		q, err = c.read(tx, asked)
		return err
	})
	if err != nil {
		return Results{}, err
	}
	found, err := pipeline.Search(ctx, c.records, c.index, q, w, search.Recorded)
	if err != nil {
		return Results{}, err
	}
	results := Results{Total: found.Total, Exact: found.Exact, Waiting: found.Waiting, Facets: found.Facets}
	for _, h := range found.Hits {
		hit := Hit{Item: h.Item, Path: h.Path, Type: h.Facts.Type, Reading: h.Reading, Page: h.Page, Section: h.Section,
			Language: h.Facts.Language, Snippet: h.Snippet, Expanded: h.Expanded, Matched: h.Matched}
		if h.Facts.Reading != read.OwnWords {
			hit.Kind = h.Facts.Reading
		}
		results.Hits = append(results.Hits, hit)
	}
	return results, nil
}

func (c openCase) page(ctx context.Context, item vidimus.ItemID, reading int64, number int, asked Question) (v PageView, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		f, err := tx.Files().Get(item)
		if err != nil {
			return err
		}
		p, kind, err := pipeline.PageIn(tx, item, reading, number)
		if err != nil {
			return err
		}
		p = c.sections.Page(p)
		v = PageView{
			Item: item, Path: f.Path, Type: f.Type, Page: number, Pages: f.Pages, Section: p.Section, Language: f.Language,
			Text: p.Text, Width: p.Width, Height: p.Height, Places: p.Places,
		}
		if p.Section {
			v.Pages = f.Sections
		}
		v.Sure = int(math.Round(100 * p.Confidence))
		if from, err := pipeline.WordsFrom(tx, item, reading, number); err != nil {
			return err
		} else if kind == read.OwnWords && from != read.OwnWords {
			v.From = from
		}
		if kind != read.OwnWords {
			v.Kind = kind
			if v.Pages, err = pipeline.Length(tx, reading); err != nil {
				return err
			}
		}
		if v.Readings, err = tx.Readings().Current(item); err != nil {
			return err
		}
		if v.Before, v.After, err = around(tx, f); err != nil {
			return err
		}
		return c.light(tx, &v, vidimus.PageID(reading, number), p.Places, asked)
	})
	return v, err
}

// light sets what of the page answers the question.
func (c openCase) light(tx archive.Tx, v *PageView, page int64, places []vidimus.Place, asked Question) error {
	if asked.Text == "" {
		return nil
	}
	q, err := c.read(tx, asked)
	if err != nil {
		return err
	}
	found, err := search.LightOn(tx, page, v.Text, q)
	if err != nil {
		return err
	}
	v.Boxes = search.Boxes(places, found)
	for _, r := range search.Joined(found) {
		v.Lit = append(v.Lit, Range{r.Start, r.End})
	}
	return nil
}

func (c openCase) text(ctx context.Context, reading int64, number int) (text string, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		p, err := tx.Readings().Page(reading, number)
		text = p.Text
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return "", nil
	}
	return text, err
}

func (c openCase) files(ctx context.Context, after int64, limit int) (list []vidimus.File, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		list, err = tx.Files().List(after, limit)
		return err
	})
	return list, err
}

func (c openCase) counts(ctx context.Context) (counts vidimus.Counts, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		counts, err = tx.Files().Counts()
		return err
	})
	return counts, err
}
