package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
)

// A backup is killed at random instants. An older one is whole all the time;
// a first one is no case until it is whole; the same command ends it.
func TestAKilledBackupLeavesTheOldOneOrNone(t *testing.T) {
	dir, keys := held(t, 30)
	older, fresh := filepath.Join(t.TempDir(), "older"), t.TempDir()
	c := casetest.Open(t, dir, keys)
	backup(t, c, older)
	c.Close()
	_, span := act(t, 0, "backup", string(keys), dir, filepath.Join(fresh, "measure"))
	ended := 0
	for i, after := range instants(span) {
		c := casetest.Open(t, dir, keys)
		take(t, c, uint64(2+i), 4)
		c.Close()
		to := older
		if i%2 == 1 {
			to = filepath.Join(fresh, "new")
		}
		done, _ := act(t, after, "backup", string(keys), dir, to)
		if done {
			ended++
		}
		if _, err := archive.ReadFormat(to); err == nil {
			sound(t, to, keys, casetest.Engines())
		} else if !errors.Is(err, archive.ErrNoCase) || vidimus.HintOf(err) == "" || to == older {
			t.Errorf("killed after %v: %v", after, err)
		}
		if done, _ := act(t, 0, "backup", string(keys), dir, to); !done {
			t.Fatal("the same command does not end it")
		}
		if n := sound(t, to, keys, casetest.Engines()); n != 30+4*(i+1) {
			t.Errorf("the backup holds %d files", n)
		}
		if to != older {
			os.RemoveAll(to)
		}
	}
	if n := sound(t, dir, keys, casetest.Engines()); n < 30 {
		t.Errorf("the case holds %d files", n)
	}
	t.Logf("%d kills within %v; %d came too late", len(instants(span)), span, ended)
}

func TestAKilledRestoreLeavesNoCaseOrAWholeOne(t *testing.T) {
	dir, keys := held(t, 30)
	from := filepath.Join(t.TempDir(), "backup")
	backup(t, casetest.Open(t, dir, keys), from)
	before := tree(t, from)
	at := t.TempDir()
	_, span := act(t, 0, "restore", string(keys), from, filepath.Join(at, "measure"))
	ended := 0
	for _, after := range instants(span) {
		to := filepath.Join(at, "case")
		done, _ := act(t, after, "restore", string(keys), from, to)
		if done {
			ended++
		}
		if _, err := os.Stat(to); errors.Is(err, os.ErrNotExist) {
			if done, _ := act(t, 0, "restore", string(keys), from, to); !done {
				t.Fatal("the same command does not end it")
			}
		}
		if n := sound(t, to, keys, casetest.Engines()); n != 30 {
			t.Errorf("the case holds %d files", n)
		}
		os.RemoveAll(to)
	}
	if len(before) != len(tree(t, from)) {
		t.Error("the backup was changed")
	}
	t.Logf("%d kills within %v; %d came too late", len(instants(span)), span, ended)
}

func TestAKilledMigrationLeavesTheOldFormatOrTheNew(t *testing.T) {
	template, keys := held(t, 30)
	copied := func() string {
		to := filepath.Join(t.TempDir(), "case")
		if err := os.CopyFS(to, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	_, span := act(t, 0, "migrate", string(keys), copied())
	migrated := 0
	for _, after := range instants(span) {
		dir := copied()
		act(t, after, "migrate", string(keys), dir)
		if c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead); err == nil {
			c.Close()
		} else {
			migrated++
		}
		if n := sound(t, dir, keys, later(step)); n != 30 {
			t.Errorf("killed after %v: %d files", after, n)
		}
		os.RemoveAll(dir)
	}
	t.Logf("%d kills within %v; %d after the migration was in force", len(instants(span)), span, migrated)
}
