package web

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/people"
	"vidimus/read/layout"
)

// People gives the list of protected people, while the vault is open.
type People func(ctx context.Context) (people.List, error)

// CaseRedaction is the withholding of parts of a case's documents.
func CaseRedaction(c *archive.Case, sections *layout.Layout, write Write, list People) *Redaction {
	h := holding{c, sections, write, list}
	return &Redaction{Page: h.page, Withhold: h.withhold, Show: h.show, People: h.people}
}

type holding struct {
	c        *archive.Case
	sections *layout.Layout
	write    Write
	list     People
}

func (h holding) page(ctx context.Context, item vidimus.ItemID, number int) (p RedactedPage, err error) {
	of, reading, page, err := pipeline.ShownPage(ctx, h.c, item, number, h.sections)
	if err != nil {
		return p, err
	}
	err = h.c.View(ctx, func(tx archive.Tx) error {
		f, err := tx.Files().Get(of)
		if err != nil {
			return err
		}
		p = RedactedPage{Item: of, Path: f.Path, Language: f.Language, Pages: f.Pages, Reading: reading, Page: page}
		if page.Section {
			p.Pages = f.Sections
		}
		p.Areas, err = pipeline.Withheld(tx, of)
		return err
	})
	return p, err
}

func (h holding) withhold(ctx context.Context, item vidimus.ItemID, areas []protect.Area) (numbers []int, err error) {
	err = h.write(ctx, func(c *archive.Case) error {
		return c.Do(ctx, func(w *archive.Work) error {
			added, err := pipeline.Withhold(w, item, areas)
			numbers = nil
			for _, a := range added {
				numbers = append(numbers, a.Number)
			}
			return err
		})
	})
	return numbers, err
}

func (h holding) show(ctx context.Context, item vidimus.ItemID, numbers []int) error {
	return h.write(ctx, func(c *archive.Case) error {
		return c.Do(ctx, func(w *archive.Work) error {
			for _, n := range numbers {
				if err := pipeline.Show(w, item, n); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (h holding) people(ctx context.Context, item vidimus.ItemID, page int) (all []pipeline.Sighting, err error) {
	l, err := h.list(ctx)
	if err != nil {
		return nil, err
	}
	err = pipeline.Sightings(ctx, h.c, l.Matcher(), pipeline.Scope{Item: item, Page: page}, h.sections.Places, func(s pipeline.Sighting) error {
		all = append(all, s)
		return nil
	})
	return all, err
}
