package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

// twoPages are the pages of a reading; the second has no words. What is not a
// multiple of 1/20 pt is lost of a place, nothing of a page's size.
var twoPages = []vidimus.Page{
	{
		Number: 1, Width: 595.276, Height: 841.89, Text: "ab 莎车\n", Ink: true, Unread: true,
		Places: []vidimus.Place{{Start: 0, End: 2, Box: vidimus.Box{X0: 1, Y0: 2, X1: 3.5, Y1: 4.25}}, {Start: 3, End: 9, Box: vidimus.Box{X0: 5, Y0: 2, X1: 9, Y1: 4}}},
	},
	{Number: 2, Section: true, Text: " \n", Confidence: 0.937},
}

// begin begins a reading and gives it twoPages.
func begin(tx archive.Tx, item vidimus.ItemID, kind string) (int64, error) {
	number, err := tx.Readings().Begin(vidimus.Reading{
		Item: item, Kind: kind, Producer: vidimus.Producer{Stage: "read", Version: 2, Parameters: "pdfium"},
	})
	if err != nil {
		return 0, err
	}
	return number, errors.Join(tx.Readings().AddPages(number, twoPages[:1]), tx.Readings().AddPages(number, twoPages[1:]))
}

func finish(tx archive.Tx, item vidimus.ItemID, kind string) (int64, error) {
	number, err := begin(tx, item, kind)
	if err != nil {
		return 0, err
	}
	return number, tx.Readings().Finish(number)
}

// numbers are those of a list of readings.
func numbers(t *testing.T, list []vidimus.Reading, err error) (got []int64) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	for _, r := range list {
		got = append(got, r.Number)
	}
	return got
}

func readingsBuild(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) error { _, err := begin(tx, "a", "text"); return err })
	want := vidimus.Reading{
		Number: 1, Item: "a", Kind: "text", Building: true,
		Producer: vidimus.Producer{Stage: "read", Version: 2, Parameters: "pdfium"},
	}
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Readings().Get(1)
		same(t, "a building reading", want, got)
		_, page := tx.Readings().Page(1, 1)
		missing(t, "its page", page)
		pages, err2 := tx.Readings().Pages(1, 0, 10)
		same(t, "its pages", 0, len(pages))
		current, err3 := tx.Readings().Current("a")
		same(t, "current readings", []int64(nil), numbers(t, current, err3))
		all, err3 := tx.Readings().All(0, 10)
		same(t, "all readings", []int64(nil), numbers(t, all, err3))
		pending, err4 := tx.Outbox().Pending()
		same(t, "pending changes", 5, pending)
		return errors.Join(err, err2, err4)
	})
	do(t, r, func(tx archive.Tx) error { return tx.Readings().Finish(1) })
	r = o.Reopen(t, r)
	view(t, r, func(tx archive.Tx) error {
		want.Building = false
		current, err := tx.Readings().Current("a")
		same(t, "current readings", []vidimus.Reading{want}, current)
		first, err2 := tx.Readings().Page(1, 1)
		same(t, "the first page", twoPages[0], first)
		pages, err3 := tx.Readings().Pages(1, 0, 10)
		bare := twoPages[0]
		bare.Places = nil
		same(t, "pages without places", []vidimus.Page{bare, twoPages[1]}, pages)
		pages, err4 := tx.Readings().Pages(1, 1, 10)
		same(t, "pages after the first", twoPages[1:], pages)
		for _, n := range []int{0, 3, -1, vidimus.MaxPages + 2} {
			_, err := tx.Readings().Page(1, n)
			missing(t, "a page beyond the reading", err)
		}
		return errors.Join(err, err2, err3, err4)
	})
	readingsRefuse(t, r)
}

