package blob

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/suite"
)

func openStore(t testing.TB, dir string, readOnly bool) *store {
	t.Helper()
	b, err := Open(dir, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	return b.(*store)
}

func TestSuite(t *testing.T) {
	suite.Blobs(t, suite.BlobsOpener{
		Open: func(t *testing.T) archive.Blobs { return openStore(t, t.TempDir(), false) },
		Reopen: func(t *testing.T, b archive.Blobs) archive.Blobs {
			return openStore(t, b.(*store).dir, true)
		},
	})
}

func content(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(n)}).Read(b)
	return b
}

func nameWith(key byte) func(vidimus.Digest) archive.BlobName {
	return func(d vidimus.Digest) archive.BlobName { return Name([32]byte{key}, d) }
}

func put(t testing.TB, s *store, b []byte) archive.Original {
	t.Helper()
	o, err := s.Put(t.Context(), bytes.NewReader(b), nameWith(1))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// filesIn gives all files under dir, with their bytes.
func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestNothingOfTheContentOrOfOtherCasesIsOnDisk(t *testing.T) {
	b := bytes.Repeat([]byte("a canary of the content "), 10_000)
	seen := make(map[string]bool)
	names := make(map[string]bool)
	for key := range byte(2) {
		dir := t.TempDir()
		o, err := openStore(t, dir, false).Put(t.Context(), bytes.NewReader(b), nameWith(key))
		if err != nil {
			t.Fatal(err)
		}
		for path, stored := range filesIn(t, dir) {
			if bytes.Contains(stored, []byte("canary")) {
				t.Error("the content is readable on disk")
			}
			if names[filepath.Base(path)] || !strings.HasSuffix(path, string(o.Blob)) {
				t.Error("two cases give one name, or the file has another")
			}
			names[filepath.Base(path)] = true
			for ; len(stored) >= 16; stored = stored[16:] {
				if seen[string(stored[:16])] {
					t.Fatal("a block of 16 bytes comes twice")
				}
				seen[string(stored[:16])] = true
			}
		}
	}
	if len(seen) < 2*len(b)/16 {
		t.Errorf("only %d blocks seen", len(seen))
	}
}

func TestABlobTellsNoTimesAndOnlyItsOwnerReadsIt(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	o := put(t, s, content(5000))
	r, err := s.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.ReadAt(make([]byte, 100), 0); err != nil {
		t.Fatal(err)
	}
	path, err := s.path(o.Blob)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 || !info.ModTime().Equal(fileTime) || info.Sys().(*syscall.Stat_t).Atim.Sec != fileTime.Unix() {
		t.Errorf("mode %v, changed %v, read at %v", info.Mode(), info.ModTime(), info.Sys().(*syscall.Stat_t).Atim)
	}
}

func TestTheNextAddRemovesWhatAnInterruptedOneLeft(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, tmpFolder, "123")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, []byte("half a blob"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, dir, false)
	if _, err := os.Stat(left); err != nil {
		t.Error("opening alone removed what may be another process's")
	}
	put(t, s, content(1))
	put(t, s, content(2))
	if n := len(filesIn(t, dir)); n != 2 {
		t.Errorf("%d files, want 2 blobs", n)
	}
}

// A crash between the blob and its row leaves a blob that nobody has the key of.
func TestNamingMayDeleteABlobWithoutARow(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	orphan := put(t, s, content(100))
	o, err := s.Put(t.Context(), bytes.NewReader(content(100)), func(d vidimus.Digest) archive.BlobName {
		name := nameWith(1)(d)
		if err := s.Delete(name); err != nil {
			t.Error(err)
		}
		return name
	})
	if err != nil || o.Blob != orphan.Blob || o.Key == orphan.Key {
		t.Errorf("got %v, %v", o.Blob, err)
	}
}

func TestOneOfManyEqualPutsIsKept(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	kept := make([]archive.Original, 8)
	var all sync.WaitGroup
	for i := range kept {
		all.Go(func() { kept[i] = put(t, s, content(100_000)) })
	}
	all.Wait()
	var won []archive.Original
	for _, o := range kept {
		if o != (archive.Original{}) {
			won = append(won, o)
		}
	}
	if len(won) != 1 {
		t.Fatalf("%d puts were kept", len(won))
	}
	if got, err := readAll(s, won[0]); err != nil || !bytes.Equal(got, content(100_000)) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if n := len(filesIn(t, s.dir)); n != 1 {
		t.Errorf("%d files", n)
	}
}

func TestAStoreOpenedToReadWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	s := openStore(t, dir, true)
	_, putting := s.Put(t.Context(), bytes.NewReader(nil), nameWith(1))
	for what, err := range map[string]error{"put": putting, "sync": s.Sync(), "delete": s.Delete("abcdef")} {
		if !errors.Is(err, archive.ErrReadOnly) {
			t.Errorf("%s gives %v", what, err)
		}
	}
	if err := s.List(func(archive.BlobName, int64) error { return nil }); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("a folder was made")
	}
}

func TestNamesThatAreNoNamesReachNoFile(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	for _, name := range []archive.BlobName{"", "ab", "../../../etc/passwd", "ab/cd", "ABCDEF", "abc\x00", archive.BlobName(strings.Repeat("a", 65))} {
		_, stat := s.Stat(name)
		_, open := s.Open(archive.Original{Blob: name, Format: format})
		for _, err := range []error{stat, open, s.Delete(name)} {
			if err == nil || errors.Is(err, archive.ErrNotFound) {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

func TestErrorsNameNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "secret-name")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, false)
	if err == nil || strings.Contains(err.Error(), "secret-name") {
		t.Errorf("got %v", err)
	}
}

func readAll(s *store, o archive.Original) ([]byte, error) {
	r, err := s.Open(o)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
}
