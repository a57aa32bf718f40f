package leak

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"vidimus/internal/typeset"
)

// model is Tesseract's for a language of ours.
var model = map[string]string{"en": "eng", "zh": "chi_sim", "ug": "uig", "ru": "rus", "kk": "kaz"}

// TestAnyQuarterOfAnyPageSaysThatItIsInventedStress reads the mark back by OCR, in
// each language of the page, from a quarter that was cut out and has one bit a
// dot. A sample is drawn from the pages; VIDIMUS_STRESS asks all of them.
// Scans are asked before they were made bad.
func TestAnyQuarterOfAnyPageSaysThatItIsInventedStress(t *testing.T) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		absent(t, err)
	}
	set, err := Setter()
	if err != nil {
		absent(t, err)
	}
	all := os.Getenv("VIDIMUS_STRESS") == "1"
	if !all && testing.Short() {
		t.Skip("OCR takes its time")
	}
	draw, asked := rand.New(rand.NewPCG(312, 4)), 0
	for _, d := range Documents() {
		if !d.pdf() && d.Scan == nil {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			pages := marked(t, d)
			for i, page := range pages {
				if !all && i != draw.IntN(len(pages)) {
					continue
				}
				m := onPaper(t, d, set, page)
				for q, part := range quartersOf(m.Bounds().Size()) {
					if !all && q != draw.IntN(4) {
						continue
					}
					asked++
					saysInvented(t, fmt.Sprintf("page %d, quarter %d", page+1, q+1), cropped(m, part), d.Languages)
				}
			}
		})
	}
	t.Logf("%d quarters asked", asked)
	if asked == 0 {
		t.Error("no quarter was asked")
	}
}

// quartersOf cuts a page across both its middles.
func quartersOf(page image.Point) (all [4]image.Rectangle) {
	half := page.Div(2)
	for q := range all {
		at := image.Pt(q%2*half.X, q/2*half.Y)
		all[q] = image.Rectangle{Min: at, Max: at.Add(half)}
	}
	return all
}

func TestPagesOfWordFilesHaveTheMarkAsOutlinesOnly(t *testing.T) {
	n := 0
	for _, d := range Documents() {
		if d.kind() != "docx" {
			continue
		}
		n++
		file, err := zip.OpenReader(filepath.Join(committed, "files", filepath.FromSlash(d.Path)))
		if err != nil {
			t.Fatal(err)
		}
		head, err := fs.ReadFile(file, "word/header1.xml")
		if err != nil {
			t.Fatal(err)
		}
		want := 4
		if !slices.Contains(d.Languages, "en") {
			want = 8
		}
		if got := strings.Count(string(head), "<a:custGeom>"); got != want || bytes.Contains(head, []byte("<w:t")) {
			t.Errorf("%s: %d shapes, want %d and no text", d.Name, got, want)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
	if n != 3 {
		t.Errorf("%d Word files, want 3", n)
	}
}

// marked lists the pages of a document that are not blank, counted from 0.
func marked(t *testing.T, d Document) (pages []int) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(committed, "truth", d.Name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range strings.Count(string(b), "\f") + 1 {
		if !(d.Name == "directive" && i == 4 || d.Name == "minutes" && i == 4) {
			pages = append(pages, i)
		}
	}
	return pages
}

// onPaper draws a page with one bit a dot, at 200 dots an inch.
func onPaper(t *testing.T, d Document, set *typeset.Setter, page int) image.Image {
	t.Helper()
	if d.Scan != nil {
		words, err := d.words()
		if err != nil {
			t.Fatal(err)
		}
		sheets, _ := drawn(d, parse(words), set)
		m := sheets[page]
		for i, v := range m.Pix {
			m.Pix[i] = v &^ 127 >> 7 * 255
		}
		return m
	}
	bin, err := exec.LookPath("pdftoppm")
	if err != nil {
		absent(t, err)
	}
	n := fmt.Sprint(page + 1)
	out, err := exec.Command(bin, "-r", "200", "-mono", "-png", "-f", n, "-l", n, filepath.Join(committed, "files", d.Path)).Output()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func cropped(m image.Image, to image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: to.Size()})
	draw.Draw(out, out.Rect, m, to.Min, draw.Src)
	return out
}

func saysInvented(t *testing.T, where string, m *image.Gray, languages []string) {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	for _, l := range append([]string{"en"}, languages...) {
		cmd := exec.Command("tesseract", "stdin", "stdout", "-l", model[l], "--psm", "11", "--dpi", "200")
		cmd.Stdin, cmd.Env = bytes.NewReader(b.Bytes()), append(os.Environ(), "OMP_THREAD_LIMIT=1")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if want := letter(invented(l)); nearest(letter(string(out)), want) > len([]rune(want))/5 {
			t.Errorf("%s: OCR does not read %q", where, invented(l))
		}
	}
}

// letter leaves the letters of s.
func letter(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}

// nearest is the least number of letters to be changed in some stretch of text
// to make it words.
func nearest(text, words string) int {
	w := []rune(words)
	above := make([]int, len(w)+1)
	for i := range above {
		above[i] = i
	}
	best := len(w)
	for _, r := range text {
		row := make([]int, len(w)+1)
		for i, x := range w {
			change := 1
			if x == r {
				change = 0
			}
			row[i+1] = min(above[i]+change, above[i+1]+1, row[i]+1)
		}
		above, best = row, min(best, row[len(w)])
	}
	return best
}