// readingsRefuse tries what cannot be done; reading 1 is finished.
func readingsRefuse(t *testing.T, r archive.Records) {
	one := []vidimus.Page{{Number: 3, Text: "x"}}
	for what, work := range map[string]func(archive.Readings) error{
		"pages for a finished reading": func(r archive.Readings) error { return r.AddPages(1, one) },
		"finishing twice":              func(r archive.Readings) error { return r.Finish(1) },
		"a page twice": func(r archive.Readings) error {
			n, err := r.Begin(vidimus.Reading{Item: "a"})
			if err != nil {
				t.Error(err)
			}
			return errors.Join(r.AddPages(n, one), r.AddPages(n, one))
		},
		"page 0": func(r archive.Readings) error {
			n, err := r.Begin(vidimus.Reading{Item: "a"})
			if err != nil {
				t.Error(err)
			}
			return r.AddPages(n, []vidimus.Page{{Number: 0}})
		},
	} {
		if err := r.Do(t.Context(), func(tx archive.Tx) error { return work(tx.Readings()) }); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	do(t, r, func(tx archive.Tx) error {
		_, begin := tx.Readings().Begin(vidimus.Reading{Item: "nobody"})
		_, get := tx.Readings().Get(99)
		_, page := tx.Readings().Page(99, 1)
		for what, err := range map[string]error{
			"a reading of an unknown item": begin, "an unknown reading": get, "its page": page,
			"pages for it": tx.Readings().AddPages(99, one), "finishing it": tx.Readings().Finish(99),
		} {
			missing(t, what, err)
		}
		return nil
	})
}

func readingsSupersede(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) error {
		_, err := finish(tx, "a", "text")    // 1
		_, err2 := finish(tx, "a", "ocr")    // 2
		_, err3 := finish(tx, "b", "text")   // 3
		late, err4 := begin(tx, "a", "text") // 4
		_, err5 := finish(tx, "a", "text")   // 5
		return errors.Join(err, err2, err3, err4, err5, tx.Readings().Finish(late))
	})
	view(t, r, func(tx archive.Tx) error {
		current, err := tx.Readings().Current("a")
		same(t, "current readings of the item", []int64{2, 4}, numbers(t, current, err))
		all, err := tx.Readings().All(0, 10)
		same(t, "current readings of all items", []int64{2, 3, 4}, numbers(t, all, err))
		all, err = tx.Readings().All(2, 1)
		same(t, "one after the second", []int64{3}, numbers(t, all, err))
		_, err = tx.Readings().Page(1, 1)
		if err != nil {
			t.Errorf("the page of a superseded reading: %v", err)
		}
		got, err := tx.Outbox().Next(5, 100) // five files came before
		text := twoPages[0].Text
		same(t, "changes", []archive.Change{
			{Seq: 6, Page: vidimus.PageID(1, 1), Text: text, Kind: "text", File: 1},
			{Seq: 7, Page: vidimus.PageID(2, 1), Text: text, Kind: "ocr", File: 1},
			{Seq: 8, Page: vidimus.PageID(3, 1), Text: text, Kind: "text", File: 2},
			{Seq: 9, Page: vidimus.PageID(1, 1), Remove: true, Kind: "text", File: 1},
			{Seq: 10, Page: vidimus.PageID(5, 1), Text: text, Kind: "text", File: 1},
			{Seq: 11, Page: vidimus.PageID(5, 1), Remove: true, Kind: "text", File: 1},
			{Seq: 12, Page: vidimus.PageID(4, 1), Text: text, Kind: "text", File: 1},
		}, got)
		return err
	})
}

func readingsDrop(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) error {
		_, err := finish(tx, "a", "text")
		_, err2 := begin(tx, "b", "text")
		_, err3 := begin(tx, "c", "text")
		return errors.Join(err, err2, err3)
	})
	for _, want := range []int{2, 0} {
		do(t, r, func(tx archive.Tx) error {
			n, err := tx.Readings().DropBuilding("")
			same(t, "dropped", want, n)
			return err
		})
	}
	do(t, r, func(tx archive.Tx) error {
		_, err := tx.Readings().Get(2)
		missing(t, "a dropped reading", err)
		next, err := begin(tx, "b", "text")
		same(t, "the next number", int64(4), next)
		all, err2 := tx.Readings().All(0, 10)
		same(t, "what is left", []int64{1}, numbers(t, all, err2))
		return err
	})
}

