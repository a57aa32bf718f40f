package memory

import (
	"fmt"
	"maps"
	"slices"

	"vidimus"
	"vidimus/archive"
)

type passages struct{ *unit }

func (s passages) Put(p vidimus.Passage) (int64, error) {
	if err := s.mayWrite(); err != nil {
		return 0, err
	}
	_, known := s.state.passages[p.Number]
	_, item := s.byItem[p.Item]
	r, err := readings(s).find(p.Reading)
	if p.Number != 0 && !known || !item || err != nil || r.Building {
		return 0, fmt.Errorf("put passage: %w", archive.ErrNotFound)
	}
	if p.Number == 0 {
		s.lastPassage++
		p.Number = s.lastPassage
	}
	p.Tags = slices.Clone(p.Tags)
	s.state.passages[p.Number] = p
	return p.Number, nil
}

func (s passages) Get(number int64) (vidimus.Passage, error) {
	if err := s.mayRead(); err != nil {
		return vidimus.Passage{}, err
	}
	p, there := s.state.passages[number]
	if !there {
		return p, fmt.Errorf("get passage: %w", archive.ErrNotFound)
	}
	return p, nil
}

func (s passages) Delete(number int64) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	if _, err := s.Get(number); err != nil {
		return err
	}
	delete(s.state.passages, number)
	return nil
}

func (s passages) List(after int64, limit int) ([]vidimus.Passage, error) {
	return s.wanted(limit, func(p vidimus.Passage) bool { return p.Number > after })
}

func (s passages) OfItem(item vidimus.ItemID) ([]vidimus.Passage, error) {
	return s.wanted(len(s.state.passages), func(p vidimus.Passage) bool { return p.Item == item })
}

func (s passages) wanted(limit int, wanted func(vidimus.Passage) bool) (list []vidimus.Passage, err error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	for _, number := range slices.Sorted(maps.Keys(s.state.passages)) {
		list = append(list, s.state.passages[number])
	}
	return page(list, limit, wanted), nil
}
