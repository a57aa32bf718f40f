package suite

import (
	stdcmp "cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
)

// World makes n pages, a few to a file, with the files before them: containers
// among them, of all types and states.
func World(seed uint64, n int) []archive.Change {
	r := rand.New(rand.NewPCG(seed, 2))
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	pages := Pages(seed, n)
	var changes []archive.Change
	file := int64(0)
	for i := range pages {
		if i == 0 || r.IntN(3) == 0 {
			file++
			a := archive.About{
				Path:  one("", "Archive/", "archive/2017/", "莎车县/", "notes \"old\"/") + one("Report", "notes", "表格", "a\xffb") + one(".pdf", ".docx", ""),
				Type:  one("application/pdf", "text/plain", "image/png", "message/rfc822", ""),
				State: vidimus.States[r.IntN(len(vidimus.States))],
			}
			if file > 5 && r.IntN(3) == 0 {
				a.Parent = 1 + r.Int64N(file-1)
			}
			changes = append(changes, archive.Change{Seq: int64(len(changes) + 1), File: file, About: a})
		}
		p := pages[i]
		p.Seq, p.File, p.Kind = int64(len(changes)+1), file, one("text", "text", "ocr", "comments")
		if r.IntN(2) == 0 {
			p.Text = "of 木 " + one(" 这一段文字是用中文写成的，为了让人看得出来它的语言。", " This stands here so that the page is in English and the language of it is seen.",
				" Это предложение написано по-русски, чтобы было видно, на каком языке эта страница.", " بۇ بەت ئۇيغۇر تىلىدا يېزىلغان، شۇڭا ئۇنىڭ تىلى ئۇيغۇرچە.")
		}
		p.Text += " " + one("", "", "2017-10-12", "2016年5月", "in May 2016", "from September to November 2017", "2014–2016", "03/04/2015", "in 2017", "17 января 2015 г.")
		changes = append(changes, p)
	}
	return changes
}

func testFields(t *testing.T, store Store) {
	x := open(t, store)
	world := World(11, 200)
	apply(t, x, world...)
	shelf := shelve(world)
	for _, asked := range []string{
		"type:pdf", "-type:pdf", "type:(image OR mail) 木", "type:text/", "language:zh", "language:(ug OR ru) of", "language:und -language:en",
		"state:read", "state:(partly OR failed)", "reading:ocr", "-reading:text", "folder:archive", "folder:archive/2017", "folder:\"莎车县\"",
		`folder:「notes "old"」`, "folder:Report.pdf", "path:report", "path:莎车", "path:*.docx", "path:a?b", "path:\"archive 2017\"",
		"date:2017", "date:2017-10", "date:2016-05", "-date:2015", "date:2015-04", "date:>2016", "date:[2014 TO 2015] 木", "date:2013..2014 OR office",
		"木 type:pdf", "木 OR type:pdf", "木 -type:pdf -state:read", "NOT (木 OR type:pdf)", "(木 type:pdf) OR (of -reading:ocr)",
		"木 (language:zh OR type:image) NOT office", "type:pdf reading:ocr state:read", "of OR NOT type:pdf", `"of" language:en OR folder:莎车县 -木`,
	} {
		want(t, x, asked, scan(shelf, parse(t, asked))...)
	}
	for _, asked := range []string{"木", "type:pdf OR of"} {
		q := search.Since(parse(t, asked), 150)
		found, err := x.Query(t.Context(), q, search.Window{})
		if expected := scan(shelf, q); err != nil || len(expected) == 0 || found.Total != len(expected) {
			t.Errorf("%q since reading 150: %d pages, %v; want %d", asked, found.Total, err, len(expected))
		}
	}
}

// testLookedUp asks for pages that were looked up elsewhere, beside what the
// index knows itself.
func testLookedUp(t *testing.T, store Store) {
	x := open(t, store)
	world := World(14, 120)
	apply(t, x, world...)
	shelf := shelve(world)
	some := &search.Pages{}
	for i, p := range shelf {
		if i%3 == 0 {
			some.Numbers = append(some.Numbers, p.number)
		}
	}
	slices.Sort(some.Numbers)
	some.Numbers = append(some.Numbers, 1<<50) // no page of this index
	for _, asked := range []string{"place:Yarkand", "-number:>=7000", "木 place:Yarkand", "木 OR number:5", "of -place:Yarkand type:pdf", "NOT (木 OR place:=莎车)", "(木 number:1..2) OR \"of\" -language:zh"} {
		q := parse(t, asked)
		if _, err := x.Query(t.Context(), q, search.Window{}); err == nil {
			t.Errorf("%q: an index answers what nobody has looked up", asked)
		}
		for _, pages := range []*search.Pages{some, {}} {
			lookedUp(t, x, shelf, q, pages)
		}
	}
}

func lookedUp(t *testing.T, x search.Index, shelf []shelved, q search.Query, pages *search.Pages) {
	t.Helper()
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if c.Filter != nil && (c.Filter.Field == search.Place || c.Filter.Field == search.Number) {
			q.Clauses[i].Pages = pages
		}
	}
	found, err := x.Query(t.Context(), q, search.Window{Limit: 1000, Sort: search.ByNumber, Facets: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, p := range found.Pages {
		got = append(got, p.Page)
	}
	if want := scan(shelf, q); found.Total != len(want) || !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("%v of %d pages: %d, want %d", q.Root, len(pages.Numbers), found.Total, len(want))
	}
}

