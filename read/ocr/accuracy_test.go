package ocr

import (
	"fmt"
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	_ "golang.org/x/image/tiff"
	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/corpus"
	"vidimus/internal/specimen"
)

// mistakes are how many characters of a text are wrong, and how many it has:
// the edit distance without white space.
type mistakes struct{ wrong, of int }

func (m mistakes) percent() float64 { return 100 * float64(m.wrong) / float64(max(m.of, 1)) }

func (m *mistakes) add(o mistakes) { m.wrong, m.of = m.wrong+o.wrong, m.of+o.of }

func compare(got, want string) mistakes {
	bare := func(s string) []rune {
		return []rune(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) {
				return -1
			}
			return r
		}, norm.NFKC.String(s)))
	}
	a, b := bare(got), bare(want)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := before
			if x != y {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, before+1, row[j]+1)
		}
	}
	return mistakes{row[len(b)], len(b)}
}

// bare is Tesseract, told the language, with Sauvola and nothing else.
func bare(t *testing.T, m *image.Gray, language string) (string, time.Duration) {
	t.Helper()
	cmd := exec.Command("tesseract", "stdin", "stdout", "-l", language, "--psm", "3", "-c", "thresholding_method=2")
	cmd.Env = []string{"OMP_THREAD_LIMIT=1"}
	cmd.Stdin = pgm(m)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// measure reads pages beside Tesseract alone.
type measure struct {
	engine     *Engine
	walled     time.Duration // CPU of the engine's processes
	ours, them map[string]*mistakes
	cost       map[string]*[2]time.Duration // ours with the work in this process, theirs
}

func newMeasure(t *testing.T) *measure {
	find := engine
	if os.Getenv("VIDIMUS_OCR_PACK") != "" {
		find = packedEngine
	}
	m := &measure{engine: find(t), ours: map[string]*mistakes{}, them: map[string]*mistakes{}, cost: map[string]*[2]time.Duration{}}
	accounted(t, m.engine)
	m.engine.walls.testOnlyUsage = func(p *os.ProcessState) { m.walled += p.UserTime() + p.SystemTime() }
	return m
}

// page reads one page as a file of its own, and adds it up under a name.
func (m *measure) page(t *testing.T, name, language string, picture *image.Gray, truth string) (us, them mistakes) {
	t.Helper()
	m.walled = 0
	began := cpu()
	p, err := m.engine.Begin().Page(t.Context(), picture, vidimus.Page{Number: 1, Width: 400, Height: 400})
	if err != nil {
		t.Fatal(err)
	}
	spent := cpu() - began + m.walled
	alone, cost := bare(t, picture, language)
	us, them = compare(p.Text, truth), compare(alone, truth)
	for _, key := range []string{name, "all"} {
		if m.ours[key] == nil {
			m.ours[key], m.them[key], m.cost[key] = &mistakes{}, &mistakes{}, &[2]time.Duration{}
		}
		m.ours[key].add(us)
		m.them[key].add(them)
		m.cost[key][0] += spent
		m.cost[key][1] += cost
	}
	return us, them
}

// accounted makes bubblewrap wait for the engine itself, so that the system
// counts the engine's time as its child's.
func accounted(t *testing.T, e *Engine) {
	script := filepath.Join(t.TempDir(), "bwrap")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nexec "+e.walls.bwrap+" --as-pid-1 \"$@\"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	e.walls.bwrap = script
}

// TestPagesAreReadNoWorseThanByTesseractAlone draws scans and photographs in
// three languages. With VIDIMUS_OCR_ACCURACY=FILE it draws all classes and
// languages of both halves, as many pages of each as VIDIMUS_OCR_PAGES says, and writes the table.
// With VIDIMUS_OCR_PACK=1 Chinese is read by the pack.
func TestPagesAreReadNoWorseThanByTesseractAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	root := corpus.Root(t)
	m := newMeasure(t)
	halves, classes, languages, each := []specimen.Half{specimen.Tuning}, []specimen.Class{specimen.Scan, specimen.Photo}, []string{"zh", "ug", "kk"}, 1
	out := os.Getenv("VIDIMUS_OCR_ACCURACY")
	if out != "" {
		halves, classes, languages = []specimen.Half{specimen.Tuning, specimen.HeldOut}, specimen.Classes, specimen.Languages
	}
	if only := os.Getenv("VIDIMUS_OCR_CLASSES"); only != "" {
		classes = nil
		for c := range strings.SplitSeq(only, ",") {
			classes = append(classes, specimen.Class(c))
		}
	}
	if n, err := strconv.Atoi(os.Getenv("VIDIMUS_OCR_PAGES")); err == nil {
		each = n
	}
	var table strings.Builder
	for _, half := range halves {
		faces, err := specimen.Faces(half)
		if err != nil {
			casetest.Without(t, err)
		}
		table.WriteString(heading(half))
		for _, class := range classes {
			fmt.Fprintf(&table, "| %s |", class)
			for _, language := range languages {
				text, err := specimen.Load(root, language, half)
				if err != nil {
					t.Fatal(err)
				}
				var us, them mistakes
				for n := range each {
					p := specimen.Draw(text, faces, class, uint64(n+1))
					u, v := m.page(t, half.String()+" "+string(class), text.Model, p.Picture, p.Truth)
					us.add(u)
					them.add(v)
				}
				fmt.Fprintf(&table, " %.2f (%.2f) |", us.percent(), them.percent())
				t.Logf("%s, %s, %s: %.2f %%, Tesseract alone %.2f %%", half, class, language, us.percent(), them.percent())
				if us.percent() > them.percent()+0.6 && half == specimen.Tuning {
					t.Errorf("%s, %s, %s: read worse than by Tesseract alone", half, class, language)
				}
			}
			c := m.cost[half.String()+" "+string(class)]
			fmt.Fprintf(&table, " %.2f |\n", c[0].Seconds()/c[1].Seconds())
			t.Logf("%s, %s: CPU %.2f of Tesseract told the language", half, class, c[0].Seconds()/c[1].Seconds())
		}
	}
	if out != "" {
		report(t, out, table.String())
	}
}

