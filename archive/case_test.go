package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
	"vidimus/internal/sealed"
)

func walk(path string, key [32]byte, bad func(int64)) (int64, error) {
	return sealed.Walk(path, key[:], bad)
}

// note commits a unit of work that leaves a log entry.
func note(t *testing.T, c *archive.Case) {
	t.Helper()
	err := c.Do(t.Context(), func(w *archive.Work) error {
		w.Register(custody.Entry{Kind: custody.CopyOut, Fields: map[string]any{"what": "test"}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, dir string, keys casetest.Keys) error {
	t.Helper()
	c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
	if err == nil {
		c.Close()
	}
	return err
}

func TestACaseThatCannotBeTrustedIsRefusedWithWhatToDo(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"no format file": func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "format")) },
		"a newer format": func(t *testing.T, dir string) {
			rewrite(t, dir, "format", fmt.Sprintf("vidimus-case/%d", archive.Version), "vidimus-case/99")
		},
		"another case's id":   func(t *testing.T, dir string) { rewrite(t, dir, "format", "\nid ", "\nid x") },
		"a damaged format":    func(t *testing.T, dir string) { rewrite(t, dir, "format", "vidimus", "vidimos") },
		"no head":             func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "head")) },
		"a flipped head":      func(t *testing.T, dir string) { flip(t, filepath.Join(dir, "head"), 500) },
		"a shortened head":    func(t *testing.T, dir string) { os.Truncate(filepath.Join(dir, "head"), 1000) },
		"an emptied database": func(t *testing.T, dir string) { os.Truncate(filepath.Join(dir, "records.db"), 0) },
		"no database":         func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "records.db")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := casetest.Make(t)
			if err := open(t, dir, keys); err != nil {
				t.Fatalf("the case does not open unspoiled: %v", err)
			}
			spoil(t, dir)
			err := open(t, dir, keys)
			if err == nil {
				t.Fatal("opened")
			}
			if vidimus.HintOf(err) == "" {
				t.Errorf("%q has no hint", err)
			}
		})
	}
}

func TestRecordsPutBackFromEarlierAreRefused(t *testing.T) {
	dir, keys := casetest.Make(t)
	before := read(t, filepath.Join(dir, "records.db"))
	c := casetest.Open(t, dir, keys)
	note(t, c)
	c.Close()
	after := read(t, filepath.Join(dir, "records.db"))
	write(t, filepath.Join(dir, "records.db"), before)
	if err := open(t, dir, keys); err == nil || !strings.Contains(err.Error(), "older") {
		t.Errorf("older records: %v", err)
	}
	write(t, filepath.Join(dir, "records.db"), after)
	if err := open(t, dir, keys); err != nil {
		t.Errorf("the newest records: %v", err)
	}
}

func TestAHeadThatLagsByACommitIsAccepted(t *testing.T) {
	dir, keys := casetest.Make(t)
	before := read(t, filepath.Join(dir, "head"))
	c := casetest.Open(t, dir, keys)
	note(t, c)
	c.Close()
	write(t, filepath.Join(dir, "head"), before)
	if err := open(t, dir, keys); err != nil {
		t.Errorf("a kill between commit and head leaves this: %v", err)
	}
}

func TestAFailedUnitLeavesNothing(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	if err := c.Writing(t.Context()); err != nil {
		t.Fatal(err)
	}
	head := string(read(t, filepath.Join(dir, "head")))
	refused := errors.New("refused")
	err := c.Do(t.Context(), func(w *archive.Work) error {
		w.Register(custody.Entry{Kind: custody.CopyOut})
		return errors.Join(w.Files().AddSource(vidimus.Source{Number: 1}), refused)
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	if string(read(t, filepath.Join(dir, "head"))) != head {
		t.Error("the head was written")
	}
	err = c.View(t.Context(), func(tx archive.Tx) error {
		sources, err := tx.Files().Sources()
		if len(sources) != 0 {
			t.Error("the source stayed")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoProcessesTakeTurns(t *testing.T) {
	dir, keys := casetest.Make(t)
	a, b := casetest.Open(t, dir, keys), casetest.Open(t, dir, keys)
	for range 5 {
		note(t, a)
		note(t, b)
	}
	release, err := a.Adding()
	if err != nil {
		t.Fatal(err)
	}
	if !a.AddAtWork() || !b.AddAtWork() {
		t.Error("nobody says that an adder is at work")
	}
	if _, err := b.Adding(); !errors.Is(err, archive.ErrAdding) {
		t.Errorf("a second adder: %v", err)
	}
	note(t, b) // short writes go on beside it
	release()
	if a.AddAtWork() {
		t.Error("an adder that has ended is said to be at work")
	}
	if release, err = b.Adding(); err != nil {
		t.Errorf("after the first has ended: %v", err)
	} else {
		release()
	}
	if err := open(t, dir, keys); err != nil {
		t.Error(err)
	}
}

func TestAuditNamesWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct {
		file  string
		spoil func(t *testing.T, path string)
	}{
		"a bit of a page":    {"records.db", func(t *testing.T, path string) { flip(t, path, 5000) }},
		"the head":           {"head", func(t *testing.T, path string) { flip(t, path, 20) }},
		"the format":         {"format", func(t *testing.T, path string) { flip(t, path, 3) }},
		"a file too many":    {".", func(t *testing.T, path string) { write(t, filepath.Join(path, "more"), nil) }},
		"no way in any more": {"keys", func(t *testing.T, path string) { os.Remove(filepath.Join(path, "a.age")) }},
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := casetest.Make(t)
			if a := archive.AuditFiles(dir, keys, walk); len(a.Findings) != 0 {
				t.Fatalf("unspoiled: %v", a.Findings)
			}
			c.spoil(t, filepath.Join(dir, c.file))
			a := archive.AuditFiles(dir, keys, walk)
			if len(a.Findings) == 0 || a.Findings[0].File != c.file {
				t.Errorf("findings: %v", a.Findings)
			}
		})
	}
}

func TestAuditOfContentIsCleanOnACleanCase(t *testing.T) {
	c := casetest.New(t)
	note(t, c)
	a, err := c.AuditContent(context.Background())
	if err != nil || len(a.Findings) != 0 {
		t.Errorf("%v, %v", a.Findings, err)
	}
}

func FuzzHead(f *testing.F) {
	f.Add([]byte{}, int64(1))
	f.Add(make([]byte, 12+1024+16), int64(7))
	f.Fuzz(func(t *testing.T, sealed []byte, generation int64) {
		archive.CheckHead(t, sealed, generation)
	})
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	b := read(t, path)
	b[at] ^= 1
	write(t, path, b)
}

func rewrite(t *testing.T, dir, name, old, new string) {
	t.Helper()
	path := filepath.Join(dir, name)
	write(t, path, []byte(strings.Replace(string(read(t, path)), old, new, 1)))
}
