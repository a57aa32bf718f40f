package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/sqlite"
	"vidimus/custody"
	"vidimus/internal/casetest"
	"vidimus/key"
)

// step is a migration that no version has; it touches every row of files.
const step = `ALTER TABLE files ADD COLUMN tried INTEGER NOT NULL DEFAULT 0; UPDATE files SET tried=1`

func later(more ...string) archive.Engines {
	e := casetest.Engines()
	e.Records = sqlite.TestOnlyOpenWith(more...)
	return e
}

func TestEveryMigrationMakesAFormat(t *testing.T) {
	r, err := sqlite.Open(filepath.Join(t.TempDir(), "records.db"), [32]byte{1}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, want, err := r.(archive.Migrating).Schema(t.Context()); err != nil || want != archive.Version {
		t.Errorf("%d migrations and format %d (%v): archive.Version counts the migrations", want, archive.Version, err)
	}
}

// openFirst gives a copy of the case that the first version made.
func openFirst(t *testing.T) (dir string, keys archive.Keys) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "case")
	if err := os.CopyFS(dir, os.DirFS("testdata/case-1/case")); err != nil {
		t.Fatal(err)
	}
	b := read(t, "testdata/case-1/identity.txt")
	ids, err := age.ParseIdentities(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	format, err := archive.ReadFormat(dir)
	if err != nil {
		t.Fatal(err)
	}
	k, err := key.Unlock(archive.KeysFolder(dir), format.ID, key.Way{Identities: ids})
	if err != nil {
		t.Fatal(err)
	}
	return dir, k
}

func TestACaseOfTheFirstFormatOpensToReadAndToWrite(t *testing.T) {
	for name, mode := range map[string]archive.Mode{"to read": archive.ToRead, "to write": archive.ToWrite} {
		t.Run(name, func(t *testing.T) {
			dir, keys := openFirst(t)
			c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), mode)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			a, err := c.AuditContent(t.Context())
			if err != nil || len(a.Findings) > 0 {
				t.Errorf("findings: %v, %v", a.Findings, err)
			}
			err = c.View(t.Context(), func(tx archive.Tx) error {
				n, err := tx.Files().Counts()
				if n.Seen != 4 || n.Read != 2 || n.Failed != 1 || n.Duplicates != 1 {
					t.Errorf("it has %+v", n)
				}
				return err
			})
			if f, err2 := archive.ReadFormat(dir); err != nil || err2 != nil || f.Version != archive.Version {
				t.Errorf("format %d, %v, %v", f.Version, err, err2)
			}
		})
	}
}

// kinds lists what the log of a case says.
func kinds(t *testing.T, c *archive.Case) (all []custody.Kind) {
	t.Helper()
	err := c.View(t.Context(), func(tx archive.Tx) error {
		size, err := tx.Log().Size()
		for i := range size {
			e, err := custody.ReadBody(tx.Log(), i)
			if err != nil {
				return err
			}
			all = append(all, e.Kind)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAMigrationIsLoggedAndKeepsTheOldRecordsForAWhile(t *testing.T) {
	dir, keys := casetest.Make(t)
	note(t, casetest.Open(t, dir, keys))
	old := filepath.Join(dir, fmt.Sprintf("before-format-%d", archive.Version))
	c, err := archive.Open(t.Context(), dir, keys, later(step), archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	if all := kinds(t, c); !slices.Equal(all, []custody.Kind{custody.Create, custody.CopyOut, custody.Migrate}) {
		t.Errorf("the log has %v", all)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if a := archive.AuditFiles(dir, keys, walk); len(a.Findings) > 0 {
		t.Errorf("audit: %v", a.Findings)
	}
	r, err := sqlite.Open(filepath.Join(old, "records.db"), keys.Records(), true)
	if err != nil {
		t.Fatalf("the records of before: %v", err)
	}
	r.Close()
	if c, err = archive.Open(t.Context(), dir, keys, later(step), archive.ToWrite); err != nil {
		t.Fatal(err)
	}
	if all := kinds(t, c); len(all) != 3 {
		t.Errorf("opened again it was brought up to date again: %v", all)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the records of before are there after a clean close: %v", err)
	}
}

func TestAMigrationThatFailsLeavesTheCaseAsItWas(t *testing.T) {
	dir, keys := casetest.Make(t)
	_, err := archive.Open(t.Context(), dir, keys, later(step, `ALTER TABLE nowhere ADD COLUMN x`), archive.ToWrite)
	if err == nil {
		t.Fatal("it was brought up to date")
	}
	if err := open(t, dir, keys); err != nil {
		t.Error(err)
	}
}

func TestNoMigrationBesideAnAdder(t *testing.T) {
	dir, keys := casetest.Make(t)
	release, err := casetest.Open(t, dir, keys).Adding()
	if err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]archive.Mode{"to read": archive.ToRead, "to write": archive.ToWrite} {
		if _, err := archive.Open(t.Context(), dir, keys, later(step), mode); !errors.Is(err, archive.ErrAdding) || vidimus.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	release()
	c, err := archive.Open(context.Background(), dir, keys, later(step), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}

func TestACaseFromTheFutureIsRefusedUnchanged(t *testing.T) {
	dir, keys := casetest.Make(t)
	c, err := archive.Open(t.Context(), dir, keys, later(step), archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	before := read(t, filepath.Join(dir, "records.db"))
	for name, mode := range map[string]archive.Mode{"to read": archive.ToRead, "to write": archive.ToWrite} {
		_, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), mode)
		if err == nil || !strings.Contains(vidimus.HintOf(err), "newer") {
			t.Errorf("%s: %v (%s)", name, err, vidimus.HintOf(err))
		}
	}
	if string(before) != string(read(t, filepath.Join(dir, "records.db"))) {
		t.Error("it was changed")
	}
}
