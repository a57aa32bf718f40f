package understand

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vidimus/internal/corpus"
)

// groups gives the groups of texts as "0=1 2~3": equal words, or near ones.
func groups(t *testing.T, texts []string) string {
	t.Helper()
	var sketches []Sketch
	for _, text := range texts {
		sketches = append(sketches, SketchOf([]string{text}))
	}
	found, err := Groups(sketches, func(i, j int) (Likeness, error) {
		return Compare(RunsOf(texts[i:i+1]), RunsOf(texts[j:j+1])), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, g := range found {
		s := fmt.Sprint(g[0].Document)
		for _, m := range g[1:] {
			sign := "~"
			if m.Same {
				sign = "="
			}
			s += sign + fmt.Sprint(m.Document)
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

// prose makes n invented words that depend on the seed alone.
func prose(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 9))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(3000))
	}
	return words
}

func TestGroups(t *testing.T) {
	base := prose(1, 400)
	slips := append([]string(nil), base...)
	for i := 0; i < len(slips); i += 12 {
		slips[i] += "x"
	}
	rewritten := append(append([]string(nil), base[:300]...), prose(2, 100)...)
	long := append(append(prose(3, 9000), base...), prose(4, 9000)...)
	text := func(words []string) string { return strings.Join(words, " ") }
	got := groups(t, []string{
		text(base), text(prose(5, 400)), strings.ToUpper(text(base)), text(slips), text(rewritten), text(long), "too short", "too short",
	})
	if want := "0=2~3~4~5"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestManyCopiesOfOneForm(t *testing.T) {
	var texts []string
	form := prose(7, 300)
	for i := range 2000 {
		filled := append([]string(nil), form...)
		for k := range 15 {
			filled[k*20] = fmt.Sprintf("field%d", i*15+k)
		}
		texts = append(texts, strings.Join(filled, " "))
	}
	if got := strings.Count(groups(t, texts), "~"); got != 1999 {
		t.Errorf("%d of 1999 forms are with the first", got)
	}
}

// lawDate is in the names of the files of laws.
var lawDate = regexp.MustCompile(`\(\d{4}-\d\d-\d\d\)`)

// Dated versions of one law are found, and two laws, or two reports of one
// office, are not taken for versions.
func TestVersionsOfOneLaw(t *testing.T) {
	root := corpus.Root(t)
	var names, texts []string
	for _, folder := range []string{"law-zh", "text-zh-official", "speeches-en", "udhr"} {
		files, err := filepath.Glob(filepath.Join(root, folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			names, texts = append(names, lawDate.ReplaceAllString(filepath.Base(f), "")), append(texts, string(b))
		}
	}
	want, highest := 0, 0.0
	var pairs []string
	for i := range names {
		for j := range i {
			l := Compare(RunsOf(texts[i:i+1]), RunsOf(texts[j:j+1]))
			if names[i] == names[j] {
				want++
				t.Logf("one law: %.2f of the shorter, %.2f of the longer", l.Shorter, l.Longer)
				pairs = append(pairs, fmt.Sprintf("%d~%d", j, i))
			} else {
				highest = max(highest, l.Shorter)
			}
		}
	}
	t.Logf("%d texts; of two that are not one: at most %.2f; shown from %.2f", len(names), highest, Near)
	if got := groups(t, texts); want == 0 || got != strings.Join(pairs, " ") {
		t.Errorf("got %s, want %s", got, strings.Join(pairs, " "))
	}
}

// noisy makes slips in a share of the characters, as OCR does.
func noisy(text string, share float64) string {
	r := rand.New(rand.NewPCG(11, 12))
	return strings.Map(func(c rune) rune {
		if c > ' ' && r.Float64() < share {
			return c + 1
		}
		return c
	}, text)
}

func TestATextAndItsOCRAreNear(t *testing.T) {
	root := corpus.Root(t)
	files, err := filepath.Glob(filepath.Join(root, "text-zh-official", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, share := range []float64{0.01, 0.05, 0.1} {
			l := Compare(RunsOf([]string{string(b)}), RunsOf([]string{noisy(string(b), share)}))
			t.Logf("%.0f %% slips: %.2f", 100*share, l.Shorter)
			if got := groups(t, []string{string(b), noisy(string(b), share)}); got != "0~1" {
				t.Errorf("with %.0f %% slips: %q", 100*share, got)
			}
		}
	}
}

func BenchmarkSketch(b *testing.B) {
	text := strings.Join(prose(1, 400), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		SketchOf([]string{text})
	}
}
