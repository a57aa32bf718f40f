package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/draw"
	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/corpus"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/read/layout"
	"vidimus/read/ocr"
	"vidimus/sandbox"
)

// Words of PDFs and of pages that OCR read are looked up on the page's picture:
// Tesseract reads the crop alone, and it is the word. Measured by `make
// accuracy`. Tesseract errs on crops, and fonts of PDFs lie, so the goal is not
// 100. Its own boxes of single Han are half a character off: ours are not.
func TestPlacesOfWordsOnPicturesReadAsTheWords(t *testing.T) {
	if os.Getenv("VIDIMUS_MEASURES") == "" {
		t.Skip("takes minutes: run `make accuracy`")
	}
	engine, err := ocr.Find(t.Context())
	if err != nil {
		casetest.Without(t, err)
	}
	worker, err := sandbox.Start(t.Context(), pipeline.WorkerKind, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer worker.Close()
	t.Run("PDF", func(t *testing.T) { measurePlaces(t, "PDF", pdfWords(t, worker), 85) })
	t.Run("OCR", func(t *testing.T) {
		measurePlaces(t, "pages that OCR read, words of letters", ocrWords(t, engine.Begin().Page,
			"The reservoir rises and nobody was asked. ", "Река поднимается, и никого не спросили. "), 90)
	})
	t.Run("OCR of Han", func(t *testing.T) {
		measurePlaces(t, "pages that OCR read, pairs of Han", ocrWords(t, engine.Begin().Page, "水库的水位正在上升，没有人被询问。"), 95)
	})
}

const placesOfKind = 200

// placed is a word and what the picture shows in its box.
type placed struct {
	word string
	crop image.Image
}

func measurePlaces(t *testing.T, kind string, words []placed, goal float64) {
	t.Helper()
	right := 0
	for _, w := range words {
		if got := readAlone(t, w); sameWord(got, w.word) {
			right++
		} else {
			t.Logf("%q reads as %q", w.word, got)
		}
	}
	if len(words) != placesOfKind {
		t.Errorf("%d words", len(words))
	}
	corpus.Measure(t, "places on "+kind+": Tesseract reads the crop as the word", right, len(words), goal)
}

// pdfWords takes words of the corpus's PDFs, a few from each page.
func pdfWords(t *testing.T, worker *sandbox.Worker) (all []placed) {
	var files []string
	err := filepath.WalkDir(corpus.Root(t), func(path string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".pdf" {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	draw := rand.New(rand.NewPCG(200, 1))
	draw.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	for _, path := range files {
		b := readFile(t, path)
		doc, err := read.Open(t.Context(), worker, bytes.NewReader(b), int64(len(b)), filepath.Base(path))
		if err != nil || doc.Pages == 0 {
			continue
		}
		number := 1 + draw.IntN(min(doc.Pages, 5))
		page, err := doc.Page(t.Context(), number)
		if err != nil || len(page.Text) > 20_000 {
			continue
		}
		picture, err := doc.Picture(t.Context(), number, 300)
		if err != nil {
			continue
		}
		if all = append(all, take(draw, page, picture, 4)...); len(all) >= placesOfKind {
			return all[:placesOfKind]
		}
	}
	return all
}

// ocrWords has OCR read drawn pages, and takes words of what it read.
func ocrWords(t *testing.T, recognise func(context.Context, image.Image, vidimus.Page) (vidimus.Page, error), texts ...string) (all []placed) {
	draw, l := rand.New(rand.NewPCG(200, 2)), layout.New()
	for n := 0; len(all) < placesOfKind && n < 60; n++ {
		text := texts[n%len(texts)]
		sheet, err := l.Lay(fmt.Sprintf("%d\n%s", n, strings.Repeat(text, 20+n)))
		if err != nil {
			t.Fatal(err)
		}
		picture := sheet.Draw(300)
		page, err := recognise(t.Context(), picture, vidimus.Page{Number: 1, Width: float64(picture.Bounds().Dx()) * 72 / 300, Height: float64(picture.Bounds().Dy()) * 72 / 300})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, take(draw, page, picture, 12)...)
	}
	return all[:min(len(all), placesOfKind)]
}

// take takes up to n words of a page at random, with their crops.
func take(random *rand.Rand, p vidimus.Page, picture image.Image, n int) (all []placed) {
	words := wordsOf(p.Text)
	random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	scale := float64(picture.Bounds().Dx()) / p.Width
	for _, w := range words {
		var box vidimus.Box
		for _, place := range p.Places {
			switch {
			case place.End <= w[0] || place.Start >= w[1] || place.Box == vidimus.Box{}:
			case box == vidimus.Box{}:
				box = place.Box
			default:
				box = box.Union(place.Box)
			}
		}
		high, wide := box.Y1-box.Y0, box.X1-box.X0
		if high < 6 || high > 60 || wide < high/2 || wide > 40*high {
			continue // too small to be read alone, upright, or broken over two lines
		}
		m := high / 8
		r := image.Rect(int((box.X0-m)*scale), int((box.Y0-m)*scale), int((box.X1+m)*scale)+1, int((box.Y1+m)*scale)+1).Intersect(picture.Bounds())
		if r.Empty() {
			continue
		}
		if all = append(all, placed{p.Text[w[0]:w[1]], framed(picture, r)}); len(all) == n {
			break
		}
	}
	return all
}

// wordsOf finds words of four letters or more, and pairs of Han.
func wordsOf(text string) (all [][2]int) {
	start, letters, han := -1, 0, false
	end := func(at int) {
		if start >= 0 && (letters >= 4 && letters <= 20 || han && letters == 2) {
			all = append(all, [2]int{start, at})
		}
		start, letters = -1, 0
	}
	for i, r := range text {
		word := unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Han) && unicode.IsLetter(r)
		if !word || start >= 0 && (unicode.Is(unicode.Han, r) != han || han && letters == 2) {
			end(i)
		}
		if word {
			if start < 0 {
				start, han = i, unicode.Is(unicode.Han, r)
			}
			letters++
		}
	}
	end(len(text))
	return all
}

// framed is the crop on white, as large as Tesseract likes it.
func framed(m image.Image, r image.Rectangle) image.Image {
	factor := max(1, 60/max(r.Dy(), 1))
	const edge = 20
	to := image.NewGray(image.Rect(0, 0, r.Dx()*factor+2*edge, r.Dy()*factor+2*edge))
	for i := range to.Pix {
		to.Pix[i] = 0xff
	}
	draw.CatmullRom.Scale(to, to.Rect.Inset(edge), m, r, draw.Src, nil)
	return to
}

// readAlone has Tesseract read a crop as one word.
func readAlone(t *testing.T, w placed) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, w.crop); err != nil {
		t.Fatal(err)
	}
	language, mode := "eng", "8"
	for _, r := range w.word {
		switch {
		case unicode.Is(unicode.Han, r):
			language, mode = "chi_sim", "7"
		case unicode.Is(unicode.Cyrillic, r):
			language = "rus"
		}
	}
	cmd := exec.CommandContext(t.Context(), "tesseract", "stdin", "stdout", "-l", language, "--psm", mode)
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = &b
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// sameWord forgives one letter of four, which is what Tesseract errs on crops.
func sameWord(got, want string) bool {
	a, b := letters(got), letters(want)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, cost)
		}
	}
	return row[len(b)] <= len(b)/4
}

func letters(s string) (all []rune) {
	for _, r := range strings.ToLower(norm.NFKD.String(s)) {
		if unicode.IsLetter(r) {
			all = append(all, r)
		}
	}
	return all
}
