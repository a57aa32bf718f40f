package memory

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"vidimus"
	"vidimus/archive"
)

type originals struct{ *unit }

func (o originals) Put(v archive.Original) error {
	if err := o.mayWrite(); err != nil {
		return err
	}
	o.state.originals[v.Digest] = v
	return nil
}

func (o originals) Get(d vidimus.Digest) (archive.Original, error) {
	if err := o.mayRead(); err != nil {
		return archive.Original{}, err
	}
	v, there := o.state.originals[d]
	if !there {
		return v, fmt.Errorf("get original: %w", archive.ErrNotFound)
	}
	return v, nil
}

func (o originals) List(after archive.BlobName, limit int) ([]archive.Original, error) {
	list := slices.SortedFunc(maps.Values(o.state.originals), func(a, b archive.Original) int { return cmp.Compare(a.Blob, b.Blob) })
	return page(list, limit, func(v archive.Original) bool { return v.Blob > after }), o.mayRead()
}

func (o originals) Count() (int, error) { return len(o.state.originals), o.mayRead() }
