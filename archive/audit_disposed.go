package archive

import (
	"errors"
	"maps"
	"slices"

	"vidimus"
	"vidimus/custody"
)

// disposal takes down what an entry says went, and looks that its words of it
// went too.
func (a *auditor) disposal(tx Tx, at int64, e custody.Entry) {
	items, _ := e.Fields["items"].([]any)
	for _, item := range items {
		if item, ok := item.(string); ok {
			a.disposed[vidimus.ItemID(item)] = at
		}
	}
	entries, _ := e.Fields[custody.Disposed].([]any)
	for _, entry := range entries {
		if entry, ok := entry.(int64); ok {
			if _, _, err := tx.Log().Body(entry); !errors.Is(err, ErrNotFound) {
				a.find(recordsFile, "", "log entry %d was disposed of (log entry %d), and its body is there", entry, at)
			}
		}
	}
}

// goneItems looks that what was disposed of is not there any more, but for the
// row that counts it.
func (a *auditor) goneItems(tx Tx) {
	for _, item := range slices.Sorted(maps.Keys(a.disposed)) {
		f, err := tx.Files().Get(item)
		if err != nil {
			a.find(recordsFile, item, "log entry %d disposed of an item that is not in the records", a.disposed[item])
			continue
		}
		readings, err := tx.Readings().Current(item)
		bare := vidimus.File{Item: f.Item, Order: f.Order, Source: f.Source, Parent: f.Parent, State: vidimus.Disposed}
		if f != bare || err != nil || len(readings) > 0 {
			a.find(recordsFile, item, "the item was disposed of (log entry %d), and is there", a.disposed[item])
		}
	}
}
