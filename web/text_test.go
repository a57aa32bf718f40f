package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinesAreLitWhereTheRangesAre(t *testing.T) {
	tests := []struct {
		name, text string
		lit        []Range
		want       []line
	}{
		{"a page without lit words", "one", nil, []line{{"ltr", []part{{Text: "one"}}}}},
		{"a word inside a line", "a bc d", []Range{{2, 4}}, []line{{"ltr", []part{{Text: "a "}, {Text: "bc", Lit: true}, {Text: " d"}}}}},
		{"a match that goes over a line end", "莎\n车 x", []Range{{0, 7}},
			[]line{{"ltr", []part{{Text: "莎", Lit: true}}}, {"ltr", []part{{Text: "车", Lit: true}, {Text: " x"}}}}},
		{"a range beyond the text is cut", "ab", []Range{{1, 99}}, []line{{"ltr", []part{{Text: "a"}, {Text: "b", Lit: true}}}}},
		{"an override is shown by name", "a\u202egpj", nil, []line{{"ltr", []part{{Text: "a"}, {Text: "RLO", Control: true}, {Text: "gpj"}}}}},
		{"a line with one Uyghur word goes along with its page", "يەكەن ناھىيىلىك\nYarkand Office غا", nil,
			[]line{{"rtl", []part{{Text: "يەكەن ناھىيىلىك"}}}, {"rtl", []part{{Text: "Yarkand Office غا"}}}}},
		{"a Latin line on a Uyghur page stays as it is", "يەكەن ناھىيىلىك\nOffice", nil,
			[]line{{"rtl", []part{{Text: "يەكەن ناھىيىلىك"}}}, {"ltr", []part{{Text: "Office"}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, lines(test.text, test.lit)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSnippetsAreLitBetweenTheirMarks(t *testing.T) {
	want := line{"ltr", []part{{Text: "from "}, {Text: "Yarkand", Lit: true}, {Text: " had « arrived"}}}
	if diff := cmp.Diff(want, markedLine("from «Yarkand» had « arrived")); diff != "" {
		t.Error(diff)
	}
}

func TestPathsAreShownNameByName(t *testing.T) {
	want := []line{
		{"ltr", []part{{Text: "2017"}}},
		{"ltr", []part{{Text: "ئۇقتۇرۇش.pdf"}}},
		{"ltr", []part{{Text: "a\ufffdb"}, {Text: "U+0007", Control: true}}},
	}
	if diff := cmp.Diff(want, pathSegments("2017/ئۇقتۇرۇش.pdf/a\xffb\x07")); diff != "" {
		t.Error(diff)
	}
}

// FuzzLines holds that no text and no ranges lose a letter or panic.
func FuzzLines(f *testing.F) {
	f.Add("莎车\n\u202eب", 0, 3, 2, 9)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		text = strings.ToValidUTF8(text, "")
		var got strings.Builder
		for i, l := range lines(text, []Range{{a, b}, {c, d}}) {
			if i > 0 {
				got.WriteByte('\n')
			}
			for _, p := range l.Parts {
				if !p.Control {
					got.WriteString(p.Text)
				}
			}
		}
		plain := strings.Map(func(r rune) rune {
			if parts := visible(nil, string(r), false); r != '\n' && len(parts) == 1 && parts[0].Control {
				return -1
			}
			return r
		}, text)
		// A range can cut a letter in two; what is then shown is not compared.
		if got := got.String(); !strings.Contains(got, "\ufffd") && got != plain {
			t.Errorf("shown %q, want %q", got, plain)
		}
	})
}
