package archive

import "vidimus"

// Disposal takes out of the records what is to be forgotten. The index hears
// of none of it: it must be made anew.
type Disposal interface {
	// Item removes all that belongs to an item but its row: its readings with
	// their pages and what was understood of them, passages, officials, jobs.
	Item(item vidimus.ItemID) error
	// Hand makes all that Item would remove another item's.
	Hand(from, to vidimus.ItemID) error
	// Original removes where and under which key an original lies, and the
	// original itself where it lies in the records.
	Original(d vidimus.Digest) error
	// Entry removes the body of a log entry and its key. The leaf stays.
	Entry(index int64) error
	Setting(name string) error
}
