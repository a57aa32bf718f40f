package main

import (
	"context"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
	"vidimus/search/fts"
	"vidimus/writing"
)

const (
	indexedPages = 3000
	pageBytes    = 2000
	atOnce       = 8000 // pages of this size that the pipeline gives an index at a time
)

// indexing measures the analysis of text, the index and a question to it.
func indexing(_ context.Context, dir string) ([]measure, error) {
	words, err := newProse(5, "speech", "notes", "directive", "memo", "script", "counts")
	if err != nil {
		return nil, err
	}
	pages := make([]archive.Change, indexedPages)
	bytes := 0
	for i := range pages {
		pages[i] = archive.Change{Seq: int64(i + 1), Page: vidimus.PageID(int64(i+1), 1), Text: words.text(pageBytes)}
		bytes += len(pages[i].Text)
	}
	tokens := func(_ context.Context, b *book) error {
		c, err := costOf(func() error {
			for _, p := range pages {
				for range writing.Tokens(p.Text) {
				}
			}
			return nil
		})
		b.note("text analysed into tokens (Han, Uyghur, English)", "MB/s", c.perSecond(bytes)/million)
		return err
	}
	path := filepath.Join(dir, "index.db")
	index := func(ctx context.Context, b *book) error {
		c, err := costOf(func() error { return indexAll(ctx, path, pages) })
		if err != nil {
			return err
		}
		b.note("pages of 2 kB put into the index", "pages/s", c.perSecond(len(pages)))
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		b.note("size of the index for a byte of text", "bytes", float64(info.Size())/float64(bytes))
		c, err = costOf(func() error { return ask(ctx, path, `"人民" 街道`) })
		b.note("index opened and asked for the first time, 3,000 pages", "ms", c.milliseconds())
		return err
	}
	return []measure{{"tokens", tokens}, {"index", index}}, nil
}

// indexAll builds the index anew.
func indexAll(ctx context.Context, path string, pages []archive.Change) error {
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	x, err := fts.Open(path, fts.Options{Key: make([]byte, 32)})
	if err != nil {
		return err
	}
	defer x.Close()
	for from := 0; from < len(pages); from += atOnce {
		if err := x.Apply(ctx, pages[from:min(from+atOnce, len(pages))]); err != nil {
			return err
		}
	}
	return x.Close()
}

func ask(ctx context.Context, path, typed string) error {
	x, err := fts.Open(path, fts.Options{Key: make([]byte, 32), ReadOnly: true})
	if err != nil {
		return err
	}
	defer x.Close()
	q, err := search.Parse(typed)
	if err != nil {
		return err
	}
	_, err = x.Query(ctx, q, search.Window{Limit: 20})
	return err
}
