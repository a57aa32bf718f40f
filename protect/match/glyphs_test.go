package match

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// Pages that we draw ourselves hold numbers of glyphs, of several fonts where
// there are many characters.
func TestNamesOnPagesThatWeDrawAreSeen(t *testing.T) {
	set := faces(t)
	var forms []Person
	var names []string
	for _, p := range people {
		for i, name := range p.Forms {
			forms = append(forms, Person{ID: fmt.Sprintf("%s/%d", p.ID, i), Forms: []string{name}})
			names = append(names, name)
		}
	}
	l := New(forms)
	hits, err := l.FindBytes(drawnPage(set, append([]string{manyCharacters()}, names...)), Streams)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, h := range hits {
		if h.Certainty == Exact {
			seen[h.Person] = true
		}
	}
	for _, p := range forms {
		if !seen[p.ID] {
			t.Errorf("%s is not seen", p.ID)
		}
	}
	t.Logf("%d of %d forms of names are seen by the numbers of glyphs", len(seen), len(forms))
	if hits, err := l.FindBytes(drawnPage(set, []string{manyCharacters(), "Somebody Else", "某某人甲乙"}), Streams); err != nil || len(hits) > 0 {
		t.Errorf("the clean twin: %+v %v", hits, err)
	}
}

// manyCharacters are more than one font of ours holds.
func manyCharacters() string {
	var many strings.Builder
	for r := '一'; r < '一'+300; r++ {
		many.WriteRune(r)
	}
	return many.String()
}

// drawnPage writes lines onto a page.
func drawnPage(set *typeset.Setter, lines []string) []byte {
	var pdf typeset.PDF
	p := pdf.AddPage(595, 842)
	y := 40.0
	for _, text := range lines {
		for _, line := range set.Paragraph(text, 40*typeset.Em, strings.ContainsAny(text[:min(2, len(text))], "اېۇومۋدزگئت")) {
			p.Text(line, 11, 40, y)
			y += 14
		}
	}
	return pdf.Bytes()
}

func faces(t *testing.T) *typeset.Setter {
	t.Helper()
	var files [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		var err error
		if files[i], err = fonts.Installed(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatal(err)
			}
			t.Skip(err)
		}
	}
	f, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		t.Fatal(err)
	}
	return typeset.NewSetter(f)
}
