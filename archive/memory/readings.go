package memory

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
)

// reading is a stored reading. A number whose reading was dropped stays taken.
type reading struct {
	vidimus.Reading
	superseded, dropped bool
}

func (r reading) current() bool { return !r.Building && !r.superseded && !r.dropped }

type readings struct{ *unit }

var errFinished = errors.New("the reading is finished")

func (r readings) Begin(v vidimus.Reading) (int64, error) {
	if err := r.mayWrite(); err != nil {
		return 0, err
	}
	if _, there := r.byItem[v.Item]; !there {
		return 0, fmt.Errorf("begin reading: %w", archive.ErrNotFound)
	}
	v.Number, v.Building = int64(len(r.state.readings)+1), true
	r.state.readings = append(r.state.readings, reading{Reading: v})
	return v.Number, nil
}

// find gives a stored reading to look at or, within Do, to change.
func (r readings) find(number int64) (*reading, error) {
	if err := r.mayRead(); err != nil {
		return nil, err
	}
	if number < 1 || number > int64(len(r.state.readings)) || r.state.readings[number-1].dropped {
		return nil, archive.ErrNotFound
	}
	return &r.state.readings[number-1], nil
}

// open gives a reading that is still building.
func (r readings) open(number int64) (*reading, error) {
	if err := r.mayWrite(); err != nil {
		return nil, err
	}
	v, err := r.find(number)
	if err == nil && !v.Building {
		err = errFinished
	}
	return v, err
}

func (r readings) AddPages(number int64, pages []vidimus.Page) error {
	if _, err := r.open(number); err != nil {
		return fmt.Errorf("add pages: %w", err)
	}
	for _, p := range pages {
		id := vidimus.PageID(number, p.Number)
		if _, there := r.pages[id]; there || p.Number < 1 || p.Number > vidimus.MaxPages {
			return fmt.Errorf("add pages: page %d is there, or cannot be", p.Number)
		}
		places, err := vidimus.DecodePlaces(vidimus.EncodePlaces(p.Places)) // rounds as the other store does
		if err != nil {
			return fmt.Errorf("add page %d: %w", p.Number, err)
		}
		p.Places = places
		r.pages[id] = p
	}
	return nil
}

func (r readings) Finish(number int64) error {
	v, err := r.open(number)
	if err != nil {
		return fmt.Errorf("finish reading: %w", err)
	}
	for i := range r.state.readings {
		if old := &r.state.readings[i]; old.current() && old.Item == v.Item && old.Kind == v.Kind {
			old.superseded = true
			r.announce(old.Number, true)
		}
	}
	v.Building = false
	r.announce(number, false)
	return nil
}

// announce puts a reading's pages with words into the outbox.
func (r readings) announce(number int64, remove bool) {
	of := r.state.readings[number-1]
	file := int64(r.byItem[of.Item] + 1)
	for _, p := range r.sorted(number) {
		if p.Wordless() {
			continue
		}
		r.lastSeq++
		change := archive.Change{Seq: r.lastSeq, Page: vidimus.PageID(number, p.Number), Remove: remove, Kind: of.Kind, File: file}
		if !remove {
			change.Text = p.Text
		}
		r.state.outbox = append(r.state.outbox, change)
	}
}

// sorted gives a reading's pages in their order.
func (r readings) sorted(number int64) (list []vidimus.Page) {
	for id, p := range r.pages {
		if of, _ := vidimus.SplitPageID(id); of == number {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b vidimus.Page) int { return cmp.Compare(a.Number, b.Number) })
	return list
}

func (r readings) Current(item vidimus.ItemID) ([]vidimus.Reading, error) {
	return r.list(len(r.state.readings), func(v reading) bool { return v.current() && v.Item == item })
}

func (r readings) All(after int64, limit int) ([]vidimus.Reading, error) {
	return r.list(limit, func(v reading) bool { return v.current() && v.Number > after })
}

func (r readings) list(limit int, wanted func(reading) bool) (list []vidimus.Reading, err error) {
	for _, v := range page(r.state.readings, limit, wanted) {
		list = append(list, v.Reading)
	}
	return list, r.mayRead()
}

func (r readings) Get(number int64) (vidimus.Reading, error) {
	v, err := r.find(number)
	if err != nil {
		return vidimus.Reading{}, fmt.Errorf("get reading: %w", err)
	}
	return v.Reading, nil
}

func (r readings) Page(number int64, n int) (vidimus.Page, error) {
	v, err := r.find(number)
	if err != nil {
		return vidimus.Page{}, fmt.Errorf("get page: %w", err)
	}
	p, there := r.pages[vidimus.PageID(number, n)]
	if !there || v.Building || n < 1 || n > vidimus.MaxPages {
		return vidimus.Page{}, fmt.Errorf("get page: %w", archive.ErrNotFound)
	}
	p.Places = slices.Clone(p.Places)
	return p, nil
}

func (r readings) Pages(number int64, after, limit int) ([]vidimus.Page, error) {
	v, err := r.find(number)
	if errors.Is(err, archive.ErrNotFound) || err == nil && v.Building {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	list := page(r.sorted(number), limit, func(p vidimus.Page) bool { return p.Number > after })
	for i := range list {
		list[i].Places = nil
	}
	return list, nil
}

func (r readings) Producers() (map[vidimus.Producer]int, error) {
	counts := map[vidimus.Producer]int{}
	for _, v := range r.state.readings {
		if v.current() {
			counts[v.Producer]++
		}
	}
	return counts, r.mayRead()
}

func (r readings) Unfinished(item vidimus.ItemID) ([]vidimus.Reading, error) {
	return r.list(len(r.state.readings), func(v reading) bool { return v.Building && !v.dropped && v.Item == item })
}

func (r readings) Ahead(number int64, after, limit int) ([]vidimus.Page, error) {
	v, err := r.find(number)
	if err == nil && !v.Building {
		err = errFinished
	}
	if err != nil {
		return nil, fmt.Errorf("list the pages of an unfinished reading: %w", err)
	}
	list := page(r.sorted(number), limit, func(p vidimus.Page) bool { return p.Number > after })
	for i := range list {
		list[i].Places = slices.Clone(list[i].Places)
	}
	return list, nil
}

func (r readings) Renumber(number int64) (int64, error) {
	v, err := r.open(number)
	if err != nil {
		return 0, fmt.Errorf("renumber a reading: %w", err)
	}
	if !slices.ContainsFunc(r.state.readings[number:], func(v reading) bool { return !v.Building && !v.dropped }) {
		return number, nil
	}
	next, err := r.Begin(v.Reading)
	if err != nil {
		return 0, err
	}
	for _, p := range r.sorted(number) {
		r.pages[vidimus.PageID(next, p.Number)] = p
	}
	return next, r.Drop(number)
}

func (r readings) Drop(number int64) error {
	v, err := r.open(number)
	if err != nil {
		return fmt.Errorf("drop an unfinished reading: %w", err)
	}
	v.dropped = true
	disposal(r).dropPages(number)
	return nil
}

func (r readings) DropBuilding(keep string) (dropped int, err error) {
	if err := r.mayWrite(); err != nil {
		return 0, err
	}
	for _, v := range r.state.readings {
		if v.Building && !v.dropped && (keep == "" || v.Kind != keep) {
			dropped++
			err = errors.Join(err, r.Drop(v.Number))
		}
	}
	return dropped, err
}
