package search

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/writing"
)

// stated reports a filter that is answered from what was understood of pages,
// not by an index.
func (f *Filter) stated() bool {
	return f.Field == Place || f.Field == Number || f.Field == Official
}

// AsksUnderstanding reports a question whose answer depends on what was
// understood of pages: of those that nobody has looked at it says nothing.
func (q Query) AsksUnderstanding() bool {
	return slices.ContainsFunc(q.Clauses, func(c Clause) bool { return c.Filter != nil && (c.Filter.Field == Place || c.Filter.Field == Number) })
}

// anyWriting is a place whatever its name is in other writings, with the names
// that people have entered for it.
func (f *Filter) anyWriting(expand Expander) *Filter {
	same := *f
	same.Same = true
	for _, name := range f.Names {
		for _, form := range expand(name) {
			if form.Own {
				same.Names = append(slices.Clone(same.Names), form.Text)
			}
		}
	}
	return &same
}

// sought is what pages are to state.
func (f *Filter) sought() archive.Sought {
	s := archive.Sought{Numbers: f.Numbers}
	for _, name := range f.Names {
		s.Places = append(s.Places, writing.AskedPlaceKeys(name)...)
	}
	return s
}

// why says why words of a page are what a field asks.
func (f *Filter) why(found string) string {
	if f.Field != Place || len(placeTerms(f.Names[0], found)) > 0 {
		return string(f.Field)
	}
	return written(found) + " = " + f.Names[0] + ", place"
}

// placeTerms gives where the words of a name stand in those of a mention.
func placeTerms(name, found string) []Range {
	return Clause{Ways: phrase(terms(name))}.find(found, slices.Collect(writing.Tokens(found)), 0)
}

// Stated answers what no index knows: on which pages a place or a number
// stands, as it was understood and as readers have ruled.
func Stated(ctx context.Context, records Viewer, q Query) (Query, error) {
	if !q.AsksUnderstanding() {
		return q, nil
	}
	q.Clauses = slices.Clone(q.Clauses)
	return q, records.View(ctx, func(tx archive.Tx) error {
		ruled, err := ruledPages(tx)
		for i, c := range q.Clauses {
			if err != nil {
				return err
			}
			if c.Filter == nil || !c.Filter.stated() || c.Filter.Field == Official {
				continue
			}
			q.Clauses[i].Pages, err = c.statedOn(ctx, tx, ruled)
		}
		return err
	})
}

// ruledPages gives the pages on which a reader has said otherwise than what
// was found.
func ruledPages(tx archive.Tx) (pages []int64, err error) {
	rulings, err := tx.Mentions().Rulings(0)
	for _, r := range rulings {
		if r.Verdict != vidimus.Confirmed {
			pages = append(pages, vidimus.PageID(r.Mention.Reading, r.Mention.Page))
		}
	}
	return slices.Compact(pages), err
}

// statedOn gives the pages on which a clause's filter is met. Those that
// readers have ruled on are looked at one by one, and all where it matters how
// a name is written.
func (c Clause) statedOn(ctx context.Context, tx archive.Tx, ruled []int64) (*Pages, error) {
	sought := c.Filter.sought()
	found, err := tx.Mentions().Stating(sought)
	if err != nil {
		return nil, err
	}
	asWritten := c.Filter.Field == Place && !c.Filter.Same
	if len(ruled) == 0 && !asWritten {
		return &Pages{found}, nil
	}
	all := slices.Concat(found, ruled)
	slices.Sort(all)
	pages := &Pages{}
	for _, page := range slices.Compact(all) {
		_, touched := slices.BinarySearch(ruled, page)
		if touched || asWritten {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			lit, err := c.statedAt(tx, page, sought)
			if err != nil {
				return nil, err
			}
			if len(lit) == 0 {
				continue
			}
		}
		pages.Numbers = append(pages.Numbers, page)
	}
	return pages, nil
}

