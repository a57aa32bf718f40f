package custody

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// edge is the right edge of a growing tree: the complete subtrees that its
// size is made of, at most one of each height. It is all that appending needs.
type edge struct {
	size   int64
	height [63]tlog.Hash
}

// loadEdge reads the edge of a stored tree.
func loadEdge(s Store, size int64) (*edge, error) {
	var heights []int
	var indexes []int64
	for h := 0; size>>h != 0; h++ {
		if size>>h&1 == 1 {
			heights = append(heights, h)
			indexes = append(indexes, tlog.StoredHashIndex(h, size>>h-1))
		}
	}
	hashes, err := reader(s).ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	if len(hashes) != len(indexes) {
		return nil, fmt.Errorf("read the log's tree: %d hashes of %d", len(hashes), len(indexes))
	}
	e := &edge{size: size}
	for i, h := range heights {
		e.height[h] = hashes[i]
	}
	return e, nil
}

// add appends a leaf and gives the hashes to store, in their order.
func (e *edge) add(leaf [32]byte) [][32]byte {
	hashes, err := tlog.StoredHashesForRecordHash(e.size, tlog.RecordHash(leaf[:]), e)
	if err != nil {
		panic("custody: " + err.Error()) // ReadHashes was asked for a hash off the edge
	}
	e.size++
	e.height[len(hashes)-1] = hashes[len(hashes)-1]
	stored := make([][32]byte, len(hashes))
	for i, h := range hashes {
		stored[i] = h
	}
	return stored
}

// ReadHashes is tlog.HashReader for what the next leaf completes.
func (e *edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, n := tlog.SplitStoredHashIndex(index)
		if e.size>>h&1 != 1 || n != e.size>>h-1 {
			return nil, errors.New("not on the edge of the tree")
		}
		hashes[i] = e.height[h]
	}
	return hashes, nil
}
