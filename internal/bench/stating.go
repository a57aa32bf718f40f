package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"vidimus/archive"
	"vidimus/archive/sqlite"
	"vidimus/pipeline"
	"vidimus/search"
	"vidimus/understand"
)

// stated are questions that are answered from what was understood of pages,
// each beside a word that stands on as many.
var stated = []struct {
	asked string
	every int // how many pages go by until the next that states it
	line  string
	word  string
}{
	{"place:Yarkand", 40, "The office was moved to Yarkand.", "quince"},
	{"place:Sezkentqala", 40, "The office was moved to Sezkentqala.", "medlar"}, // which no gazetteer has
	{"number:>=7000", 25, "They counted 12,400 people.", "sorrel"},
	{"date:2031-04", 25, "It was opened on 3 April 2031.", "tansy"},
}

// stating measures questions for places, numbers and dates beside the same
// questions for words, over sealed records.
func stating(_ context.Context, dir string) ([]measure, error) {
	made := sync.OnceValues(func() (*shelf, error) { return newStatedShelf(context.Background(), dir) })
	return []measure{{"questions for places, numbers and dates", func(ctx context.Context, b *book) error {
		s, err := made()
		if err != nil {
			return err
		}
		for _, q := range stated {
			r := ratio{what: fmt.Sprintf("%d pages: `%s`, best 20", expandedPages, q.asked), ours: "asked so", peer: "a word on as many pages"}
			if err := b.compare(ctx, r, s.repeatedly(q.asked), s.repeatedly(q.word)); err != nil {
				return err
			}
		}
		return nil
	}}}, nil
}

// newStatedShelf puts lines that state something, and words, on pages, and has
// them understood.
func newStatedShelf(ctx context.Context, dir string) (*shelf, error) {
	records, err := sqlite.Open(filepath.Join(dir, "stating-records.db"), [32]byte{1}, false)
	if err != nil {
		return nil, err
	}
	return newShelf(ctx, filepath.Join(dir, "stating.db"), records, statedOn, understood)
}

// statedOn gives the lines with what a page states.
func statedOn(page int) (all []string) {
	for _, q := range stated {
		if page%q.every == 0 {
			all = append(all, q.line+" "+q.word)
		}
	}
	return all
}

// understood puts down what each page states. shelve has given pages the
// readings 1, 2, 3 and so on.
func understood(tx archive.Tx, changes []archive.Change) error {
	reading := int64(0)
	for _, c := range changes {
		if c.Page == 0 {
			continue
		}
		reading++
		if err := tx.Mentions().Put(reading, 1, understand.Producer(), understand.Mentions(c.Text, "")); err != nil {
			return err
		}
	}
	return nil
}

// repeatedly asks one question several times over, as `search` does.
func (s *shelf) repeatedly(typed string) func(context.Context) error {
	return func(ctx context.Context) error {
		for range 20 {
			var q search.Query
			err := s.records.View(ctx, func(tx archive.Tx) (err error) {
				q, err = pipeline.Question(tx, typed, search.OtherForms)
				return err
			})
			if err != nil {
				return err
			}
			r, err := pipeline.Search(ctx, s.records, s.index, q, search.Window{Limit: 20}, search.Recorded)
			if err != nil {
				return err
			}
			if r.Total == 0 || r.Waiting > 0 {
				return fmt.Errorf("not all was found by %s", typed)
			}
		}
		return nil
	}
}
