package practice

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"testing"

	"vidimus"
)

const leak = "../../testdata/leak"

func TestTheListIsThatOfTheLeak(t *testing.T) {
	b, err := os.ReadFile(leak + "/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != sums {
		t.Error("the list is not testdata/leak/SHA256SUMS: copy it here")
	}
}

func TestEveryFileOfTheLeakIsHeldAndNoOther(t *testing.T) {
	n := 0
	files := os.DirFS(leak + "/files")
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		n++
		if !Holds(sha256.Sum256(b)) {
			t.Error("a file of the leak is not held")
		}
		if Holds(sha256.Sum256(append(b, '\n'))) {
			t.Error("another file is held")
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d files, %v", n, err)
	}
	if Holds(vidimus.Digest{}) {
		t.Error("the digest of nothing is held")
	}
}