// statedAt gives where on a page the filter is met.
func (c Clause) statedAt(tx archive.Tx, page int64, sought archive.Sought) (lit []Range, err error) {
	said, err := saidOn(tx, page)
	if err != nil {
		return nil, err
	}
	text := ""
	if asWritten := c.Filter.Field == Place && !c.Filter.Same; asWritten && len(said) > 0 {
		p, err := tx.Readings().Page(vidimus.SplitPageID(page))
		if err != nil {
			return nil, unfit(err)
		}
		text = p.Text
	}
	for _, m := range said {
		if slices.ContainsFunc(archive.Statements(m), sought.Fits) && (text == "" || c.namedSo(text[m.Start:m.End])) {
			lit = append(lit, Range{Start: m.Start, End: m.End})
		}
	}
	return lit, nil
}

// namedSo reports whether a place is written as it was typed.
func (c Clause) namedSo(words string) bool {
	return slices.ContainsFunc(c.Filter.Names, func(name string) bool {
		as := Clause{Ways: phrase(terms(name)), Exact: c.Exact}
		return len(as.find(words, slices.Collect(writing.Tokens(words)), 0)) > 0
	})
}

// saidOn gives the mentions on a page as readers' rulings leave them.
func saidOn(tx archive.Tx, page int64) (said []vidimus.Mention, err error) {
	reading, number := vidimus.SplitPageID(page)
	list, _, err := tx.Mentions().Page(reading, number)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	rulings, err := tx.Mentions().Rulings(reading)
	if err != nil {
		return nil, err
	}
	for _, m := range list {
		id := vidimus.MentionID{Reading: reading, Page: number, Start: m.Start, End: m.End, Kind: m.Kind}
		at := slices.IndexFunc(rulings, func(r vidimus.Ruling) bool { return r.Mention == id })
		if at < 0 {
			said = append(said, m)
			continue
		}
		r := rulings[at]
		m, stands := m.Ruled(r)
		if r.Verdict == vidimus.Corrected {
			m.Value = sayingOf(m)
		}
		if r.Verdict == vidimus.Merged {
			if m.Value, err = valueOf(tx, r.Into); err != nil {
				return nil, err
			}
		}
		if stands {
			said = append(said, m)
		}
	}
	return said, nil
}

// sayingOf brings what a reader has written into the form in which values are.
func sayingOf(m vidimus.Mention) string {
	switch m.Kind {
	case vidimus.Locality:
		return writing.PlaceValue(m.Value)
	case vidimus.Quantity:
		if n := writing.Numbers(m.Value); len(n) == 1 {
			return writing.AmountOf(n[0]).String()
		}
	}
	return m.Value
}

// valueOf gives what another mention says, as a reader has corrected it.
func valueOf(tx archive.Tx, id vidimus.MentionID) (string, error) {
	list, _, err := tx.Mentions().Page(id.Reading, id.Page)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return "", err
	}
	rulings, err := tx.Mentions().Rulings(id.Reading)
	if err != nil {
		return "", err
	}
	for _, m := range list {
		if m.Start != id.Start || m.End != id.End || m.Kind != id.Kind {
			continue
		}
		for _, r := range rulings {
			if r.Mention == id && r.Verdict == vidimus.Corrected {
				m, _ = m.Ruled(r)
				m.Value = sayingOf(m)
			}
		}
		return m.Value, nil
	}
	return "", nil
}

// LightOn finds on a page every match of every clause that it is to have, in
// the order of Start: words in its text, and the places and numbers of its
// mentions.
func LightOn(tx archive.Tx, page int64, text string, q Query) ([]Range, error) {
	lit := Light(text, q)
	for n, c := range q.Clauses {
		if c.Negated || c.Filter == nil || !c.Filter.stated() || c.Filter.Field == Official {
			continue
		}
		found, err := c.statedAt(tx, page, c.Filter.sought())
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			r.Clause = n
			lit = append(lit, r)
		}
	}
	slices.SortStableFunc(lit, func(a, b Range) int { return cmp.Compare(a.Start, b.Start) })
	return lit, nil
}
