package fts

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
	"vidimus/search"
	"vidimus/search/suite"
)

func options() Options { return Options{Key: bytes.Repeat([]byte{7}, sealed.KeySize)} }

func TestFTS(t *testing.T) {
	suite.Run(t, func(t *testing.T) suite.Store {
		path := filepath.Join(t.TempDir(), "index.db")
		return func() (search.Index, error) { return Open(path, options()) }
	})
}

func fill(t testing.TB, path string, pages ...archive.Change) {
	t.Helper()
	x, err := Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Apply(t.Context(), pages), x.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestAReaderAnswersAndChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	fill(t, path, archive.Change{Seq: 1, Page: 1, Text: "word"})
	o := options()
	o.ReadOnly = true
	x, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	q, _ := search.Parse("word")
	if found, err := x.Query(t.Context(), q, search.Window{Limit: 1}); err != nil || found.Total != 1 {
		t.Errorf("total %d, %v", found.Total, err)
	}
	if err := x.Apply(t.Context(), suite.Pages(1, 1)); !errors.Is(err, sealed.ErrReadOnly) {
		t.Errorf("apply: %v", err)
	}
}

func TestAnIndexOfAnotherAnalysisIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	fill(t, path)
	db, err := sealed.Open(path, sealed.Options{Key: options().Key})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), setAnalysis); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := Open(path, options()); !errors.Is(err, ErrOutdated) || vidimus.HintOf(err) == "" {
		t.Errorf("got %v", err)
	}
}

func TestAnUnusableIndexIsMadeAnew(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"cut short": func(t *testing.T, path string) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		},
		"of another analysis": func(t *testing.T, path string) {
			db, err := sealed.Open(path, sealed.Options{Key: options().Key})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Write(t.Context(), setAnalysis), db.Close()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "index.db")
			fill(t, path, archive.Change{Seq: 1, Page: 1, Text: "word"})
			spoil(t, path)
			reader := options()
			reader.ReadOnly = true
			if _, err := OpenAnew(path, reader); !Unusable(err) {
				t.Errorf("a reader got %v", err)
			}
			x, err := OpenAnew(path, options())
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			q, _ := search.Parse("word")
			if found, err := x.Query(t.Context(), q, search.Window{Limit: 1}); err != nil || found.Total != 0 {
				t.Errorf("total %d, %v", found.Total, err)
			}
		})
	}
}

func TestOpeningAnewKeepsAnIndexOfAnotherKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	fill(t, path)
	if _, err := OpenAnew(path, Options{Key: make([]byte, sealed.KeySize)}); !errors.Is(err, sealed.ErrWrongKey) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestAnotherKeyDoesNotOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	fill(t, path)
	if _, err := Open(path, Options{Key: make([]byte, sealed.KeySize)}); !errors.Is(err, sealed.ErrWrongKey) {
		t.Errorf("got %v", err)
	}
}

func TestNoWordIsReadableOnDisk(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "index.db")
	x, err := Open(path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if err := x.Apply(t.Context(), []archive.Change{{Seq: 1, Page: 1, Text: "canaryword 乌鲁木齐"}}); err != nil {
		t.Fatal(err)
	}
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil || bytes.Contains(b, []byte("canary")) || bytes.Contains(b, []byte("乌鲁")) {
			t.Errorf("%s: a word stands in it, or %v", f.Name(), err)
		}
	}
	if len(files) < 2 {
		t.Error("no write-ahead log beside the index: the test looks at too little")
	}
}

func setAnalysis(tx *sql.Tx) error {
	_, err := tx.Exec(`UPDATE state SET analysis = analysis + 1`)
	return err
}
