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
	"vidimus/internal/casetest"
	"vidimus/key"
)

// rotation is one to new keys, with one way in and no index.
func rotation(to casetest.Keys) archive.Rotation {
	f := key.File{ID: "b", Bytes: []byte("stands for another key file")}
	return archive.Rotation{
		Keys: to, Files: []key.File{f}, Ways: archive.NewWays([]key.File{f}), What: "rotated",
		CopyIndex: func(context.Context, string, [32]byte) error { return os.ErrNotExist },
	}
}

func TestAChangeOfKeysIsFinishedAtTheNextOpening(t *testing.T) {
	for n := range archive.Moves() + 1 {
		t.Run(fmt.Sprintf("killed after %d moves", n), func(t *testing.T) {
			dir, old := casetest.Make(t)
			c, err := archive.Open(t.Context(), dir, old, casetest.Engines(), archive.ToWrite)
			if err != nil {
				t.Fatal(err)
			}
			note(t, c)
			if err := c.PutInForce(t.Context(), rotation("new"), n); err != nil {
				t.Fatal(err)
			}
			c.Close()
			if err := open(t, dir, "new"); err != nil {
				t.Fatalf("the new keys do not open: %v", err)
			}
			if err := open(t, dir, old); err == nil {
				t.Error("the old keys open")
			}
			if a := archive.AuditFiles(dir, casetest.Keys("new"), walk); len(a.Findings) != 0 {
				t.Errorf("the audit found %v", a.Findings)
			}
			ways, err := filepath.Glob(filepath.Join(dir, "keys", "*"))
			if err != nil || len(ways) != 1 || filepath.Base(ways[0]) != "b.age" {
				t.Errorf("the keys folder holds %v, %v", ways, err)
			}
		})
	}
}

func TestKeysAreNotChangedUnderSomebodyElse(t *testing.T) {
	dir, keys := casetest.Make(t)
	reader, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	c := casetest.Open(t, dir, keys)
	err = c.Rotate(t.Context(), rotation("new"))
	if err == nil || vidimus.HintOf(err) == "" || !strings.Contains(err.Error(), "open elsewhere") {
		t.Errorf("beside a reader: %v", err)
	}
	note(t, c)
	reader.Close()
	if err := c.Rotate(t.Context(), rotation("new")); err != nil {
		t.Errorf("when the reader has gone: %v", err)
	}
}

func TestAChangeThatFailsLeavesTheCaseInUse(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	r := rotation("new")
	r.Files[0].ID = "no/such/folder"
	if err := c.Rotate(t.Context(), r); err == nil || vidimus.HintOf(err) == "" {
		t.Fatalf("a key file that cannot be written: %v", err)
	}
	note(t, c)
	c.Close()
	if err := open(t, dir, keys); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "rotating")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what was begun is left: %v", err)
	}
}

func TestWhatAKilledChangeBeganIsRemoved(t *testing.T) {
	dir, keys := casetest.Make(t)
	if err := os.MkdirAll(filepath.Join(dir, "rotating", "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir, keys); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "rotating")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is left: %v", err)
	}
}

func TestAWayIsAddedByItsCommit(t *testing.T) {
	dir, keys := casetest.Make(t)
	folder := archive.KeysFolder(dir)
	c := casetest.Open(t, dir, keys)
	added := key.File{ID: "c", Bytes: []byte("stands for one more")}
	if err := c.AddWay(t.Context(), added, "for the desk"); err != nil {
		t.Fatal(err)
	}
	// Killed after the commit, the file is still only prepared; killed before,
	// it is on no list.
	place := filepath.Join(folder, "c.age")
	if err := os.Rename(place, filepath.Join(folder, ".new-c")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, ".new-d"), []byte("prepared in vain"))
	c.Close()
	c = casetest.Open(t, dir, keys)
	if _, err := os.Lstat(place); err != nil {
		t.Errorf("the way that was committed: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".new-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	write(t, place, []byte("put back from earlier"))
	write(t, filepath.Join(folder, "e.age"), []byte("put there by somebody"))
	os.Remove(filepath.Join(folder, "a.age"))
	got := map[string]string{}
	states, err := c.WayStates(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range states {
		got[s.ID()] = s.State
	}
	want := map[string]string{"a": archive.WayMissing, "c": archive.WayChanged, "e": archive.WayUnlisted}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the ways are %v, want %v", got, want)
	}
}
