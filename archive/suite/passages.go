package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

func passagesAreKept(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	full := vidimus.Passage{
		Item: "a", Page: 2, Start: 3, End: 9, Quote: "words\n莎车", Prefix: "before ", Suffix: " after",
		Note: "a note\nof two lines", Tags: []string{"one", "two words"}, Star: true, Made: "3017-04-09",
	}
	var reading int64
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) (err error) {
		if reading, err = tx.Readings().Begin(vidimus.Reading{Item: "a", Kind: "text"}); err != nil {
			return err
		}
		full.Reading = reading
		_, building := tx.Passages().Put(full)
		missing(t, "a passage of a reading that is building", building)
		if err := tx.Readings().Finish(reading); err != nil {
			return err
		}
		first, err1 := tx.Passages().Put(full)
		second, err2 := tx.Passages().Put(vidimus.Passage{Item: "b", Reading: reading, Page: 1, End: 1, Quote: "x"})
		same(t, "numbers", []int64{1, 2}, []int64{first, second})
		_, item := tx.Passages().Put(vidimus.Passage{Item: "nobody", Reading: reading})
		missing(t, "a passage of an unknown item", item)
		_, unread := tx.Passages().Put(vidimus.Passage{Item: "a", Reading: 99})
		missing(t, "a passage of an unknown reading", unread)
		_, number := tx.Passages().Put(vidimus.Passage{Number: 7, Item: "a", Reading: reading})
		missing(t, "a passage of a number that none has", number)
		return errors.Join(err1, err2)
	})
	full.Number = 1
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Passages().Get(1)
		same(t, "the passage", full, got)
		of, err2 := tx.Passages().OfItem("a")
		same(t, "of an item", []vidimus.Passage{full}, of)
		rest, err3 := tx.Passages().List(1, 9)
		same(t, "the second alone", 1, len(rest))
		one, err4 := tx.Passages().List(0, 1)
		same(t, "the first alone", []vidimus.Passage{full}, one)
		return errors.Join(err, err2, err3, err4)
	})
	do(t, r, func(tx archive.Tx) error {
		full.Note, full.Star, full.Tags = "", false, nil
		_, err := tx.Passages().Put(full)
		missing(t, "removing what is not there", tx.Passages().Delete(9))
		return errors.Join(err, tx.Passages().Delete(2))
	})
	do(t, r, func(tx archive.Tx) error {
		third, err := tx.Passages().Put(vidimus.Passage{Item: "b", Reading: reading, Quote: "y"})
		same(t, "a number is not given twice", int64(3), third)
		got, err2 := tx.Passages().Get(1)
		same(t, "the passage as changed", full, got)
		_, gone := tx.Passages().Get(2)
		missing(t, "a removed passage", gone)
		return errors.Join(err, err2)
	})
}
