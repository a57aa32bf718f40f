package pipeline

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/understand"
)

// settingSeconds is the time that `add` has spent on the case, in
// milliseconds.
const settingSeconds = "add-milliseconds"

// Account gives the arithmetic of a case, and the seconds that adding took.
func Account(ctx context.Context, c *archive.Case) (counts vidimus.Counts, seconds float64, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		if counts, err = tx.Files().Counts(); err != nil {
			return err
		}
		ms, err := spent(tx)
		seconds = float64(ms) / 1000
		return err
	})
	if err == nil && !counts.True() {
		err = vidimus.WithHint(errors.New("the arithmetic of the files does not hold"), "`vidimus audit CASE` says more")
	}
	return counts, seconds, err
}

// StaleUnderstood counts the pages in which another version looked for
// mentions.
func StaleUnderstood(ctx context.Context, c *archive.Case) (pages int, err error) {
	return pages, c.View(ctx, func(tx archive.Tx) (err error) {
		_, pages, err = tx.Mentions().Looked(understand.Producer())
		return err
	})
}

// TypeDuplicates counts duplicates under the types of the files that they are
// copies of: nobody reads them, so that they have no type of their own.
func TypeDuplicates(ctx context.Context, c *archive.Case, counts vidimus.Counts) error {
	if counts.Types[""][vidimus.Duplicate] == 0 {
		return nil
	}
	types := map[vidimus.ItemID]string{}
	return EachFile(ctx, c, func(f vidimus.File) error {
		types[f.Item] = f.Type
		if f.State != vidimus.Duplicate || f.Type != "" {
			return nil
		}
		of, known := types[f.DuplicateOf] // taken in before it
		if !known || of == "" {
			return nil
		}
		counts.AddType("", vidimus.Duplicate, -1)
		counts.AddType(of, vidimus.Duplicate, 1)
		return nil
	})
}

func spent(tx archive.Tx) (int64, error) {
	b, err := tx.Settings().Get(settingSeconds)
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	} else if err != nil || len(b) != 8 {
		return 0, errors.Join(err, errors.New("the time spent on adding is damaged"))
	}
	return int64(binary.BigEndian.Uint64(b)), nil
}

// spend adds to the time spent.
func spend(tx archive.Tx, ms int64) error {
	before, err := spent(tx)
	if err != nil {
		return err
	}
	return tx.Settings().Put(settingSeconds, binary.BigEndian.AppendUint64(nil, uint64(before+ms)))
}

// File gives an item.
func File(ctx context.Context, c *archive.Case, item vidimus.ItemID) (f vidimus.File, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		f, err = tx.Files().Get(item)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(errors.New("there is no such item in this case"), "`vidimus list CASE` prints the items")
	} else if err == nil && f.State == vidimus.Disposed {
		err = errDisposed
	}
	return f, err
}

var errDisposed = vidimus.WithHint(errors.New("this file was disposed of"), "all that is kept of it is that it was there; the custody log has when and why it went")

// Page gives one page of an item's own words: as OCR read it where the file
// has ink and no words of its own there.
func Page(ctx context.Context, c *archive.Case, item vidimus.ItemID, number int) (p vidimus.Page, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		p, err = PageOf(tx, item, number)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(fmt.Errorf("this item has no page %d that was read", number), "`vidimus list CASE` prints how many pages it has")
	}
	return p, err
}

// PageOf is Page within a unit of work.
func PageOf(tx archive.Tx, item vidimus.ItemID, number int) (vidimus.Page, error) {
	_, p, err := shownFrom(tx, item, number)
	return p, err
}

// shownFrom gives a page of an item's own words with the reading that it is
// shown from: what a reader has corrected first, then the file's own words,
// but OCR's where the file has none, or none that can be read.
func shownFrom(tx archive.Tx, item vidimus.ItemID, number int) (vidimus.Reading, vidimus.Page, error) {
	readings, err := tx.Readings().Current(item)
	if err != nil {
		return vidimus.Reading{}, vidimus.Page{}, err
	}
	own := ofKind(readings, read.OwnWords)
	p, err := tx.Readings().Page(own.Number, number)
	if err != nil {
		return own, p, err
	}
	for _, kind := range instead(p) {
		r := ofKind(readings, kind)
		if r.Number == 0 {
			continue
		}
		if better, err := tx.Readings().Page(r.Number, number); err == nil && (kind == read.Correction || p.Wordless() || !better.Wordless()) {
			return r, better, nil
		}
	}
	return own, p, nil
}

