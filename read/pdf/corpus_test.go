package pdf

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/read"
	"vidimus/sandbox"

	"golang.org/x/text/unicode/norm"
)

// corpusFiles gives the PDF files of the folder of public files that is used for
// measuring; it is no part of the repository.
func corpusFiles(t testing.TB) []string {
	t.Helper()
	root := corpus.Root(t)
	var files []string
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.EqualFold(filepath.Ext(path), ".pdf") {
			files = append(files, path)
		}
		return nil
	})
	if len(files) == 0 {
		t.Fatal("the corpus holds no PDF file")
	}
	return files
}

// near is a worker without walls, for files that a test can trust or whose
// reader is being tested.
type near struct {
	reader sandbox.Reader
	pdf    *reader
}

func (n near) Open(_ context.Context, file io.ReaderAt, size int64, name string) error {
	n.reader.Close()
	return n.reader.Open(&sandbox.File{ReaderAt: file, Size: size, Name: name})
}

func (n near) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return n.reader.Answer(q, hear)
}

// engineOf gives the engine behind a worker without walls.
func engineOf(n near) *engine { return n.pdf.engine }

func newNear(t testing.TB) near {
	t.Helper()
	inner, err := Format(cache(t)).Ready()
	if err != nil {
		t.Fatal(err)
	}
	pdfs := read.Format{Types: []string{read.TypePDF}, Ready: func() (sandbox.Reader, error) { return inner, nil }}
	r, err := read.Kind("pdf", pdfs).Ready()
	if err != nil {
		t.Fatal(err)
	}
	return near{r, inner.(*reader)}
}

// cache is one folder of compiled code for all tests.
func cache(t testing.TB) string {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "vidimus-test")
}

func open(t testing.TB, worker near, path string) (*read.Document, error) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return read.Open(t.Context(), worker, strings.NewReader(string(b)), int64(len(b)), filepath.Base(path))
}

type word struct {
	Text string  `xml:",chardata"`
	X0   float64 `xml:"xMin,attr"`
	Y0   float64 `xml:"yMin,attr"`
	X1   float64 `xml:"xMax,attr"`
	Y1   float64 `xml:"yMax,attr"`
}

func (w word) box() vidimus.Box { return vidimus.Box{X0: w.X0, Y0: w.Y0, X1: w.X1, Y1: w.Y1} }

type popplerPage struct {
	Words []word `xml:"word"`
}

// patient is a command that is stopped after some seconds: poppler never ends
// on some of the corpus's hostile files.
func patient(name string, args ...string) *exec.Cmd {
	return exec.Command("timeout", append([]string{"5", name}, args...)...)
}

