package office_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vidimus/internal/corpus"
)

var cellNumber = regexp.MustCompile(`<(?:x:)?c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?(?: t="n")?>(?:<(?:x:)?f[^>]*>[^<]*</(?:x:)?f>|<(?:x:)?f[^>]*/>)?<(?:x:)?v>([^<]+)</`)

// The other reading of the cells is by pattern, straight from the sheets.
func TestEveryNumberOfTheCorpusStandsAtItsAddressAsStored(t *testing.T) {
	root := corpus.Root(t)
	files, _ := filepath.Glob(filepath.Join(root, "*", "*.xls[xm]"))
	if len(files) == 0 {
		t.Fatal("the corpus holds no workbook")
	}
	all, found := 0, 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := contentsOf(t, b, filepath.Base(name))
		z, zipErr := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil || zipErr != nil {
			continue
		}
		cells := map[string]bool{}
		for _, line := range strings.FieldsFunc(c.readings["text"]+c.readings["hidden"], func(r rune) bool { return r == '\n' || r == '\t' }) {
			at, value, _ := strings.Cut(line, ": ")
			at = at[strings.LastIndexByte(at, ' ')+1:]
			if i := strings.LastIndexByte(value, '['); i >= 0 {
				value = strings.TrimSuffix(value[i+1:], "]")
			}
			cells[at+" "+value] = true
		}
		for _, f := range z.File {
			if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			sheet, _ := io.ReadAll(r)
			for _, m := range cellNumber.FindAllSubmatch(sheet, -1) {
				if all++; cells[string(m[1])+" "+string(m[2])] {
					found++
				} else {
					t.Logf("%s %s: %s is not there", filepath.Base(name), m[1], m[2])
				}
			}
		}
	}
	corpus.Measure(t, "numbers in cells of workbooks at their address as stored", found, all, 100)
}