func testFacets(t *testing.T, store Store) {
	x := open(t, store)
	world := World(12, 150)
	apply(t, x, world...)
	shelf := shelve(world)
	for _, asked := range []string{"木", "of OR 乌", "type:pdf", "-木", "木 OR type:pdf", "nowhere"} {
		q := parse(t, asked)
		tally := search.NewTally()
		for _, p := range shelf {
			if search.Fits(p.Page, q) {
				tally.Add(p.Facts, 1)
			}
		}
		found, err := x.Query(t.Context(), q, search.Window{Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tally.Facets(), found.Facets); d != "" {
			t.Errorf("%q (-want +got):\n%s", asked, d)
		}
		for field, counts := range found.Facets {
			for _, c := range counts {
				if c.Value != "" {
					choose(t, x, asked, field, c, found.Total)
				}
			}
		}
	}
}

// choose asks for one value of a facet, and for all but it: a count is what
// choosing it gives.
func choose(t *testing.T, x search.Index, asked string, field search.Field, c search.Count, total int) {
	t.Helper()
	with, without := len(ask(t, x, search.With(asked, field, c.Value, false))), len(ask(t, x, search.With(asked, field, c.Value, true)))
	if with != c.Count || without != total-with {
		t.Errorf("%q: %s %q counts %d, choosing it gives %d, excluding it %d of %d", asked, field, c.Value, c.Count, with, without, total)
	}
}

func testOrders(t *testing.T, store Store) {
	x := open(t, store)
	world := World(13, 80)
	apply(t, x, world...)
	dated := func(p shelved) (first, last int) {
		if first, last = search.Edges(p.Dates); first == 0 {
			first = 1e9
		}
		return first, last
	}
	for order, compare := range map[search.Sort]func(a, b shelved) int{
		search.ByPath: func(a, b shelved) int {
			return stdcmp.Or(stdcmp.Compare(a.Path, b.Path), stdcmp.Compare(a.file, b.file))
		},
		search.ByDate: func(a, b shelved) int {
			firstA, _ := dated(a)
			firstB, _ := dated(b)
			return firstA - firstB
		},
		search.ByNewest: func(a, b shelved) int {
			_, lastA := dated(a)
			_, lastB := dated(b)
			return lastB - lastA
		},
	} {
		testOrder(t, x, world, order, compare)
	}
	if _, err := x.Query(t.Context(), parse(t, "a"), search.Window{Sort: "size"}); err == nil {
		t.Error("an order that is none: no error")
	}
}

func testOrder(t *testing.T, x search.Index, world []archive.Change, order search.Sort, compare func(a, b shelved) int) {
	t.Helper()
	q := parse(t, "of OR 木 OR 乌")
	var expected []int64
	pages := slices.DeleteFunc(shelve(world), func(p shelved) bool { return !search.Fits(p.Page, q) })
	slices.SortFunc(pages, func(a, b shelved) int {
		return stdcmp.Or(compare(a, b), stdcmp.Compare(a.number, b.number))
	})
	for _, p := range pages {
		expected = append(expected, p.number)
	}
	var got []int64
	for offset := 0; offset < len(pages); offset += 7 {
		found, err := x.Query(t.Context(), q, search.Window{Limit: 7, Offset: offset, Sort: order})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found.Pages {
			got = append(got, p.Page)
		}
	}
	if d := cmp.Diff(expected, got); d != "" {
		t.Errorf("by %s: %s", order, d)
	}
}

func testFileChanges(t *testing.T, store Store) {
	x := open(t, store)
	seq := int64(0)
	tell := func(c archive.Change) {
		seq++
		c.Seq = seq
		apply(t, x, c)
	}
	box := archive.About{Path: "box.zip", State: vidimus.Waiting}
	tell(archive.Change{File: 1, About: box})
	tell(archive.Change{File: 2, About: archive.About{Parent: 1, Path: "in.zip"}})
	tell(archive.Change{File: 3, About: archive.About{Parent: 2, Path: "a.txt", Type: "text/plain", State: vidimus.Waiting}})
	tell(archive.Change{Page: 5, File: 3, Kind: "text", Text: "words"})
	want(t, x, "folder:box.zip", 5)
	want(t, x, "state:read")
	tell(archive.Change{File: 3, About: archive.About{Parent: 2, Path: "a.txt", Type: "text/plain", State: vidimus.Read}})
	want(t, x, "state:read", 5)
	box.Path = "盒子.zip"
	tell(archive.Change{File: 1, About: box})
	want(t, x, "folder:box.zip")
	want(t, x, "folder:盒子.zip/in.zip words", 5)
	tell(archive.Change{Page: 5, File: 3, Kind: "text", Remove: true})
	want(t, x, "type:text")
	if err := x.Reset(t.Context()); err != nil {
		t.Fatal(err)
	}
	apply(t, x, archive.Change{Seq: 1, Page: 6, File: 3, Kind: "text", Text: "words"})
	want(t, x, fmt.Sprintf("type:%s OR state:read OR folder:盒子.zip", "text"))
	want(t, x, "-type:pdf", 6)
}
