package sqlite_test

import (
	"path/filepath"
	"testing"

	"vidimus/archive"
	"vidimus/archive/sqlite"
	"vidimus/archive/suite"
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
	})
}
