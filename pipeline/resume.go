package pipeline

import (
	"context"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
)

// holdLooks is how many recognised pages are held before they are stored
// ahead of the end: each takes a second or more, and a stop loses them.
const holdLooks = 8

// resumeBatch is how many pages are taken up at once.
const resumeBatch = 64

// resume takes up the pages that an earlier try at the file stored ahead, and
// gives those still to be looked at. A reading holds its pages in their order,
// so that what was missed before the last of them stays missed.
func (o *outcome) resume(ctx context.Context, c *archive.Case, wanted []vidimus.Page) (rest []vidimus.Page, missed int, err error) {
	r := o.of(read.OCR)
	if r.number, err = o.leftBehind(ctx, c); err != nil || r.number == 0 {
		return wanted, 0, err
	}
	rest = wanted
	for after := 0; ; {
		var pages []vidimus.Page
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			pages, err = tx.Readings().Ahead(r.number, after, resumeBatch)
			return err
		})
		if err != nil || len(pages) == 0 {
			return rest, missed, err
		}
		for _, p := range pages {
			before := vidimus.Page{}
			if i := slices.IndexFunc(rest, func(w vidimus.Page) bool { return w.Number == p.Number }); i >= 0 {
				before, rest, missed = rest[i], rest[i+1:], missed+i
			}
			o.countWordless(before, p)
			o.note(r, p)
			after = p.Number
		}
	}
}

// leftBehind gives the reading that an earlier try left and that is to be gone
// on with, or 0. What another version or other parameters left is dropped.
func (o *outcome) leftBehind(ctx context.Context, c *archive.Case) (number int64, err error) {
	var left []vidimus.Reading
	err = c.View(ctx, func(tx archive.Tx) (err error) {
		left, err = tx.Readings().Unfinished(o.file.Item)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("look for what OCR left behind: %w", err)
	}
	for _, r := range left {
		if r.Kind == read.OCR && r.Producer == o.job.Producer {
			number = r.Number
		}
	}
	if len(left) == 0 || len(left) == 1 && number != 0 {
		return number, nil
	}
	return number, c.Do(ctx, func(w *archive.Work) error { return dropOCR(w, o.file.Item, number) })
}

// dropOCR drops what OCR left unfinished of an item, but for one reading.
func dropOCR(w *archive.Work, item vidimus.ItemID, but int64) error {
	left, err := w.Readings().Unfinished(item)
	for _, r := range left {
		if err == nil && r.Kind == read.OCR && r.Number != but {
			err = w.Readings().Drop(r.Number)
		}
	}
	return err
}
