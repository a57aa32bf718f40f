//go:build linux

package main

import (
	"bytes"
	"io/fs"
	"iter"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fixedNames are those that spec/archive.md gives to every case.
var fixedNames = []string{"format", "lock", "head", "seal", "records.db", "index.db"}

// TestTwoCasesOfTheSameFilesShareNothing adds the same files to two cases:
// nobody who sees both disks can tell that they hold the same.
func TestTwoCasesOfTheSameFilesShareNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole program, twice")
	}
	w := newWorld(t)
	leak := filepath.Join(w.outside, "leak")
	long := []byte(strings.Repeat(filler, 3000))
	write(t, filepath.Join(leak, "a.pdf"), append(pdfOf("title", "words"), "% "+drawn(150_000, "abcd ")...))
	write(t, filepath.Join(leak, "b.txt"), long)
	seen := map[[16]byte]string{} // block → where
	names := map[string]bool{}
	for _, name := range []string{"one", "two"} {
		dir := filepath.Join(w.root, name)
		w.vidimus(exitDone, "", "init", dir, "--allow-swap", "--recipient", w.identity.Recipient().String())
		w.vidimus(exitDone, "", "add", dir, leak, "--allow-swap")
		var sizes []int
		for path, b := range filesUnder(t, dir) {
			if names[path] && !slices.Contains(fixedNames, path) {
				t.Errorf("both cases have a file %s", path)
			}
			names[path] = true
			if strings.HasPrefix(path, "blobs") {
				sizes = append(sizes, len(b))
			}
			for at, block := range blocks(path, b) {
				where := path
				if name+path != seen[block] && seen[block] != "" || block == [16]byte{} {
					t.Errorf("%s/%s at %d is a block of %q too, or of zeros: %x", name, where, at, seen[block], block)
				}
				seen[block] = name + path
			}
		}
		slices.Sort(sizes)
		want := []int{sealedLength(len(pdfOf("title", "words")) + 2 + 150_000), sealedLength(len(long))}
		if diff := cmp.Diff(want, sizes); diff != "" {
			t.Errorf("sizes of the originals (-want +got):\n%s", diff)
		}
	}
}

// blocks are those of a file's content at multiples of 16, but for what is
// known to be the same everywhere: the format, and the header of an age file.
func blocks(path string, b []byte) iter.Seq2[int, [16]byte] {
	return func(yield func(int, [16]byte) bool) {
		if path == "format" {
			return
		}
		if strings.HasSuffix(path, ".age") {
			b = b[bytes.Index(b, []byte("\n---"))+4:]
		}
		for at := 0; at+16 <= len(b); at += 16 {
			if !yield(at, [16]byte(b[at:])) {
				return
			}
		}
	}
}

// sealedLength is the size of a blob of n bytes, written from spec/blob.md.
func sealedLength(n int) int {
	n = max(n, 4096)
	e := bits.Len(uint(n)) - 1
	z := 1 << (e - bits.Len(uint(e)))
	n = (n + z - 1) / z * z
	return n + 16*((n+65535)/65536)
}

// filesUnder gives the regular files under a folder by their paths in it.
func filesUnder(t *testing.T, dir string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		t.Helper()
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(path)
			if rel, _ := filepath.Rel(dir, path); err == nil && !yield(rel, b) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
