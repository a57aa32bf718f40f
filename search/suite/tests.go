package suite

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"vidimus/archive"
	"vidimus/search"
)

func testEmpty(t *testing.T, store Store) {
	x := open(t, store)
	position(t, x, 0)
	want(t, x, "word")
	want(t, x, "乌")
}

func testUnanswerable(t *testing.T, store Store) {
	x := open(t, store)
	term := func(terms ...search.Term) search.Query {
		return search.Query{Root: search.Leaf(0), Clauses: []search.Clause{{Ways: []search.Way{{Parts: [][]search.Term{terms}}}}}}
	}
	word := term(search.Term{Text: "a"})
	for name, q := range map[string]search.Query{
		"no clause":           {},
		"no term":             term(),
		"an empty term":       term(search.Term{}),
		"an empty list":       {Root: search.All{}, Clauses: word.Clauses},
		"nothing to deny":     {Root: search.Not{}, Clauses: word.Clauses},
		"a missing clause":    {Root: search.Leaf(1), Clauses: word.Clauses},
		"a prefix, then more": term(search.Term{Text: "a", Prefix: true}, search.Term{Text: "b"}),
	} {
		if _, err := x.Query(t.Context(), q, search.Window{Limit: 1}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := x.Query(t.Context(), parse(t, "a"), search.Window{Offset: -1}); err == nil {
		t.Error("negative offset: no error")
	}
}

func testHan(t *testing.T, store Store) {
	x, r := open(t, store), rand.New(rand.NewPCG(7, 7))
	pages := Pages(7, 100)
	apply(t, x, pages...)
	for tried := 0; tried < 300; {
		page := pages[r.IntN(len(pages))]
		run := []rune(longestRun(page.Text))
		n := 1 + r.IntN(6)
		if len(run) < n {
			continue
		}
		tried++
		from := r.IntN(len(run) - n + 1)
		if asked := string(run[from : from+n]); !slices.Contains(ask(t, x, asked), page.Page) {
			t.Errorf("%q is on a page and is not found", asked)
		}
	}
}

// longestRun gives the longest stretch of Han, line ends taken out.
func longestRun(text string) string {
	longest := ""
	other := func(r rune) bool { return r != '\n' && !unicode.Is(unicode.Han, r) }
	for _, paragraph := range strings.Split(text, "\n\n") {
		for _, run := range strings.FieldsFunc(paragraph, other) {
			if run = strings.ReplaceAll(run, "\n", ""); utf8.RuneCountInString(run) > utf8.RuneCountInString(longest) {
				longest = run
			}
		}
	}
	return longest
}

func testScan(t *testing.T, store Store) {
	x, r := open(t, store), rand.New(rand.NewPCG(9, 9))
	pages := Pages(9, 150)
	apply(t, x, pages...)
	answered, shelf := 0, shelve(pages)
	for range 300 {
		q := question(r)
		expected := scan(shelf, parse(t, q))
		want(t, x, q, expected...)
		if len(expected) > 0 {
			answered++
		}
	}
	if answered < 60 {
		t.Errorf("only %d of 300 questions have an answer: the test says little", answered)
	}
}

// scan is the truth: it reads every page.
func scan(pages []shelved, q search.Query) (all []int64) {
	for _, p := range pages {
		if search.Fits(p.Page, q) {
			all = append(all, p.number)
		}
	}
	return all
}

// shelved is a page as the changes leave it.
type shelved struct {
	search.Page
	number, file int64
}

// shelve gives the pages of changes that remove nothing.
func shelve(changes []archive.Change) (pages []shelved) {
	files := map[int64]archive.About{}
	for _, c := range changes {
		if c.Page == 0 {
			files[c.File] = c.About
		}
	}
	for _, c := range changes {
		if c.Page == 0 {
			continue
		}
		p := shelved{search.Page{Text: c.Text, Facts: search.FactsIn(c.Text, c.Kind)}, c.Page, c.File}
		a := files[c.File]
		p.Number = c.Page
		p.Type, p.State, p.Path = a.Type, a.State, search.PathIn("", a.Path)
		for a.Parent != 0 {
			a = files[a.Parent]
			p.Path = search.PathIn(search.PathIn("", a.Path), p.Path)
		}
		pages = append(pages, p)
	}
	return pages
}

func testHostile(t *testing.T, store Store) {
	x := open(t, store)
	apply(t, x,
		archive.Change{Seq: 1, Page: 1, Text: "a\x00b NEAR near text rank"},
		archive.Change{Seq: 2, Page: 2, Text: "x" + strings.Repeat("\u0301", 100_000) + strings.Repeat("long", 50_000)},
		archive.Change{Seq: 3, Page: 3, Text: ""},
		archive.Change{Seq: 4, Page: 4, Text: "no \xff utf \xc0\xaf eight"},
		archive.Change{Seq: 5, Page: 5, Text: "x" + strings.Repeat("long", 100)},
	)
	want(t, x, `"a b"`, 1)
	want(t, x, "NEAR", 1)
	want(t, x, `"text: rank*"`, 1)
	want(t, x, `"rank: text"`)
	want(t, x, "x"+strings.Repeat("long", 100), 5)
	want(t, x, `"utf eight"`, 4)
}

func testTwice(t *testing.T, store Store) {
	x := open(t, store)
	pages := Pages(3, 20)
	apply(t, x, pages[:15]...)
	apply(t, x, pages[5:]...)
	apply(t, x, pages...)
	position(t, x, 20)
	apply(t, x, archive.Change{Seq: 20, Page: 77, Text: "onlyhere"})
	want(t, x, "onlyhere")
	apply(t, x)
	position(t, x, 20)
}

func testReplace(t *testing.T, store Store) {
	x := open(t, store)
	apply(t, x,
		archive.Change{Seq: 1, Page: 1, Text: "old words"},
		archive.Change{Seq: 2, Page: 2, Text: "old words"},
		archive.Change{Seq: 3, Page: 1, Text: "new words"},
		archive.Change{Seq: 4, Page: 3, Remove: true},
	)
	want(t, x, "old", 2)
	want(t, x, "words", 1, 2)
	apply(t, x, archive.Change{Seq: 9, Page: 2, Remove: true})
	want(t, x, "old")
	want(t, x, "words", 1)
	position(t, x, 9)
	apply(t, x, archive.Change{Seq: 10, Page: 2, Text: "old again"})
	want(t, x, "old", 2)
}

func testReset(t *testing.T, store Store) {
	x := open(t, store)
	apply(t, x, Pages(4, 10)...)
	if err := x.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	position(t, x, 0)
	want(t, x, "乌")
	apply(t, x, archive.Change{Seq: 1, Page: 5, Text: "again"})
	want(t, x, "again", 5)
}

func testWindows(t *testing.T, store Store) {
	x := open(t, store)
	apply(t, x, Pages(5, 100)...)
	q := parse(t, "乌")
	all, err := x.Query(t.Context(), q, search.Window{Limit: 1000})
	if err != nil || all.Total < 30 {
		t.Fatalf("%d pages, %v", all.Total, err)
	}
	var joined []search.Ranked
	for offset := 0; offset < all.Total+14; offset += 7 {
		part, err := x.Query(t.Context(), q, search.Window{Limit: 7, Offset: offset})
		if err != nil || part.Total != all.Total {
			t.Fatalf("offset %d: total %d of %d, %v", offset, part.Total, all.Total, err)
		}
		joined = append(joined, part.Pages...)
	}
	if d := cmp.Diff(all.Pages, joined); d != "" {
		t.Error(d)
	}
	if none, err := x.Query(t.Context(), q, search.Window{}); err != nil || none.Total != all.Total || len(none.Pages) > 0 {
		t.Errorf("limit 0: %d pages of %d, %v", len(none.Pages), none.Total, err)
	}
}

func testReopen(t *testing.T, store Store) {
	x := open(t, store)
	apply(t, x, Pages(6, 50)...)
	before := ask(t, x, "木 of")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, store)
	position(t, x, 50)
	want(t, x, "木 of", before...)
	apply(t, x, archive.Change{Seq: 51, Page: 9, Text: "afterwards"})
	want(t, x, "afterwards", 9)
}

func testLong(t *testing.T, store Store) {
	x := open(t, store)
	letters := strings.Repeat("a ", search.MaxQuery/2)
	apply(t, x, archive.Change{Seq: 1, Page: 1, Text: letters + "乌" + strings.Repeat("鲁", search.MaxQuery)})
	want(t, x, letters, 1)
	want(t, x, `"`+letters[:search.MaxQuery-2]+`"`, 1)
	want(t, x, strings.Repeat("鲁", search.MaxQuery), 1)
	want(t, x, strings.Repeat("乌 ", search.MaxQuery/2), 1)
	want(t, x, "a"+strings.Repeat(" -b", search.MaxQuery/3-1), 1)
	want(t, x, "b"+strings.Repeat(" OR a", search.MaxQuery/5-1), 1)
	want(t, x, strings.Repeat("(a OR -", 14)+"b"+strings.Repeat(")", 14), 1)
}
