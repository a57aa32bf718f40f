// Package custody is the private log of what happened to the evidence: taken
// in, read, corrected, copied out, redacted, released, disposed of.
//
// An entry's leaf is 32 bytes that hide its body. The body lies apart, sealed
// under a key of its own: once that key is destroyed, nobody can open the body
// or confirm a guess of it, and the log still verifies. The tree is that of
// RFC 6962, its checkpoints are those of C2SP, so that any tool that knows
// these can check them. spec/custody-log.md has the bytes.
//
// Nothing of this log is ever published, not even its size: it would tell when
// a leak arrived.
package custody

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Store is what the log needs of the records; archive.Log is one. All calls
// of one function of this package happen in one unit of work.
type Store interface {
	// Append stores the next entry; index must equal Size.
	Append(index int64, leaf [32]byte, body, key []byte) error
	Size() (int64, error)
	Leaf(index int64) ([32]byte, error)
	// Body gives the sealed body and its key, an error once disposed of.
	Body(index int64) (body, key []byte, err error)
	// PutHashes stores tree hashes by their stored-hash index, appending.
	PutHashes(from int64, hashes [][32]byte) error
	Hashes(indexes []int64) ([][32]byte, error)
}

// Append adds entries to the log. The tree's hashes are read and written once
// for all of them.
func Append(s Store, entries ...Entry) error {
	if len(entries) == 0 {
		return nil
	}
	size, err := s.Size()
	if err != nil {
		return fmt.Errorf("read the log's size: %w", err)
	}
	tree, err := loadEdge(s, size)
	if err != nil {
		return err
	}
	from := tlog.StoredHashCount(size)
	var hashes [][32]byte
	for i, e := range entries {
		leaf, sealed, key, err := e.seal()
		if err != nil {
			return err
		}
		if err := s.Append(size+int64(i), leaf, sealed, key); err != nil {
			return fmt.Errorf("append to the log: %w", err)
		}
		hashes = append(hashes, tree.add(leaf)...)
	}
	if err := s.PutHashes(from, hashes); err != nil {
		return fmt.Errorf("store the log's tree: %w", err)
	}
	return nil
}

// ReadBody opens the entry of this index. The store's error is passed on when
// the entry was disposed of.
func ReadBody(s Store, index int64) (Entry, error) {
	leaf, err := s.Leaf(index)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry %d of the log: %w", index, err)
	}
	sealed, key, err := s.Body(index)
	if err != nil {
		return Entry{}, fmt.Errorf("read entry %d of the log: %w", index, err)
	}
	e, err := open(leaf, sealed, key)
	if err != nil {
		return Entry{}, fmt.Errorf("open entry %d of the log: %w", index, err)
	}
	return e, nil
}

// reader gives the stored hashes to tlog.
func reader(s Store) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		stored, err := s.Hashes(indexes)
		if err != nil {
			return nil, fmt.Errorf("read the log's tree: %w", err)
		}
		hashes := make([]tlog.Hash, len(stored))
		for i, h := range stored {
			hashes[i] = h
		}
		return hashes, nil
	})
}
