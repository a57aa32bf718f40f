package main

import (
	"context"
	"runtime"

	"vidimus/understand"
)

const understoodPages = 500

// understanding measures how many pages a second are understood, dense with
// names, dates and numbers in all the languages served, and what the tables
// for it take.
func understanding(context.Context, string) ([]measure, error) {
	words, err := newProse(7, "speech", "notes", "directive", "memo", "script", "counts", "engineers", "directive-17")
	if err != nil {
		return nil, err
	}
	var texts []string
	for range understoodPages {
		texts = append(texts, words.text(pageBytes))
	}
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / million
	}
	return []measure{{"understanding", func(_ context.Context, b *book) error {
		before := heap()
		understand.Mentions(words.text(4*pageBytes), "") // loads the tables
		if b.round == 0 {
			b.note("tables for understanding, once for all lanes", "MB", heap()-before)
		}
		found := 0
		c, err := costOf(func() error {
			for _, text := range texts {
				found += len(understand.Mentions(text, ""))
			}
			return nil
		})
		b.note("pages of 2 KB understood by one core", "pages/s of CPU", float64(len(texts))/c.CPU.Seconds())
		b.note("mentions on such a page", "", float64(found)/float64(len(texts)))
		return err
	}}}, nil
}
