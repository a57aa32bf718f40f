package pipeline

import (
	"context"
	"errors"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/read"
	"vidimus/search"
	"vidimus/understand"
)

// AddMention keeps a mention that a reader has seen and nobody found, and logs
// it. Without a value it says what the rules read from its words.
func AddMention(ctx context.Context, c *archive.Case, s Selection, kind vidimus.MentionKind, value string) (id vidimus.MentionID, err error) {
	switch value = strings.TrimSpace(value); {
	case !kind.Known():
		return id, errors.New("a mention is of no known kind")
	case kind.Withheld() && value != "":
		return id, errors.New("a withheld kind has no value")
	case len(value) > maxQuote:
		return id, errors.New("the value is too long")
	}
	return id, c.Do(ctx, func(w *archive.Work) error {
		p, err := s.place(w.Tx, vidimus.Passage{})
		if err != nil {
			return err
		}
		id = vidimus.MentionID{Reading: p.Reading, Page: p.Page, Start: p.Start, End: p.End, Kind: kind}
		there, err := foundAt(w, id)
		if err != nil {
			return err
		}
		before, err := rulingOn(w, id)
		if err != nil {
			return err
		}
		if there || before.Verdict == vidimus.Added {
			return vidimus.WithHint(errors.New("there is a mention of this kind in this place"), "`vidimus mentions confirm` and `correct` say that it is right, or what it says")
		}
		r := vidimus.Ruling{Mention: id, Verdict: vidimus.Added, Value: saidBy(kind, p.Quote, value)}
		w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{
			"item": string(p.Item), "mention": id.String(), "verdict": string(r.Verdict), "value": r.Value,
		}})
		return w.Mentions().Rule(r)
	})
}

// saidBy brings what a reader has typed, or else the words themselves, into the
// form in which values of this kind are.
func saidBy(kind vidimus.MentionKind, words, typed string) string {
	if kind.Withheld() {
		return ""
	}
	if typed != "" {
		words = typed
	}
	if _, _, known := understand.Days(typed); known && kind == vidimus.Dated {
		return typed
	}
	words = strings.Join(strings.Fields(words), " ")
	for _, m := range understand.Mentions(words, "") {
		if m.Kind == kind && m.Start == 0 && m.End == len(words) {
			return m.Value
		}
	}
	if kind == vidimus.Dated && typed == "" {
		return "" // what day that is nobody has said
	}
	return search.Saying(kind, words)
}

// AddedOn gives what readers have added to a page of a reading, 0 for the
// file's own words: what its words say, and what OCR and readers made of them.
func AddedOn(ctx context.Context, c *archive.Case, item vidimus.ItemID, reading int64, page int) (all []Found, err error) {
	rulings, err := rulingsOn(ctx, c, item)
	if err != nil {
		return nil, err
	}
	var pages []Worded
	if err := c.View(ctx, func(tx archive.Tx) (err error) {
		pages, err = pagesOnWhichIsAdded(tx, rulings, item, reading, page)
		return err
	}); err != nil {
		return nil, err
	}
	for _, p := range pages {
		var d DocumentMentions
		if err := d.page(ctx, c, p.Reading, p.Page, rulings, nil); err != nil {
			return nil, err
		}
		for _, f := range d.Found {
			if f.Ruling != nil && f.Ruling.Verdict == vidimus.Added {
				all = append(all, f)
			}
		}
	}
	return all, nil
}

// pagesOnWhichIsAdded gives the page in the readings of today, and in those of
// earlier on which additions stay.
func pagesOnWhichIsAdded(tx archive.Tx, rulings search.Rulings, item vidimus.ItemID, reading int64, page int) (all []Worded, err error) {
	now, err := pagesNumbered(tx, item, page)
	if err != nil {
		return nil, err
	}
	for _, id := range rulings.Stale() {
		of, number := vidimus.SplitPageID(id)
		if number != page {
			continue
		}
		p, err := tx.Readings().Page(of, number)
		if err != nil {
			return nil, err
		}
		now = append(now, Worded{Reading: of, Page: p})
	}
	for _, p := range now {
		r, err := tx.Readings().Get(p.Reading)
		if err != nil {
			return nil, err
		}
		own := r.Kind == read.OwnWords || r.Kind == read.OCR || r.Kind == read.Correction
		if p.Reading == reading || reading == 0 && own {
			all = append(all, p)
		}
	}
	return all, nil
}
