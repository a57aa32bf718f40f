package leak

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// poppler runs one of poppler's programs on a file of the leak, as a second
// opinion on what our own writer wrote.
func poppler(t *testing.T, path, program string, args ...string) []byte {
	t.Helper()
	bin, err := exec.LookPath(program)
	if err != nil {
		absent(t, err)
	}
	out, err := exec.Command(bin, append(args, filepath.Join(committed, "files", path), "-")...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return out
}

// fold leaves the letters: no white space, none of the direction marks that
// poppler adds.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
}

// letters gives the characters of s in an order of their own: poppler swaps
// the two letters of a lam-alef, so its Arabic script cannot be compared in order.
func letters(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

func TestPopplerFindsWhatTheSidecarsSay(t *testing.T) {
	for _, d := range Documents() {
		if !d.pdf() {
			continue
		}
		t.Run(d.Name, func(t *testing.T) {
			sidecar, err := os.ReadFile(filepath.Join(committed, "truth", d.Name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(string(sidecar), "\f")
			got := strings.Split(strings.TrimSuffix(string(poppler(t, d.Path, "pdftotext")), "\f"), "\f")
			if len(got) != len(want) {
				t.Fatalf("poppler has %d pages, the sidecar %d", len(got), len(want))
			}
			for i := range want {
				w, g := fold(want[i]), fold(got[i])
				if slices.Contains(d.Languages, "ug") || d.Words != nil { // it reads tables down their columns
					w, g = letters(w), letters(g)
				}
				if w != g {
					t.Errorf("page %d: poppler's text is not the sidecar's", i+1)
				}
			}
		})
	}
}

func TestNoTextOperatorCarriesTheMark(t *testing.T) {
	inks := []string{"INVENTED", fold(invented("zh")), fold(invented("ug")), fold(invented("ru")), fold(invented("kk"))}
	for _, d := range Documents() {
		if !d.pdf() {
			continue
		}
		text := fold(string(poppler(t, d.Path, "pdftotext")))
		for _, ink := range inks {
			if strings.Contains(text, ink) {
				t.Errorf("%s: the mark is in the text", d.Name)
			}
		}
	}
}

var wordBox = regexp.MustCompile(`<word xMin="[^"]*" yMin="([^"]*)" xMax="[^"]*" yMax="([^"]*)"`)

func TestNoTextStandsUnderTheMark(t *testing.T) {
	for _, d := range Documents() {
		if !d.pdf() {
			continue
		}
		boxes := wordBox.FindAllSubmatch(poppler(t, d.Path, "pdftotext", "-bbox"), -1)
		if len(boxes) == 0 {
			t.Fatalf("%s: poppler found no words", d.Name)
		}
		for _, b := range boxes {
			top, _ := strconv.ParseFloat(string(b[1]), 64)
			bottom, _ := strconv.ParseFloat(string(b[2]), 64)
			if top < bandEdge+bandHeight || bottom > pageHeight-bandEdge-bandHeight {
				t.Errorf("%s: a word reaches from %.0f to %.0f, into a band", d.Name, top, bottom)
			}
		}
	}
}

// TestEveryQuarterHasTheMark renders pages with one bit a dot, as a bad copier
// would, and asks each quarter's band for the mark's black.
func TestEveryQuarterHasTheMark(t *testing.T) {
	for _, d := range Documents() {
		if !d.pdf() {
			continue
		}
		sidecar, _ := os.ReadFile(filepath.Join(committed, "truth", d.Name+".txt"))
		last := strings.Count(string(sidecar), "\f") + 1
		for n := 1; n <= last; n += max(1, last/10) { // of a register every tenth part
			page := picture(t, d.Path, n)
			blank := black(page, page.Bounds()) == 0
			if want := d.Name == "directive" && n == 5; blank != want {
				t.Errorf("%s page %d: blank is %v, want %v", d.Name, n, blank, want)
			}
			for _, q := range quarters(page.Bounds()) {
				if got, least := black(page, q), leastInk(d.Languages); !blank && got < least {
					t.Errorf("%s page %d: %d black dots in the band of quarter %v, want %d", d.Name, n, got, q, least)
				}
			}
		}
	}
}

// leastInk lies some way under what was measured at 72 dots an inch with one
// bit a dot: 1,252 black dots for the English line alone, 1,906 with the
// Chinese, 2,083 with the Uyghur, 2,729 with both.
func leastInk(languages []string) int {
	least := 1000
	for _, l := range languages {
		if l != "en" {
			least += 600
		}
	}
	return least
}

func picture(t *testing.T, path string, page int) image.Image {
	t.Helper()
	n := fmt.Sprint(page)
	bin, err := exec.LookPath("pdftoppm")
	if err != nil {
		absent(t, err)
	}
	out, err := exec.Command(bin, "-r", "72", "-mono", "-png", "-f", n, "-l", n, filepath.Join(committed, "files", path)).Output()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// quarters gives the part of a band that lies in each quarter of the page.
func quarters(page image.Rectangle) []image.Rectangle {
	var out []image.Rectangle
	half := page.Max.X / 2
	for _, top := range []int{bandEdge, page.Max.Y - bandEdge - bandHeight} {
		out = append(out,
			image.Rect(0, top, half, top+bandHeight), image.Rect(half, top, page.Max.X, top+bandHeight))
	}
	return out
}

func black(m image.Image, in image.Rectangle) (n int) {
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

func TestTheDamagedFileDoesNotOpen(t *testing.T) {
	bin, err := exec.LookPath("pdfinfo")
	if err != nil {
		absent(t, err)
	}
	if err := exec.Command(bin, filepath.Join(committed, "files", Damaged)).Run(); err == nil {
		t.Error("poppler opened it")
	}
}
