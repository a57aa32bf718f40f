package memory

import (
	"cmp"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
)

// understood is what was found on a page, and by whom.
type understood struct {
	by    vidimus.Producer
	found []vidimus.Mention
}

type mentions struct{ *unit }

func compareMentions(a, b vidimus.Mention) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Kind, b.Kind))
}

func (m mentions) Put(reading int64, page int, by vidimus.Producer, found []vidimus.Mention) error {
	if err := m.mayWrite(); err != nil {
		return err
	}
	id := vidimus.PageID(reading, page)
	if _, there := m.pages[id]; !there {
		return fmt.Errorf("put mentions: %w", archive.ErrNotFound)
	}
	found = slices.Clone(found)
	slices.SortFunc(found, compareMentions)
	for i, f := range found {
		if err := f.Check(); err != nil {
			return fmt.Errorf("put mentions: %w", err)
		}
		if i > 0 && compareMentions(found[i-1], f) == 0 {
			return fmt.Errorf("put mentions: the same place and kind twice")
		}
	}
	m.state.understood[id] = understood{by, found}
	return nil
}

func (m mentions) Page(reading int64, page int) ([]vidimus.Mention, vidimus.Producer, error) {
	if err := m.mayRead(); err != nil {
		return nil, vidimus.Producer{}, err
	}
	u, there := m.state.understood[vidimus.PageID(reading, page)]
	if !there || page < 1 || page > vidimus.MaxPages {
		return nil, vidimus.Producer{}, fmt.Errorf("list mentions: %w", archive.ErrNotFound)
	}
	return slices.Clone(u.found), u.by, nil
}

func (m mentions) Stating(s archive.Sought) (pages []int64, err error) {
	for id, u := range m.state.understood {
		if slices.ContainsFunc(u.found, func(f vidimus.Mention) bool { return slices.ContainsFunc(archive.Statements(f), s.Fits) }) {
			pages = append(pages, id)
		}
	}
	slices.Sort(pages)
	return pages, m.mayRead()
}

func (m mentions) Looked(by vidimus.Producer) (pages, others int, err error) {
	for id, u := range m.state.understood {
		number, _ := vidimus.SplitPageID(id)
		switch r, err := readings(m).find(number); {
		case err != nil || !r.current():
		case u.by == by:
			pages++
		default:
			others++
		}
	}
	return pages, others, m.mayRead()
}

func (m mentions) Rule(r vidimus.Ruling) error {
	if err := m.mayWrite(); err != nil {
		return err
	}
	m.state.rulings[r.Mention] = r
	return nil
}

func (m mentions) Rulings(reading int64) (list []vidimus.Ruling, err error) {
	for _, r := range m.state.rulings {
		if r.Mention.Reading == reading || reading == 0 {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b vidimus.Ruling) int {
		x, y := a.Mention, b.Mention
		return cmp.Or(cmp.Compare(x.Reading, y.Reading), cmp.Compare(x.Page, y.Page), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.Kind, y.Kind))
	})
	return list, m.mayRead()
}

func (m mentions) AddOfficial(o vidimus.Official) (int64, error) {
	if err := m.mayWrite(); err != nil {
		return 0, err
	}
	if _, there := m.byItem[o.Item]; !there {
		return 0, fmt.Errorf("add an official: %w", archive.ErrNotFound)
	}
	o.Number = int64(len(m.state.officials) + 1)
	m.state.officials = append(m.state.officials, o)
	return o.Number, nil
}

func (m mentions) RemoveOfficial(number int64) error {
	if err := m.mayWrite(); err != nil {
		return err
	}
	if number < 1 || number > int64(len(m.state.officials)) || m.state.officials[number-1].Number == 0 {
		return fmt.Errorf("remove an official: %w", archive.ErrNotFound)
	}
	m.state.officials[number-1] = vidimus.Official{}
	return nil
}

func (m mentions) Officials() (list []vidimus.Official, err error) {
	for _, o := range m.state.officials {
		if o.Number != 0 {
			list = append(list, o)
		}
	}
	return list, m.mayRead()
}
