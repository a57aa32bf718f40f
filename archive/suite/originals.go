package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

func originalsAreListed(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	one := archive.Original{Digest: vidimus.Digest{1}, Blob: "b2", Key: archive.BlobKey{9}, Bytes: 7, Format: 1}
	two := archive.Original{Digest: vidimus.Digest{2}, Blob: "b1", Key: archive.BlobKey{8}}
	do(t, r, func(tx archive.Tx) error { return errors.Join(tx.Originals().Put(one), tx.Originals().Put(two)) })
	one.Key, one.Bytes = archive.BlobKey{7}, 8
	do(t, r, func(tx archive.Tx) error { return tx.Originals().Put(one) })
	view(t, o.Reopen(t, r), func(tx archive.Tx) error {
		list, err := tx.Originals().List("", 10)
		same(t, "all", []archive.Original{two, one}, list)
		list, err2 := tx.Originals().List("", 1)
		same(t, "the first", []archive.Original{two}, list)
		list, err3 := tx.Originals().List("b1", 10)
		same(t, "after the first", []archive.Original{one}, list)
		got, err4 := tx.Originals().Get(one.Digest)
		same(t, "one", one, got)
		_, none := tx.Originals().Get(vidimus.Digest{3})
		missing(t, "an unknown digest", none)
		n, err5 := tx.Originals().Count()
		same(t, "count", 2, n)
		return errors.Join(err, err2, err3, err4, err5)
	})
}

func logGrows(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(
			tx.Log().Append(0, [32]byte{1}, []byte("body"), []byte("key")),
			tx.Log().Append(1, [32]byte{2}, []byte("body 2"), []byte("key 2")),
			tx.Log().PutHashes(0, [][32]byte{{3}, {4}}),
			tx.Log().PutHashes(2, [][32]byte{{5}}),
		)
	})
	for what, work := range map[string]func(archive.Log) error{
		"an entry again":      func(l archive.Log) error { return l.Append(1, [32]byte{}, []byte{1}, []byte{2}) },
		"an entry after next": func(l archive.Log) error { return l.Append(3, [32]byte{}, []byte{1}, []byte{2}) },
		"a hash again":        func(l archive.Log) error { return l.PutHashes(2, make([][32]byte, 1)) },
		"a hash after next":   func(l archive.Log) error { return l.PutHashes(4, make([][32]byte, 1)) },
	} {
		if err := r.Do(t.Context(), func(tx archive.Tx) error { return work(tx.Log()) }); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	view(t, o.Reopen(t, r), func(tx archive.Tx) error {
		size, err := tx.Log().Size()
		same(t, "size", int64(2), size)
		leaf, err2 := tx.Log().Leaf(1)
		same(t, "leaf", [32]byte{2}, leaf)
		body, key, err3 := tx.Log().Body(1)
		same(t, "body and key", []string{"body 2", "key 2"}, []string{string(body), string(key)})
		hashes, err4 := tx.Log().Hashes([]int64{2, 0})
		same(t, "hashes", [][32]byte{{5}, {3}}, hashes)
		for _, index := range []int64{-1, 2} {
			_, none := tx.Log().Leaf(index)
			missing(t, "a leaf beyond", none)
			_, _, none = tx.Log().Body(index)
			missing(t, "a body beyond", none)
		}
		_, none := tx.Log().Hashes([]int64{0, 3})
		missing(t, "a hash beyond", none)
		return errors.Join(err, err2, err3, err4)
	})
}

func settingsAreKept(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, func(tx archive.Tx) error {
		return errors.Join(
			tx.Settings().Put("a", []byte("old")), tx.Settings().Put("a", []byte{0, 0xff}), tx.Settings().Put("none", nil))
	})
	view(t, o.Reopen(t, r), func(tx archive.Tx) error {
		a, err := tx.Settings().Get("a")
		same(t, "a setting put twice", []byte{0, 0xff}, a)
		none, err2 := tx.Settings().Get("none")
		same(t, "an empty setting", 0, len(none))
		_, unknown := tx.Settings().Get("b")
		missing(t, "an unknown setting", unknown)
		return errors.Join(err, err2)
	})
}
