package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/writing"
)

// found are mentions in the order in which a store gives them.
var found = []vidimus.Mention{
	{Start: 0, End: 2, Kind: vidimus.Dated, Value: "2017-10", Rule: "year and month", Confidence: 95},
	{Start: 0, End: 2, Kind: vidimus.Quantity, Value: "7000", Rule: "digits", Confidence: 90},
	{Start: 0, End: 9, Kind: vidimus.Locality, Value: "莎车", Rule: "gazetteer", Confidence: 80},
	{Start: 3, End: 9, Kind: vidimus.Phone, Rule: "digits of a phone", Confidence: 60},
}

func onlyError(_ int64, err error) error { return err }

func mentionsAreKept(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	first := vidimus.Producer{Stage: "understand", Version: 1, Parameters: "rules"}
	second := vidimus.Producer{Stage: "understand", Version: 2}
	do(t, r, func(tx archive.Tx) error {
		n, err := finish(tx, "a", "text")
		turned := []vidimus.Mention{found[3], found[1], found[0], found[2]}
		return errors.Join(err, tx.Mentions().Put(n, 1, first, turned), tx.Mentions().Put(n, 2, first, nil))
	})
	r = o.Reopen(t, r)
	view(t, r, func(tx archive.Tx) error {
		got, by, err := tx.Mentions().Page(1, 1)
		same(t, "mentions", found, got)
		same(t, "their producer", first, by)
		none, _, err2 := tx.Mentions().Page(1, 2)
		same(t, "of a page without any", 0, len(none))
		for _, page := range []int{0, 3, vidimus.MaxPages + 2} {
			_, _, err := tx.Mentions().Page(1, page)
			missing(t, "mentions of a page that nobody looked at", err)
		}
		return errors.Join(err, err2)
	})
	do(t, r, func(tx archive.Tx) error {
		missing(t, "mentions of an unknown page", tx.Mentions().Put(1, 9, first, nil))
		err := tx.Mentions().Put(1, 1, second, found[:1])
		got, by, err2 := tx.Mentions().Page(1, 1)
		same(t, "mentions found again", found[:1], got)
		same(t, "their producer", second, by)
		return errors.Join(err, err2)
	})
	for what, list := range map[string][]vidimus.Mention{
		"a withheld value":     {{End: 1, Kind: vidimus.Phone, Value: "1"}},
		"an unknown kind":      {{End: 1, Kind: "face"}},
		"no place":             {{Start: 1, End: 1, Kind: vidimus.Person}},
		"the same thing twice": {found[0], found[0]},
	} {
		if err := r.Do(t.Context(), func(tx archive.Tx) error { return tx.Mentions().Put(1, 1, first, list) }); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}

// statements are mentions that say something, each on a page of its number.
var statements = []vidimus.Mention{
	{End: 1, Kind: vidimus.Locality, Value: "Yarkand"},
	{End: 1, Kind: vidimus.Locality, Value: "Kashgar | Yarkand"},
	{End: 1, Kind: vidimus.Locality, Value: "Nowhere County"},
	{End: 1, Kind: vidimus.Quantity, Value: "over 12000 people"},
	{End: 1, Kind: vidimus.Quantity, Value: "12000"},
	{End: 1, Kind: vidimus.Quantity, Value: "3..5 km"},
	{End: 1, Kind: vidimus.Quantity, Value: "-2.5"},
	{End: 1, Kind: vidimus.Quantity, Value: "about 40 years old"},
	{End: 1, Kind: vidimus.Person, Value: "Yarkand"},
	{End: 1, Kind: vidimus.Quantity, Value: "many"},
}

func statementsAreFound(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	by := vidimus.Producer{Stage: "understand", Version: 1}
	pages := make([]vidimus.Page, len(statements)+1)
	for i := range pages {
		pages[i] = vidimus.Page{Number: i + 1, Text: "words"}
	}
	do(t, r, func(tx archive.Tx) error {
		n, err := tx.Readings().Begin(vidimus.Reading{Item: "a", Kind: "text"})
		err = errors.Join(err, tx.Readings().AddPages(n, pages), tx.Readings().Finish(n))
		for i, m := range statements {
			err = errors.Join(err, tx.Mentions().Put(n, i+1, by, []vidimus.Mention{m, {Start: 1, End: 2, Kind: m.Kind, Value: m.Value}}))
		}
		// What was found before and is no more.
		err = errors.Join(err, tx.Mentions().Put(n, len(pages), by, statements[:1]), tx.Mentions().Put(n, len(pages), by, nil))
		same(t, "the number of the reading", int64(1), n)
		return err
	})
	r = o.Reopen(t, r)
	number := func(decimal string) string { key, _ := writing.NumberKey(decimal); return key }
	for _, c := range []struct {
		what   string
		sought archive.Sought
		pages  []int
	}{
		{"a place", archive.Sought{Places: []string{"yarkand"}}, []int{1, 2}},
		{"two places", archive.Sought{Places: []string{"nowhere", "yarkand"}}, []int{1, 2, 3}},
		{"no place", archive.Sought{}, nil},
		{"from 12000", archive.Sought{Numbers: &archive.Numbers{From: number("12000"), WithFrom: true}}, []int{4, 5}},
		{"above 12000", archive.Sought{Numbers: &archive.Numbers{From: number("12000")}}, nil},
		{"below 12000", archive.Sought{Numbers: &archive.Numbers{To: number("12000")}}, []int{6, 7, 8}},
		{"all", archive.Sought{Numbers: &archive.Numbers{}}, []int{4, 5, 6, 7, 8}},
		{"12000 people", archive.Sought{Numbers: &archive.Numbers{From: number("12000"), To: number("12000"), WithFrom: true, WithTo: true, Unit: "people"}}, []int{4}},
		{"of a unit in two words", archive.Sought{Numbers: &archive.Numbers{Unit: "years old"}}, []int{8}},
		{"of a unit that ends so", archive.Sought{Numbers: &archive.Numbers{Unit: "old"}}, nil},
		{"in a range", archive.Sought{Numbers: &archive.Numbers{From: number("4"), To: number("4"), WithFrom: true, WithTo: true}}, []int{6}},
		{"from its end", archive.Sought{Numbers: &archive.Numbers{From: number("5"), To: number("9"), WithFrom: true}}, []int{6}},
		{"beyond its end", archive.Sought{Numbers: &archive.Numbers{From: number("5"), To: number("9")}}, nil},
		{"a range of another unit", archive.Sought{Numbers: &archive.Numbers{From: number("4"), To: number("4"), WithFrom: true, WithTo: true, Unit: "m"}}, nil},
		{"below zero", archive.Sought{Numbers: &archive.Numbers{From: number("-3"), To: number("0")}}, []int{7}},
	} {
		view(t, r, func(tx archive.Tx) error {
			got, err := tx.Mentions().Stating(c.sought)
			var want []int64
			for _, n := range c.pages {
				want = append(want, vidimus.PageID(1, n))
			}
			same(t, "pages that state "+c.what, want, got)
			return err
		})
	}
	view(t, r, func(tx archive.Tx) error {
		looked, others, err := tx.Mentions().Looked(by)
		same(t, "who looked", [2]int{len(pages), 0}, [2]int{looked, others})
		for _, other := range []vidimus.Producer{{Stage: "x", Version: by.Version, Parameters: by.Parameters},
			{Stage: by.Stage, Version: by.Version + 1, Parameters: by.Parameters}, {Stage: by.Stage, Version: by.Version, Parameters: "x"}} {
			looked, others, err2 := tx.Mentions().Looked(other)
			same(t, "who looked, asked for another", [2]int{0, len(pages)}, [2]int{looked, others})
			err = errors.Join(err, err2)
		}
		return err
	})
	do(t, r, func(tx archive.Tx) error {
		_, err := finish(tx, "a", "text")
		looked, others, err2 := tx.Mentions().Looked(by)
		same(t, "who looked, of what is current", [2]int{}, [2]int{looked, others})
		return errors.Join(err, err2)
	})
}

func rulingsAreKept(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	id := func(start int, k vidimus.MentionKind) vidimus.MentionID {
		return vidimus.MentionID{Reading: 1, Page: 1, Start: start, End: 9, Kind: k}
	}
	rulings := []vidimus.Ruling{
		{Mention: id(0, vidimus.Person), Verdict: vidimus.Corrected, Kind: vidimus.Locality, Value: "莎车"},
		{Mention: id(3, vidimus.Person), Verdict: vidimus.Merged, Into: id(0, vidimus.Person)},
		{Mention: id(5, vidimus.Phone), Verdict: vidimus.Confirmed},
		{Mention: id(6, vidimus.Locality), Verdict: vidimus.Added, Kind: vidimus.Person, Value: "x", Into: id(0, vidimus.Person)},
	}
	do(t, r, func(tx archive.Tx) error {
		n, err := finish(tx, "a", "text")
		err2 := tx.Mentions().Rule(vidimus.Ruling{Mention: id(0, vidimus.Person), Verdict: vidimus.Rejected})
		for _, i := range []int{2, 0, 3, 1} {
			err = errors.Join(err, tx.Mentions().Rule(rulings[i]))
		}
		return errors.Join(err, err2, tx.Mentions().Put(n, 1, vidimus.Producer{}, nil))
	})
	r = o.Reopen(t, r)
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Mentions().Rulings(1)
		same(t, "rulings", rulings, got)
		none, err2 := tx.Mentions().Rulings(2)
		same(t, "of another reading", 0, len(none))
		every, err3 := tx.Mentions().Rulings(0)
		same(t, "of all readings", rulings, every)
		err = errors.Join(err, err3)
		return errors.Join(err, err2)
	})
}

