package layout

import (
	"bytes"
	"errors"
	"image"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"vidimus"
	"vidimus/internal/fonts"
)

// lay sets text; where the binary has no faces the test is skipped, which CI
// does not allow.
func lay(t testing.TB, l *Layout, text string) *Sheet {
	t.Helper()
	s, err := l.Lay(text)
	if errors.Is(err, fonts.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var samples = map[string]string{
	"Latin":    "A river never asks the stones; office fire waffle — 1,318 people, café.\n\nShe said no. «Why?»",
	"Cyrillic": "Река никогда не спрашивала камни, хотят ли они этого. Йод, щёлочь.",
	"Kazakh":   "Өзен тастардан ешқашан сұрамайды: Әлия, Ғалым, Ңұр, Ұлпан, Һаким.",
	"Han":      "河从来不问石头愿不愿意。一百八十八米，3017年4月9日，“清水学堂”。",
	"Uyghur":   "بۇ يوليورۇق 3017-يىلى 5-ئاينىڭ 1-كۈنىدىن باشلاپ Berak Toshun غا تاپشۇرۇلىدۇ، لالا.",
	"mixed":    "入户问答 · سوئال جاۋاب · Answers\nсурау — жауап\tکىتاب",
}

func TestEveryCharacterButWhiteSpaceHasAPlace(t *testing.T) {
	l := New()
	for name, text := range samples {
		long := strings.Repeat(text+"\n", 12) + strings.Repeat(text+" ", 60)
		s := lay(t, l, long)
		at := 0
		for _, p := range s.Places {
			if p.Start < at || p.End <= p.Start {
				t.Fatalf("%s: a place from %d to %d after byte %d", name, p.Start, p.End, at)
			}
			if !blank(long[at:p.Start]) {
				t.Errorf("%s: %q has no place", name, long[at:p.Start])
			}
			at = p.End
		}
		if !blank(long[at:]) {
			t.Errorf("%s: %q has no place", name, long[at:])
		}
		if _, err := vidimus.DecodePlaces(vidimus.EncodePlaces(s.Places)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPlacesLieOnTheSheetAndNotOnEachOther(t *testing.T) {
	l := New()
	for name, text := range samples {
		s := lay(t, l, strings.Repeat(text+"\n", 9))
		for i, p := range s.Places {
			b := p.Box
			if b.X0 < margin-1 || b.X1 > width-margin+1 || b.Y0 < margin || b.Y1 > s.Height-margin {
				t.Errorf("%s: box %v is beyond the margins of a sheet of %.0f", name, b, s.Height)
			}
			for _, q := range s.Places[i+1 : min(i+80, len(s.Places))] {
				wide, high := min(b.X1, q.Box.X1)-max(b.X0, q.Box.X0), min(b.Y1, q.Box.Y1)-max(b.Y0, q.Box.Y0)
				if wide > 0.01 && high > 0.01 {
					t.Errorf("%s: the boxes of bytes %d and %d overlap", name, p.Start, q.Start)
				}
			}
		}
	}
}

// box is the union of the places of text[start:end].
func box(s *Sheet, start, end int) (b vidimus.Box) {
	for _, p := range s.Places {
		if p.Start >= end || p.End <= start {
			continue
		}
		if b == (vidimus.Box{}) {
			b = p.Box
		}
		b = b.Union(p.Box)
	}
	return b
}

// inked counts the dark pixels of a box.
func inked(img *image.Gray, b vidimus.Box, scale float64) (n int) {
	for y := int(b.Y0 * scale); y < int(b.Y1*scale); y++ {
		for x := int(math.Ceil(b.X0 * scale)); x < int(b.X1*scale); x++ {
			if img.GrayAt(x, y).Y < 160 {
				n++
			}
		}
	}
	return n
}

func TestAWordIsInItsBoxAndTheSpaceBesideItIsNot(t *testing.T) {
	l := New()
	for name, word := range map[string]string{
		"Latin": "office", "Cyrillic": "камни", "Kazakh": "Ғалым", "Han": "石头愿意", "Uyghur": "باشلاپ",
	} {
		text := "A word:    " + word + "    stands alone"
		if name == "Uyghur" {
			text = "بۇ سۆز    " + word + "    يالغۇز"
		}
		s := lay(t, l, text)
		img := s.Draw(144)
		at := strings.Index(text, word)
		b := box(s, at, at+len(word))
		if n := inked(img, b, 2); n < 60 {
			t.Errorf("%s: the word's box has %d dark pixels", name, n)
		}
		for _, beside := range []vidimus.Box{{X0: b.X0 - 7, Y0: b.Y0, X1: b.X0 - 1.5, Y1: b.Y1}, {X0: b.X1 + 1.5, Y0: b.Y0, X1: b.X1 + 7, Y1: b.Y1}} {
			if n := inked(img, beside, 2); n > 0 {
				t.Errorf("%s: the space beside the word has %d dark pixels", name, n)
			}
		}
	}
}

func TestALetterLooksTheSameWhereverItsBoxIs(t *testing.T) {
	l := New()
	alone := lay(t, l, "Qq")
	s := lay(t, l, "words before Q\nand Qq after, "+strings.Repeat("more ", 40)+"Q")
	want, got := alone.Draw(150), s.Draw(150)
	for _, p := range s.Places {
		if p.End-p.Start == 1 && p.Box.X1-p.Box.X0 == alone.Places[0].Box.X1-alone.Places[0].Box.X0 {
			a, b := inked(want, alone.Places[0].Box, 150.0/72), inked(got, p.Box, 150.0/72)
			if math.Abs(float64(a-b)) > 0.25*float64(a) {
				t.Errorf("the letter at byte %d has %d dark pixels, alone %d", p.Start, b, a)
			}
		}
	}
}

func TestAParagraphStandsOnTheSideItsLettersBeginOn(t *testing.T) {
	l := New()
	tests := []struct {
		name, text string
		right      bool
	}{
		{"Latin", "Answers", false},
		{"Uyghur", "سوئال جاۋاب", true},
		{"Latin on a sheet of Uyghur", "سوئال جاۋاب سوئال جاۋاب\nAnswers", false},
		{"numbers on a sheet of Uyghur", "سوئال جاۋاب سوئال جاۋاب\n1318", true},
		{"one Uyghur word on a sheet of Latin", "All answers are\nhere: no سۇ", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := lay(t, l, tt.text)
			last := s.lines[len(s.lines)-1]
			if right := last.x > width/2; right != tt.right {
				t.Errorf("the last line begins at %.0f", last.x)
			}
		})
	}
}

func TestTheSameTextGivesTheSamePixels(t *testing.T) {
	text := strings.Join([]string{samples["Han"], samples["Uyghur"], samples["mixed"]}, "\n")
	a, b := lay(t, New(), text), lay(t, New(), text)
	if !bytes.Equal(a.Draw(110).Pix, b.Draw(110).Pix) {
		t.Error("two layouts drew different pictures")
	}
}

func TestControlsShowAndDoNotTurnTheText(t *testing.T) {
	l := New()
	s := lay(t, l, "pay \u202e001\u202c now")
	var x []float64
	for _, p := range s.Places {
		x = append(x, p.Box.X0)
	}
	for i := range x[1:] {
		if x[i+1] <= x[i] {
			t.Errorf("letter %d stands left of the one before it", i+1)
		}
	}
	if len(x) != len("pay001now")+2 {
		t.Errorf("%d places: the controls have none", len(x))
	}
}

func TestHostileTextStaysBounded(t *testing.T) {
	l := New()
	lay(t, l, "warm")
	for name, text := range map[string]string{
		"a million marks on one letter": "a" + strings.Repeat("\u0301", 1e6),
		"a million letters in a line":   strings.Repeat("w", 1e6),
		"only line ends":                strings.Repeat("\n", 1e6),
		"a letter a line":               strings.Repeat("a\n", 1e6),
		"nested embeddings":             strings.Repeat("\u202b\u2067", 1e6) + "a",
		"directions in turn":            strings.Repeat("aا", 1e6),
		"brackets":                      strings.Repeat("([{", 1e6),
		"joiners":                       strings.Repeat("\u200d", 1e6),
		"marks after right to left":     strings.Repeat("ئ\u064b", 1e6),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			s := lay(t, l, text)
			laid := time.Since(began)
			img := s.Draw(mostDPI)
			t.Logf("laid out in %v, drawn in %v, %v", laid, time.Since(began)-laid, img.Rect.Max)
			if n := len(img.Pix); n > mostPixels+tallest || img.Rect.Dy() > tallest {
				t.Errorf("the picture has %d pixels and is %d tall", n, img.Rect.Dy())
			}
		})
	}
}

func TestOnlySectionsAreLaidOut(t *testing.T) {
	l := New()
	lay(t, l, "")
	if p := l.Page(vidimus.Page{Width: 100, Height: 50, Text: "one"}); p.Width != 100 || p.Places != nil {
		t.Error("a page of the source was laid out")
	}
	if p := l.Page(vidimus.Page{Section: true, Text: "one"}); p.Width != width || len(p.Places) != 3 {
		t.Errorf("a section came %v wide, with %d places", p.Width, len(p.Places))
	}
	if p := l.Page(vidimus.Page{Section: true, Text: "\xff"}); p.Width != 0 {
		t.Error("what is no UTF-8 has a picture")
	}
}

func TestTheRendererNamesItsShaperAndFaces(t *testing.T) {
	l := New()
	lay(t, l, "")
	name, err := l.Renderer()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(name, "sha256:") != 3 {
		t.Errorf("the name is %q", name)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "\t"+shaper+"\n") {
		t.Errorf("go.mod does not require %s", shaper)
	}
}

func FuzzLay(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
	}
	f.Add("a\u202e\u2067\u200fب\u0301\u0301\t\r\n\n\n\n1-")
	f.Add(strings.Repeat("\u0651", 300) + "\U000e0041\ufeff\u00ad")
	l := New()
	f.Fuzz(func(t *testing.T, text string) {
		s, err := l.Lay(text)
		if errors.Is(err, fonts.ErrMissing) {
			t.Skip()
		}
		if err != nil {
			return
		}
		places, err := vidimus.DecodePlaces(vidimus.EncodePlaces(s.Places))
		if err != nil || len(places) != len(s.Places) {
			t.Fatal("the places are not sorted, or overlap")
		}
		if n := len(s.Places); n > 0 && s.Places[n-1].End > len(text) {
			t.Fatal("a place is beyond the text")
		}
		s.Draw(40)
	})
}

func BenchmarkLay(b *testing.B) {
	l := New()
	text := strings.Repeat(samples["Latin"]+samples["Han"]+samples["Uyghur"]+samples["Cyrillic"]+"\n", 6)
	s := lay(b, l, text)
	b.Run("lay", func(b *testing.B) {
		for b.Loop() {
			lay(b, l, text)
		}
	})
	b.Run("draw", func(b *testing.B) {
		for b.Loop() {
			s.Draw(150)
		}
	})
}
