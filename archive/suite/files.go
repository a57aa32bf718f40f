package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

func sourcesAreNumbered(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	want := []vidimus.Source{{Number: 1, Folder: true, Added: "2026-11"}, {Number: 2}}
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(tx.Files().AddSource(want[0]), tx.Files().AddSource(want[1]))
	})
	for _, number := range []int{0, 2, 4} {
		err := r.Do(t.Context(), func(tx archive.Tx) error { return tx.Files().AddSource(vidimus.Source{Number: number}) })
		if err == nil {
			t.Errorf("source %d is accepted after 2", number)
		}
	}
	view(t, r, func(tx archive.Tx) error {
		got, err := tx.Files().Sources()
		same(t, "sources", want, got)
		return err
	})
}

func filesComeBack(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	full := vidimus.File{
		Item: "full", Order: 1, Source: 1, Path: "a/\xff\xfe\x00 b\n.pdf", Parent: "box", Type: "application/pdf", Bytes: 1 << 40,
		Digest: vidimus.Digest{0, 1, 0xff}, State: vidimus.Duplicate, Reason: vidimus.NeedsOCR, DuplicateOf: "other",
		Pages: 3, Sections: 4, Blank: 5, Language: "ug",
	}
	empty := vidimus.File{Item: "empty", Order: 2, Source: 1, State: vidimus.Waiting}
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), tx.Files().Put(unordered(full)), tx.Files().Put(unordered(empty)))
	})
	r = o.Reopen(t, r)
	get := func(item vidimus.ItemID) (f vidimus.File) {
		view(t, r, func(tx archive.Tx) (err error) {
			f, err = tx.Files().Get(item)
			return err
		})
		return f
	}
	same(t, "a full file", full, get("full"))
	same(t, "an empty file", empty, get("empty"))
	full.Path, full.State, full.Reason, full.Order = "\xff", vidimus.Read, "", 1
	do(t, r, func(tx archive.Tx) error { return tx.Files().Put(unordered(full)) })
	same(t, "a replaced file keeps its place", full, get("full"))
	for what, f := range map[string]vidimus.File{
		"an unknown state":  {Item: "x", Source: 1, State: "lost"},
		"an unknown source": {Item: "x", Source: 9, State: vidimus.Read},
	} {
		if err := r.Do(t.Context(), func(tx archive.Tx) error { return tx.Files().Put(f) }); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	view(t, r, func(tx archive.Tx) error {
		_, err := tx.Files().Get("nobody")
		missing(t, "an unknown item", err)
		return nil
	})
}

// unordered is a file as intake makes it.
func unordered(f vidimus.File) vidimus.File {
	f.Order = 0
	return f
}

func filesAreListed(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, func(tx archive.Tx) error {
		err := errors.Join(tx.Files().AddSource(vidimus.Source{Number: 1}), tx.Files().AddSource(vidimus.Source{Number: 2}))
		for i, item := range []vidimus.ItemID{"z", "y", "x", "w", "v", "u"} {
			f := vidimus.File{Item: item, Source: 1 + i%2, State: vidimus.Read}
			if item == "x" {
				f.Parent = "z"
			}
			err = errors.Join(err, tx.Files().Put(f))
		}
		return err
	})
	view(t, r, func(tx archive.Tx) error {
		list := func(list []vidimus.File, err error) (items string) {
			for _, f := range list {
				items += string(f.Item)
			}
			if err != nil {
				t.Error(err)
			}
			return items
		}
		same(t, "all", "zyxwvu", list(tx.Files().List(0, 100)))
		same(t, "two after the second", "xw", list(tx.Files().List(2, 2)))
		same(t, "after the last", "", list(tx.Files().List(6, 2)))
		same(t, "top items of the first source", "zv", list(tx.Files().Under(1, "", "", 0, 100)))
		same(t, "one of the second source after its first", "w", list(tx.Files().Under(2, "", "", 2, 1)))
		same(t, "of no source", "", list(tx.Files().Under(3, "", "", 0, 100)))
		same(t, "inside one", "x", list(tx.Files().Under(1, "z", "", 0, 100)))
		same(t, "inside one, from another source", "", list(tx.Files().Under(2, "z", "", 0, 100)))
		return nil
	})
}

