package ink

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"vidimus/internal/casetest"
	"vidimus/internal/corpus"
	"vidimus/internal/specimen"
)

func white(w, h int) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	return m
}

func TestPicturesThatHoldNoWritingEndSoon(t *testing.T) {
	noise := white(3000, 2000)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	bars := white(2000, 2000)
	for y := range 2000 {
		for x := range 2000 {
			if x/7%2 == y/9%2 {
				bars.Pix[y*bars.Stride+x] = 0
			}
		}
	}
	for name, m := range map[string]*image.Gray{
		"one pixel":      white(1, 1),
		"a long line":    white(1, 40_000),
		"a long column":  white(40_000, 1),
		"black":          image.NewGray(image.Rect(0, 0, 2000, 2000)),
		"white":          white(2000, 2000),
		"noise":          noise,
		"a chess board":  bars,
		"the largest":    white(5000, 4000),
		"two by a lot":   white(2, 1<<20),
		"thirty by some": white(30, 5000),
	} {
		began := time.Now()
		s := Look(m)
		for _, l := range s.Lines {
			s.Cut(l, true)
		}
		s.Order(true, true)
		t.Logf("%s: %v", name, time.Since(began))
	}
}

func TestLinesAreFoundHoweverThePageLies(t *testing.T) {
	root := corpus.Root(t)
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		casetest.Without(t, err)
	}
	for _, language := range []string{"zh", "ug", "ru"} {
		text, err := specimen.Load(root, language, specimen.Tuning)
		if err != nil {
			t.Fatal(err)
		}
		for _, class := range []specimen.Class{specimen.Scan, specimen.Photo, specimen.Skewed, specimen.Sideways} {
			p := specimen.Draw(text, faces, class, 1)
			s := Look(p.Picture)
			if s.Turns != p.Turned%2 || len(s.Lines) < 20 || len(s.Lines) > 21 {
				t.Errorf("%s, %s: turned %d, %d lines", language, class, s.Turns, len(s.Lines))
			}
			for _, l := range s.Lines {
				strip := s.Cut(l, false)
				if box := s.Seen(strip.Box(strip.Picture.Rect)); !box.In(p.Picture.Rect) || box.Empty() {
					t.Errorf("%s, %s: a line at %v of %v", language, class, box, p.Picture.Rect)
				}
			}
		}
	}
}

// The columns of a list are straighter than its rows are full.
func TestAListIsNotTakenForAPageOnItsSide(t *testing.T) {
	root := corpus.Root(t)
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		casetest.Without(t, err)
	}
	for _, language := range specimen.Languages {
		text, err := specimen.Load(root, language, specimen.Tuning)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(3) {
			p := specimen.Draw(text, faces, specimen.List, seed)
			if s := Look(p.Picture); s.Turns != 0 {
				t.Errorf("%s, %d: turned %d", language, seed, s.Turns)
			}
			if s := Look(quarter(p.Picture)); s.Turns != 1 {
				t.Errorf("%s, %d, on its side: turned %d", language, seed, s.Turns)
			}
		}
	}
}
