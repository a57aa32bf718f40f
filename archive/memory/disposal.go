package memory

import (
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
)

type disposal struct{ *unit }

func (d disposal) Item(item vidimus.ItemID) error {
	if err := d.mayWrite(); err != nil {
		return err
	}
	of := func(reading int64) bool {
		v, err := readings(d).find(reading)
		return err == nil && v.Item == item
	}
	for n, p := range d.state.passages {
		if p.Item == item || of(p.Reading) {
			delete(d.state.passages, n)
		}
	}
	for i, o := range d.state.officials {
		if o.Item == item || of(o.Reading) {
			d.state.officials[i] = vidimus.Official{}
		}
	}
	for m, r := range d.state.rulings {
		if of(m.Reading) || of(r.Into.Reading) {
			delete(d.state.rulings, m)
		}
	}
	d.state.outbox = slices.DeleteFunc(d.state.outbox, func(c archive.Change) bool {
		n, _ := vidimus.SplitPageID(c.Page)
		return c.Page != 0 && of(n)
	})
	for i := range d.state.readings {
		if v := &d.state.readings[i]; v.Item == item && !v.dropped {
			d.dropPages(v.Number)
			v.dropped = true
		}
	}
	for k := range d.state.jobs {
		if k.item == item {
			delete(d.state.jobs, k)
		}
	}
	return nil
}

func (d disposal) dropPages(reading int64) {
	for _, p := range readings(d).sorted(reading) {
		delete(d.pages, vidimus.PageID(reading, p.Number))
		delete(d.state.understood, vidimus.PageID(reading, p.Number))
	}
}

func (d disposal) Hand(from, to vidimus.ItemID) error {
	if err := d.mayWrite(); err != nil {
		return err
	}
	at, there := d.byItem[to]
	if !there {
		return fmt.Errorf("hand over an item's readings: %w", archive.ErrNotFound)
	}
	for n, p := range d.state.passages {
		if p.Item == from {
			p.Item = to
			d.state.passages[n] = p
		}
	}
	for i := range d.state.officials {
		if o := &d.state.officials[i]; o.Item == from {
			o.Item = to
		}
	}
	for i, c := range d.state.outbox {
		n, _ := vidimus.SplitPageID(c.Page)
		if v, err := readings(d).find(n); c.Page != 0 && err == nil && v.Item == from {
			d.state.outbox[i].File = int64(at + 1)
		}
	}
	for i := range d.state.readings {
		if v := &d.state.readings[i]; v.Item == from {
			v.Item = to
		}
	}
	for k, j := range d.state.jobs {
		if k.item == from && from != to {
			delete(d.state.jobs, k)
			j.Item = to
			d.state.jobs[jobKey{to, k.stage}] = j
		}
	}
	return nil
}

func (d disposal) Original(digest vidimus.Digest) error { return gone(d, d.state.originals, digest) }

func (d disposal) Entry(index int64) error {
	if err := d.mayWrite(); err != nil {
		return err
	}
	if index < 0 || index >= int64(len(d.bodies)) || d.bodies[index][1] == nil {
		return fmt.Errorf("dispose of a log entry: %w", archive.ErrNotFound)
	}
	d.bodies[index] = [2][]byte{}
	return nil
}

func (d disposal) Setting(name string) error { return gone(d, d.state.settings, name) }

func gone[K comparable, V any](d disposal, from map[K]V, what K) error {
	if err := d.mayWrite(); err != nil {
		return err
	}
	if _, there := from[what]; !there {
		return fmt.Errorf("dispose of it: %w", archive.ErrNotFound)
	}
	delete(from, what)
	return nil
}
