package publish

import (
	"bytes"
	"slices"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/protect"
	"vidimus/protect/trace"
)

// of makes the edition of one page.
func of(t *testing.T, mode protect.Mode, page vidimus.Page) []File {
	t.Helper()
	d := protect.Document{Item: "aaaaaaaaaaaaaaaa", Title: "A paper"}
	if mode == protect.Cite {
		d.Quotes = []string{"the county met"}
	}
	p := protect.Plan{Format: protect.PlanFormat, Mode: mode, Title: "Invented papers", Publisher: "Sample press", Documents: []protect.Document{d}}
	e, pictures, err := protect.Make(p, func(protect.Document) ([]protect.Source, []protect.Area, error) {
		return []protect.Source{{Reading: 1, Page: page, Language: "en"}}, nil, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := protect.Clear("case", e, pictures, []protect.Approval{{Signer: "a"}, {Signer: "b"}}, func(protect.Approval, string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	files, err := Render(c)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A marked copy and its clean twin give the same bytes in every mode that is
// said to remove the mark, and the mark is found in the copy.
func TestTwinsGiveTheSameEdition(t *testing.T) {
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	const clean = "On that day the county met\nand spoke of Ürümqi."
	lines := func(shift float64) []vidimus.Place {
		return []vidimus.Place{{Start: 0, End: 2, Box: vidimus.Box{X0: 50, Y0: 50 + shift, X1: 60, Y1: 60 + shift}}}
	}
	for _, c := range []struct {
		kind   trace.Kind
		marked vidimus.Page
		found  bool // by the look at the words alone
	}{
		{trace.Invisible, vidimus.Page{Text: "On that day the cou\u200bnty met\nand spoke of Ürümqi."}, true},
		{trace.Invisible, vidimus.Page{Text: "On that day the county\U000E0041 met\nand spoke of Ürümqi."}, true},
		{trace.OddSpaces, vidimus.Page{Text: "On that\u2009day the county met\nand spoke of Ürümqi."}, true},
		{trace.LookAlikes, vidimus.Page{Text: "On that day the c\u043eunty met\nand spoke of Ürümqi."}, true},
		{trace.MixedForms, vidimus.Page{Text: "On that day the county met\nand spoke of U\u0308rümqi."}, true},
		{trace.ShiftedLines, vidimus.Page{Text: clean, Places: lines(0.4)}, false},
		{trace.ShiftedWords, vidimus.Page{Text: "On that  day the county met\nand spoke of Ürümqi."}, false},
	} {
		if c.found && !slices.ContainsFunc(trace.Text(c.marked.Text), func(tr trace.Trace) bool { return tr.Kind == c.kind }) {
			t.Errorf("%s is planted and not found", c.kind)
		}
		for _, mode := range []protect.Mode{protect.Cite, protect.Transcript} {
			if !slices.Contains(trace.Trace{Kind: c.kind}.RemovedBy(), trace.Mode(mode)) {
				t.Errorf("%s is not said to be removed by %s", c.kind, mode)
				continue
			}
			c.marked.Number = 1
			a := of(t, mode, vidimus.Page{Number: 1, Text: clean, Places: lines(0)})
			b := of(t, mode, c.marked)
			for i := range a {
				if a[i].Path != b[i].Path || !bytes.Equal(a[i].Data, b[i].Data) {
					t.Errorf("%s, mode %s: %s differs", c.kind, mode, a[i].Path)
				}
			}
		}
	}
}
