package trace

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
)

// kinds writes what was found and the stretch of text that it stands on.
func kinds(text string, all []Trace) string {
	var out []string
	for _, t := range all {
		out = append(out, fmt.Sprintf("%s@%d-%d", t.Kind, t.Start, t.End))
	}
	return strings.Join(out, " | ")
}

func TestTextMarks(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain text of four scripts", "The county 县里 ناھىيە район, 12\u00a0000 «да» – it’s", ""},
		{"a zero-width space in a word", "the cou\u200bnty", "invisible characters@7-10"},
		{"a run of them is one mark", "a\u200b\u200c\u2060b", "invisible characters@1-10"},
		{"a joiner between Arabic letters is spelling", "مى\u200cخواهم", ""},
		{"a joiner in a Latin word is a mark", "coun\u200dty", "invisible characters@4-7"},
		{"marks of direction beside Uyghur are use", "ئۇ \u202bنامى\u202c", ""},
		{"the same in an English line are not", "the \u202dname\u202c", "invisible characters@4-7 | invisible characters@11-14"},
		{"a variation of a Han character", "葛\U000E0100城", "invisible characters@3-7"},
		{"letters of the tag block", "a\U000E0041", "invisible characters@1-5"},
		{"the mark of the encoding at the head is none", "\ufefftext", ""},
		{"an emoji's own joiners are none", "👩\u200d💻 ☺\ufe0f", ""},
		{"a thin space", "a\u2009b", "unusual spaces@1-4"},
		{"a Cyrillic а in a Latin word", "the c\u043eunty", "look-alike letters@4-11"},
		{"a Latin o in a Cyrillic word", "гoрод", "look-alike letters@0-9"},
		{"an abbreviation of two scripts", "IPтелефония, USB-кабель", ""},
		{"one letter written apart among composed ones", "Ürümqi, U\u0308rümqi", "mixed normal forms@10-13"},
		{"all letters written apart: a program's habit", "U\u0308ru\u0308mqi", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := kinds(c.text, Text(c.text)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestStamps(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"份号：000123", "copy or recipient number"},
		{"（共印30份）", "copy or recipient number"},
		{"Экз. № 3", "copy or recipient number"},
		{"Copy 4 of 12", "copy or recipient number"},
		{"COPY NO. 7", "copy or recipient number"},
		{"экземпляр без номера", ""},
		{"Нұсқа № 2", "copy or recipient number"},
		{"C:\\Users\\sample\\Desktop\\a.doc", "user name or machine name"},
		{"Printed by sample", "user name or machine name"},
		{"打印时间：3017-04-09", "times of the file"},
		{"印五十二份", "copy or recipient number"},
		{"29/08/3017 21:40 SAMPLE 188-0022 >>> SAMPLE", "user name or machine name"},
		{"29.08.3017 21:40 FAX 188 P. 01/02", "user name or machine name"},
		{"on 29/08/3017 at 21:40 they met", ""},
		{"from 10.1.2.3", "user name or machine name"},
		{"he took a copy of the letter", ""},
		{"第三章 总则 第12条", ""},
		{"version 1.2.3", ""},
	} {
		all := Stamps("before\n" + c.line + "\nafter")
		got := ""
		if len(all) > 0 {
			got = string(all[0].Kind)
			if all[0].Start != 7 || all[0].End != 7+len(c.line) {
				t.Errorf("%q: not its whole line", c.line)
			}
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.line, got, c.want)
		}
	}
}

