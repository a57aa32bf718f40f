package sqlite_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/memory"
	"vidimus/archive/sqlite"
	"vidimus/archive/suite"
	"vidimus/internal/sealed"
)

var key = [32]byte{1, 2, 3}

func open(t testing.TB, path string, readOnly bool) archive.Records {
	t.Helper()
	r, err := sqlite.Open(path, key, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestRecordsKeepTheContract(t *testing.T) {
	paths := make(map[archive.Records]string)
	suite.Records(t, suite.RecordsOpener{
		Open: func(t *testing.T) archive.Records {
			path := filepath.Join(t.TempDir(), "records.db")
			r := open(t, path, false)
			paths[r] = path
			return r
		},
		Reopen: func(t *testing.T, r archive.Records) archive.Records {
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, paths[r], false)
		},
		Model: func() archive.Records { return memory.New() },
	})
}

// A reading that was dropped must not stay in the file where nobody sees it.
func TestDroppedPagesLeaveTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	r := open(t, path, false)
	err := r.Do(t.Context(), func(tx archive.Tx) error {
		err := errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), tx.Files().Put(vidimus.File{Item: "a", Source: 1, State: vidimus.Read}))
		number, err2 := tx.Readings().Begin(vidimus.Reading{Item: "a"})
		err3 := tx.Readings().AddPages(number, []vidimus.Page{{Number: 1}, {Number: vidimus.MaxPages}})
		_, err4 := tx.Readings().DropBuilding("")
		return errors.Join(err, err2, err3, err4)
	})
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := sealed.Open(path, sealed.Options{Key: key[:], ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	left := -1
	err = db.Read(t.Context(), func(tx *sql.Tx) error { return tx.QueryRow(`SELECT count(*) FROM pages`).Scan(&left) })
	if err != nil || left != 0 {
		t.Errorf("%d pages left (%v)", left, err)
	}
}

// Two that have the file open write in turns, and neither loses a unit.
func TestWritersTakeTurns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "records.db")
	var group sync.WaitGroup
	for range 2 {
		r := open(t, path, false)
		group.Go(func() {
			for range 20 {
				if err := r.Do(t.Context(), func(tx archive.Tx) error { _, err := addUnit(tx); return err }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n := wholeUnits(t, open(t, path, true)); n != 40 {
		t.Errorf("%d units, want 40", n)
	}
}
