package ocr

import (
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/go-text/typesetting/font/opentype"
	_ "golang.org/x/image/tiff"
	"golang.org/x/image/vector"
	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// Texts of the scans: the practice leak's, which is made up, and the first
// articles of the Universal Declaration of Human Rights.
const (
	russian = "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек имеет право на жизнь, на свободу и на личную неприкосновенность. Никто не должен содержаться в рабстве или в подневольном состоянии."
	kazakh  = "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді. Адамдарға ақыл-парасат, ар-ождан берілген, сондықтан олар бір-бірімен туыстық, бауырмалдық қарым-қатынас жасаулары тиіс. Әркімнің өмір сүруге, бостандықта болуға және жеке басына қол сұғылмауға құқығы бар."
)

func truth(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../testdata/leak/truth/" + name)
	if err != nil {
		t.Fatal(err)
	}
	page, _, _ := strings.Cut(string(b), "\f")
	lines := strings.Split(page, "\n")
	return strings.Join(lines[:min(len(lines), 14)], "\n")
}

// scan draws a text at 300 dots an inch in 11 points, as a white page has it.
func scan(t *testing.T, text string, rtl bool) *image.Gray {
	t.Helper()
	var files [][]byte
	for _, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		b, err := fonts.Face(name)
		if err != nil {
			t.Skip(err)
		}
		files = append(files, b)
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		t.Fatal(err)
	}
	const size, side, width, leading = 46, 150, 1500, 80 // pixels
	var lines []typeset.Line
	for p := range strings.Lines(text) {
		if strings.TrimSpace(p) == "" {
			continue
		}
		lines = append(lines, typeset.NewSetter(faces).Paragraph(strings.TrimSpace(p), width*typeset.Em/size, rtl)...)
	}
	m := image.NewGray(image.Rect(0, 0, width+2*side, len(lines)*leading+2*side))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	for i, l := range lines {
		x := float64(side)
		if l.RTL {
			x += width - l.Width*size/typeset.Em
		}
		drawLine(m, l, x, float64(side+i*leading+leading/2), size)
	}
	return m
}

func drawLine(m *image.Gray, l typeset.Line, x, y, size float64) {
	r := vector.NewRasterizer(m.Rect.Dx(), m.Rect.Dy())
	at := x
	for _, c := range l.Clusters {
		for _, p := range c.Parts {
			outline, _ := p.Face.GlyphDataOutline(p.Glyph)
			scale := size / float64(p.Face.Upem())
			to := func(q opentype.SegmentPoint) (float32, float32) {
				return float32(at + p.X*size/typeset.Em + float64(q.X)*scale), float32(y - p.Y*size/typeset.Em - float64(q.Y)*scale)
			}
			for _, s := range outline.Segments {
				a := s.ArgsSlice()
				x0, y0 := to(a[0])
				switch s.Op {
				case opentype.SegmentOpMoveTo:
					r.ClosePath()
					r.MoveTo(x0, y0)
				case opentype.SegmentOpLineTo:
					r.LineTo(x0, y0)
				case opentype.SegmentOpQuadTo:
					x1, y1 := to(a[1])
					r.QuadTo(x0, y0, x1, y1)
				case opentype.SegmentOpCubeTo:
					x1, y1 := to(a[1])
					x2, y2 := to(a[2])
					r.CubeTo(x0, y0, x1, y1, x2, y2)
				}
			}
			r.ClosePath()
		}
		at += c.Advance * size / typeset.Em
	}
	r.Draw(m, m.Rect, image.Black, image.Point{})
}

// errorsOf is the edit distance of two texts without white space, in percent
// of the truth.
func errorsOf(got, want string) float64 {
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
	return 100 * float64(row[len(b)]) / float64(max(len(b), 1))
}

// bare is Tesseract with Sauvola and nothing else.
func bare(t *testing.T, m *image.Gray, languages string) (string, time.Duration) {
	t.Helper()
	cmd := exec.Command("tesseract", "stdin", "stdout", "-l", languages, "--psm", "3", "-c", "thresholding_method=2")
	cmd.Env = []string{"OMP_THREAD_LIMIT=1"}
	cmd.Stdin = grey(m).file()
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

func TestScansAreReadNoWorseThanByTesseractAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	e := engine(t)
	accounted(t, e)
	all := strings.Join(e.languages, "+")
	var ours, alone, every time.Duration
	e.walls.testOnlyUsage = func(p *os.ProcessState) { ours += p.UserTime() + p.SystemTime() }
	root := os.Getenv("VIDIMUS_CORPUS")
	for _, c := range []struct {
		name, language, text string
		rtl                  bool
	}{
		{"en", "eng", truth(t, "memo.txt"), false},
		{"zh", "chi_sim", truth(t, "speech.txt"), false},
		{"ug", "uig", truth(t, "directive.txt"), true},
		{"ru", "rus", russian, false},
		{"kk", "kaz", kazakh, false},
		{"eurotext.tif", "eng", "", false},
		{"phototest.tif", "eng", "", false},
	} {
		var m *image.Gray
		if c.text != "" {
			m = scan(t, c.text, c.rtl)
		} else if m, c.text = ofCorpus(root, c.name); m == nil {
			continue
		}
		before := ours
		p, err := e.Begin().Page(t.Context(), m, vidimus.Page{Number: 1, Width: 400, Height: 400})
		if err != nil {
			t.Fatal(err)
		}
		one, cost1 := bare(t, m, c.language)
		five, cost5 := bare(t, m, all)
		alone, every = alone+cost1, every+cost5
		us, them, everyone := errorsOf(p.Text, c.text), errorsOf(one, c.text), errorsOf(five, c.text)
		t.Logf("%s: errors %.2f %%, Tesseract told the language %.2f %%, with all %.2f %%; CPU %v, %v, %v", c.name, us, them, everyone, ours-before, cost1, cost5)
		if us > everyone+0.5 && us > them+0.5 {
			t.Errorf("%s: read worse than by Tesseract alone", c.name)
		}
	}
	t.Logf("CPU: %.2f of Tesseract with all languages, %.2f of Tesseract told the language", ours.Seconds()/every.Seconds(), ours.Seconds()/alone.Seconds())
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

// ofCorpus gives a scan with the text that belongs to it, or nil.
func ofCorpus(root, name string) (*image.Gray, string) {
	path := filepath.Join(root, "tesseract-ocr+test", name)
	f, err := os.Open(path)
	if err != nil {
		return nil, ""
	}
	defer f.Close()
	text, err1 := os.ReadFile(strings.TrimSuffix(path, ".tif") + ".txt")
	m, _, err2 := image.Decode(f)
	if err1 != nil || err2 != nil {
		return nil, ""
	}
	p := grey(m)
	return &image.Gray{Pix: p.pixels, Stride: p.width, Rect: image.Rect(0, 0, p.width, p.height)}, string(text)
}
