package archive

import (
	"encoding/base64"
	"errors"
	"maps"
	"slices"

	"vidimus"
	"vidimus/custody"
)

// log verifies the tree and holds the bodies against the rows they fix.
func (a *auditor) log(tx Tx) error {
	if err := custody.Verify(tx.Log()); err != nil {
		a.find(recordsFile, "", "the custody log does not verify: %v", err)
	}
	if err := a.against(tx, a.head); err != nil {
		a.find(recordsFile, "", "%v", err)
	}
	size, err := tx.Log().Size()
	if err != nil {
		return err
	}
	var roster custody.Entry // the newest that names the ways into the case
	var out leftOut
	newest := map[string]string{} // by field, of the lists that entries fix
	a.moved = map[vidimus.ItemID]int64{}
	a.disposed = map[vidimus.ItemID]int64{}
	for i := range size {
		if i%1000 == 0 {
			a.tell("log entries", i, size)
		}
		e, err := custody.ReadBody(tx.Log(), i)
		if errors.Is(err, ErrNotFound) {
			continue // disposed of; the leaf stays
		} else if err != nil {
			a.find(recordsFile, "", "log entry %d: %v", i, err)
			continue
		}
		if text(e, "roster") != "" {
			roster = e
		}
		out.follow(e)
		for field := range fixedLists {
			if sum := text(e, field); sum != "" {
				newest[field] = sum
			}
		}
		a.entry(tx, i, e)
	}
	a.goneItems(tx)
	for _, item := range slices.Sorted(maps.Keys(a.moved)) {
		a.find(recordsFile, item, "the item's path is not what was received (log entry %d)", a.moved[item])
	}
	a.ways(tx, roster)
	a.fixed(tx, newest)
	a.vault(tx, out)
	a.count("log entries", size)
	return nil
}

// entry checks what one log body says against the rows of today.
func (a *auditor) entry(tx Tx, i int64, e custody.Entry) {
	item := vidimus.ItemID(text(e, "item"))
	switch e.Kind {
	case custody.Receive:
		if item == "" {
			a.arrival(tx, i, e)
			return
		}
		f, err := tx.Files().Get(item)
		if err != nil {
			a.find(recordsFile, item, "log entry %d received an item that is not in the records", i)
			return
		}
		switch {
		case text(e, "reason") != "":
		case text(e, "digest") != Encode(f.Digest[:]):
			a.find(recordsFile, item, "the item's digest is not what was received (log entry %d)", i)
		case text(e, "path") != Encode([]byte(f.Path)):
			a.moved[item] = i // a later entry may say so
		}
	case custody.Correct:
		a.renamed(tx, item, e)
	case custody.Derive:
		a.derived(tx, i, item, e)
	case custody.Dispose:
		a.disposal(tx, i, e)
	}
}

// renamed takes note of an entry that gives an item its path of today.
func (a *auditor) renamed(tx Tx, item vidimus.ItemID, e custody.Entry) {
	if _, moved := a.moved[item]; !moved || text(e, "path") == "" {
		return
	}
	if f, err := tx.Files().Get(item); err == nil && text(e, "path") == Encode([]byte(f.Path)) {
		delete(a.moved, item)
	}
}

// arrival checks that what was said of a source is about one that is there.
func (a *auditor) arrival(tx Tx, i int64, e custody.Entry) {
	number, _ := e.Fields["source"].(int64)
	sources, err := tx.Files().Sources()
	if err != nil || number < 1 || number > int64(len(sources)) {
		a.find(recordsFile, "", "log entry %d received a source that is not in the records", i)
	}
}

func (a *auditor) derived(tx Tx, i int64, item vidimus.ItemID, e custody.Entry) {
	number, _ := e.Fields["reading"].(int64)
	r, err := tx.Readings().Get(number)
	if err != nil || r.Item != item {
		a.find(recordsFile, item, "log entry %d names a reading that is not in the records", i)
		return
	}
	sum, err := digestOf(tx, number)
	if err != nil || text(e, "digest") != Encode(sum[:]) {
		a.find(recordsFile, item, "the pages of reading %d are not those that were read (log entry %d)", number, i)
	}
}

// Encode is how raw bytes (paths, digests) stand in a log entry.
func Encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func text(e custody.Entry, field string) string {
	s, _ := e.Fields[field].(string)
	return s
}

func digestOf(tx Tx, reading int64) ([32]byte, error) {
	d, after := NewPagesDigest(), 0
	for {
		some, err := tx.Readings().Pages(reading, after, 200)
		if err != nil {
			return [32]byte{}, err
		}
		if len(some) == 0 {
			return d.Sum(), nil
		}
		for _, p := range some {
			after = p.Number
			whole, err := tx.Readings().Page(reading, p.Number)
			if err != nil {
				return [32]byte{}, err
			}
			d.Add(whole)
		}
	}
}