// poppler gives the words of the first pages, or nil when it cannot.
func poppler(path string, pages int) []popplerPage {
	out, err := patient("pdftotext", "-q", "-bbox", "-cropbox", "-l", fmt.Sprint(pages), path, "-").Output()
	if err != nil {
		return nil
	}
	var doc struct {
		Pages []popplerPage `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(strings.NewReader(read.Clean(string(out))))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if d.Decode(&doc) != nil {
		return nil
	}
	return doc.Pages
}

func popplerCount(path string) int {
	out, err := patient("pdfinfo", path).Output()
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(out), "\nPages:")
	n := 0
	fmt.Sscan(rest, &n)
	return n
}

// measured is what one file adds to the account.
type measured struct {
	path                       string
	theirs, ours               int // pages
	words, unpaired, displaced int
	misses                     []string
}

const measuredPages = 5

func measure(t *testing.T, worker near, path string) (m measured) {
	m = measured{path: path, theirs: popplerCount(path)}
	doc, err := open(t, worker, path)
	if err != nil {
		return m
	}
	m.ours = doc.Pages
	for i, theirs := range poppler(path, measuredPages) {
		page, err := doc.Page(t.Context(), i+1)
		if err != nil {
			m.misses = append(m.misses, err.Error())
		}
		compare(&m, theirs.Words, wordsOf(page))
	}
	return m
}

// wordsOf cuts a page's text at white space.
func wordsOf(p vidimus.Page) []word {
	var words []word
	places := p.Places
	for at := 0; at < len(p.Text); {
		n := strings.IndexFunc(p.Text[at:], unicode.IsSpace)
		if n < 0 {
			n = len(p.Text) - at
		}
		w, end := word{Text: p.Text[at : at+n]}, at+n
		first := true
		for len(places) > 0 && places[0].Start < end {
			b := places[0].Box
			if !first {
				b = b.Union(w.box())
			}
			w.X0, w.Y0, w.X1, w.Y1, first = b.X0, b.Y0, b.X1, b.Y1, false
			places = places[1:]
		}
		if n > 0 {
			words = append(words, w)
		}
		at = end + 1
		for at < len(p.Text) && p.Text[at]&0xc0 == 0x80 {
			at++
		}
	}
	return words
}

func compare(m *measured, theirs, ours []word) {
	byText := map[string][]word{}
	for _, w := range ours {
		byText[folded(w.Text)] = append(byText[folded(w.Text)], w)
	}
	for _, w := range theirs {
		if !counted(w.Text) {
			continue
		}
		m.words++
		candidates := byText[folded(w.Text)]
		if len(candidates) == 0 {
			m.unpaired++
			m.misses = append(m.misses, "unpaired "+w.Text)
			continue
		}
		nearest := slices.MinFunc(candidates, func(a, b word) int { return int(1000 * (far(a, w) - far(b, w))) })
		if v := iou(nearest.box(), w.box()); v < 0.7 {
			m.displaced++
			m.misses = append(m.misses, fmt.Sprintf("IoU %.2f %s %.1f %.1f", v, w.Text, nearest.box(), w.box()))
		}
	}
}

// folded makes words alike that differ only in how a character is written; a
// hyphen at a line's end is soft in our text.
func folded(s string) string {
	return norm.NFKC.String(strings.ReplaceAll(s, "\u00ad", "-"))
}

// counted reports a word of Latin, Han or Cyrillic letters.
func counted(s string) bool {
	letters := false
	for _, r := range s {
		if unicode.IsLetter(r) {
			if !unicode.In(r, unicode.Latin, unicode.Han, unicode.Cyrillic) {
				return false
			}
			letters = true
		}
	}
	return letters
}

func far(a, b word) float64 {
	return math.Hypot(a.X0+a.X1-b.X0-b.X1, a.Y0+a.Y1-b.Y0-b.Y1)
}

func iou(a, b vidimus.Box) float64 {
	area := func(b vidimus.Box) float64 { return max(b.X1-b.X0, 0) * max(b.Y1-b.Y0, 0) }
	both := area(vidimus.Box{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)})
	return both / (area(a) + area(b) - both)
}

func TestTheCorpusReadsAsPopplerReadsIt(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("pdftotext is missing")
		}
		t.Skip("no pdftotext: install poppler-utils to measure")
	}
	files := corpusFiles(t)
	results := make([]measured, len(files))
	next := make(chan int)
	var group sync.WaitGroup
	for range 2 {
		worker := newNear(t)
		group.Go(func() {
			for i := range next {
				results[i] = measure(t, worker, files[i])
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	group.Wait()
	report(t, results)
}

func report(t *testing.T, results []measured) {
	var opened, same, words, missed, unpaired int
	for _, m := range results {
		if m.theirs > 0 {
			opened++
			if m.ours == m.theirs {
				same++
			} else {
				t.Logf("%d pages, poppler has %d: %s", m.ours, m.theirs, m.path)
			}
		}
		words += m.words
		missed += m.unpaired + m.displaced
		unpaired += m.unpaired
	}
	slices.SortFunc(results, func(a, b measured) int { return b.unpaired + b.displaced - a.unpaired - a.displaced })
	for _, m := range results[:min(len(results), 25)] {
		t.Logf("of %d words %d unpaired, %d displaced: %s", m.words, m.unpaired, m.displaced, m.path)
		if testing.Verbose() {
			for i, miss := range m.misses {
				if i < 6 {
					t.Log("    ", miss)
				}
			}
		}
	}
	t.Logf("page counts alike in %d of %d files; words in place %d of %d (%.2f %%), unpaired %d",
		same, opened, words-missed, words, 100*float64(words-missed)/float64(words), unpaired)
	if float64(same) < 0.98*float64(opened) {
		t.Errorf("only %d of %d files have poppler's page count", same, opened)
	}
	if float64(missed) > 0.05*float64(words) {
		t.Errorf("%d of %d words are not where poppler sees them", missed, words)
	}
}
