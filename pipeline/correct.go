package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/read"
)

// correcting is the producer of what readers correct. Who it was is not kept:
// people have no names in a case.
var correcting = vidimus.Producer{Stage: "correct", Version: 1, Parameters: "a reader"}

// Correct keeps a reader's wording of a page beside what was read of it. The
// corrected pages of an item are one reading; the reading corrected stays as
// it was. Reading 0 is what the page is shown from. The log says which page of
// which reading was corrected, not the words.
func Correct(ctx context.Context, c *archive.Case, item vidimus.ItemID, reading int64, page int, text string) (number int64, err error) {
	if text = read.Clean(strings.ReplaceAll(text, "\r\n", "\n")); len(text) > read.MaxText {
		return 0, fmt.Errorf("a page has at most %d MiB of text", read.MaxText>>20)
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	err = c.Do(ctx, func(w *archive.Work) error {
		file, err := w.Files().Get(item)
		if err == nil && file.DuplicateOf != "" {
			item = file.DuplicateOf
		}
		if err != nil {
			return err
		}
		from, before, err := corrected(w.Tx, item, reading, page)
		if err != nil {
			return err
		}
		number, err = w.Readings().Begin(vidimus.Reading{Item: item, Kind: read.Correction, Producer: correcting, Building: true})
		if err != nil {
			return err
		}
		after := before
		after.Text, after.Places, after.Confidence = text, Carried(before, text), 0
		pages, err := withOthers(w.Tx, item, after)
		if err != nil {
			return err
		}
		digest := archive.NewPagesDigest()
		for _, p := range pages {
			digest.Add(p)
		}
		if err := w.Readings().AddPages(number, pages); err != nil {
			return err
		}
		sum := digest.Sum()
		w.Register(custody.Entry{Kind: custody.Derive, Fields: map[string]any{
			"item": string(item), "reading": number, "kind": read.Correction,
			"producer": correcting.Parameters, "pages": len(pages), "digest": archive.Encode(sum[:])}})
		w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{
			"item": string(item), "page": page, "of": from, "reading": number}})
		return w.Readings().Finish(number)
	})
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(errors.New("correct a page: the item has no such page that was read"), "`vidimus show CASE ITEM --text` prints its pages")
	}
	return number, err
}

// corrected gives the page to be corrected, and the reading that it is of.
func corrected(tx archive.Tx, item vidimus.ItemID, reading int64, page int) (int64, vidimus.Page, error) {
	if reading == 0 {
		r, p, err := shownFrom(tx, item, page)
		return r.Number, p, err
	}
	r, err := tx.Readings().Get(reading)
	if err != nil {
		return 0, vidimus.Page{}, err
	}
	if r.Item != item || r.Kind != read.OwnWords && r.Kind != read.OCR && r.Kind != read.Correction {
		return 0, vidimus.Page{}, vidimus.WithHint(errors.New("correct a page: this reading is not of the item's own words"), "leave out --reading")
	}
	p, err := tx.Readings().Page(reading, page)
	return reading, p, err
}

// withOthers gives the pages of the correction before, with one in its place.
func withOthers(tx archive.Tx, item vidimus.ItemID, page vidimus.Page) (all []vidimus.Page, err error) {
	readings, err := tx.Readings().Current(item)
	if err != nil {
		return nil, err
	}
	before := ofKind(readings, read.Correction)
	if before.Number == 0 {
		return []vidimus.Page{page}, nil
	}
	placed := false
	put := func(p vidimus.Page) {
		if !placed && p.Number >= page.Number {
			all, placed = append(all, page), true
		}
		if p.Number != page.Number {
			all = append(all, p)
		}
	}
	for after := 0; ; {
		some, err := tx.Readings().Pages(before.Number, after, 100)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			break
		}
		for _, p := range some {
			after = p.Number
			if p, err = tx.Readings().Page(before.Number, p.Number); err != nil {
				return nil, err
			}
			put(p)
		}
	}
	if !placed {
		all = append(all, page)
	}
	return all, nil
}
