// Package suite is what every search.Index must pass. The truth that answers
// are measured against is its own scan of every page.
package suite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vidimus/archive"
	"vidimus/search"
)

// Store opens one index. Called again after Close it opens what the first
// left behind.
type Store func() (search.Index, error)

// Run tests the indexes that fresh makes, each empty.
func Run(t *testing.T, fresh func(*testing.T) Store) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"an empty index finds nothing", testEmpty},
		{"what cannot be answered is an error", testUnanswerable},
		{"every string of Han is found", testHan},
		{"words and phrases are found as by a scan", testScan},
		{"characters that mean something to engines mean nothing", testHostile},
		{"changes applied twice count once", testTwice},
		{"a page is replaced and removed", testReplace},
		{"reset empties", testReset},
		{"windows join into the ranking", testWindows},
		{"a reopened index answers as before", testReopen},
		{"a very long query is answered", testLong},
		{"near, wildcards, patterns, edits and exact words are found as by a scan", testOperators},
		{"what stands for too much is an error", testTooMany},
		{"a table of questions in five languages is answered", testTable},
		{"fields are asked as by a scan", testFields},
		{"what was looked up elsewhere is asked as by a scan", testLookedUp},
		{"facets are counted as by a scan", testFacets},
		{"pages come in the order of their paths or dates", testOrders},
		{"what a file is by now is what is asked", testFileChanges},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, fresh(t)) })
	}
}

func open(t *testing.T, store Store) search.Index {
	t.Helper()
	x, err := store()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func apply(t *testing.T, x search.Index, changes ...archive.Change) {
	t.Helper()
	if err := x.Apply(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
}

func parse(t *testing.T, typed string) search.Query {
	t.Helper()
	q, err := search.Parse(typed)
	if err != nil {
		t.Fatalf("%q: %v", typed, err)
	}
	return q
}

// resolved has the pages looked at that the index gave texts of.
func resolved(t *testing.T, x search.Index, q search.Query) search.Query {
	t.Helper()
	q, err := search.Resolve(t.Context(), x, q, func(page int64) (string, error) {
		if text, there := texts.Load(page); there {
			return text.(string), nil
		}
		return "", errors.New("no such page")
	})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// texts are those of testOperators, by the number of their page.
var texts sync.Map

// ask gives the pages that match, and holds the answer to the contract.
func ask(t *testing.T, x search.Index, typed string) []int64 {
	t.Helper()
	found, err := x.Query(t.Context(), resolved(t, x, parse(t, typed)), search.Window{Limit: 1 << 20})
	if err != nil {
		t.Fatalf("%q: %v", typed, err)
	}
	if found.Total != len(found.Pages) {
		t.Fatalf("%q: total %d, pages %d", typed, found.Total, len(found.Pages))
	}
	var pages []int64
	for i, p := range found.Pages {
		if p.Score < 0 {
			t.Fatalf("%q: score %v", typed, p.Score)
		}
		if i > 0 {
			before := found.Pages[i-1]
			if before.Score < p.Score || before.Score == p.Score && before.Page >= p.Page {
				t.Fatalf("%q: %v stands before %v", typed, before, p)
			}
		}
		pages = append(pages, p.Page)
	}
	return pages
}

// want compares sets of pages.
func want(t *testing.T, x search.Index, typed string, pages ...int64) {
	t.Helper()
	less := cmpopts.SortSlices(func(a, b int64) bool { return a < b })
	if d := cmp.Diff(pages, ask(t, x, typed), less, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%q (-want +got):\n%s", typed, d)
	}
}

func position(t *testing.T, x search.Index, want int64) {
	t.Helper()
	if got, err := x.Position(context.Background()); err != nil || got != want {
		t.Errorf("position %d, %v; want %d", got, err, want)
	}
}

// vocabulary is small, so that random questions have answers.
var vocabulary = map[string][]string{
	"han":   strings.Split("乌鲁木齐市人民政府办公室关于进一步加强管理工作的通知各区县一二三", ""),
	"word":  {"notice", "office", "of", "the", "county", "Ürümqi", "камп", "район", "ёлка", "қала", "ئۈرۈمچى", "شەھەر", "x1", "2017", "don't"},
	"space": {" ", " ", " ", "\n", "，", "。", "\n\n", "-"},
}

// Pages makes n pages of mixed writing, the same for the same seed.
func Pages(seed uint64, n int) []archive.Change {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(kind string) string { return vocabulary[kind][r.IntN(len(vocabulary[kind]))] }
	changes := make([]archive.Change, n)
	for i := range changes {
		var b strings.Builder
		for range 5 + r.IntN(60) {
			if r.IntN(2) == 0 {
				for range 1 + r.IntN(9) {
					b.WriteString(pick("han"))
					if r.IntN(8) == 0 {
						b.WriteString("\n")
					}
				}
			} else {
				b.WriteString(pick("word"))
			}
			b.WriteString(pick("space"))
		}
		changes[i] = archive.Change{Seq: int64(i + 1), Page: int64(i+1)<<24 | 1, Text: b.String()}
	}
	return changes
}

// question makes a random query: one to three clauses in a row, or joined and
// denied at random.
func question(r *rand.Rand) string {
	var b strings.Builder
	writeQuestion(&b, r, 1+r.IntN(3), r.IntN(2) == 0)
	return b.String()
}

func writeQuestion(b *strings.Builder, r *rand.Rand, clauses int, plain bool) {
	for i := range clauses {
		if i > 0 {
			b.WriteString([]string{" ", " AND ", " OR ", " OR "}[r.IntN(4)*b2i(!plain)])
		}
		if !plain && r.IntN(5) == 0 {
			b.WriteString([]string{"-", "NOT "}[r.IntN(2)])
		}
		if !plain && r.IntN(5) == 0 {
			b.WriteString("(")
			writeQuestion(b, r, 1+r.IntN(3), false)
			b.WriteString(")")
			continue
		}
		writeClause(b, r)
	}
}

func writeClause(b *strings.Builder, r *rand.Rand) {
	pick := func(kind string) string { return vocabulary[kind][r.IntN(len(vocabulary[kind]))] }
	var parts []string
	for range 1 + r.IntN(3) {
		part := pick("word")
		if r.IntN(2) == 0 {
			part = ""
			for range 1 + r.IntN(3) {
				part += pick("han")
			}
		}
		parts = append(parts, part)
	}
	fmt.Fprintf(b, "%q", strings.Join(parts, []string{" ", "", "，"}[r.IntN(3)]))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