func filesAreListedByPathAndReason(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, func(tx archive.Tx) error {
		err := tx.Files().AddSource(vidimus.Source{Number: 1})
		for i, path := range []string{"b/2", "b", "b/1", "b\xff", "b/1", "a"} {
			f := vidimus.File{Item: vidimus.ItemID("uvwxyz"[i : i+1]), Source: 1, Path: path, State: vidimus.Read}
			if i%2 == 1 {
				f.State, f.Reason = vidimus.Failed, vidimus.Damaged
			}
			err = errors.Join(err, tx.Files().Put(f))
		}
		return err
	})
	view(t, r, func(tx archive.Tx) error {
		list := func(list []vidimus.File, err error) (items string) {
			for _, f := range list {
				items += string(f.Item)
			}
			if err != nil {
				t.Error(err)
			}
			return items
		}
		same(t, "in the order of bytes", "zvwyux", list(tx.Files().Under(1, "", "", 0, 100)))
		same(t, "the second of one path", "y", list(tx.Files().Under(1, "", "b/1", 3, 1)))
		same(t, "after a folder", "x", list(tx.Files().Under(1, "", "b0", 0, 100)))
		same(t, "of a reason", "vxz", list(tx.Files().OfReason(vidimus.Damaged, 0, 100)))
		same(t, "of a reason, further on", "x", list(tx.Files().OfReason(vidimus.Damaged, 2, 1)))
		same(t, "of another reason", "", list(tx.Files().OfReason(vidimus.TimeLimit, 0, 100)))
		same(t, "of no reason", "", list(tx.Files().OfReason("", 0, 100)))
		return nil
	})
}

func filesAreFound(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	d := vidimus.Digest{1}
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(
			tx.Files().AddSource(vidimus.Source{Number: 1}),
			tx.Files().Put(vidimus.File{Item: "dup", Source: 1, Path: "p\xff", Digest: d, State: vidimus.Duplicate}),
			tx.Files().Put(vidimus.File{Item: "first", Source: 1, Path: "p\xff", Digest: d, State: vidimus.Read}),
			tx.Files().Put(vidimus.File{Item: "second", Source: 1, Path: "p\xff", Digest: d, State: vidimus.Read}),
			tx.Files().Put(vidimus.File{Item: "child", Source: 1, Path: "p\xff", Parent: "first", State: vidimus.Read}),
		)
	})
	view(t, r, func(tx archive.Tx) error {
		byDigest, err := tx.Files().ByDigest(d)
		same(t, "the first of a digest that is no duplicate", vidimus.ItemID("first"), byDigest.Item)
		byPath, err2 := tx.Files().ByPath(1, "", "p\xff")
		same(t, "the newest of a path", vidimus.ItemID("second"), byPath.Item)
		child, err3 := tx.Files().ByPath(1, "first", "p\xff")
		same(t, "the same path within another file", vidimus.ItemID("child"), child.Item)
		_, none := tx.Files().ByDigest(vidimus.Digest{2})
		missing(t, "an unknown digest", none)
		_, none = tx.Files().ByPath(1, "", "p\xfe")
		missing(t, "an unknown path", none)
		_, none = tx.Files().ByPath(2, "", "p\xff")
		missing(t, "a path of another source", none)
		return errors.Join(err, err2, err3)
	})
}

func countsFollow(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	want := vidimus.Counts{
		Seen: 5, Read: 1, Partly: 1, Failed: 1, Duplicates: 1, Waiting: 1, Pages: 7, Sections: 2, Blank: 1, Bytes: 46,
		Reasons: map[vidimus.Reason]int{vidimus.NeedsOCR: 1, vidimus.Damaged: 1},
		Types: map[string]map[vidimus.State]int{
			"":           {vidimus.Waiting: 1, vidimus.Duplicate: 1, vidimus.Failed: 1},
			"text/plain": {vidimus.Read: 1, vidimus.Partly: 1},
		},
	}
	check := func(tx archive.Tx) error {
		got, err := tx.Files().Counts()
		same(t, "counts", want, got)
		if !got.True() {
			t.Error("the arithmetic does not hold")
		}
		return err
	}
	do(t, r, func(tx archive.Tx) error {
		var err error
		for _, f := range []vidimus.File{
			{Item: "a", State: vidimus.Failed, Reason: vidimus.Damaged, Type: "text/html", Bytes: 99, Pages: 99},
			{Item: "a", State: vidimus.Read, Type: "text/plain", Bytes: 20, Pages: 4},
			{Item: "b", State: vidimus.Partly, Type: "text/plain", Reason: vidimus.NeedsOCR, Bytes: 5, Pages: 3, Sections: 2, Blank: 1},
			{Item: "c", State: vidimus.Failed, Reason: vidimus.Damaged, Bytes: 1},
			{Item: "d", State: vidimus.Duplicate, DuplicateOf: "a", Bytes: 10},
		} {
			f.Source = 1
			err = errors.Join(err, tx.Files().Put(f))
		}
		return errors.Join(err, check(tx))
	})
	view(t, o.Reopen(t, r), check)
}
