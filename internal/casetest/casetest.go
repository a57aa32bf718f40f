// Package casetest makes real cases for tests: encrypted, on disk, with keys
// that no passphrase slows down.
package casetest

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"vidimus/archive"
	"vidimus/archive/blob"
	"vidimus/archive/sqlite"
)

// Keys are derived from a word; never use them outside tests.
type Keys string

// Records implements archive.Keys.
func (k Keys) Records() [32]byte { return sha256.Sum256([]byte("records " + k)) }

// Index implements archive.Keys.
func (k Keys) Index() [32]byte { return sha256.Sum256([]byte("index " + k)) }

// Head implements archive.Keys.
func (k Keys) Head() [32]byte { return sha256.Sum256([]byte("head " + k)) }

// Engines are those of the program.
func Engines() archive.Engines {
	return archive.Engines{Records: sqlite.Open, Blobs: blob.Open, BlobName: blob.Name, CopyBlob: blob.Copy}
}

// Make lays out an empty case and gives its folder and keys.
func Make(t testing.TB) (dir string, keys Keys) {
	t.Helper()
	dir, keys = filepath.Join(t.TempDir(), "case"), Keys(t.Name())
	Lay(t, dir, keys)
	return dir, keys
}

// Lay lays out an empty case in a folder that is not there yet.
func Lay(t testing.TB, dir string, keys Keys) {
	t.Helper()
	for _, d := range []string{dir, archive.KeysFolder(dir)} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(archive.KeysFolder(dir), "a.age"), []byte("stands for a key file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := archive.Make(context.Background(), dir, archive.NewID(), keys, Engines(), false); err != nil {
		t.Fatal(err)
	}
}

// Open opens a case for writing until the test ends.
func Open(t testing.TB, dir string, keys Keys) *archive.Case {
	t.Helper()
	c, err := archive.Open(context.Background(), dir, keys, Engines(), archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// New makes a case and opens it for writing.
func New(t testing.TB) *archive.Case {
	t.Helper()
	dir, keys := Make(t)
	return Open(t, dir, keys)
}

// Without ends a test that this machine lacks the means for: with one line for
// a person, and as a failure in CI, where nothing is skipped.
func Without(t testing.TB, what any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal("in CI nothing is skipped: ", what)
	}
	t.Skip(what)
}
