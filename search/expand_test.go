package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
	archivememory "vidimus/archive/memory"
	"vidimus/search"
	"vidimus/search/memory"
)

// names is an expander with two names.
func names(form string) []search.Form {
	switch form {
	case "Yarkand", "莎车":
		return []search.Form{{Text: "莎车", Why: form + " = 莎车, gazetteer"}, {Text: "Yarkand", Why: form + " = Yarkand, gazetteer"}, {Text: "Шаче", Why: form + " = Шаче, Palladius"}}
	case "Chen Quanguo":
		return []search.Form{{Text: "陈全国", Why: "Chen Quanguo = 陈全国, pinyin", Known: true}}
	}
	return nil
}

// sheets gives records and an index of one page for each text, in their order.
func sheets(t *testing.T, texts ...string) (search.Viewer, search.Index) {
	t.Helper()
	records, index := archivememory.New(), &memory.Index{}
	err := records.Do(t.Context(), func(tx archive.Tx) error {
		if err := tx.Files().AddSource(vidimus.Source{Number: 1}); err != nil {
			return err
		}
		for _, text := range texts {
			item := vidimus.NewItemID()
			if err := tx.Files().Put(vidimus.File{Item: item, Source: 1, Path: "a.txt", Type: "text/plain", State: vidimus.Read}); err != nil {
				return err
			}
			n, err := tx.Readings().Begin(vidimus.Reading{Item: item, Kind: "text"})
			if err != nil {
				return err
			}
			if err := tx.Readings().AddPages(n, []vidimus.Page{{Number: 1, Section: true, Text: text}}); err != nil {
				return err
			}
			if err := tx.Readings().Finish(n); err != nil {
				return err
			}
		}
		changes, err := tx.Outbox().Next(0, 1000)
		if err != nil {
			return err
		}
		return index.Apply(t.Context(), changes)
	})
	if err != nil {
		t.Fatal(err)
	}
	return records, index
}

