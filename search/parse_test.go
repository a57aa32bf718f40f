package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
)

// shown gives a query in one line: what must all be there between bars,
// terms between spaces, a prefix with its star.
func shown(q Query) string {
	if all, ok := q.Root.(All); ok {
		return shownList(q, all, " | ")
	}
	return shownNode(q, q.Root)
}

func shownNode(q Query, n Node) string {
	switch n := n.(type) {
	case All:
		return "(" + shownList(q, n, " & ") + ")"
	case Any:
		return "(" + shownList(q, n, " OR ") + ")"
	case Not:
		return "-" + shownNode(q, n.Node)
	}
	return shownClause(q.Clauses[n.(Leaf)])
}

func shownList(q Query, nodes []Node, by string) string {
	var all []string
	for _, n := range nodes {
		all = append(all, shownNode(q, n))
	}
	return strings.Join(all, by)
}

func shownClause(c Clause) string {
	if f := c.Filter; f != nil && f.Field == Date {
		return fmt.Sprintf("date:%d..%d", f.First, f.Last)
	} else if f != nil {
		return string(f.Field) + ":" + strings.Join(f.Values, ",") + f.Glob + shownWays(f.Ways)
	}
	if c.Exact != "" {
		return "=" + c.Exact + ": " + shownWays(c.Ways)
	}
	return shownWays(c.Ways)
}

func shownWays(all []Way) string {
	var ways []string
	for _, w := range all {
		var parts []string
		for _, p := range w.Parts {
			parts = append(parts, shownTerms(p))
		}
		way := strings.Join(parts, "; ")
		if len(parts) > 1 {
			way += fmt.Sprintf(" ~%d", w.Near)
		}
		ways = append(ways, way)
	}
	return strings.Join(ways, " / ")
}