// readingsGoOn leaves a reading unfinished and goes on with it.
func readingsGoOn(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) error {
		_, err := begin(tx, "a", "ocr")
		_, err2 := begin(tx, "a", "text")
		_, err3 := begin(tx, "b", "ocr")
		return errors.Join(err, err2, err3)
	})
	r = o.Reopen(t, r)
	do(t, r, func(tx archive.Tx) error {
		n, err := tx.Readings().DropBuilding("ocr")
		same(t, "dropped", 1, n)
		return err
	})
	view(t, r, func(tx archive.Tx) error {
		left, err := tx.Readings().Unfinished("a")
		same(t, "what is left", []int64{1}, numbers(t, left, err))
		all, err := tx.Readings().Ahead(1, 0, 10)
		same(t, "its pages", twoPages, all)
		some, err2 := tx.Readings().Ahead(1, 1, 10)
		same(t, "pages after the first", twoPages[1:], some)
		first, err3 := tx.Readings().Ahead(1, 0, 1)
		same(t, "one page", twoPages[:1], first)
		_, gone := tx.Readings().Ahead(2, 0, 10)
		missing(t, "pages of a dropped reading", gone)
		return errors.Join(err, err2, err3)
	})
	do(t, r, func(tx archive.Tx) error {
		err := tx.Readings().AddPages(1, []vidimus.Page{{Number: 3, Text: "more"}})
		number, err2 := tx.Readings().Renumber(1)
		same(t, "the number where no later one is finished", int64(1), number)
		later, err3 := finish(tx, "b", "text")
		next, err4 := tx.Readings().Renumber(1)
		same(t, "the number after a later one", later+1, next)
		_, gone := tx.Readings().Ahead(1, 0, 10)
		missing(t, "pages of the old number", gone)
		return errors.Join(err, err2, err3, err4, tx.Readings().Finish(next), tx.Readings().Drop(3))
	})
	view(t, r, func(tx archive.Tx) error {
		pages, err := tx.Readings().Pages(5, 0, 10)
		same(t, "pages in the end", 3, len(pages))
		left, err2 := tx.Readings().Unfinished("b")
		same(t, "what is left", []int64(nil), numbers(t, left, err2))
		if _, err := tx.Readings().Ahead(5, 0, 10); err == nil {
			t.Error("a finished reading is told as one that is building")
		}
		return err
	})
	if err := r.Do(t.Context(), func(tx archive.Tx) error { return tx.Readings().Drop(5) }); err == nil {
		t.Error("a finished reading was dropped")
	}
}

func outboxCounts(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	check := func(r archive.Records, last int64, seqs ...int64) {
		t.Helper()
		view(t, r, func(tx archive.Tx) error {
			changes, err := tx.Outbox().Next(0, 100)
			var got []int64
			for _, c := range changes {
				got = append(got, c.Seq)
			}
			same(t, "numbers", seqs, got)
			gotLast, err2 := tx.Outbox().Last()
			same(t, "the last", last, gotLast)
			pending, err3 := tx.Outbox().Pending()
			same(t, "pending", len(seqs), pending)
			return errors.Join(err, err2, err3)
		})
	}
	check(r, 5, 1, 2, 3, 4, 5)
	do(t, r, func(tx archive.Tx) error { return tx.Outbox().Confirm(5) })
	check(r, 5)
	do(t, r, func(tx archive.Tx) error {
		_, err := finish(tx, "a", "text")
		_, err2 := finish(tx, "b", "text")
		_, err3 := finish(tx, "c", "text")
		return errors.Join(err, err2, err3)
	})
	check(r, 8, 6, 7, 8)
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Outbox().Next(6, 1)
		if len(got) != 1 || got[0].Seq != 7 {
			t.Errorf("one change after the first: %d of them", len(got))
		}
		return err
	})
	do(t, r, func(tx archive.Tx) error { return tx.Outbox().Confirm(7) })
	check(r, 8, 8)
	do(t, r, func(tx archive.Tx) error { return tx.Outbox().Confirm(8) })
	r = o.Reopen(t, r)
	check(r, 8)
	do(t, r, func(tx archive.Tx) error { _, err := finish(tx, "d", "text"); return err })
	check(r, 9, 9)
}

// outboxTellsOfFiles: an index hears of a file that is new, and of each change
// of what it knows of it, as it is by the time it asks.
func outboxTellsOfFiles(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	box := vidimus.File{Item: "box", Source: 1, Path: "box.zip", State: vidimus.Waiting}
	child := vidimus.File{Item: "child", Source: 1, Parent: "box", Path: "in/\xff.txt", Type: "text/plain", State: vidimus.Read}
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), tx.Files().Put(box), tx.Files().Put(child))
	})
	box.Pages, box.Language = 3, "zh"
	do(t, r, func(tx archive.Tx) error { return tx.Files().Put(box) })
	child.State = vidimus.Failed
	do(t, r, func(tx archive.Tx) error { return tx.Files().Put(child) })
	r = o.Reopen(t, r)
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Outbox().Next(0, 10)
		now := archive.About{Parent: 1, Path: child.Path, Type: "text/plain", State: vidimus.Failed}
		same(t, "changes", []archive.Change{
			{Seq: 1, File: 1, About: archive.About{Path: "box.zip", State: vidimus.Waiting}},
			{Seq: 2, File: 2, About: now},
			{Seq: 3, File: 2, About: now},
		}, got)
		return err
	})
}