func officialsAreKept(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	official := vidimus.Official{Name: "Testov", Office: "head of the county", Item: "a", Reading: 3, Page: 2, Start: 5, End: 9}
	var numbers [3]int64
	do(t, r, func(tx archive.Tx) (err error) {
		for i := range numbers {
			n, err2 := tx.Mentions().AddOfficial(official)
			numbers[i], err = n, errors.Join(err, err2)
		}
		missing(t, "removing one that is not there", tx.Mentions().RemoveOfficial(99))
		_, nobody := tx.Mentions().AddOfficial(vidimus.Official{Item: "nobody"})
		missing(t, "an official in an unknown file", nobody)
		return errors.Join(err, tx.Mentions().RemoveOfficial(numbers[2]))
	})
	r = o.Reopen(t, r)
	do(t, r, func(tx archive.Tx) error {
		missing(t, "removing one twice", tx.Mentions().RemoveOfficial(numbers[2]))
		later, err := tx.Mentions().AddOfficial(official)
		same(t, "numbers", []int64{1, 2, 3, 4}, append(numbers[:], later))
		got, err2 := tx.Mentions().Officials()
		one, two, four := official, official, official
		one.Number, two.Number, four.Number = 1, 2, 4
		same(t, "officials", []vidimus.Official{one, two, four}, got)
		return errors.Join(err, err2)
	})
}
