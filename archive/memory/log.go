package memory

import (
	"bytes"
	"fmt"

	"vidimus/archive"
)

type custodyLog struct{ *unit }

func (l custodyLog) Append(index int64, leaf [32]byte, body, key []byte) error {
	if err := l.mayWrite(); err != nil {
		return err
	}
	if next := int64(len(l.leaves)); index != next {
		return fmt.Errorf("append to the log: entry %d is not the next one, %d", index, next)
	}
	l.leaves = append(l.leaves, leaf)
	l.bodies = append(l.bodies, [2][]byte{bytes.Clone(body), bytes.Clone(key)})
	return nil
}

func (l custodyLog) Size() (int64, error) { return int64(len(l.leaves)), l.mayRead() }

func (l custodyLog) Leaf(index int64) (leaf [32]byte, err error) {
	if err := l.there(index, len(l.leaves)); err != nil {
		return leaf, fmt.Errorf("get log entry: %w", err)
	}
	return l.leaves[index], nil
}

func (l custodyLog) Body(index int64) (body, key []byte, err error) {
	if err := l.there(index, len(l.bodies)); err != nil {
		return nil, nil, fmt.Errorf("get log body: %w", err)
	}
	if l.bodies[index][1] == nil {
		return nil, nil, fmt.Errorf("get log body: %w", archive.ErrNotFound)
	}
	return bytes.Clone(l.bodies[index][0]), bytes.Clone(l.bodies[index][1]), nil
}

func (l custodyLog) there(index int64, size int) error {
	if err := l.mayRead(); err != nil {
		return err
	}
	if index < 0 || index >= int64(size) {
		return archive.ErrNotFound
	}
	return nil
}

func (l custodyLog) PutHashes(from int64, hashes [][32]byte) error {
	if err := l.mayWrite(); err != nil {
		return err
	}
	if next := int64(len(l.hashes)); from != next {
		return fmt.Errorf("put log hashes: %d is not the next one, %d", from, next)
	}
	l.hashes = append(l.hashes, hashes...)
	return nil
}

func (l custodyLog) Hashes(indexes []int64) ([][32]byte, error) {
	list := make([][32]byte, len(indexes))
	for i, index := range indexes {
		if err := l.there(index, len(l.hashes)); err != nil {
			return nil, fmt.Errorf("get log hashes: %w", err)
		}
		list[i] = l.hashes[index]
	}
	return list, nil
}
