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
// gives those still to be looked at, with those that it missed.
func (o *outcome) resume(ctx context.Context, c *archive.Case, wanted []vidimus.Page) (rest []vidimus.Page, err error) {
	r := o.of(read.OCR)
	if r.number, err = o.leftBehind(ctx, c); err != nil || r.number == 0 {
		return wanted, err
	}
	r.resumed = true
	there := map[int]bool{}
	err = c.View(ctx, func(tx archive.Tx) error {
		return ahead(tx, r.number, func(p vidimus.Page) {
			there[p.Number] = true
			if i, ok := slices.BinarySearchFunc(wanted, p.Number, func(w vidimus.Page, n int) int { return w.Number - n }); ok {
				o.countWordless(wanted[i], p)
			}
			o.note(r, p)
		})
	})
	for _, p := range wanted {
		if !there[p.Number] {
			rest = append(rest, p)
		}
	}
	return rest, err
}

// ahead gives the pages of a building reading in their order.
func ahead(tx archive.Tx, reading int64, give func(vidimus.Page)) error {
	for after := 0; ; {
		pages, err := tx.Readings().Ahead(reading, after, resumeBatch)
		if err != nil || len(pages) == 0 {
			return err
		}
		for _, p := range pages {
			give(p)
			after = p.Number
		}
	}
}

// renumber gives a reading that was begun before the number of one that ends
// now. What an earlier try left is added up again in the order of pages: those
// that were missed before have come after others.
func (r *reading) renumber(w *archive.Work) (err error) {
	if r.resumed {
		r.digest = archive.NewPagesDigest()
		if err := ahead(w, r.number, r.digest.Add); err != nil {
			return err
		}
	}
	r.number, err = w.Readings().Renumber(r.number)
	return err
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
