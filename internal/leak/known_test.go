package leak

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"vidimus/internal/corpus"
)

// sidecar gives the pages of a document as they are committed, without white
// space.
func sidecar(t *testing.T, name string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(committed, "truth", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(squeezedPages(string(b)), "\f")
}

func squeezedPages(s string) string {
	var pages []string
	for page := range strings.SplitSeq(s, "\f") {
		pages = append(pages, squeezed(page))
	}
	return strings.Join(pages, "\f")
}

func TestEveryClaimStandsOnItsPage(t *testing.T) {
	ids := map[string]bool{}
	for _, r := range rowsOf(t, "claims.tsv") {
		if ids[r["id"]] {
			t.Errorf("two claims are called %s", r["id"])
		}
		ids[r["id"]] = true
		pages := sidecar(t, r["document"])
		if n := atoi(t, r["page"]); n > len(pages) || !strings.Contains(pages[n-1], squeezed(r["words"])) {
			t.Errorf("%s: its words are not on page %d", r["id"], n)
		}
	}
	for _, r := range rowsOf(t, "claims.tsv") {
		for other := range strings.FieldsSeq(r["beside"]) {
			if !ids[other] {
				t.Errorf("%s stands beside %s, which is no claim", r["id"], other)
			}
		}
	}
}

func TestNearDuplicatesDifferAsTheTableSays(t *testing.T) {
	name := map[string]string{}
	for _, d := range Documents() {
		name[d.Path] = d.Name
	}
	n := 0
	for _, r := range rowsOf(t, "duplicates.tsv") {
		if r["how"] == "exact" {
			continue
		}
		a, b := strings.Join(sidecar(t, name[r["a"]]), ""), strings.Join(sidecar(t, name[r["b"]]), "")
		for pair := range strings.SplitSeq(r["differs"], "; ") {
			n++
			from, to, _ := strings.Cut(pair, " → ")
			if !strings.Contains(a, squeezed(from)) || !strings.Contains(b, squeezed(to)) || strings.Contains(b, squeezed(from)) {
				t.Errorf("%s and %s do not differ in %q", r["a"], r["b"], pair)
			}
			a, b = strings.ReplaceAll(a, squeezed(from), ""), strings.ReplaceAll(b, squeezed(to), "")
		}
		if r["how"] == "near" && a != b {
			t.Errorf("%s and %s differ in more than the table says", r["a"], r["b"])
		}
	}
	if n < 15 {
		t.Errorf("only %d differences in the table", n)
	}
}

func TestEveryProtectedPersonStandsSomewhere(t *testing.T) {
	n := 0
	for _, r := range rowsOf(t, "protected.tsv") {
		if n++; r["seen"] == "" {
			t.Errorf("%s stands nowhere", r["entity"])
		}
	}
	if n < 130 {
		t.Errorf("only %d people are protected", n)
	}
}

// uly spells Uyghur in Latin letters, as the Uyghur Latin script does.
var uly = strings.NewReplacer("ئا", "a", "ئە", "e", "ئو", "o", "ئۇ", "u", "ئۆ", "ö", "ئۈ", "ü", "ئې", "é", "ئى", "i",
	"ا", "a", "ە", "e", "ب", "b", "پ", "p", "ت", "t", "ج", "j", "چ", "ch", "خ", "x", "د", "d", "ر", "r", "ز", "z", "ژ", "zh",
	"س", "s", "ش", "sh", "غ", "gh", "ف", "f", "ق", "q", "ك", "k", "گ", "g", "ڭ", "ng", "ل", "l", "م", "m", "ن", "n", "ھ", "h",
	"و", "o", "ۇ", "u", "ۆ", "ö", "ۈ", "ü", "ۋ", "w", "ې", "é", "ى", "i", "ي", "y")

func TestUyghurNamesAreTheSameInBothOfItsScripts(t *testing.T) {
	for _, r := range rowsOf(t, "entities.tsv") {
		if got := uly.Replace(r["uyghur"]); !strings.EqualFold(got, r["uly"]) {
			t.Errorf("%s: %s is spelt %s, the table has %s", r["id"], r["uyghur"], got, r["uly"])
		}
	}
}

// TestNoNameIsARealOne looks for every word of every name among the words of
// the corpus's lists of people and places.
func TestNoNameIsARealOne(t *testing.T) {
	real := map[string]bool{}
	lists, err := filepath.Glob(filepath.Join(corpus.Root(t), "names", "*"))
	if err != nil || len(lists) == 0 {
		t.Fatalf("%d lists of names, %v", len(lists), err)
	}
	for _, list := range lists {
		b, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range nameWords(string(b)) {
			real[w] = true
		}
	}
	n := 0
	check := func(id, written string) {
		for _, w := range nameWords(written) {
			if n++; real[w] {
				t.Errorf("%s: %s is on a list of real names", id, w)
			}
		}
	}
	for _, r := range rowsOf(t, "entities.tsv") {
		if r["kind"] == "office" || r["id"] == "newfield" {
			continue // made of common words
		}
		check(r["id"], r["latin"])
		check(r["id"], strings.TrimRight(r["han"], "县区村桥水库"))
		check(r["id"], strings.Fields(r["russian"])[0])
		check(r["id"], strings.Fields(r["kazakh"])[0])
		check(r["id"], strings.Fields(r["uyghur"])[0])
	}
	for i := range 120 {
		for _, x := range []name{given(i), family(i)} {
			check("a name of the registers", strings.Join([]string{x.latin, x.han, x.russian, x.uyghur}, " "))
		}
	}
	for _, v := range villages {
		check("a village", strings.Join([]string{v.latin, v.han, v.russian, v.uyghur}, " "))
	}
	if n < 1000 {
		t.Errorf("only %d words were looked for", n)
	}
}

// nameWords gives the runs of letters, in small letters.
func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
}