// instead lists the kinds of readings that stand for a page of own words.
func instead(p vidimus.Page) []string {
	if !p.Section && p.Ink && wordlessOrGarbled(p) {
		return []string{read.Correction, read.OCR}
	}
	return []string{read.Correction}
}

// PageIn gives a page of the reading that is named, also when another has
// superseded it, with the kind of its words: OCR's stand for the item's own.
// Reading 0, and a page without words, are what PageOf gives.
func PageIn(tx archive.Tx, item vidimus.ItemID, reading int64, number int) (vidimus.Page, string, error) {
	if reading == 0 {
		p, err := PageOf(tx, item, number)
		return p, read.OwnWords, err
	}
	r, err := tx.Readings().Get(reading)
	if err != nil {
		return vidimus.Page{}, "", err
	}
	if r.Item != item {
		return vidimus.Page{}, "", archive.ErrNotFound
	}
	p, err := tx.Readings().Page(reading, number)
	switch {
	case err == nil && r.Kind == read.OwnWords && p.Wordless():
		return PageIn(tx, item, 0, number)
	case r.Kind == read.OCR || r.Kind == read.Correction:
		return p, read.OwnWords, err
	}
	return p, r.Kind, err
}

// WordsFrom tells the kind of the reading that a page's own words are shown
// from, as PageIn gives them.
func WordsFrom(tx archive.Tx, item vidimus.ItemID, reading int64, number int) (string, error) {
	if reading != 0 {
		r, err := tx.Readings().Get(reading)
		if err != nil || r.Kind != read.OwnWords {
			return r.Kind, err
		}
		if p, err := tx.Readings().Page(reading, number); err != nil || !p.Wordless() {
			return r.Kind, err
		}
	}
	r, _, err := shownFrom(tx, item, number)
	return r.Kind, err
}

// Length is how many pages a reading has: they are numbered without gaps.
func Length(tx archive.Tx, reading int64) (int, error) {
	var failed error
	n := sort.Search(vidimus.MaxPages, func(n int) bool {
		_, err := tx.Readings().Page(reading, n+1)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			failed = err
		}
		return err != nil
	})
	return n, failed
}

// ofKind gives the reading of a kind, a zero one if there is none.
func ofKind(readings []vidimus.Reading, kind string) vidimus.Reading {
	for _, r := range readings {
		if r.Kind == kind {
			return r
		}
	}
	return vidimus.Reading{}
}

// Pages calls yield for every page of an item's current readings, without
// places; pages that OCR read stand in the place of the wordless ones, and
// what a reader has corrected in the place of both. What
// OCR read beside a page's own words follows them. A duplicate has none of its
// own.
func Pages(ctx context.Context, c *archive.Case, item vidimus.ItemID, yield func(vidimus.Reading, vidimus.Page) error) error {
	readings, err := current(ctx, c, item)
	if err != nil {
		return err
	}
	shown := ofKind(readings, read.Correction).Number != 0 || ofKind(readings, read.OCR).Number != 0
	for _, r := range readings {
		if r.Kind == read.OCR || r.Kind == read.Correction {
			continue
		}
		err := pagesOf(ctx, c, r, func(r vidimus.Reading, p vidimus.Page) error {
			if r.Kind != read.OwnWords || !shown {
				return yield(r, p)
			}
			err := c.View(ctx, func(tx archive.Tx) (err error) {
				r, p, err = shownFrom(tx, item, p.Number)
				return err
			})
			if err != nil {
				return err
			}
			p.Places = nil
			if err := yield(r, p); err != nil || r.Kind != read.OwnWords || !p.Unread {
				return err
			}
			return besides(ctx, c, ofKind(readings, read.OCR), p.Number, yield)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// besides yields what OCR read on a page beside its own words.
func besides(ctx context.Context, c *archive.Case, r vidimus.Reading, number int, yield func(vidimus.Reading, vidimus.Page) error) error {
	var p vidimus.Page
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		p, err = tx.Readings().Page(r.Number, number)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && p.Wordless() {
		return nil
	} else if err != nil {
		return err
	}
	p.Places = nil
	return yield(r, p)
}

// current lists an item's current readings.
func current(ctx context.Context, c *archive.Case, item vidimus.ItemID) (readings []vidimus.Reading, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		readings, err = tx.Readings().Current(item)
		return err
	})
	return readings, err
}

func pagesOf(ctx context.Context, c *archive.Case, r vidimus.Reading, yield func(vidimus.Reading, vidimus.Page) error) error {
	for after := 0; ; {
		var some []vidimus.Page
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			some, err = tx.Readings().Pages(r.Number, after, 100)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, p := range some {
			after = p.Number
			if err := yield(r, p); err != nil {
				return err
			}
		}
	}
}