func run(t *testing.T, records search.Viewer, index search.Index, typed string, w search.Window) search.Results {
	t.Helper()
	q, err := search.Parse(typed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Run(t.Context(), index, records, search.Expand(q, names), w, search.Recorded)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestExpansion(t *testing.T) {
	records, index := sheets(t, "莎车县", "the road to Yarkand", "в Шаче и Yarkand", "Yarkand and 陈全国", "nothing", "Chen Quanguo in Yarkand")
	for _, c := range []struct {
		name, typed  string
		exact, total int
		first        search.Match
	}{
		{"other forms add", "Yarkand", 4, 5, search.Match{Query: "Yarkand", As: "Yarkand", Why: "as typed"}},
		{"from Chinese", "莎车", 1, 5, search.Match{Query: "莎车", As: "莎车", Why: "as typed"}},
		{"an exact word has no other form", "=Yarkand", 4, 4, search.Match{Query: "=Yarkand", As: "Yarkand", Why: "written exactly so"}},
		{"what must not be there has none", "the -莎车", 1, 1, search.Match{Query: "the", As: "the", Why: "as typed"}},
		{"a phrase that is a name", `"Chen Quanguo"`, 1, 2, search.Match{Query: `"Chen Quanguo"`, As: "Chen Quanguo", Why: "as typed"}},
		{"two names", `"Chen Quanguo" 莎车`, 0, 2, search.Match{Query: "莎车", As: "Yarkand", Why: "莎车 = Yarkand, gazetteer"}},
		{"only another form", "Шаче OR 陈全国", 2, 2, search.Match{Query: "Шаче", As: "Шаче", Why: "as typed"}},
		{"with a field", "莎车 type:text", 1, 5, search.Match{Query: "莎车", As: "莎车", Why: "as typed"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, records, index, c.typed, search.Window{Limit: 10, Facets: true})
			if r.Exact != c.exact || r.Total != c.total || r.Expanded != c.total-c.exact || len(r.Hits) != c.total {
				t.Errorf("%d of %d exact, %d expanded, %d hits; want %d of %d", r.Exact, r.Total, r.Expanded, len(r.Hits), c.exact, c.total)
			}
			for i, h := range r.Hits {
				if h.Expanded != (i >= c.exact) {
					t.Errorf("hit %d: expanded is %v", i, h.Expanded)
				}
			}
			if n := r.Facets[search.Type]; len(n) != 1 || n[0].Count != c.total {
				t.Errorf("facets count %v", n)
			}
			if d := cmp.Diff(c.first, r.Hits[0].Matched[0]); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWindowsGoOnFromExactHitsToOthers(t *testing.T) {
	records, index := sheets(t, "莎车", "Yarkand", "Yarkand Yarkand", "莎车 莎车", "莎车", "Шаче")
	all := run(t, records, index, "莎车", search.Window{Limit: 10})
	for limit := 1; limit < 5; limit++ {
		var joined []search.Hit
		for offset := 0; offset < all.Total+limit; offset += limit {
			r := run(t, records, index, "莎车", search.Window{Limit: limit, Offset: offset})
			if r.Total != 6 || r.Exact != 3 {
				t.Fatalf("offset %d: %d of %d", offset, r.Exact, r.Total)
			}
			joined = append(joined, r.Hits...)
		}
		if d := cmp.Diff(all.Hits, joined); d != "" {
			t.Errorf("by %d: %s", limit, d)
		}
	}
}

func TestWhyAPageMatches(t *testing.T) {
	records, index := sheets(t, "The Camp, 12 October 2017, near the water of the old level; carnp; 未来")
	for typed, want := range map[string]search.Match{
		"camp":              {Query: "camp", As: "Camp", Why: "the same letters"},
		`"water level"~5`:   {Query: `"water level"~5`, As: "water", Why: "near each other"},
		"wat*":              {Query: "wat*", As: "water", Why: "begins so"},
		"w?ter":             {Query: "w?ter", As: "water", Why: "wildcard"},
		"watar~1":           {Query: "watar~1", As: "water", Why: "a letter or two apart"},
		"/wat.*/":           {Query: "/wat.*/", As: "water", Why: "pattern"},
		"末来~":               {Query: "末来~", As: "未来", Why: "may have been misread, or edited"},
		"date:2017-10":      {Query: "date:2017-10", As: "2017-10-12", Why: "date"},
		"type:text -nobody": {Query: "type:text", As: "text/plain", Why: "type"},
	} {
		r := run(t, records, index, typed, search.Window{Limit: 1})
		if len(r.Hits) != 1 || len(r.Hits[0].Matched) == 0 {
			t.Errorf("%s: no hit", typed)
		} else if d := cmp.Diff(want, r.Hits[0].Matched[0]); d != "" {
			t.Errorf("%s: %s", typed, d)
		}
	}
}

func TestExplain(t *testing.T) {
	q, err := search.Parse(`莎车 (wat* OR col?ur) NOT type:pdf`)
	if err != nil {
		t.Fatal(err)
	}
	got := search.Explain(search.Expand(q, names), func(clause int) []string {
		if clause == 2 {
			return []string{"colour"}
		}
		return nil
	})
	want := search.Explained{Query: "莎车 AND (wat* OR col?ur) AND NOT type:pdf", Clauses: []search.ExplainedClause{
		{Query: "莎车", Forms: []search.Form{{Text: "莎车", Why: "as typed"}, {Text: "Yarkand", Why: "莎车 = Yarkand, gazetteer"}, {Text: "Шаче", Why: "莎车 = Шаче, Palladius"}}},
		{Query: "wat*", Forms: []search.Form{{Text: "wat*", Why: "begins so"}}},
		{Query: "col?ur", Forms: []search.Form{{Text: "colour", Why: "wildcard"}}},
		{Query: "type:pdf", Field: search.Type},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