// report puts the table under the last heading of a document.
func report(t *testing.T, path, table string) {
	t.Helper()
	const last = "\n## Figures\n"
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, _, found := strings.Cut(string(before), last)
	if !found {
		t.Fatalf("%s has no heading for the figures", path)
	}
	if err := os.WriteFile(path, []byte(head+last+table), 0o644); err != nil {
		t.Fatal(err)
	}
}

func heading(h specimen.Half) string {
	return fmt.Sprintf("\n| %s | %s | CPU |\n|---|%s---|\n", h, strings.Join(specimen.Languages, " | "), strings.Repeat("---|", len(specimen.Languages)))
}

func TestScansOfTheCorpusAreReadNoWorseThanByTesseractAlone(t *testing.T) {
	root := corpus.Root(t)
	m := newMeasure(t)
	for _, name := range []string{"eurotext", "phototest"} {
		picture, truth := ofCorpus(t, root, name)
		us, them := m.page(t, name, "eng", picture, truth)
		t.Logf("%s: %.2f %%, Tesseract alone %.2f %%", name, us.percent(), them.percent())
		if us.percent() > them.percent()+0.6 {
			t.Errorf("%s: read worse than by Tesseract alone", name)
		}
	}
}

// Cells of a list are figures in most columns, which every model reads, and its
// columns are straighter than its rows are full.
func TestListsAreReadInEveryLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a quarter of a minute")
	}
	root := corpus.Root(t)
	m := newMeasure(t)
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		casetest.Without(t, err)
	}
	for _, language := range specimen.Languages {
		text, err := specimen.Load(root, language, specimen.Tuning)
		if err != nil {
			t.Fatal(err)
		}
		p := specimen.Draw(text, faces, specimen.List, 1)
		us, _ := m.page(t, language, text.Model, p.Picture, p.Truth)
		t.Logf("%s: %.2f %%", language, us.percent())
		if us.percent() > 4 {
			t.Errorf("%s: %.2f %% of the characters are wrong", language, us.percent())
		}
	}
}

// ofCorpus gives a scan with the text that belongs to it.
func ofCorpus(t *testing.T, root, name string) (*image.Gray, string) {
	t.Helper()
	path := filepath.Join(root, "tesseract-ocr+test", name)
	f, err := os.Open(path + ".tif")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return grey(m), string(text)
}
