package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/memory"
	"vidimus/search"
	"vidimus/search/fts"
)

const (
	expandedPages = 20_000
	expandedGoal  = 1.5
)

// named are places in several writings and how many pages go by until the next
// that names one so.
var named = []struct {
	name  string
	every int
}{
	{"Yarkand", 40}, {"莎车", 25}, {"يەكەن", 50}, {"Яркенд", 90}, {"Kashgar", 15}, {"喀什", 20}, {"قەشقەر", 60},
	{"Urumqi", 8}, {"乌鲁木齐", 7}, {"Урумчи", 30}, {"Chen Quanguo", 70}, {"陈全国", 60},
}

// expanded are questions with names of all sorts: alone, beside words, as a
// phrase, with more pages by other forms than as typed, and with fewer.
var expanded = []string{"Yarkand", "莎车", "Яркенд", "Kashgar", "Urumqi", "乌鲁木齐", `"Chen Quanguo"`, "Urumqi OR Kashgar", "Yarkand Urumqi", "Kashgar -Urumqi"}

// expanding measures questions with other forms of names beside the same
// without.
func expanding(_ context.Context, dir string) ([]measure, error) {
	made := sync.OnceValues(func() (*shelf, error) {
		return newShelf(context.Background(), filepath.Join(dir, "expanding.db"), memory.New(), namesOn, nil)
	})
	return []measure{{"expanding names", func(ctx context.Context, b *book) error {
		s, err := made()
		if err != nil {
			return err
		}
		for what, w := range map[string]search.Window{"best 20": {Limit: 20}, "best 20 and facets": {Limit: 20, Facets: true}} {
			ask := func(expand bool) func(context.Context) error {
				return func(ctx context.Context) error { return s.askAll(ctx, w, expand) }
			}
			r := ratio{what: fmt.Sprintf("%d pages: names, %s", expandedPages, what), ours: "with other forms", peer: "as typed", goal: expandedGoal}
			if err := b.compare(ctx, r, ask(true), ask(false)); err != nil {
				return err
			}
		}
		return nil
	}}}, nil
}

// shelf is pages in records and in an index.
type shelf struct {
	records archive.Records
	index   *fts.Index
}

// newShelf fills both; more gives the lines that a page has besides, by its
// number, and after, unless it is nil, puts down more of the pages.
func newShelf(ctx context.Context, path string, records archive.Records, more func(page int) []string, after func(archive.Tx, []archive.Change) error) (*shelf, error) {
	changes := writtenPages(expandedPages)
	n := 0
	for i, c := range changes {
		if c.Page == 0 {
			continue
		}
		n++
		for _, line := range more(n) {
			changes[i].Text += "\n" + line
		}
	}
	if err := indexAll(ctx, path, changes); err != nil {
		return nil, err
	}
	x, err := fts.Open(path, fts.Options{Key: make([]byte, 32), ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return &shelf{records, x}, records.Do(ctx, func(tx archive.Tx) error {
		if err := shelve(tx, changes); err != nil || after == nil {
			return err
		}
		return after(tx, changes)
	})
}

// namesOn gives the names that a page has.
func namesOn(page int) (all []string) {
	for _, place := range named {
		if page%place.every == 0 {
			all = append(all, place.name)
		}
	}
	return all
}

// shelve gives each page a file and a reading of its number.
func shelve(tx archive.Tx, changes []archive.Change) error {
	if err := tx.Files().AddSource(vidimus.Source{Number: 1}); err != nil {
		return err
	}
	for _, c := range changes {
		if c.Page == 0 {
			continue
		}
		item := vidimus.NewItemID()
		if err := tx.Files().Put(vidimus.File{Item: item, Source: 1, Path: "letter", State: vidimus.Read}); err != nil {
			return err
		}
		number, err := tx.Readings().Begin(vidimus.Reading{Item: item, Kind: c.Kind})
		if err != nil {
			return err
		}
		if err := tx.Readings().AddPages(number, []vidimus.Page{{Number: 1, Text: c.Text}}); err != nil {
			return err
		}
		if err := tx.Readings().Finish(number); err != nil {
			return err
		}
	}
	return nil
}

// askAll asks every question, several times over.
func (s *shelf) askAll(ctx context.Context, w search.Window, expand bool) error {
	for range 5 {
		for _, typed := range expanded {
			q, err := search.Parse(typed)
			if err != nil {
				return err
			}
			if expand {
				q = search.Expand(q, search.OtherForms)
			}
			if _, err := search.Run(ctx, s.index, s.records, q, w, search.Recorded); err != nil {
				return err
			}
		}
	}
	return nil
}
