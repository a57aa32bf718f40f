package layout

import (
	"image"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/internal/typeset"
)

// passages are stretches of text[start:end] that can be drawn alone: words, or
// two characters of Han.
func passages(text string) (all [][2]int) {
	start, han := -1, false
	for i, r := range text + " " {
		letter := unicode.IsLetter(r)
		switch {
		case start >= 0 && (!letter || unicode.Is(unicode.Han, r) != han || han && i-start == 6):
			all = append(all, [2]int{start, i})
			start = -1
		}
		if letter && start < 0 {
			start, han = i, unicode.Is(unicode.Han, r)
		}
	}
	return all
}

func TestTwoHundredPassagesReadAsTheirWords(t *testing.T) {
	l := New()
	for name, sample := range samples {
		text := strings.Repeat(sample+"\n"+sample+" ", 12)
		s := lay(t, l, text)
		img := s.Draw(288)
		found := passages(text)
		random := rand.New(rand.NewPCG(4, 200))
		right, whole := 0, 0
		for range 200 {
			p := found[random.IntN(len(found))]
			word := text[p[0]:p[1]]
			alone := lay(t, l, word)
			want, got := box(alone, 0, len(word)), box(s, p[0], p[1])
			if got.Y1-got.Y0 > pitch {
				continue // its line broke within it
			}
			whole++
			if d := difference(alone.Draw(288), want, img, got); d > 0.35 {
				t.Errorf("%s: the crop of the word at %d differs by %.2f of its ink", name, p[0], d)
			} else {
				right++
			}
		}
		corpus.Measure(t, "places on pictures of sections, "+name+": the crop is the word as drawn alone", right, whole, 100)
	}
}

// difference is how much of the ink of two crops at 288 dpi is not shared.
func difference(a *image.Gray, in vidimus.Box, b *image.Gray, at vidimus.Box) float64 {
	const scale = 4
	wide, high := max(in.X1-in.X0, at.X1-at.X0)*scale, (in.Y1-in.Y0)*scale
	ink, differ := 0.0, 0.0
	for y := range int(high) {
		for x := range int(wide) {
			p := 255 - float64(a.GrayAt(int(math.Round(in.X0*scale))+x, int(math.Round(in.Y0*scale))+y).Y)
			q := 255 - float64(b.GrayAt(int(math.Round(at.X0*scale))+x, int(math.Round(at.Y0*scale))+y).Y)
			ink += max(p, q)
			differ += math.Abs(p - q)
		}
	}
	return differ / ink
}

func TestAPassageIsWhereTheShaperPutsIt(t *testing.T) {
	l := New()
	lay(t, l, "")
	setter, err := openFaces()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		before, passage, after string
		right                  bool
	}{
		{"the office in ", "Yarkand", " said", false},
		{"河从来不问", "石头", "愿不愿意", false},
		{"بۇ ", "يوليورۇق", " بۈگۈن", true},
	}
	for _, tt := range tests {
		advance := func(s string) (w float64) {
			for _, c := range setter.Paragraph(s+".", 1e6, tt.right)[0].Clusters {
				w += c.Advance * size / typeset.Em
			}
			for _, c := range setter.Paragraph(".", 1e6, tt.right)[0].Clusters {
				w -= c.Advance * size / typeset.Em
			}
			return w
		}
		from, to := margin+advance(tt.before), margin+advance(tt.before+tt.passage)
		if tt.right {
			from, to = width-to, width-from
		}
		b := box(lay(t, l, tt.before+tt.passage+tt.after), len(tt.before), len(tt.before+tt.passage))
		if math.Abs(b.X0-from) > 0.3 || math.Abs(b.X1-to) > 0.3 {
			t.Errorf("%q lies from %.2f to %.2f, the shaper says %.2f to %.2f", tt.passage, b.X0, b.X1, from, to)
		}
	}
}
