package people

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus/protect/match"
)

func TestNumbersAreNotGivenTwice(t *testing.T) {
	var l List
	add := func(names ...string) string {
		id, _, err := l.Add("victim", names, "3017-04-09")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if a, b := add("Berak Tushan"), add("Oskovin Mirat"); a != "P-001" || b != "P-002" {
		t.Errorf("numbers %s, %s", a, b)
	}
	if !l.Remove("P-002") || l.Remove("P-002") {
		t.Error("removing tells wrongly what it did")
	}
	if c := add("Uldresh"); c != "P-003" {
		t.Errorf("number %s", c)
	}
	if again := add("BERAK TUSHAN", "贝拉克·图珊"); again != "P-001" || len(l.People[0].Names) != 2 {
		t.Errorf("a person who is there is %s, with %d names", again, len(l.People[0].Names))
	}
	b, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse(b)
	if err != nil || !cmp.Equal(l, back) {
		t.Errorf("read back: %v", err)
	}
}

func TestANameIsFoundInEveryScriptThatItsFormsGive(t *testing.T) {
	var l List
	for _, names := range [][]string{{"Berak Tushan", "Bérak Tushan"}, {"陈雅筠"}, {"بېراك تۇشان"}} {
		if _, _, err := l.Add("witness", names, ""); err != nil {
			t.Fatal(err)
		}
	}
	m := l.Matcher()
	for _, text := range []string{"by Tushan Berak.", "Chen Yajun", "Yajun Chen", "陳雅筠", "Bérak Tushan"} {
		exact := false
		for _, h := range m.Find("at " + text + " in") {
			exact = exact || h.Certainty == match.Exact
		}
		if !exact {
			t.Errorf("%q is not found", text)
		}
	}
	if len(l.Matcher("P-002").Find("Berak Tushan")) > 0 {
		t.Error("a matcher for one person finds another")
	}
}

func TestANameIsFoundInTheCasesOfRussian(t *testing.T) {
	for _, names := range [][]string{{"Шелвана Адивова"}, {"Shelvana Adivova", "شېلۋانا ئادىۋوۋا"}} {
		var l List
		if _, _, err := l.Add("family", names, ""); err != nil {
			t.Fatal(err)
		}
		if p := l.People[0]; slices.Contains(p.Spellings(), "Шелвану Адивову") || !slices.Contains(p.Spellings(), "Шелвана Адивова") {
			t.Error("cases are drawn to be looked for")
		}
		for _, text := range []string{"видели Шелвану Адивову у колодца", "с Адивовой Шелваной не говорили", "письмо от Шелваны Адивовой"} {
			if hits := l.Matcher().Find(text); len(hits) != 1 || hits[0].Certainty != "exact" {
				t.Errorf("%v", hits)
			}
		}
	}
}

func TestLinesThatAreNoNameAreRefusedUnrepeated(t *testing.T) {
	for _, line := range []string{"", " = ", "Al", "陈", "a\x00bcdef", "\xff\xfe\xfd", strings.Repeat("x", 300), strings.Repeat("Uldresh = ", 30)} {
		if names, err := Parted(line); err == nil {
			t.Errorf("%q passes as %d names", line, len(names))
		} else if len(line) > 2 && strings.Contains(err.Error(), strings.TrimSpace(line)) && strings.TrimSpace(line) != "=" {
			t.Error("the error repeats what was typed")
		}
	}
	got, err := Parted(" Berak  Tushan = 贝拉克·图珊 ")
	if err != nil || !cmp.Equal(got, []string{"Berak Tushan", "贝拉克·图珊"}) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestScriptsInWhichAPersonWouldNotBeFoundAreNamed(t *testing.T) {
	for name, c := range map[string]struct{ names, lacks string }{
		"a foreign name in Latin letters has no Chinese form": {"Berak Tushan", "Chinese characters"},
		"one that was typed in two scripts":                   {"Berak Tushan = 贝拉克·图珊", ""},
		"a Chinese name is read in Latin letters":             {"陈雅筠", ""},
	} {
		names, err := Parted(c.names)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(Person{Names: names}.Lacks(), ", ")
		if strings.Contains(got, "Chinese") != (c.lacks != "") || strings.Contains(got, "Latin") {
			t.Errorf("%s: lacks %q", name, got)
		}
	}
}

func TestNothingPrintsAName(t *testing.T) {
	p := Person{ID: "P-001", Names: []string{"Berak Tushan"}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		for _, v := range []any{p, []Person{p}, List{People: []Person{p}}} {
			if strings.Contains(fmt.Sprintf(verb, v), "Berak") {
				t.Errorf("%s prints a name", verb)
			}
		}
	}
}
