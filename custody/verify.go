package custody

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

var (
	// ErrShorter is returned when the log has lost entries.
	ErrShorter = errors.New("the log is shorter than the checkpoint says")
	// ErrRewritten is returned when the log does not continue a checkpoint's.
	ErrRewritten = errors.New("the log is another than the checkpoint's")
	// ErrDamaged is returned by Verify.
	ErrDamaged = errors.New("the log was changed")
)

// maxFindings bounds what Verify reports; one change can spoil many hashes.
const maxFindings = 20

// Consistent checks that the log continues the one that a checkpoint names:
// that the checkpoint's tree is the beginning of the tree as it stands.
func Consistent(s Store, by Verifier, checkpoint []byte) error {
	old, err := OpenCheckpoint(checkpoint, by)
	if err != nil {
		return err
	}
	now, err := current(s)
	if err != nil {
		return err
	}
	switch {
	case now.Size < old.Size:
		return ErrShorter
	case old.Size == 0: // every log continues the empty one
		if empty, err := tlog.TreeHash(0, nil); err != nil || empty != tlog.Hash(old.Root) {
			return ErrRewritten
		}
		return nil
	}
	proof, err := tlog.ProveTree(now.Size, old.Size, reader(s))
	if err != nil {
		return err
	}
	if tlog.CheckTree(proof, now.Size, now.Root, old.Size, old.Root) != nil {
		return ErrRewritten
	}
	return nil
}

// Verify walks the whole log: every stored hash is computed anew from the
// leaves, every body is opened and held against its leaf, and every missing
// body must have been disposed of by a later entry. Its error names the first
// twenty entries that are wrong; the store's own errors end the walk. Whether
// the log is the one that was signed, Consistent tells.
func Verify(s Store) error {
	size, err := s.Size()
	if err != nil {
		return fmt.Errorf("read the log's size: %w", err)
	}
	v := verification{store: s, missing: make(map[int64]error)}
	for index := int64(0); index < size && len(v.findings) < maxFindings; index++ {
		if err := v.entry(index); err != nil {
			return err
		}
	}
	for _, index := range slices.Sorted(maps.Keys(v.missing)) {
		v.find(index, fmt.Errorf("its body is missing and was not disposed of: %w", v.missing[index]))
	}
	return errors.Join(v.findings[:min(len(v.findings), maxFindings)]...)
}

type verification struct {
	store    Store
	tree     edge
	missing  map[int64]error // entries without a body that none disposed of yet
	findings []error
}

func (v *verification) find(index int64, err error) {
	v.findings = append(v.findings, fmt.Errorf("%w: entry %d: %w", ErrDamaged, index, err))
}

func (v *verification) entry(index int64) error {
	leaf, err := v.store.Leaf(index)
	if err != nil {
		return fmt.Errorf("read entry %d of the log: %w", index, err)
	}
	if err := v.hashes(index, leaf); err != nil {
		return err
	}
	sealed, key, err := v.store.Body(index)
	if err != nil {
		v.missing[index] = err
		return nil
	}
	e, err := open(leaf, sealed, key)
	if err != nil {
		v.find(index, err)
		return nil
	}
	v.disposed(e)
	return nil
}

// hashes holds the stored hashes that this leaf completes against its own.
func (v *verification) hashes(index int64, leaf [32]byte) error {
	want := v.tree.add(leaf)
	indexes := make([]int64, len(want))
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, index) + int64(i)
	}
	got, err := v.store.Hashes(indexes)
	if err != nil {
		return fmt.Errorf("read the log's tree: %w", err)
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			v.find(index, errors.New("the tree does not follow from its leaf"))
			break
		}
	}
	return nil
}

// disposed takes off the list what a later entry says was disposed of.
func (v *verification) disposed(e Entry) {
	if e.Kind != Dispose {
		return
	}
	entries, _ := e.Fields[Disposed].([]any)
	for _, index := range entries {
		if index, ok := index.(int64); ok {
			delete(v.missing, index)
		}
	}
}