func TestProperties(t *testing.T) {
	text := "dc:creator: Sample\nWords: 12\nGPSLatitude: 12.5\nGPSAltitude: 0\nlastPrinted: 3017\nReceived: from sample\n  as it stands: x\nrevision: 0\nAuthor: unknown\n"
	want := "author name@0-18 | coordinates@29-46 | times of the file@62-79 | mail route@80-101"
	if got := kinds(text, Properties(text)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAnnotationsNameTheirPage(t *testing.T) {
	all := Annotations("page 2, Sample: who?\npage 3, https://sample.example/7\npage 3, a = http://b c\n\nno page\n")
	want := []Trace{
		{Kind: FormValues, Certainty: Found, Page: 2, End: 20}, {Kind: LinkAddress, Certainty: Found, Page: 3, Start: 21, End: 53},
		{Kind: FormValues, Certainty: Found, Page: 3, Start: 54, End: 76}, {Kind: FormValues, Certainty: Found, Start: 78, End: 85},
	}
	if !slices.Equal(all, want) {
		t.Errorf("%+v", all)
	}
}

func TestScreenshots(t *testing.T) {
	for _, c := range []struct {
		name, text string
		w, h       int
		want       Certainty
	}{
		{"a clock with the battery", "9:41 LTE 80%\nwords\nwords", 1170, 2532, Found},
		{"a clock alone", "21:07\nwords", 1920, 1080, Suspected},
		{"a time in the middle of the words", "a\nb\nc\n12:30\nd\ne\nf", 1170, 2532, CannotTell},
		{"a picture of another size", "9:41 80%", 1000, 1000, ""},
	} {
		got := Certainty("")
		if all := Screenshot(c.text, c.w, c.h); len(all) > 0 {
			got = all[0].Certainty
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// set lays words on a page: a base line every 18 points and gaps of 3 points.
func set(lines int, shift func(line int) float64, gap func(n int) float64) vidimus.Page {
	p := vidimus.Page{Number: 1, Width: 595, Height: 842}
	var b strings.Builder
	n := 0
	for l := range lines {
		x, y := 50.0, 60+18*float64(l)+shift(l)
		for w := range 9 {
			if w > 0 {
				b.WriteByte(' ')
				x += gap(n)
				n++
			}
			for range 4 {
				p.Places = append(p.Places, vidimus.Place{Start: b.Len(), End: b.Len() + 1, Box: vidimus.Box{X0: x, Y0: y, X1: x + 6, Y1: y + 11}})
				b.WriteByte('a')
				x += 6
			}
		}
		b.WriteByte('\n')
	}
	p.Text = b.String()
	return p
}

func TestSpacing(t *testing.T) {
	none := func(int) float64 { return 0 }
	even := func(int) float64 { return 3 }
	if all := Spacing(set(30, none, even)); len(all) != 0 {
		t.Errorf("an even page: %s", kinds("", all))
	}
	coded := func(n int) float64 { return 3 + 0.4*float64(n*7%3%2) }
	if all := Spacing(set(30, none, coded)); len(all) == 0 || all[0].Kind != ShiftedWords {
		t.Errorf("gaps of two widths: %s", kinds("", all))
	}
	up := func(l int) float64 {
		if l%6 == 3 {
			return 0.5
		}
		return 0
	}
	if all := Spacing(set(30, up, even)); len(all) != 5 || all[0].Kind != ShiftedLines {
		t.Errorf("five shifted lines: %s", kinds("", all))
	}
}

func TestEveryKindSaysWhatItIsAndWhatRemovesIt(t *testing.T) {
	for _, k := range Kinds() {
		d := catalogue[k]
		if d.says == "" || d.class == "" || d.removed == nil {
			t.Errorf("%s is not described", k)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"a\u200bb", "U\u0308 Ü", "c\u043eunty", "\xff\u200d", strings.Repeat("e\u0301", 500), "Copy 4 of 12\n9:41 80%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, all := range [][]Trace{Text(text), Stamps(text), Properties(text), Annotations(text), Screenshot(text, 1170, 2532)} {
			for _, tr := range all {
				if tr.Start < 0 || tr.End < tr.Start || tr.End > len(text) || !tr.Kind.Known() {
					t.Fatalf("%q: %+v", text, tr)
				}
				if utf8.ValidString(text) && (!utf8.ValidString(text[:tr.Start]) || !utf8.ValidString(text[tr.Start:tr.End])) {
					t.Fatalf("%q: cuts a character: %+v", text, tr)
				}
			}
		}
	})
}