func shownTerms(terms []Term) string {
	var all []string
	for _, t := range terms {
		if t.Prefix {
			t.Text += "*"
		}
		if t.Pattern != nil {
			t.Text = "[" + t.Text + "]"
		}
		all = append(all, t.Text)
	}
	return strings.Join(all, " ")
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
		{"OR", "a OR b", "(a OR b)"},
		{"OR parts before AND", "a b OR c AND d OR e", "((a & b) OR (c & d) OR e)"},
		{"brackets", "a (b OR c)", "a | (b OR c)"},
		{"full-width brackets and operators", "ａ（ｂ ＯＲ ｃ）", "a | (b OR c)"},
		{"brackets without need", "((a) (b))", "a | b"},
		{"brackets after a word without a space", "a(b)c", "a | b | c"},
		{"NOT", "a NOT b", "a | -b"},
		{"minus", "a -b -\"c d\" -(e f)", "a | -b | -c d | -(e & f)"},
		{"a full-width minus and a true one", "a －b \u2212c", "a | -b | -c"},
		{"NOT by itself", "NOT a", "-a"},
		{"NOT twice", "-(-a)", "--a"},
		{"NOT before what stands on one side of OR", "NOT a OR b", "(-a OR b)"},
		{"plus says what is so anyway", "+a +(b OR c)", "a | (b OR c)"},
		{"a dash between spaces is punctuation", "a - b", "a | b"},
		{"two dashes are punctuation", "--a", "a"},
		{"a minus inside a word is none", "a-b", "a b"},
		{"near", `"water level"~5`, "water; level ~5"},
		{"near with Han and a broken word", "“乌鲁木齐 re-education 县”～0", "乌鲁 鲁木 木齐; re education; 县* ~0"},
		{"a prefix", "Pre*", "pre*"},
		{"a prefix in the middle of a phrase", "re*-edu*", "[re*] edu*"},
		{"wildcards", "Col?ur *tion Ж*ия", "[col?ur] | [*tion] | [ж*ия]"},
		{"full-width wildcards", "ａ？ｂ＊", "[a?b*]"},
		{"a wildcard for a character", "乌?木齐 新？", "[乌?] [?木] 木齐 | [新?]"},
		{"a star at the end of Han", "乌鲁* *木齐", "乌鲁 | 木齐"},
		{"edits", "Word~1 Ürümqi～2", "[word~1] | [urumqi~2]"},
		{"edits of Han", "乌鲁木~1", "乌鲁 鲁木 / [乌?] [?木] / [乌?] [?鲁] 鲁木 / 乌木 / 乌鲁 / 乌鲁 [鲁?] [?木] / 鲁木"},
		{"misread", "office~", "[office~]"},
		{"misread Han", "未来~", "未来 / 末来"},
		{"a pattern", `/Ürüm.i\S?/`, `[/urum.i\S?/]`},
		{"a pattern with an escaped slash", `/a\/?b/`, `[/a\/?b/]`},
		{"a slash inside a word", "and/or", "and or"},
		{"exactly", `=Word ="Two  words"`, "=Word: word | =Two words: two words"},
		{"exactly in full width", "＝“乌鲁 木齐”", "=乌鲁木齐: 乌鲁 鲁木 木齐"},
		{"a type", "type:pdf", "type:application/pdf"},
		{"a media type", "type:application/PDF", "type:application/pdf"},
		{"a half of one", "type:image/* OR type:Text/", "(type:image/ OR type:text/)"},
		{"a word for several types", "type:mail", "type:message/,application/mbox,text/rfc822-headers"},
		{"a language by its name", "Language:Uyghur", "language:ug"},
		{"several values", "language:(zh OR ug) -state:(partly OR failed)", "(language:zh OR language:ug) | -(state:partly OR state:failed)"},
		{"a quoted value", `reading:"ocr"`, "reading:ocr"},
		{"a folder", `folder:"A b/Ürüm c/"`, "folder:a b/urum c"},
		{"words of a path", `path:"Annual report" path:莎车`, "path:annual report | path:莎车"},
		{"a path with wildcards", "path:*.PDF", "path:*.pdf"},
		{"a year", "date:2017", "date:20170101..20171231"},
		{"a month, a day", "date:2016-02 date:2017-1-9", "date:20160201..20160229 | date:20170109..20170109"},
		{"a date in words", "date:2017年10月 date:\"12 October 2017\"", "date:20171001..20171031 | date:20171012..20171012"},
		{"years with dots between", "date:2014..2017", "date:20140101..20171231"},
		{"dots and one side", "date:2014.. OR date:..2017-10", "(date:20140101..99991231 OR date:0..20171031)"},
		{"brackets with TO", "date:[2014 TO 2017-10]", "date:20140101..20171031"},
		{"full-width brackets with TO", "ｄａｔｅ：［2014　ＴＯ　2017］", "date:20140101..20171231"},
		{"curly brackets leave out", "date:{2014 TO 2017}", "date:20141232..20170100"},
		{"TO with an open side", "date:[* TO 2017}", "date:0..20170100"},
		{"compared", "date:>=2014 date:<2017-10-12", "date:20140101..99991231 | date:0..20171011"},
		{"and with the other sign", "date:>2014 date:<=2017", "date:20141232..99991231 | date:0..20171231"},
		{"several dates", "date:(2014 OR 2016..2017)", "(date:20140101..20141231 OR date:20160101..20171231)"},
		{"full-width colon and brackets", "ｔｙｐｅ：（ｐｄｆ）", "type:application/pdf"},
		{"a field among words", "camp language:zh county", "camp | language:zh | county"},
		{"Han and OR", "乌鲁木齐 OR 新疆", "(乌鲁 鲁木 木齐 OR 新疆)"},
		{"OR in small letters is a word", "a or b", "a | or | b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := Parse(c.typed)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(q); got != c.want {
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
		{"OR first", "OR a", 0, "either side"},
		{"OR last", "乌 OR ", 2, "either side"},
		{"OR twice", "a OR OR b", 2, "either side"},
		{"OR before nothing", "a OR —", 2, "either side"},
		{"OR before AND", "a OR AND b", 5, "either side"},
		{"NOT before nothing", "a NOT —", 2, "NOT needs a word"},
		{"NOT last", "a NOT", 2, "NOT needs a word"},
		{"NOT before AND", "NOT AND a", 4, "where a word is needed"},
		{"minus before punctuation", "a -…", 2, "- needs a word"},
		{"an open bracket", "a (b", 2, "not closed"},
		{"an open full-width bracket", "（a", 0, "not closed"},
		{"an open bracket in a closed one", "(a (b)", 0, "not closed"},
		{"a closing bracket", "ab)", 2, "closes nothing"},
		{"empty brackets", "a ()", 2, "no word in these brackets"},
		{"brackets around punctuation", "a (…)", 2, "no word in these brackets"},
		{"AND before a closing bracket", "(a AND) b", 3, "either side"},
		{"brackets too deep", strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), 30, "30 deep"},
		{"NOT too deep", strings.Repeat("NOT ", 40) + "a", 120, "30 deep"},
		{"near without a number", `"a b"~`, 5, "how many words"},
		{"near with a word", `"a b"~c`, 5, "how many words"},
		{"near too far", `"a b"~1001`, 5, "1000 at most"},
		{"near of one word", `x "ab"~5`, 6, "two words"},
		{"two tildes", "word~~", 4, "~ ends a word"},
		{"three edits", "word~3", 4, "~ ends a word"},
		{"edits of two words", "re-word~1", 7, "after one word"},
		{"edits of nothing", "~1", 0, "a word before it"},
		{"edits of a short word", "ab~1", 2, "3 letters at least"},
		{"edits of two characters", "莎车~1", 2, "3 characters at least"},
		{"edits and a wildcard", "wo*d~1", 2, "not both"},
		{"Han and a word with edits", "乌x~1", 1, "Chinese characters alone"},
		{"a wildcard by itself", "a *", 2, "a letter beside it"},
		{"a wildcard before a sign", "*-a", 0, "a letter beside it"},
		{"a wildcard between Han and letters", "乌*a", 2, "not with both"},
		{"a star between Han", "乌*齐", 1, "can mean nothing"},
		{"an open pattern", "a /b", 2, "not closed"},
		{"a pattern that goes on", "/a.b/c", 5, "second /"},
		{"a pattern of Han", "/a乌/", 2, "not written in words"},
		{"a pattern that is none", "/a(/", 0, "missing closing"},
		{"a pattern that fits nothing", "/a*/", 0, "without letters"},
		{"exactly nothing", "a = b", 2, "= needs a word"},
		{"exactly an open phrase", `="a`, 1, "not closed"},
		{"a range without a field", "2014..2017", 4, "needs a field"},
		{"at least without a field", "a >=5", 2, "needs a field"},
		{"an unknown field", "a size:3", 2, "no such field"},
		{"an unknown field with a full-width colon", "ｓｉｚｅ：3", 0, "no such field"},
		{"a field without a value", "a type: pdf", 2, "needs a value"},
		{"an empty value", `language:""`, 0, "needs a value"},
		{"an open value", `path:"a`, 5, "not closed"},
		{"an unknown type", "type:pfd", 5, "no such type"},
		{"an unknown language", "language:(zh OR fr)", 16, "no such language"},
		{"an unknown state", "-state:lost", 7, "no such state"},
		{"an unknown reading", "reading:words", 8, "no such reading"},
		{"no date", "date:soon", 5, "no date"},
		{"a day that is none", "date:2017-02-30", 5, "no date"},
		{"no date after the dots", "date:2014..soon", 11, "no date"},
		{"dots by themselves", "date:..", 5, "on one side"},
		{"an empty date", `a date:""`, 2, "needs a value"},
		{"a date left out", "date: 2017", 0, "needs a value"},
		{"an open range", "date:[2014 TO 2017", 5, "not closed"},
		{"a range without TO", "date:[2014 2017]", 5, "written with TO"},
		{"no date in brackets", "date:[2014 TO soon]", 14, "no date"},
		{"a range that ends before it begins", "date:[2017 TO 2014]", 14, "ends before it begins"},
		{"a range of another field", "path:[a TO b]", 5, "have ranges"},
		{"no number", "number:many", 7, "no number"},
		{"two numbers", `number:"3 5"`, 7, "no number"},
		{"a number with a bound", `number:"over 5"`, 7, "no number"},
		{"no number after the dots", "number:100..lots", 12, "no number"},
		{"dots of numbers by themselves", "number:..", 7, "a number on one side"},
		{"an empty number", `a number:""`, 2, "needs a value"},
		{"numbers that end before they begin", "number:[9 TO 5]", 13, "ends before it begins"},
		{"numbers of which none is left", "number:{5 TO 5]", 13, "ends before it begins"},
		{"numbers of two units", `number:["3 km" TO "5 people"]`, 8, "no number"},
		{"ends of two units", "number:[3 km TO 5 people]", 16, "different units"},
		{"an open range of numbers", "number:[3 TO 5", 7, "not closed"},
		{"a place without a name", "place:…", 6, "no name"},
		{"a place left out", "place: Yarkand", 0, "needs a value"},
		{"exactly no place", "place:=", 0, "needs a value"},
		{"a range of places", "place:[a TO b]", 6, "have ranges"},
		{"an official without a name", `official:"…"`, 9, "no name"},
		{"people are no field", "person:Testov", 0, "no such field"},
		{"a path without a word", "path:…", 5, "no word"},
		{"no folder", "folder:/", 7, "no folder"},
		{"a field in the brackets of a field", "type:(pdf state:read)", 10, "no such type"},
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
	for _, typed := range []string{"", "*"} {
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
		if got := q.Clauses[i]; got.At != want.At || got.Typed != want.Typed {
			t.Errorf("clause %d: %q at %d", i, got.Typed, got.At)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "a AND b", `"a b"~5`, "乌鲁，木齐x 「区」", "x:y -z (", "a OR -(b NOT c) +d", "12:30 1..2", "wo?d* 乌?木 /a.b/ =Word 未来~ word~1 \"a 乌\"~3 乌鲁木~1", "date:[2014 TO 2017} date:>=2014 date:(..2017)", "number:>=7000 number:1.2万..3万 number:[3 km TO 5} number:\"7000 people\" -place:=莎车 place:(Yarkand OR يەكەن) official:\"a b\"", "type:(pdf OR -image/*) path:\"a\" folder:x/y", "\xff”", "“\u0301”"} {
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
		for i, c := range q.Clauses {
			if c.Filter != nil && c.Filter.stated() {
				q.Clauses[i].Pages = &Pages{}
			}
		}
		if err := Answerable(q, Window{}); err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		for _, c := range q.Clauses {
			if got := string([]rune(strings.ToValidUTF8(typed, "\uFFFD"))[c.At:][:utf8.RuneCountInString(c.Typed)]); got != c.Typed {
				t.Fatalf("%q: clause %q is not at %d", typed, c.Typed, c.At)
			}
			if plain := c.Filter == nil && !strings.ContainsAny(strings.Map(ascii, c.Typed), "*?~/="); plain && !Fits(Page{Text: c.Typed}, Query{Leaf(0), []Clause{c}}) {
				t.Fatalf("%q: clause %q does not find itself", typed, c.Typed)
			}
		}
	})
}
