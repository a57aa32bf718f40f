package pipeline

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/protect/match"
	"vidimus/read"
	"vidimus/search"
)

var looked = match.New([]match.Person{{ID: "P-001", Forms: []string{"Berak Tushan", "贝拉克·图珊"}}})

// shelf is a case with a container and a file found in it.
func shelf(t *testing.T) *archive.Case {
	t.Helper()
	c := casetest.New(t)
	put := func(w *archive.Work, item vidimus.ItemID, kind string, pages ...vidimus.Page) error {
		n, err := w.Readings().Begin(vidimus.Reading{Item: item, Kind: kind})
		return errors.Join(err, w.Readings().AddPages(n, pages), w.Readings().Finish(n))
	}
	err := c.Do(t.Context(), func(w *archive.Work) error {
		return errors.Join(
			w.Files().AddSource(vidimus.Source{Number: 1}),
			w.Files().Put(vidimus.File{Item: "box", Source: 1, Path: "box.zip", State: vidimus.Read}),
			w.Files().Put(vidimus.File{Item: "letter", Source: 1, Parent: "box", Path: "from berak_tushan.pdf", State: vidimus.Read}),
			w.Files().Put(vidimus.File{Item: "copy", Source: 1, Path: "copy.pdf", State: vidimus.Duplicate, DuplicateOf: "letter"}),
			w.Files().Put(vidimus.File{Item: "scan", Source: 1, Path: "scan.tif", State: vidimus.Read}),
			w.Files().Put(vidimus.File{Item: "lost", Source: 1, Path: "lost.doc", State: vidimus.Failed, Reason: vidimus.Damaged}),
			put(w, "letter", read.OwnWords, vidimus.Page{Number: 1, Text: "It was Berak"}, vidimus.Page{Number: 2, Text: "Tushan who came."}, vidimus.Page{Number: 3, Text: "Nobody."}),
			put(w, "letter", read.Properties, vidimus.Page{Number: 1, Section: true, Text: "Author: 贝拉克·图珊"}),
			put(w, "scan", read.OwnWords, vidimus.Page{Number: 1, Ink: true}, vidimus.Page{Number: 2, Text: "typed"}, vidimus.Page{Number: 3, Text: "stamped", Ink: true, Unread: true}),
			put(w, "scan", read.OCR, vidimus.Page{Number: 1, Text: "8erak Tushan"}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPeopleAreFoundInEveryReadingInNamesAndOverTheBordersOfPages(t *testing.T) {
	c := shelf(t)
	got := map[string]int{}
	err := Sightings(t.Context(), c, looked, Scope{}, search.Recorded, func(s Sighting) error {
		if s.Certainty == match.Exact {
			got[string(s.Item)+" "+s.Kind]++
			if s.Kind == read.OwnWords && s.How != "split" {
				t.Errorf("a name over a border is found as %s", s.How)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"letter " + FileName: 1, "letter " + read.OwnWords: 2, "letter " + read.Properties: 1, "scan " + read.OCR: 1}
	for place, n := range want {
		if got[place] != n {
			t.Errorf("%s: %d, want %d", place, got[place], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("found %v", got)
	}
}

func TestAScopeIsLookedAtWholeAndNoFurther(t *testing.T) {
	c := shelf(t)
	for name, s := range map[string]struct {
		scope Scope
		named bool
	}{
		"a page that names nobody":           {Scope{Item: "letter", Page: 3}, false},
		"a page on which a name ends":        {Scope{Item: "letter", Page: 2}, true},
		"a container with what lies inside":  {Scope{Item: "box", Inside: true}, true},
		"a container alone":                  {Scope{Item: "box"}, false},
		"a duplicate, by what it duplicates": {Scope{Item: "copy"}, true},
		"a page that OCR read":               {Scope{Item: "scan", Page: 1}, true},
	} {
		exact, _, err := Named(t.Context(), c, looked, s.scope)
		if err != nil || (len(exact) > 0) != s.named {
			t.Errorf("%s: %v, %v", name, exact, err)
		}
	}
}

func TestWhatOnlyOCRHasReadIsForAPersonToLookAt(t *testing.T) {
	c := shelf(t)
	for name, s := range map[string]struct {
		scope  Scope
		unread bool
	}{
		"a page with words of its own": {Scope{Item: "scan", Page: 2}, false},
		"a page that OCR read":         {Scope{Item: "scan", Page: 1}, true},
		"a page that is partly words":  {Scope{Item: "scan", Page: 3}, true},
		"a page that is not there":     {Scope{Item: "scan", Page: 9}, true},
		"a file with such a page":      {Scope{Item: "scan"}, true},
		"a file that failed":           {Scope{Item: "lost"}, true},
		"a file that was read":         {Scope{Item: "letter"}, false},
	} {
		if unread, err := Unread(t.Context(), c, s.scope); err != nil || unread != s.unread {
			t.Errorf("%s: %v, %v", name, unread, err)
		}
	}
}
