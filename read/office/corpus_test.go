package office_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/read"
	"vidimus/read/html"
	"vidimus/read/office"
	"vidimus/read/table"
	"vidimus/sandbox"
)

// near is a worker without walls.
type near struct{ reader sandbox.Reader }

func (n near) Open(_ context.Context, file io.ReaderAt, size int64, name string) error {
	n.reader.Close()
	return n.reader.Open(&sandbox.File{ReaderAt: file, Size: size, Name: name})
}

func (n near) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return n.reader.Answer(q, hear)
}

// contents is all that a file gave.
type contents struct {
	kind     string
	readings map[string]string
	sections int
	children []read.Child
	bodies   [][]byte
}

// all gives the text of all readings.
func (c contents) all() (s string) {
	for _, kind := range read.Kinds {
		s += c.readings[kind]
	}
	return s
}

func contentsOf(t testing.TB, b []byte, name string) (contents, error) {
	t.Helper()
	r, err := read.Kind("office", office.Format(), html.Format(), table.Format()).Ready()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := contents{readings: map[string]string{}}
	doc, err := read.Open(t.Context(), near{r}, strings.NewReader(string(b)), int64(len(b)), name)
	c.kind = doc.Type
	if err != nil {
		return c, err
	}
	for {
		s, err := doc.Next(t.Context(), func(child read.Child) error {
			var body []byte
			if child.Body != nil {
				if body, err = io.ReadAll(child.Body); err != nil {
					_, own := vidimus.FaultOf(err)
					if !own {
						return err
					}
				}
			}
			c.children, c.bodies = append(c.children, child), append(c.bodies, body)
			return nil
		})
		if errors.Is(err, io.EOF) {
			return c, nil
		} else if err != nil {
			return c, err
		}
		if s != nil {
			if n := len([]rune(s.Text)); n > read.SectionRunes {
				t.Errorf("a section has %d characters", n)
			}
			c.readings[s.Kind] += s.Text + "\n"
			c.sections++
		}
	}
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// tally is what came of a suite's files of one kind.
type tally struct{ files, opened, asserted, found, not, kept int }

func TestTheCorpusIsReadAsItsSuitesSay(t *testing.T) {
	root := corpus.Root(t)
	manifest, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	exts := strings.Fields(".docx .docm .xlsx .xlsm .xlsb .pptx .pptm .odt .ods .odp .html .htm .csv .tsv")
	tallies, total := map[string]*tally{}, tally{}
	lines := bufio.NewScanner(manifest)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		ext := strings.ToLower(path.Ext(f[0]))
		if !slices.Contains(exts, ext) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, f[0]))
		if err != nil {
			t.Fatal(err)
		}
		suite, _, _ := strings.Cut(f[0], "/")
		key := suite + " " + ext
		if tallies[key] == nil {
			tallies[key] = &tally{}
		}
		n := tallies[key].measure(t, f[0], f[10], b)
		recall(t, root, f[0], f[10], b)
		total.files, total.opened = total.files+1, total.opened+n.opened
		total.asserted, total.found = total.asserted+n.asserted, total.found+n.found
	}
	for key, n := range tallies {
		t.Logf("%s: %+v", key, *n)
	}
	t.Logf("all: %+v", total)
	if total.found*10 < total.asserted*9 {
		t.Errorf("only %d of %d asserted strings", total.found, total.asserted)
	}
}

func (all *tally) measure(t *testing.T, name, expected string, b []byte) (n tally) {
	c, err := contentsOf(t, b, path.Base(name))
	n.files = 1
	if err != nil {
		t.Logf("%s (%s): %v", name, c.kind, err)
	} else {
		n.opened = 1
	}
	for i, child := range c.children {
		if child.Fault != "" {
			t.Logf("%s: child %s: %s (%d bytes)", name, child.Name, child.Fault, len(c.bodies[i]))
		}
	}
	text := bare(c.all())
	for _, e := range strings.Split(expected, " | ") {
		want, ok := strings.CutPrefix(e, "contains: ")
		if ok && !strings.HasPrefix(want, "<") { // that would be a peer's own markup
			n.asserted++
			if strings.Contains(text, bare(strings.ReplaceAll(want, `\t`, ""))) {
				n.found++
			} else {
				t.Logf("%s: not found: %q", name, want)
			}
		}
		if want, ok := strings.CutPrefix(e, "notcontains: "); ok {
			n.not++
			if !strings.Contains(bare(c.readings[read.OwnWords]), bare(want)) {
				n.kept++
			} else {
				t.Logf("%s: not kept out: %q", name, want)
			}
		}
	}
	all.files, all.opened = all.files+n.files, all.opened+n.opened
	all.asserted, all.found = all.asserted+n.asserted, all.found+n.found
	all.not, all.kept = all.not+n.not, all.kept+n.kept
	return n
}

// recall logs how many words of the expected text beside a file were found.
func recall(t *testing.T, root, name, expected string, b []byte) {
	_, list, ok := strings.Cut(expected, "truth-file: ")
	for _, truth := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' || r == '|' }) {
		if ext := path.Ext(truth); !ok || ext != ".md" && ext != ".txt" {
			continue
		}
		want, err := os.ReadFile(filepath.Join(root, path.Dir(name), truth))
		if err != nil {
			continue
		}
		c, _ := contentsOf(t, b, path.Base(name))
		words := func(s string) []string {
			return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		}
		text, all, found := bare(c.all()), 0, 0
		var lost []string
		for _, word := range words(string(want)) {
			if all++; strings.Contains(text, word) {
				found++
			} else if len(lost) < 12 {
				lost = append(lost, word)
			}
		}
		if found < all {
			t.Logf("%s: %d of %d words of %s, without %q", name, found, all, path.Ext(truth), lost)
		}
	}
}
