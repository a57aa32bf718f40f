package pipeline

import (
	"context"
	"errors"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect/match"
	"vidimus/read"
	"vidimus/search"
)

// FileName is the kind of a sighting in the name of a file.
const FileName = "file name"

// Sighting is a place in a case where a protected person is named.
type Sighting struct {
	match.Hit
	Item    vidimus.ItemID
	Reading int64  // 0 for a file's name
	Kind    string // of the reading, or FileName
	Page    int
	Section bool
	Boxes   []vidimus.Box
}

// Scope is where to look; the zero value is the whole case.
type Scope struct {
	Item   vidimus.ItemID
	Page   int  // 0 is all
	Inside bool // also in the files found inside the item
	// Borders is only what stands over the borders of pages.
	Borders bool
}

// Sightings calls yield wherever people are named: in every current reading
// of every kind, over the borders of pages, and in the names of files.
func Sightings(ctx context.Context, c *archive.Case, l *match.List, s Scope, places search.Places, yield func(Sighting) error) error {
	look := looker{c, l, s.Page, places, yield, s.Borders}
	if s.Item == "" {
		return EachFile(ctx, c, func(f vidimus.File) error { return look.file(ctx, f) })
	}
	f, err := File(ctx, c, s.Item)
	if err != nil {
		return err
	}
	if f.DuplicateOf != "" {
		if err := look.name(f); err != nil {
			return err
		}
		if f, err = File(ctx, c, f.DuplicateOf); err != nil {
			return err
		}
	}
	if err := look.file(ctx, f); err != nil || !s.Inside {
		return err
	}
	return eachInside(ctx, c, f, func(f vidimus.File) error { return look.file(ctx, f) })
}

// eachInside calls yield for the files found inside a file, at any depth: a
// child is always taken in after its container.
func eachInside(ctx context.Context, c *archive.Case, f vidimus.File, yield func(vidimus.File) error) error {
	inside := map[vidimus.ItemID]bool{f.Item: true}
	return EachFile(ctx, c, func(f vidimus.File) error {
		if !inside[f.Parent] {
			return nil
		}
		inside[f.Item] = true
		return yield(f)
	})
}

type looker struct {
	c      *archive.Case
	list   *match.List
	page   int
	places search.Places
	yield  func(Sighting) error
	// borders: only over those of pages
	borders bool
}

// file looks at a file's name and at all its readings. A duplicate has only
// the name of its own.
func (l looker) file(ctx context.Context, f vidimus.File) error {
	if err := l.name(f); err != nil {
		return err
	}
	readings, err := current(ctx, l.c, f.Item)
	words := 0
	for _, r := range readings {
		if shownWords(r.Kind) {
			words++
		}
		if err == nil {
			err = l.reading(ctx, r)
		}
	}
	if err == nil && words > 1 {
		err = l.mixed(ctx, f.Item)
	}
	return err
}

func (l looker) name(f vidimus.File) error {
	if l.page > 0 || l.borders {
		return nil
	}
	for _, h := range l.list.Find(strings.ToValidUTF8(f.Path, ";")) {
		if err := l.yield(Sighting{Hit: h, Item: f.Item, Kind: FileName}); err != nil {
			return err
		}
	}
	return nil
}

func (l looker) reading(ctx context.Context, r vidimus.Reading) error {
	row := match.Row[vidimus.Page]{List: l.list, Page: l.page, Borders: l.borders, Yield: func(p vidimus.Page, hits []match.Hit) error {
		return l.tell(ctx, r, p, hits)
	}}
	err := pagesOf(ctx, l.c, r, func(_ vidimus.Reading, p vidimus.Page) error { return row.Add(p.Number, p, p.Text) })
	return errors.Join(err, row.End())
}

// mixed looks over the borders between pages that are shown from different
// readings: one has words of its own, and the next was read by OCR.
func (l looker) mixed(ctx context.Context, item vidimus.ItemID) error {
	var last vidimus.Page
	var from vidimus.Reading
	return Pages(ctx, l.c, item, func(r vidimus.Reading, p vidimus.Page) error {
		if !shownWords(r.Kind) || p.Wordless() {
			return nil
		}
		before, its := last, from
		last, from = p, r
		if its.Number == 0 || its.Number == r.Number {
			return nil
		}
		for _, s := range l.list.Over(before.Text, p.Text) {
			one, two := s.Halves()
			if err := errors.Join(l.tell(ctx, its, before, []match.Hit{one}), l.tell(ctx, r, p, []match.Hit{two})); err != nil {
				return err
			}
		}
		return nil
	})
}

// tell gives hits on a page with their boxes.
func (l looker) tell(ctx context.Context, r vidimus.Reading, p vidimus.Page, hits []match.Hit) error {
	if len(hits) == 0 || l.page > 0 && l.page != p.Number {
		return nil
	}
	err := l.c.View(ctx, func(tx archive.Tx) (err error) {
		p, err = tx.Readings().Page(r.Number, p.Number)
		return err
	})
	if err != nil {
		return err
	}
	places := l.places(p)
	for _, h := range hits {
		boxes := search.Boxes(places, []search.Range{{Start: h.Start, End: h.End}})
		if err := l.yield(Sighting{h, r.Item, r.Number, r.Kind, p.Number, p.Section, boxes}); err != nil {
			return err
		}
	}
	return nil
}

// Unread tells whether a scope shows what no reader can vouch for: a file that
// was not, or only partly, read, or a page that shows writing which its own
// words are not, or that cannot be read.
// What OCR made of such a page may be anything, and is no proof that nobody is
// named on it.
func Unread(ctx context.Context, c *archive.Case, s Scope) (unread bool, err error) {
	f, err := File(ctx, c, s.Item)
	if err == nil && f.DuplicateOf != "" {
		f, err = File(ctx, c, f.DuplicateOf)
	}
	if err != nil {
		return false, err
	}
	if s.Page > 0 {
		return inkOnly(ctx, c, f.Item, s.Page)
	}
	look := func(f vidimus.File) error {
		if f.DuplicateOf != "" {
			return nil // seen where its original is
		}
		ink, err := inkOnly(ctx, c, f.Item, 0)
		unread = unread || ink || f.State != vidimus.Read
		return err
	}
	return unread, errors.Join(look(f), eachInside(ctx, c, f, look))
}

// inkOnly tells whether a page of an item, or any, has writing that is not
// among its own words, or is not there.
func inkOnly(ctx context.Context, c *archive.Case, item vidimus.ItemID, page int) (bool, error) {
	readings, err := current(ctx, c, item)
	if err != nil {
		return false, err
	}
	seen, ink := false, false
	err = pagesOf(ctx, c, ofKind(readings, read.OwnWords), func(_ vidimus.Reading, p vidimus.Page) error {
		if page == 0 || page == p.Number {
			seen = true
			ink = ink || doubtful(p)
		}
		return nil
	})
	return ink || page > 0 && !seen, err
}

// Named gives who is surely named in a scope, and who may be.
func Named(ctx context.Context, c *archive.Case, l *match.List, s Scope) (exact, review map[string]bool, err error) {
	exact, review = map[string]bool{}, map[string]bool{}
	err = Sightings(ctx, c, l, s, search.Recorded, func(s Sighting) error {
		if s.Certainty == match.Exact {
			exact[s.Person] = true
		} else {
			review[s.Person] = true
		}
		return nil
	})
	return exact, review, err
}
