package pipeline_test

import (
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/read"
)

func TestACorrectionIsAReadingOfItsOwnAndIsFound(t *testing.T) {
	c := casetest.New(t)
	x := index(t, c)
	o, seen := options, 0
	o.Lanes, o.OCR = 1, pretended(&seen)
	if _, err := pipeline.Add(t.Context(), c, x, []string{scans(t, 100)}, o); err != nil {
		t.Fatal(err)
	}
	var item vidimus.ItemID
	err := c.View(t.Context(), func(tx archive.Tx) error {
		all, err := tx.Files().List(0, 1)
		item = all[0].Item
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	number, err := pipeline.Correct(t.Context(), c, item, 0, 1, "really written")
	if err != nil {
		t.Fatal(err)
	}
	if err := pipeline.CatchUp(t.Context(), c, x); err != nil {
		t.Fatal(err)
	}
	if total(t, c, x, "written") != 1 || total(t, c, x, "recognised") != 1 {
		t.Error("both wordings should be found")
	}
	p, err := pipeline.Page(t.Context(), c, item, 1)
	if err != nil || p.Text != "really written\n" || len(p.Places) == 0 || p.Places[0].Box != (vidimus.Box{X1: 9, Y1: 9}) {
		t.Errorf("the page is shown as %+v, %v", p, err)
	}
	again, err := pipeline.Correct(t.Context(), c, item, number, 1, "really written, twice")
	if err != nil || again == number {
		t.Fatalf("corrected again: reading %d, %v", again, err)
	}
	err = c.View(t.Context(), func(tx archive.Tx) error {
		before, err := tx.Readings().Page(number, 1)
		if err != nil || before.Text != "really written\n" {
			t.Errorf("the correction before is %q, %v", before.Text, err)
		}
		_, kind, err := pipeline.PageIn(tx, item, again, 1)
		if err != nil || kind != read.OwnWords {
			t.Errorf("shown as %q, %v", kind, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	corrections := 0
	err = c.View(t.Context(), func(tx archive.Tx) error {
		size, err := tx.Log().Size()
		for i := int64(0); i < size && err == nil; i++ {
			var e custody.Entry
			if e, err = custody.ReadBody(tx.Log(), i); e.Kind == custody.Correct {
				corrections++
			}
			for _, v := range e.Fields {
				if s, ok := v.(string); ok && strings.Contains(s, "written") {
					t.Error("the log tells the words")
				}
			}
		}
		return err
	})
	if err != nil || corrections != 2 {
		t.Errorf("the log has %d corrections, %v", corrections, err)
	}
	if a, err := c.AuditContent(t.Context()); err != nil || len(a.Findings) > 0 {
		t.Errorf("audit: %v, %v", a.Findings, err)
	}
	if _, err := pipeline.Correct(t.Context(), c, item, 0, 9, "x"); err == nil {
		t.Error("a page that is not there was corrected")
	}
}

func TestWordsOfACorrectionKeepTheirPlaces(t *testing.T) {
	box := func(n int) vidimus.Box { return vidimus.Box{X0: float64(n), X1: float64(n) + 1, Y1: 1} }
	old := vidimus.Page{Text: "one tvvo three\n水庠\n", Places: []vidimus.Place{
		{Start: 0, End: 3, Box: box(1)}, {Start: 4, End: 8, Box: box(2)}, {Start: 9, End: 14, Box: box(3)},
		{Start: 15, End: 18, Box: box(4)}, {Start: 18, End: 21, Box: box(5)}}}
	for name, c := range map[string]struct {
		text string
		want map[string]vidimus.Box
	}{
		"a word that is corrected":   {"one two three\n水庠\n", map[string]vidimus.Box{"one": box(1), "two": box(2), "three": box(3), "水": box(4), "庠": box(5)}},
		"a character":                {"one tvvo three\n水库\n", map[string]vidimus.Box{"tvvo": box(2), "水库": box(4)}},
		"a word that shares nothing": {"one XX three\n水庠\n", map[string]vidimus.Box{"XX": box(2)}},
		"words left out":             {"three\n", map[string]vidimus.Box{"three": box(3)}},
		"nothing":                    {"", map[string]vidimus.Box{}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]vidimus.Box{}
			places := pipeline.Carried(old, c.text)
			vidimus.EncodePlaces(places) // panics where they are out of order
			for _, p := range places {
				got[c.text[p.Start:p.End]] = p.Box
			}
			for w, b := range c.want {
				if got[w] != b {
					t.Errorf("%q lies at %v, want %v", w, got[w], b)
				}
			}
		})
	}
}

func FuzzCarried(f *testing.F) {
	f.Add("one two", "one  tow")
	f.Add("水库", "水\xff库\n")
	f.Fuzz(func(t *testing.T, was, is string) {
		was, is = read.Clean(was), read.Clean(is)
		if len(was)+len(is) > 4000 {
			return
		}
		old := vidimus.Page{Text: was}
		for i, r := range was {
			old.Places = append(old.Places, vidimus.Place{Start: i, End: i + len(string(r)), Box: vidimus.Box{X1: 1, Y1: 1}})
		}
		for _, p := range pipeline.Carried(old, is) {
			if p.End > len(is) || p.Start >= p.End {
				t.Errorf("a place %v of %d bytes", p, len(is))
			}
		}
	})
}

func TestTextThatCannotBeReadIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"English":               {"The council decided on 4 April 2017 to build the reservoir, see p. 12.", false},
		"Chinese":               {"二〇一七年四月，县委决定修建水库，计划投资1.2亿元。", false},
		"Uyghur with a name":    {"گىلېس بۇ رايوندا 135 خىلدىن ئارتۇق (Sainsbury) تۈرلۈك ماللار شىركىتى", false},
		"a row of figures":      {"12,000 14.5 % 7 0.33 1,200 88 4 17 2.2 90 14 2017-04", false},
		"a list of contents":    {"1 Water ........................................ 3\n2 Dam ............ 5\n", false},
		"private use":           {"\ue012\ue013\ue020 \ue012\ue021\ue023\ue00a \ue001\ue002\ue004 \ue012\ue013 \ue020\ue012\ue021", true},
		"replacement marks":     {"\ufffd\ufffd\ufffd\ufffd the \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", true},
		"signs for letters":     {"!\"#$ %&'( )*+, #$%& !!\"# $%&' ()*+ ,#$% &!\"# ()&%", true},
		"letters of two worlds": {strings.Repeat("aбв cде ", 20), true},
	} {
		if got := pipeline.Garbled(c.text); got != c.want {
			t.Errorf("%s: garbled %v", name, got)
		}
	}
}
