package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/sqlite"
	"vidimus/internal/sealed"
)

const canary = "canary莎车كاناراي"

// canaryIn names the files of a folder that hold the canary, in UTF-8 or in
// either UTF-16, and all files that it looked at.
func canaryIn(t *testing.T, dir string) (found, looked []string) {
	t.Helper()
	units := utf16.Encode([]rune(canary))
	little, err := binary.Append(nil, binary.LittleEndian, units)
	big, err2 := binary.Append(nil, binary.BigEndian, units)
	entries, err3 := os.ReadDir(dir)
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		looked = append(looked, e.Name())
		if bytes.Contains(b, []byte(canary)) || bytes.Contains(b, little) || bytes.Contains(b, big) {
			found = append(found, e.Name())
		}
	}
	return found, looked
}

func TestNoWordOfTheCaseIsOnDisk(t *testing.T) {
	planted := t.TempDir()
	units, err := binary.Append(nil, binary.LittleEndian, utf16.Encode([]rune(canary)))
	for name, b := range map[string][]byte{"utf-8": []byte("x" + canary), "utf-16": units} {
		err = errors.Join(err, os.WriteFile(filepath.Join(planted, name), b, 0o600))
	}
	if found, _ := canaryIn(t, planted); err != nil || len(found) != 2 {
		t.Fatalf("planted canaries found: %v (%v)", found, err)
	}
	dir := t.TempDir()
	r := open(t, filepath.Join(dir, "records.db"), false)
	err = r.Do(t.Context(), func(tx archive.Tx) error {
		text := strings.Repeat(canary+"\n", 1000)
		err := tx.Files().AddSource(vidimus.Source{Number: 1, Added: canary})
		err2 := tx.Files().Put(vidimus.File{Item: "a", Source: 1, Path: canary, Type: canary, Language: canary, State: vidimus.Read})
		n, err3 := tx.Readings().Begin(vidimus.Reading{Item: "a", Kind: canary, Producer: vidimus.Producer{Parameters: canary}})
		return errors.Join(err, err2, err3,
			tx.Readings().AddPages(n, []vidimus.Page{{Number: 1, Text: text}}), tx.Readings().Finish(n),
			tx.Settings().Put(canary, []byte(canary)), tx.Log().Append(0, [32]byte{}, []byte(canary), []byte(canary)))
	})
	if err != nil {
		t.Fatal(err)
	}
	found, looked := canaryIn(t, dir)
	if len(looked) != 3 || found != nil {
		t.Errorf("open: canary in %v of %v", found, looked)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	found, looked = canaryIn(t, dir)
	if len(looked) != 1 || found != nil {
		t.Errorf("closed: canary in %v of %v", found, looked)
	}
}

func TestNoWordOfTheCaseIsInAnError(t *testing.T) {
	r := open(t, filepath.Join(t.TempDir(), "records.db"), false)
	file := vidimus.File{Item: canary, Source: 1, Path: canary, State: vidimus.State(canary)}
	page := []vidimus.Page{{Number: 1, Text: canary}, {Number: 1, Text: canary}}
	for what, work := range map[string]func(archive.Tx) error{
		"a state":   func(tx archive.Tx) error { return tx.Files().Put(file) },
		"an item":   func(tx archive.Tx) error { _, err := tx.Files().Get(canary); return err },
		"a path":    func(tx archive.Tx) error { _, err := tx.Files().ByPath(1, canary, canary); return err },
		"a setting": func(tx archive.Tx) error { _, err := tx.Settings().Get(canary); return err },
		"a job":     func(tx archive.Tx) error { return tx.Jobs().Put(vidimus.Job{Item: canary, Stage: canary}) },
		"a page":    func(tx archive.Tx) error { return tx.Readings().AddPages(1, page) },
		"a page put": func(tx archive.Tx) error {
			return errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), twice(tx, page))
		},
	} {
		if err := r.Do(t.Context(), work); err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// twice adds a page of one number twice.
func twice(tx archive.Tx, page []vidimus.Page) error {
	err := tx.Files().Put(vidimus.File{Item: canary, Source: 1, State: vidimus.Read})
	n, err2 := tx.Readings().Begin(vidimus.Reading{Item: canary})
	return errors.Join(err, err2, tx.Readings().AddPages(n, page))
}

func TestOpenRefusesAnotherSchema(t *testing.T) {
	tests := map[string]struct {
		schema   string
		readOnly bool
	}{
		"a newer schema":                  {"PRAGMA user_version=9999", false},
		"a newer schema, to read":         {"PRAGMA user_version=9999", true},
		"an older schema that it may not": {"PRAGMA user_version=0", true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "records.db")
			db, err := sealed.Open(path, sealed.Options{Key: key[:]})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Write(context.Background(), func(tx *sql.Tx) error { _, err := tx.Exec(tt.schema); return err })
			if err := errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
			r, err := sqlite.Open(path, key, tt.readOnly)
			if err == nil {
				r.Close()
			}
			if err == nil || vidimus.HintOf(err) == "" {
				t.Errorf("got error %v with hint %q", err, vidimus.HintOf(err))
			}
		})
	}
}

func TestReadOnlyRecordsRefuseAUnit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	writer := open(t, path, false)
	reader := open(t, path, true)
	if err := reader.Do(t.Context(), func(archive.Tx) error { return nil }); !errors.Is(err, archive.ErrReadOnly) {
		t.Errorf("a unit gives %v", err)
	}
	if err := writer.Do(t.Context(), func(tx archive.Tx) error { return tx.Settings().Put("a", nil) }); err != nil {
		t.Fatal(err)
	}
	err := reader.View(t.Context(), func(tx archive.Tx) error { _, err := tx.Settings().Get("a"); return err })
	if err != nil {
		t.Errorf("a reader beside the writer: %v", err)
	}
}
