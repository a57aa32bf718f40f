package search

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"vidimus"
)

func query(t *testing.T, typed string) Query {
	t.Helper()
	q, err := Parse(typed)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// lit gives the parts of text that a query lights, between bars.
func lit(t *testing.T, text, typed string) string {
	var all []string
	for _, r := range Light(text, query(t, typed)) {
		all = append(all, text[r.Start:r.End])
	}
	return strings.Join(all, "|")
}

func TestLight(t *testing.T) {
	for _, c := range []struct{ name, text, typed, want string }{
		{"a word in another case, with its diacritics", "The O\u0301ffice, office", "OFFICE", "O\u0301ffice|office"},
		{"a phrase over a line's end", "county\noffice; office county", `"county office"`, "county\noffice"},
		{"a word in parts", "re\u00ADeducation re-education", `reeducation`, "re\u00ADeducation"},
		{"a run of Han over a line's end", "在乌鲁\n木齐市", "乌鲁木齐", "乌鲁\n木齐"},
		{"one Han character alone and in pairs, once each", "乌鲁 a 乌", "乌", "乌|乌"},
		{"the last character of a run", "乌鲁", "鲁", "鲁"},
		{"matches that overlap", "哈哈哈", "哈哈", "哈哈|哈哈"},
		{"the end of a run and what follows", "乌鲁x 鲁木x", `"鲁 x"`, "鲁x"},
		{"Uyghur with tatweel", "ئۈرۈمچـى", "ئۈرۈمچى", "ئۈرۈمچـى"},
		{"all clauses", "a b a", "a b", "a|b|a"},
		{"nothing", "a", "b", ""},
		{"either", "a b a", "b OR a", "a|b|a"},
		{"what must not be there is not lit", "a b", "a OR NOT b", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := lit(t, c.text, c.typed); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		name, text, typed string
		want              bool
	}{
		{"all clauses", "b a", "a b", true},
		{"one is missing", "a a", "a b", false},
		{"one of two", "b", "a OR b", true},
		{"neither", "c", "a OR b", false},
		{"one that must not be there is not", "a", "a -b", true},
		{"and is", "a b", "a -b", false},
		{"nothing but what must not be there", "c", "-a -b", true},
		{"OR with NOT", "c", "a OR NOT b", true},
		{"brackets", "a c", "a (b OR c)", true},
		{"brackets denied", "a b c", "a -(b c)", false},
		{"brackets denied in part", "a b", "a -(b c)", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Fits(Page{Text: c.text}, query(t, c.typed)); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
	if Fits(Page{Text: "a"}, Query{}) {
		t.Error("a page is an answer to no question")
	}
}

// Many phrases at once are found as one after the other.
func TestManyWaysAreFoundAsEachIs(t *testing.T) {
	text := "乌鲁木齐 the water level 乌鲁 water of the level 木齐市 the water"
	var c Clause
	for _, s := range []string{"water", "the water", "the water level", "乌鲁", "乌鲁木齐", "water", "木齐", "level", "of the"} {
		c.Ways = append(c.Ways, Way{Parts: [][]Term{terms(s)}})
	}
	q := Query{Leaf(0), []Clause{c}}
	var want []Range
	seen := map[[2]int]bool{}
	for way, w := range c.Ways {
		for _, r := range Light(text, Query{Leaf(0), []Clause{{Ways: []Way{w}}}}) {
			if r.Way = way; !seen[[2]int{r.Start, r.End}] {
				seen[[2]int{r.Start, r.End}] = true
				want = append(want, r)
			}
		}
	}
	byPlace := func(a, b Range) int { return cmp.Or(a.Start-b.Start, a.End-b.End) }
	slices.SortFunc(want, byPlace)
	got := Light(text, q)
	slices.SortFunc(got, byPlace)
	if d := gocmp.Diff(want, got); d != "" || len(want) < 12 {
		t.Errorf("%d: %s", len(want), d)
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("before ", 40) + "the camp stands " + strings.Repeat("after ", 40)
	for _, c := range []struct{ name, text, typed, want string }{
		{"a short page is shown whole", "in the camp.", "camp", "in the «camp»."},
		{"white space is folded", "a  \n\n camp\t b", "camp", "a «camp» b"},
		{"the page's own marks are others", "«Правда» camp", "camp", "‹Правда› «camp»"},
		{"bidi overrides and escapes are taken out", "a\u202e \x1b[2J camp\u2066", "camp", "a [2J «camp»"},
		{"matches that overlap are one", "哈哈哈", "哈哈", "«哈哈哈»"},
		{"a broken word is marked whole", "x educa\u00ad\ntion", "education", "x «educa tion»"},
		{"where most clauses are", "camp " + strings.Repeat("far ", 100) + "camp of men", "camp men", "…far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far far «camp» of «men»"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Snippet(c.text, Light(c.text, query(t, c.typed))); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
	t.Run("a long page is cut between words", func(t *testing.T) {
		got := Snippet(long, Light(long, query(t, "camp")))
		if !strings.HasPrefix(got, "…before") || !strings.HasSuffix(got, "after…") || !strings.Contains(got, "the «camp» stands") {
			t.Errorf("got %q", got)
		}
		if n := utf8.RuneCountInString(got); n < 130 || n > 170 {
			t.Errorf("%d characters", n)
		}
	})
	t.Run("a page without matches shows its beginning", func(t *testing.T) {
		if got := Snippet(long, nil); !strings.HasPrefix(got, "before") {
			t.Errorf("got %q", got)
		}
	})
}

func TestBoxes(t *testing.T) {
	box := func(x0, y0 float64) vidimus.Box { return vidimus.Box{X0: x0, Y0: y0, X1: x0 + 10, Y1: y0 + 12} }
	text := "ab 乌鲁\n木齐"
	var places []vidimus.Place
	x, y := 0.0, 0.0
	for i, r := range text {
		if r == '\n' {
			x, y = 0, y+20
			continue
		}
		places = append(places, vidimus.Place{Start: i, End: i + utf8.RuneLen(r), Box: box(x, y)})
		x += 10
	}
	for _, c := range []struct {
		name, typed string
		want        []vidimus.Box
	}{
		{"a word is one box", "ab", []vidimus.Box{{X0: 0, Y0: 0, X1: 20, Y1: 12}}},
		{"a match on two lines is two", "鲁木", []vidimus.Box{{X0: 40, Y0: 0, X1: 50, Y1: 12}, {X0: 0, Y0: 20, X1: 10, Y1: 32}}},
		{"two matches are two, even side by side", "ab 乌", []vidimus.Box{{X0: 0, Y0: 0, X1: 20, Y1: 12}, {X0: 30, Y0: 0, X1: 40, Y1: 12}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := gocmp.Diff(c.want, Boxes(places, Light(text, query(t, c.typed)))); d != "" {
				t.Error(d)
			}
		})
	}
	t.Run("a place of a whole word is lit for a part of it", func(t *testing.T) {
		whole := []vidimus.Place{{Start: 3, End: 9, Box: box(0, 0)}}
		if d := gocmp.Diff([]vidimus.Box{box(0, 0)}, Boxes(whole, Light(text, query(t, "鲁")))); d != "" {
			t.Error(d)
		}
	})
	t.Run("without places there are none", func(t *testing.T) {
		if got := Boxes(nil, Light(text, query(t, "ab"))); len(got) > 0 {
			t.Errorf("got %v", got)
		}
	})
}

func FuzzLight(f *testing.F) {
	for _, text := range []string{"", "乌鲁\n木齐", "« a »", "e\u0301\u202e", strings.Repeat("x乌 ", 200), "a\xff", "i\u00ad\nn"} {
		f.Add(text, "乌 x")
	}
	f.Fuzz(func(t *testing.T, text, typed string) {
		q, err := Parse(typed)
		if err != nil {
			t.Skip()
		}
		ranges := Light(text, q)
		if !slices.IsSortedFunc(ranges, func(a, b Range) int { return a.Start - b.Start }) {
			t.Fatalf("%q in %q: not sorted", typed, text)
		}
		for _, r := range ranges {
			if r.Start < 0 || r.End <= r.Start || r.End > len(text) || r.Clause >= len(q.Clauses) {
				t.Fatalf("%q in %q: range %+v", typed, text, r)
			}
		}
		s := Snippet(text, ranges)
		if strings.Count(s, "«") != strings.Count(s, "»") || len(ranges) > 0 && !strings.Contains(s, "«") {
			t.Fatalf("%q in %q: snippet %q", typed, text, s)
		}
		if utf8.ValidString(text) && !utf8.ValidString(s) {
			t.Fatalf("%q: snippet %q", text, s)
		}
		Boxes([]vidimus.Place{{Start: 0, End: len(text), Box: vidimus.Box{X1: 1, Y1: 1}}}, ranges)
	})
}
