package match

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// initialled are people, and ways in which their initials are written.
var initialled = []struct {
	name string
	ways []string
}{
	{"Berak Tushan", []string{"B. T.", "B.T.", "B.\nT."}},
	{"Shavkat Yudilin", []string{"S. Y.", "Sh. Yu.", "SH. YU."}},
	{"Йонас Вербицки", []string{"Й. В.", norm.NFD.String("Й. В."), "Йо. В."}},
	{"ۋورمەل داسكئىپۇ", []string{"ۋ. د.", "ۋ.د."}},
	{"ئۇلدرېش زۇمراشى", []string{"ئ. ز.", "ئۇ. ز.", "ئۇ.ز.", norm.NFD.String("ئۇ. ز.")}},
	{"مەلتران گادفەنن", []string{"م. گ."}},
}

// around are lines about somebody: from the left, and from the right.
var around = []string{"At the yard stood %. on 3 May 2017 in winter.", "%", "He saw % and (%), then went.", "تامنىڭ يېنىدا % تۇراتتى.", "% كەلدى ۋە 3-ماي كەتتى.", "ئۇ ئۆيدە كۆرگەن ئادەم: %"}

func TestInitialsAreSeenInText(t *testing.T) {
	for _, p := range initialled {
		for _, way := range p.ways {
			for _, line := range around {
				if hits := New([]Person{{ID: "P-001", Forms: []string{p.name}}}).Find(strings.ReplaceAll(line, "%", way)); len(hits) == 0 || hits[0].How != "initials" {
					t.Errorf("%q is not seen in %q: %v", way, line, hits)
				}
			}
		}
	}
}

// A page that is drawn holds letters in the order in which they stand from the
// left: of lines in two directions, stretch by stretch.
func TestInitialsOnPagesThatWeDrawAreSeen(t *testing.T) {
	set := faces(t)
	for _, p := range initialled {
		for _, way := range p.ways {
			if strings.Contains(way, "\n") {
				continue
			}
			for _, line := range around {
				l := New([]Person{{ID: "P-001", Forms: []string{p.name}}})
				drawn := norm.NFC.String(strings.ReplaceAll(line, "%", way)) // as all that is published
				hits, err := l.FindBytes(drawnPage(set, []string{drawn}), Streams)
				if err != nil {
					t.Fatal(err)
				}
				if len(hits) == 0 || hits[0].How != "initials" {
					t.Errorf("%q is not seen, drawn as %q: %v", way, line, hits)
				}
			}
		}
	}
}

func TestOtherLettersAreNoInitials(t *testing.T) {
	var list []Person
	for _, p := range initialled {
		list = append(list, Person{ID: p.name, Forms: []string{p.name}})
	}
	for _, text := range []string{"B. S.", "xB. T.", "B T", "b. t.", "B. Tx", "Be. Tushy.", "Bea. T.", "ز. ئۇ.", "ۋ. گ.", "В. Й.", "1.B. T.2"} {
		if hits := New(list).Find(text); len(hits) > 0 {
			t.Errorf("%q is taken for %v", text, hits)
		}
	}
}
