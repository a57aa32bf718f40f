package search

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
)

// Told is a mention on a page as it is read today, with a reader's word on it.
type Told struct {
	vidimus.Mention                   // as it was found or added
	ID              vidimus.MentionID // its name: of one that was added, the place where it stood then
	Ruling          *vidimus.Ruling   // nil for none
	// Stale marks an addition whose words are gone from the page as it is read
	// now: it stays on the reading of then.
	Stale bool
}

// Said is the mention as a reader's word leaves it, and false where that
// rejects it.
func (t Told) Said() (vidimus.Mention, bool) {
	if t.Ruling == nil {
		return t.Mention, true
	}
	return t.Ruled(*t.Ruling)
}

// Rulings are what readers have said of mentions.
type Rulings struct {
	on    map[vidimus.MentionID]vidimus.Ruling
	added map[int64][]Told // by the page on which their words stand today
}

// RulingsOn gives those on the mentions of one file, or of all where item is
// empty.
func RulingsOn(tx archive.Tx, item vidimus.ItemID) (Rulings, error) {
	r := Rulings{on: map[vidimus.MentionID]vidimus.Ruling{}, added: map[int64][]Told{}}
	list, err := tx.Mentions().Rulings(0)
	if err != nil {
		return r, err
	}
	of := map[int64]vidimus.Reading{}
	for _, ruling := range list {
		number := ruling.Mention.Reading
		reading, known := of[number]
		if !known {
			if reading, err = tx.Readings().Get(number); err != nil && !errors.Is(err, archive.ErrNotFound) {
				return r, err
			}
			of[number] = reading
		}
		if item != "" && reading.Item != item {
			continue
		}
		r.on[ruling.Mention] = ruling
		if m, is := ruling.Addition(); is && reading.Number != 0 {
			if err := r.add(tx, reading, m, ruling); err != nil {
				return r, err
			}
		}
	}
	return r, nil
}

// add puts an addition where its words stand today.
func (r Rulings) add(tx archive.Tx, reading vidimus.Reading, m vidimus.Mention, ruling vidimus.Ruling) error {
	current, err := tx.Readings().Current(reading.Item)
	if err != nil {
		return err
	}
	t := Told{Mention: m, ID: ruling.Mention, Ruling: &ruling}
	page := vidimus.PageID(reading.Number, t.ID.Page)
	if !slices.ContainsFunc(current, func(c vidimus.Reading) bool { return c.Number == reading.Number }) {
		now, there, err := t.today(tx, reading, current)
		if err != nil {
			return err
		}
		if t.Stale = !there; there {
			page = now
		}
	}
	r.added[page] = append(r.added[page], t)
	return nil
}

// today looks for the words of an addition on the same page of the readings
// that have come since, those of the same kind first, and moves it there.
func (t *Told) today(tx archive.Tx, reading vidimus.Reading, current []vidimus.Reading) (page int64, there bool, err error) {
	then, err := tx.Readings().Page(reading.Number, t.ID.Page)
	if err != nil {
		return 0, false, err
	}
	if t.End > len(then.Text) {
		return 0, false, nil
	}
	current = slices.Clone(current)
	slices.SortStableFunc(current, func(a, b vidimus.Reading) int {
		return cmp.Compare(unlike(a.Kind, reading.Kind), unlike(b.Kind, reading.Kind))
	})
	for _, r := range current {
		now, err := tx.Readings().Page(r.Number, t.ID.Page)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		} else if err != nil {
			return 0, false, err
		}
		found := Where(now.Text, then.Text[t.Start:t.End])
		if len(found) == 0 {
			continue
		}
		best := slices.MaxFunc(found, func(a, b Range) int {
			return cmp.Compare(alikeAround(then.Text, Range{Start: t.Start, End: t.End}, now.Text, a), alikeAround(then.Text, Range{Start: t.Start, End: t.End}, now.Text, b))
		})
		t.Start, t.End = best.Start, best.End
		return vidimus.PageID(r.Number, t.ID.Page), true, nil
	}
	return 0, false, nil
}

func unlike(a, b string) int {
	if a == b {
		return 0
	}
	return 1
}

// mostAlike is how many bytes on either side of words tell them from the same
// words elsewhere on the page.
const mostAlike = 200

// alikeAround counts the bytes that stand alike before and after two stretches.
func alikeAround(a string, in Range, b string, at Range) (n int) {
	for i := 1; i <= min(in.Start, at.Start, mostAlike) && a[in.Start-i] == b[at.Start-i]; i++ {
		n++
	}
	for i := 0; i < min(len(a)-in.End, len(b)-at.End, mostAlike) && a[in.End+i] == b[at.End+i]; i++ {
		n++
	}
	return n
}

// Pages gives the pages of which readers have said otherwise than what was
// found, sorted.
func (r Rulings) Pages() (pages []int64) {
	for id, ruling := range r.on {
		if ruling.Verdict != vidimus.Confirmed {
			pages = append(pages, vidimus.PageID(id.Reading, id.Page))
		}
	}
	for page, list := range r.added {
		if slices.ContainsFunc(list, func(t Told) bool { return !t.Stale }) {
			pages = append(pages, page)
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

// Stale gives the pages, of readings that others have superseded, on which
// additions stay whose words are gone; sorted.
func (r Rulings) Stale() (pages []int64) {
	for page, list := range r.added {
		if slices.ContainsFunc(list, func(t Told) bool { return t.Stale }) {
			pages = append(pages, page)
		}
	}
	slices.Sort(pages)
	return pages
}

// On gives the mentions on a page, in the order of their places, and who
// looked for them; nobody where none has.
func (r Rulings) On(tx archive.Tx, reading int64, page int) (all []Told, by vidimus.Producer, err error) {
	list, by, err := tx.Mentions().Page(reading, page)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return nil, by, err
	}
	added := r.added[vidimus.PageID(reading, page)]
	for _, m := range list {
		t := Told{Mention: m, ID: vidimus.MentionID{Reading: reading, Page: page, Start: m.Start, End: m.End, Kind: m.Kind}}
		if ruling, there := r.on[t.ID]; there {
			t.Ruling = &ruling
		}
		if !slices.ContainsFunc(added, func(a Told) bool { return a.Start == m.Start && a.End == m.End && a.Kind == m.Kind && a.ID != t.ID }) {
			all = append(all, t)
		}
	}
	for _, a := range added {
		if !slices.ContainsFunc(all, func(t Told) bool { return t.ID == a.ID }) {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b Told) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return all, by, nil
}
