package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/protect"
	"vidimus/read"
)

// settingWithheld is the name under which the areas withheld of an item lie,
// sealed with the records.
func settingWithheld(item vidimus.ItemID) string { return "withheld/" + string(item) }

// Withheld lists what is withheld of an item.
func Withheld(tx archive.Tx, item vidimus.ItemID) (areas []protect.Area, err error) {
	err = kept(tx, settingWithheld(item), "the list of what is withheld of an item is damaged", &areas)
	return areas, err
}

// Withhold adds areas to an item, and logs that it did: how many and of which
// class, never what. An area that is there already is not added again.
func Withhold(w *archive.Work, item vidimus.ItemID, more []protect.Area) ([]protect.Area, error) {
	areas, err := Withheld(w.Tx, item)
	if err != nil {
		return nil, err
	}
	var added []protect.Area
	next := 1
	for _, a := range areas {
		next = max(next, a.Number+1)
	}
	for _, a := range more {
		if slices.ContainsFunc(areas, func(b protect.Area) bool {
			a.Number = b.Number
			return a == b
		}) {
			continue
		}
		a.Number = next
		next++
		areas, added = append(areas, a), append(added, a)
	}
	if len(added) == 0 {
		return nil, nil
	}
	return added, keepWithheld(w, item, areas, "added", len(added))
}

// Show takes an area off an item's list again.
func Show(w *archive.Work, item vidimus.ItemID, number int) error {
	areas, err := Withheld(w.Tx, item)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(areas, func(a protect.Area) bool { return a.Number == number })
	if i < 0 {
		return vidimus.WithHint(errors.New("no withheld area of this item has this number"), "`vidimus redact CASE ITEM --list` prints them")
	}
	return keepWithheld(w, item, slices.Delete(areas, i, i+1), "removed", 1)
}

func keepWithheld(w *archive.Work, item vidimus.ItemID, areas []protect.Area, what string, n int) error {
	b, err := json.Marshal(areas)
	if err != nil {
		return fmt.Errorf("keep what is withheld: %w", err)
	}
	w.Register(custody.Entry{Kind: custody.Redact, Fields: map[string]any{"item": string(item), "what": what, "areas": n, "total": len(areas)}})
	return w.Settings().Put(settingWithheld(item), b)
}

// ErrMoved says that an item was read again since something of it was
// withheld: the areas name the older reading, and would not hold.
var ErrMoved = vidimus.WithHint(errors.New("a document was read again since lines of it were withheld"),
	"`vidimus redact CASE ITEM --list` shows the areas; withhold the lines again on the new reading, and remove the old")

// Sources gives the pages and withheld areas of a plan's documents.
func Sources(ctx context.Context, c *archive.Case) protect.Sources {
	return func(d protect.Document) ([]protect.Source, []protect.Area, error) {
		f, err := File(ctx, c, d.Item)
		if err != nil {
			return nil, nil, err
		}
		item := f.Item
		if f.DuplicateOf != "" {
			item = f.DuplicateOf
		}
		var areas []protect.Area
		err = c.View(ctx, func(tx archive.Tx) (err error) {
			areas, err = Withheld(tx, item)
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		pages, err := words(ctx, c, item)
		if err != nil {
			return nil, nil, err
		}
		var sources []protect.Source
		for _, p := range pages {
			sources = append(sources, protect.Source{Reading: p.Reading, Page: p.Page, Language: f.Language, OCR: p.Kind == read.OCR})
		}
		return sources, areas, hold(sources, areas)
	}
}

// hold checks that every area stands on a reading that would be shown.
func hold(sources []protect.Source, areas []protect.Area) error {
	for _, a := range areas {
		if !slices.ContainsFunc(sources, func(s protect.Source) bool { return s.Reading == a.Reading && s.Page.Number == a.Page }) {
			return ErrMoved
		}
	}
	return nil
}
