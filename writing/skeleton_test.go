package writing

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestSkeletonsOfDisguises(t *testing.T) {
	for _, c := range []struct{ name, plain, disguised string }{
		{"decomposed", "Ürümqi", "U\u0308ru\u0308mqi"},
		{"full width", "Alim Qasim", "Ａｌｉｍ Ｑａｓｉｍ"},
		{"mathematical letters", "Alim", "\U0001D400\U0001D425\U0001D422\U0001D426"},
		{"zero-width characters", "Alim", "A\u200bl\u200di\u2060m"},
		{"soft hyphens and bidi controls", "Alim", "\u202eAl\u00adim\u202c"},
		{"Cyrillic letters", "Alim Tosun", "Аlіm Тоѕun"},
		{"Greek letters", "Pavko", "Ραvκο"},
		{"spaces between letters", "Alim", "A l i m"},
		{"hyphens and full stops", "Alim", "A-l.i-m"},
		{"digits for letters", "Tolib", "T0l1b"},
		{"capitals", "Alim", "ALIM"},
		{"traditional Han", "陈国", "陳國"},
		{"Han with spaces", "陈全国", "陈 全\n国"},
		{"compatibility Han", "金", "\uF90A"},
		{"tatweel", "مەمەت", "مەـــمەت"},
		{"presentation forms", "محمد", "\uFEE3\uFEA4\uFEE4\uFEAA"},
		{"Persian letters", "كەريم", "کەریم"},
		{"stacked marks", "Alim", "A\u0336l\u0336i\u0336m\u0336"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if a, b := Skeleton(c.plain).Text, Skeleton(c.disguised).Text; a != b || a == "" {
				t.Errorf("%q and %q", a, b)
			}
		})
	}
	if Skeleton("Alim").Text == Skeleton("Adil").Text {
		t.Error("two names are one")
	}
}

func TestASkeletonKnowsItsPlaces(t *testing.T) {
	text := "x: Ａ\u200bl\u0301im."
	s := Skeleton(text)
	at := strings.Index(s.Text, Skeleton("Alim").Text)
	if at < 0 {
		t.Fatal(s.Text)
	}
	span := s.Original(at, at+len(Skeleton("Alim").Text))
	if got := text[span.Start:span.End]; !strings.HasPrefix(got, "Ａ") || !strings.Contains(got, "im") {
		t.Errorf("got %q", got)
	}
}

func TestSkeletonOfAMillionMarks(t *testing.T) {
	began := time.Now()
	Skeleton("a" + strings.Repeat("\u0301", 1_000_000) + "b")
	t.Logf("a million marks: %v", time.Since(began))
}

func FuzzSkeleton(f *testing.F) {
	f.Add("Аlіm陳\u200b")
	f.Fuzz(func(t *testing.T, text string) {
		s := Skeleton(text)
		if !utf8.ValidString(s.Text) || len(s.at) != len(s.Text) {
			t.Fatal(len(s.at), len(s.Text))
		}
		if n := len(s.Text); n > 0 {
			if span := s.Original(0, n); span.Start < 0 || span.End > len(text) || span.Start > span.End {
				t.Fatal(span)
			}
		}
	})
}
