package leak

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const committed = "../../testdata/leak"

// absent ends a test that needs what is not installed; CI has everything.
func absent(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip(err)
}

func build(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := Build()
	if err != nil {
		absent(t, err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		out[f.Path] = f.Data
	}
	return out
}

func TestTheCommittedLeakIsWhatTheGeneratorMakes(t *testing.T) {
	for path, want := range build(t) {
		got, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(path)))
		if err != nil {
			t.Error(err)
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s differs: run go run ./internal/leak/generate, with the faces that its README names", path)
		}
	}
}

func TestTheGeneratorGivesTheSameBytesTwice(t *testing.T) {
	first, second := build(t), build(t)
	for path := range first {
		if !bytes.Equal(first[path], second[path]) {
			t.Errorf("%s came out differently", path)
		}
	}
}

func TestTheCommittedFilesHaveTheirRecordedHashes(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(committed, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		sum, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		data, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(path)))
		if err != nil {
			t.Error(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != sum {
			t.Errorf("%s has hash %s, recorded is %s", path, got, sum)
		}
	}
}

// rows reads documents.tsv: the cells of each line by the header's names.
func rows(t *testing.T) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(committed, "documents.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	names := strings.Split(lines[0], "\t")
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[names[i]] = cell
		}
		out = append(out, row)
	}
	return out
}

func TestTheFolderToAddHoldsExactlyTheFilesOfTheTable(t *testing.T) {
	var want, got []string
	for _, r := range rows(t) {
		want = append(want, r["path"])
	}
	root := filepath.Join(committed, "files")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			path, err = filepath.Rel(root, path)
			got = append(got, filepath.ToSlash(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents.tsv and files/ differ (-table +folder):\n%s", diff)
	}
}

func TestADuplicateHasTheBytesOfItsOriginal(t *testing.T) {
	n := 0
	for _, r := range rows(t) {
		if r["duplicate_of"] == "" {
			continue
		}
		n++
		a, errA := os.ReadFile(filepath.Join(committed, "files", r["path"]))
		b, errB := os.ReadFile(filepath.Join(committed, "files", r["duplicate_of"]))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s is not %s once more", r["path"], r["duplicate_of"])
		}
	}
	if n != 2 {
		t.Errorf("the table has %d duplicates, want 2", n)
	}
}

func TestTextFilesBeginAndEndWithTheMark(t *testing.T) {
	for _, d := range Documents() {
		if d.pdf() {
			continue
		}
		m, err := Make(d, nil)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(m.Pages[0].Text), "\n")
		for _, line := range []string{lines[0], lines[len(lines)-1]} {
			if line != "INVENTED PRACTICE DOCUMENT · 虚构练习文件" {
				t.Errorf("%s: the line at the edge is %q", d.Name, line)
			}
		}
	}
}

func TestNoLineOfAPDFEndsInAHyphen(t *testing.T) {
	// Readers join such lines and drop the hyphen, so that a sidecar could not
	// be compared with what they give back.
	for _, d := range Documents() {
		if !d.pdf() {
			continue
		}
		sidecar, err := os.ReadFile(filepath.Join(committed, "truth", d.Name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(sidecar), "-\n") {
			t.Errorf("%s: a line ends in a hyphen: write it differently", d.Name)
		}
	}
}
