package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
)

// written gives a query in one line: clauses between bars, terms between
// spaces, a prefix with its star.
func written(q Query) string {
	var clauses []string
	for _, c := range q.All {
		var terms []string
		for _, t := range c.Terms {
			if t.Prefix {
				t.Text += "*"
			}
			terms = append(terms, t.Text)
		}
		clauses = append(clauses, strings.Join(terms, " "))
	}
	return strings.Join(clauses, " | ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, typed, want string }{
		{"words", " County  OFFICE ", "county | office"},
		{"AND between words", "a AND b", "a | b"},
		{"and in small letters is a word", "a and or not", "a | and | or | not"},
		{"a phrase", `"a b" c`, "a b | c"},
		{"a phrase in curly, low and pointed marks", "“a b” „c d“ «e f»", "a b | c d | e f"},
		{"marks of one sort close each other", `“a b"`, "a b"},
		{"a phrase in corner marks", "「乌鲁 木齐」『新疆』", "乌鲁 鲁木 木齐 | 新疆"},
		{"a phrase in full-width marks", "＂a b＂", "a b"},
		{"operators in a phrase mean nothing", `"-a (b) OR c* x:y ~ AND"`, "a b or c x y and"},
		{"a phrase after a word without a space", `a"b c"d`, "a | b c | d"},
		{"Han are a phrase", "乌鲁木齐", "乌鲁 鲁木 木齐"},
		{"one Han character begins a pair", "乌", "乌*"},
		{"a full-width space parts", "乌鲁\u3000木齐", "乌鲁 | 木齐"},
		{"Chinese punctuation parts", "乌鲁，木齐。县、区", "乌鲁 | 木齐 | 县* | 区*"},
		{"a run's last character counts before another word", "乌鲁x", "乌鲁 鲁 x"},
		{"and before punctuation in a phrase", "\"乌鲁，木齐\"", "乌鲁 鲁 木齐"},
		{"one character after a word begins a pair", "A股", "a 股*"},
		{"a hyphen, an apostrophe, a point are inside a word", "re-education Xi’an 3.14", "re education | xi an | 3 14"},
		{"a time of day is no field", "12:30", "12 30"},
		{"punctuation by itself is nothing", "— a … &", "a"},
		{"full-width letters are letters", "ＡＢ", "ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := Parse(c.typed)
			if err != nil {
				t.Fatal(err)
			}
			if got := written(q); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatIsNotUnderstoodIsAnErrorAtItsCharacter(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		at          int
		says        string
	}{
		{"nothing", "", 0, "no word"},
		{"only punctuation", "— ，", 0, "no word"},
		{"an open phrase", `乌 "a`, 2, "not closed"},
		{"an empty phrase", `a "..."`, 2, "no words"},
		{"OR", "乌 OR b", 2, "OR is not built yet"},
		{"NOT", "NOT b", 0, "NOT is not built yet"},
		{"minus", "a -b", 2, "- is not built yet"},
		{"a full-width minus", "a －b", 2, "- is not built yet"},
		{"minus before a phrase", `a -"b c"`, 2, "- is not built yet"},
		{"plus", "+b", 0, "+ is not built yet"},
		{"brackets", "a (b", 2, "( is not built yet"},
		{"full-width brackets", "（a）", 0, "( is not built yet"},
		{"a closing bracket", "ab)", 2, ") is not built yet"},
		{"near", `"a b"~5`, 5, "~ is not built yet"},
		{"fuzzy", "word~1", 4, "~ is not built yet"},
		{"a prefix", "pre*", 3, "* is not built yet"},
		{"a wildcard", "乌？齐", 1, "? is not built yet"},
		{"a pattern", "/a.b/", 0, "/ is not built yet"},
		{"an exact word", "=Word", 0, "= is not built yet"},
		{"a field", "type:pdf", 4, "field:value is not built yet"},
		{"a field with a phrase", `path:"a b"`, 4, "field:value is not built yet"},
		{"a full-width colon", "date：2017", 4, "field:value is not built yet"},
		{"a range", "2014..2017", 4, "a range"},
		{"AND first", "AND a", 0, "either side"},
		{"AND last", "a AND ", 2, "either side"},
		{"AND twice", "a AND AND b", 6, "either side"},
		{"AND before nothing", "a AND —", 2, "either side"},
		{"too long", strings.Repeat("乌", MaxQuery+1), MaxQuery, "1000 characters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.typed)
			at, ok := AtCharacter(err)
			if !ok || at != c.at || !strings.Contains(err.Error(), c.says) {
				t.Errorf("at %d: %v; want %d, %q", at, err, c.at, c.says)
			}
		})
	}
}

func TestErrorsSayTheNextStep(t *testing.T) {
	for _, typed := range []string{"", "a OR b"} {
		if _, err := Parse(typed); vidimus.HintOf(err) == "" {
			t.Errorf("%q: no hint", typed)
		}
	}
}

func TestClausesKnowWhatWasTyped(t *testing.T) {
	q, err := Parse(`乌 “a b” c`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Clause{{At: 0, Typed: "乌"}, {At: 2, Typed: "“a b”"}, {At: 8, Typed: "c"}} {
		if got := q.All[i]; got.At != want.At || got.Typed != want.Typed {
			t.Errorf("clause %d: %q at %d", i, got.Typed, got.At)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a AND b", `"a b"~5`, "乌鲁，木齐x 「区」", "x:y -z (", "12:30 1..2", "\xff”", "“\u0301”"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		q, err := Parse(typed)
		length := utf8.RuneCountInString(strings.ToValidUTF8(typed, "\uFFFD"))
		if err != nil {
			if at, ok := AtCharacter(err); !ok || at < 0 || at > length {
				t.Fatalf("%q: error at %d of %d: %v", typed, at, length, err)
			}
			return
		}
		if err := Answerable(q, Window{}); err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		for _, c := range q.All {
			if got := string([]rune(strings.ToValidUTF8(typed, "\uFFFD"))[c.At:][:utf8.RuneCountInString(c.Typed)]); got != c.Typed {
				t.Fatalf("%q: clause %q is not at %d", typed, c.Typed, c.At)
			}
			if !Fits(Query{All: []Clause{c}}, Light(c.Typed, Query{All: []Clause{c}})) {
				t.Fatalf("%q: clause %q does not find itself", typed, c.Typed)
			}
		}
	})
}
