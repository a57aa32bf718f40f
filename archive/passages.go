package archive

import "vidimus"

// Passages are what readers have marked.
type Passages interface {
	// Put stores p, replacing the passage of the same number. A new one has
	// Number 0 and is given the next, which no passage ever had. ErrNotFound
	// if there is no such item or finished reading.
	Put(p vidimus.Passage) (int64, error)
	Get(number int64) (vidimus.Passage, error)
	// Delete removes one, or gives ErrNotFound.
	Delete(number int64) error
	// List gives up to limit passages with Number > after.
	List(after int64, limit int) ([]vidimus.Passage, error)
	// OfItem gives those of an item, by Number.
	OfItem(item vidimus.ItemID) ([]vidimus.Passage, error)
}
