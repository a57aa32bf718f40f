package ocr

import (
	"image"
	"testing"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/read/layout"
	"vidimus/read/ocr/ink"
)

const printDPI = 300

// printed is a line of print: its strip, and where each character truly stands.
func printed(t *testing.T, text string) (*paper, ink.Line, ink.Strip, []vidimus.Place) {
	t.Helper()
	sheet, err := layout.New().Lay(text)
	if err != nil {
		t.Fatal(err)
	}
	s := ink.Look(sheet.Draw(printDPI))
	if len(s.Lines) != 1 {
		t.Fatalf("%s: lines %+v", text, s.Lines)
	}
	return &paper{sheet: s}, s.Lines[0], s.CutWithin(s.Lines[0], false, marginOf("chi_sim")), layout.New().Places(vidimus.Page{Section: true, Text: text})
}

func TestHanCharactersStandWhereTheyArePrinted(t *testing.T) {
	for _, text := range []string{
		"水库的水位正在上升，没有人被询问。他们走了。",
		"二〇一七年十月一日三人在川口打井",
		"据2017年10月的统计，共有12,000人（约占四成）。",
		"名单由HR部门在三月保存",
	} {
		_, _, strip, truth := printed(t, text)
		got := placed([]found{{text: text, box: strip.Picture.Rect}}, strip.Picture)
		at := 0
		for i, f := range got {
			if (i > 0) != f.goesOn {
				t.Errorf("%s: piece %d goes on: %v", text, i, f.goesOn)
			}
			box, end := strip.Box(f.box), at+len(f.text)
			if r, n := utf8.DecodeRuneInString(f.text); n == len(f.text) && unspaced(r) {
				for _, p := range truth {
					middle := int((p.Box.X0 + p.Box.X1) / 2 * printDPI / 72)
					if high := int(p.Box.Y1-p.Box.Y0) * printDPI / 72; p.Start == at && unicode.Is(unicode.Han, r) && (middle < box.Min.X-high/12 || middle > box.Max.X+high/12) {
						t.Errorf("%s: %s stands at %d, its box is %v", text, f.text, middle, box)
					}
				}
			}
			at = end
		}
		if at != len(text) || len(got) < 10 {
			t.Errorf("%s: %d pieces end at %d", text, len(got), at)
		}
	}
}

func TestWhatDoesNotFitKeepsItsPlace(t *testing.T) {
	blank := image.NewGray(image.Rect(0, 0, 40, 20))
	for _, words := range [][]found{
		nil,
		{{text: "word"}},
		{{text: "水库的水位正在上升没有人被询问"}}, // on 40 pixels
	} {
		if got := placed(words, blank); len(got) != len(words) {
			t.Errorf("%d pieces of %d", len(got), len(words))
		}
	}
}

func TestCommasAreToldFromFullStopsByTheirHeight(t *testing.T) {
	const text = "كىتاب، قەلەم. دەپتەر، ئالما."
	p, line, strip, truth := printed(t, text)
	var words []found
	start := 0
	for i, r := range text + " " {
		if r != ' ' {
			continue
		}
		var box vidimus.Box
		for _, place := range truth {
			if place.Start >= start && place.End <= i {
				if box == (vidimus.Box{}) {
					box = place.Box
				}
				box = box.Union(place.Box)
			}
		}
		in := strip.Box(strip.Picture.Rect) // a strip of one line that lies straight
		words = append(words, found{text: text[start:i], box: image.Rect(int(box.X0*printDPI/72), in.Min.Y, int(box.X1*printDPI/72), in.Max.Y).Sub(in.Min)})
		start = i + 1
	}
	words[0].text = words[0].text[:len(words[0].text)-len("،")] + "."
	words[2].text = words[2].text[:len(words[2].text)-len("،")] + "›"
	p.commas([]ink.Line{line}, []ink.Strip{strip}, [][]found{words})
	for i, want := range []string{"كىتاب،", "قەلەم.", "دەپتەر،", "ئالما."} {
		if words[i].text != want {
			t.Errorf("%q, want %q", words[i].text, want)
		}
	}
	quoted := []found{{text: "‹كىتاب"}, {text: "قەلەم›"}}
	if p.commas([]ink.Line{line}, []ink.Strip{strip}, [][]found{quoted}); quoted[1].text != "قەلەم›" {
		t.Errorf("%q", quoted[1].text)
	}
}

func TestAMarkOfTheLineAboveMakesNoLineHigher(t *testing.T) {
	p, line, _, _ := printed(t, "。\n水库的水位正在上升没有人被询问")
	if line.Up > p.sheet.High {
		t.Errorf("the line reaches %.0f above its middle, letters are %.0f high", line.Up, p.sheet.High)
	}
}
