package memory

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
)

type files struct{ *unit }

func (f files) AddSource(s vidimus.Source) error {
	if err := f.mayWrite(); err != nil {
		return err
	}
	if s.Number != len(f.sources)+1 {
		return fmt.Errorf("add source %d: the next one is %d", s.Number, len(f.sources)+1)
	}
	f.sources = append(f.sources, s)
	return nil
}

func (f files) Sources() ([]vidimus.Source, error) { return slices.Clone(f.sources), f.mayRead() }

func (f files) Put(file vidimus.File) error {
	if err := f.mayWrite(); err != nil {
		return err
	}
	if !slices.Contains(vidimus.States, file.State) {
		return errors.New("put file: its state is not one of vidimus.States")
	}
	if file.Source < 1 || file.Source > len(f.sources) {
		return fmt.Errorf("put file: its source: %w", archive.ErrNotFound)
	}
	at, there := f.byItem[file.Item]
	if !there {
		at = len(f.files)
		f.byItem[file.Item] = at
		f.state.files = append(f.state.files, vidimus.File{})
	}
	file.Order = int64(at + 1)
	old := f.state.files[at]
	f.state.files[at] = file
	if !there || old.Parent != file.Parent || archive.AboutOf(old) != archive.AboutOf(file) {
		f.lastSeq++
		f.state.outbox = append(f.state.outbox, archive.Change{Seq: f.lastSeq, File: file.Order})
	}
	return nil
}

func (f files) Get(item vidimus.ItemID) (vidimus.File, error) {
	return f.first(page(f.state.files, 1, func(v vidimus.File) bool { return v.Item == item }))
}

func (f files) ByDigest(d vidimus.Digest) (vidimus.File, error) {
	return f.first(page(f.state.files, 1, func(v vidimus.File) bool {
		return v.Digest == d && v.State != vidimus.Duplicate
	}))
}

func (f files) ByPath(source int, parent vidimus.ItemID, path string) (vidimus.File, error) {
	newestFirst := slices.Clone(f.state.files)
	slices.Reverse(newestFirst)
	return f.first(page(newestFirst, 1, func(v vidimus.File) bool {
		return v.Source == source && v.Parent == parent && v.Path == path
	}))
}

func (f files) first(found []vidimus.File) (vidimus.File, error) {
	if err := f.mayRead(); err != nil {
		return vidimus.File{}, err
	}
	if len(found) == 0 {
		return vidimus.File{}, fmt.Errorf("get file: %w", archive.ErrNotFound)
	}
	return found[0], nil
}

func (f files) List(after int64, limit int) ([]vidimus.File, error) {
	return page(f.state.files, limit, func(v vidimus.File) bool { return v.Order > after }), f.mayRead()
}

func (f files) Under(source int, parent vidimus.ItemID, path string, order int64, limit int) ([]vidimus.File, error) {
	at := vidimus.File{Path: path, Order: order}
	byPath := slices.SortedFunc(slices.Values(f.state.files), comparePaths)
	return page(byPath, limit, func(v vidimus.File) bool {
		return v.Source == source && v.Parent == parent && comparePaths(v, at) > 0
	}), f.mayRead()
}

func comparePaths(a, b vidimus.File) int {
	return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Order, b.Order))
}

func (f files) OfReason(reason vidimus.Reason, after int64, limit int) ([]vidimus.File, error) {
	return page(f.state.files, limit, func(v vidimus.File) bool {
		return reason != "" && v.Reason == reason && v.Order > after
	}), f.mayRead()
}

// Counts walks all items, which is cheap in memory and can hardly be wrong.
func (f files) Counts() (vidimus.Counts, error) {
	c := vidimus.Counts{Seen: len(f.state.files), Reasons: make(map[vidimus.Reason]int)}
	for _, v := range f.state.files {
		switch v.State {
		case vidimus.Read:
			c.Read++
		case vidimus.Partly:
			c.Partly++
		case vidimus.Failed:
			c.Failed++
		case vidimus.Duplicate:
			c.Duplicates++
		case vidimus.Waiting:
			c.Waiting++
		case vidimus.Disposed:
			c.Disposed++
		}
		c.AddType(v.Type, v.State, 1)
		if v.Reason != "" {
			c.Reasons[v.Reason]++
		}
		c.Pages += v.Pages
		c.Sections += v.Sections
		c.Blank += v.Blank
		c.Bytes += v.Bytes
	}
	return c, f.mayRead()
}
