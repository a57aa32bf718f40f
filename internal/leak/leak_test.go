package leak

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
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

// built is the leak, made once for all tests.
var built = sync.OnceValues(Build)

func build(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := built()
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
	if testing.Short() {
		t.Skip("making everything twice takes its time")
	}
	first := build(t)
	second, err := Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range second {
		if !bytes.Equal(first[f.Path], f.Data) {
			t.Errorf("%s came out differently", f.Path)
		}
	}
}

func TestTheLeakHasTwentySixDocumentsAndThreeHundredAndTwelvePages(t *testing.T) {
	documents, pages := map[string]bool{}, 0
	for _, r := range rows(t) {
		if pages += atoi(t, r["counted"]); r["document"] != "" {
			documents[r["document"]] = true
		}
	}
	if len(documents) != 26 || pages != 312 {
		t.Errorf("%d documents, %d pages", len(documents), pages)
	}
}

func TestTheCommittedLeakIsSmall(t *testing.T) {
	all := 0
	for _, f := range build(t) {
		all += len(f)
	}
	if most := 15 << 20; all > most {
		t.Errorf("%d bytes, want at most %d", all, most)
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

func rows(t *testing.T) []map[string]string { return rowsOf(t, "documents.tsv") }

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// rowsOf reads a table: the cells of each line by the header's names.
func rowsOf(t *testing.T, table string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(committed, table))
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
	if n != len(Copies()) {
		t.Errorf("the table has %d duplicates, want %d", n, len(Copies()))
	}
}

func TestTextFilesSheetsAndMailsBeginAndEndWithTheMark(t *testing.T) {
	seen := 0
	for _, d := range Documents() {
		if d.pdf() || d.Scan != nil {
			continue
		}
		sidecar, err := os.ReadFile(filepath.Join(committed, "truth", d.Name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for page := range strings.SplitSeq(string(sidecar), "\f") {
			lines := strings.Split(strings.TrimSpace(page), "\n")
			if k := d.kind(); k == "xlsx" || k == "mail" {
				lines = lines[1:] // the name of a sheet, the subject of a mail
			}
			seen++
			for _, line := range []string{lines[0], lines[len(lines)-1]} {
				if strings.ReplaceAll(line, "‧", "·") != markLine(d.Languages) {
					t.Errorf("%s: the line at the edge is %q", d.Name, line)
				}
			}
		}
	}
	if seen != 32 {
		t.Errorf("%d texts were looked at, want 32", seen)
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
