package sqlite_test

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
)

// BenchmarkDo500Files is intake's unit: 500 small files with what belongs to each.
func BenchmarkDo500Files(b *testing.B) {
	r := open(b, filepath.Join(b.TempDir(), "records.db"), false)
	if err := r.Do(b.Context(), func(tx archive.Tx) error { return tx.Files().AddSource(vidimus.Source{Number: 1}) }); err != nil {
		b.Fatal(err)
	}
	entries := int64(0)
	for b.Loop() {
		err := r.Do(b.Context(), func(tx archive.Tx) (err error) {
			for range 500 {
				err = errors.Join(err, addFile(tx, entries))
				entries++
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func addFile(tx archive.Tx, n int64) error {
	d := vidimus.Digest(sha256.Sum256(fmt.Append(nil, n)))
	item, path := vidimus.NewItemID(), fmt.Sprintf("folder/file %d.txt", n)
	_, err := tx.Files().ByPath(1, "", path)
	_, err2 := tx.Files().ByDigest(d)
	if !errors.Is(err, archive.ErrNotFound) || !errors.Is(err2, archive.ErrNotFound) {
		return errors.Join(err, err2, errors.New("the file is there already"))
	}
	return errors.Join(
		tx.Files().Put(vidimus.File{Item: item, Source: 1, Path: path, Digest: d, Bytes: 1000, State: vidimus.Waiting}),
		tx.Jobs().Put(vidimus.Job{Item: item, Stage: "read", State: vidimus.JobWaiting}),
		tx.Originals().Put(archive.Original{Digest: d, Blob: archive.BlobName(fmt.Sprintf("%x", d[:20])), Bytes: 1000}),
		tx.Log().Append(n, d, make([]byte, 200), d[:]),
	)
}

// BenchmarkAdd1000Pages adds a reading of 1,000 pages of 3 kB, with a place for
// each character, and finishes it.
func BenchmarkAdd1000Pages(b *testing.B) {
	r := open(b, filepath.Join(b.TempDir(), "records.db"), false)
	err := r.Do(b.Context(), func(tx archive.Tx) error {
		return errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), tx.Files().Put(vidimus.File{Item: "a", Source: 1, State: vidimus.Read}))
	})
	if err != nil {
		b.Fatal(err)
	}
	pages := make([]vidimus.Page, 1000)
	for i := range pages {
		pages[i] = vidimus.Page{Number: i + 1, Width: 595, Height: 842, Text: strings.ToLower(rand.Text()) + strings.Repeat("words of it ", 248)}
		for at := range pages[i].Text {
			x, y := float64(72+at%80*5), float64(72+at/80*14)
			pages[i].Places = append(pages[i].Places, vidimus.Place{Start: at, End: at + 1, Box: vidimus.Box{X0: x, Y0: y, X1: x + 5, Y1: y + 12}})
		}
	}
	for b.Loop() {
		err := r.Do(b.Context(), func(tx archive.Tx) error {
			n, err := tx.Readings().Begin(vidimus.Reading{Item: "a", Kind: "text"})
			return errors.Join(err, tx.Readings().AddPages(n, pages), tx.Readings().Finish(n))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCounts is a view with one question, in a case of 5,000 files.
func BenchmarkCounts(b *testing.B) {
	r := open(b, filepath.Join(b.TempDir(), "records.db"), false)
	err := r.Do(b.Context(), func(tx archive.Tx) error {
		err := tx.Files().AddSource(vidimus.Source{Number: 1})
		for n := range int64(5000) {
			err = errors.Join(err, addFile(tx, n))
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		err := r.View(b.Context(), func(tx archive.Tx) error { _, err := tx.Files().Counts(); return err })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDoOneSetting is the least that a durable unit costs.
func BenchmarkDoOneSetting(b *testing.B) {
	r := open(b, filepath.Join(b.TempDir(), "records.db"), false)
	for b.Loop() {
		if err := r.Do(b.Context(), func(tx archive.Tx) error { return tx.Settings().Put("a", []byte("b")) }); err != nil {
			b.Fatal(err)
		}
	}
}
