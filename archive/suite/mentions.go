package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

// found are mentions in the order in which a store gives them.
var found = []vidimus.Mention{
	{Start: 0, End: 2, Kind: vidimus.Dated, Value: "2017-10", Rule: "year and month", Confidence: 95},
	{Start: 0, End: 2, Kind: vidimus.Quantity, Value: "7000", Rule: "digits", Confidence: 90},
	{Start: 0, End: 9, Kind: vidimus.Locality, Value: "莎车", Rule: "gazetteer", Confidence: 80},
	{Start: 3, End: 9, Kind: vidimus.Phone, Rule: "digits of a phone", Confidence: 60},
}

func officialError(_ int64, err error) error { return err }

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
	}
	do(t, r, func(tx archive.Tx) error {
		n, err := finish(tx, "a", "text")
		err2 := tx.Mentions().Rule(vidimus.Ruling{Mention: id(0, vidimus.Person), Verdict: vidimus.Rejected})
		for _, i := range []int{2, 0, 1} {
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
