package match

import (
	"strings"
	"testing"
)

// In every script, cut anywhere, with the marks of pages between, a name over a
// border is found and its halves are where it stands.
func TestNamesOverBordersAreFoundWhereverTheyAreCut(t *testing.T) {
	l := New(people)
	edges := []struct{ foot, head string }{
		{"", ""}, {"\n\n- 7 -\n", "\n"}, {"\nSecret\nSheet 7 of 9", "County office\nFile 3\n\n"},
		{"\n1 See above.\n2 See below.\n3 Ibid.\n内部资料\n第 7 页", "第 8 页\n内部\nCopy\nNo. 4\nпроект\n"},
	}
	for _, p := range people {
		for _, name := range p.Forms {
			letters := []rune(name)
			for cut := 1; cut < len(letters); cut++ {
				first, second := strings.TrimSpace(string(letters[:cut])), strings.TrimSpace(string(letters[cut:]))
				if strings.Trim(first, "·") == "" || strings.Trim(second, "·") == "" {
					continue
				}
				for _, e := range edges {
					before, after := "There they stood.\nAnd then came "+first+e.foot, e.head+second+" too.\nThey went home."
					if !spansIn(l.Over(before, after), p.ID, before, after, first, second) {
						t.Errorf("a form of %s, cut behind %d, edges %q and %q: %+v", p.ID, cut, e.foot, e.head, l.Over(before, after))
					}
				}
			}
		}
	}
}

func spansIn(all []Split, id, before, after, first, second string) bool {
	for _, s := range all {
		if s.Person == id && s.Certainty == Exact && before[s.First.Start:s.First.End] == first && after[s.Second.Start:s.Second.End] == second {
			return true
		}
	}
	return false
}

func TestOneHalfOrOneWholeIsNoNameOverABorder(t *testing.T) {
	l := New(people)
	for _, c := range [][2]string{
		{"It was Berak", "who came."}, {"It was Berak Tushan", "who came."}, {"So it was.", "Berak Tushan came."}, {"", "Tushan"}, {"Berak", ""},
	} {
		if all := l.Over(c[0], c[1]); len(all) > 0 {
			t.Errorf("%q: %+v", c, all)
		}
	}
}

// A page without words between two does not part a name; a page with words
// does. What is over a border is a hit on both pages.
func TestARowSkipsPagesWithoutWords(t *testing.T) {
	got := map[int]string{}
	row := Row[int]{List: New(people), Yield: func(page int, hits []Hit) error {
		for _, h := range hits {
			got[page] += h.Person + " " + h.How + ";"
		}
		return nil
	}}
	for n, text := range []string{"Berak Tushan, and Berak", " \n", "Tushan again", "nobody", "Berak", "Somebody came, and with many words went.", "Tushan"} {
		if err := row.Add(n+1, n+1, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := row.End(); err != nil {
		t.Fatal(err)
	}
	want := map[int]string{1: "P-001 name;P-001 split;", 3: "P-001 split;", 5: "P-001 part;", 7: "P-001 part;"}
	for page := 1; page <= 7; page++ {
		if got[page] != want[page] {
			t.Errorf("page %d: %q, want %q", page, got[page], want[page])
		}
	}
}

func TestGapsAreLookedOver(t *testing.T) {
	l := New(people)
	gaps := l.Between([]string{"The county met.", "Then spoke Berak", "", "Sheet 7", "Tushan of the brook.", "They went home."})
	if len(gaps) == 0 || gaps[0].Person != "P-001" || gaps[0].Certainty != Exact {
		t.Errorf("%+v", gaps)
	}
	if gaps := l.Between([]string{"Then spoke Berak", "who had come", "and left"}); len(gaps) > 0 {
		t.Errorf("%+v", gaps)
	}
}

// A page that says a name in signs and digits is a hit: on the line, or on the
// page where it goes over a line's end. Turned round, rn is two letters.
func TestEncodedAndReversedNamesArePlacesOfAPage(t *testing.T) {
	for _, c := range []struct {
		text       string
		start, end int
	}{
		{"At the wall:\nBerak%20Tush%61n\nand others", 13, 29},
		{"At the wall:\naXMgQmVyYWsgVHVzaGFuLg==\nand others", 13, 37},
		{"At the wall:\n426572616b2054757368616e\nand others", 13, 37},
		{"aXMgQmVyYWsg\nVHVzaGFuLg==", 0, 25},
	} {
		found := false
		row := Row[int]{List: New(people), Yield: func(_ int, hits []Hit) error {
			for _, h := range hits {
				found = found || h.Person == "P-001" && h.Certainty == Exact && h.Start <= c.start && h.End >= c.end
			}
			return nil
		}}
		if err := row.Add(1, 1, c.text); err != nil {
			t.Fatal(err)
		}
		if err := row.End(); err != nil || !found {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	l := New([]Person{{ID: "P-001", Forms: []string{"Henrik Barnola"}}})
	if hits := l.Find("by alonraB kirneH there"); len(hits) != 1 || hits[0].Certainty != Exact {
		t.Errorf("%+v", hits)
	}
}

func FuzzOver(f *testing.F) {
	l := New(people)
	f.Add("It was Berak\n- 7 -", "File 3\nTushan came.")
	f.Add("当天还有陈雅", "筠在场")
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, s := range l.Over(before, after) {
			a, b := s.First, s.Second
			if a.Start < 0 || a.End <= a.Start || a.End > len(before) || b.Start < 0 || b.End <= b.Start || b.End > len(after) {
				t.Fatalf("%+v of %d and %d bytes", s, len(before), len(after))
			}
		}
	})
}

func BenchmarkOver(b *testing.B) {
	l := New(people)
	page := strings.Repeat("The reservoir rises by the wall, and the village moves.\n水库上涨，村庄搬迁。\n", 40)
	for b.Loop() {
		l.Over(page, page)
	}
}
