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
		rulings, err := RulingsOn(tx, "")
		ruled := rulings.Pages()
		for i, c := range q.Clauses {
			if err != nil {
				return err
			}
			if c.Filter == nil || !c.Filter.stated() || c.Filter.Field == Official {
				continue
			}
			q.Clauses[i].Pages, err = c.statedOn(ctx, tx, rulings, ruled)
		}
		return err
	})
}

// statedOn gives the pages on which a clause's filter is met. Those that
// readers have ruled on are looked at one by one, and all where it matters how
// a name is written.
func (c Clause) statedOn(ctx context.Context, tx archive.Tx, rulings Rulings, ruled []int64) (*Pages, error) {
	sought := c.Filter.sought()
	found, err := tx.Mentions().Stating(sought)
	if err != nil {
		return nil, err
	}
	asWritten := c.Filter.Field == Place && !c.Filter.Same
	if len(ruled) == 0 && !asWritten {
		return &Pages{found, &rulings}, nil
	}
	all := slices.Concat(found, ruled)
	slices.Sort(all)
	pages := &Pages{rulings: &rulings}
	for _, page := range slices.Compact(all) {
		_, touched := slices.BinarySearch(ruled, page)
		if touched || asWritten {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			lit, err := c.statedAt(tx, rulings, page, sought)
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
func (c Clause) statedAt(tx archive.Tx, rulings Rulings, page int64, sought archive.Sought) (lit []Range, err error) {
	said, err := saidOn(tx, rulings, page)
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
func saidOn(tx archive.Tx, rulings Rulings, page int64) (said []vidimus.Mention, err error) {
	reading, number := vidimus.SplitPageID(page)
	list, _, err := rulings.On(tx, reading, number)
	for _, t := range list {
		m, stands, err := rulings.saying(tx, t)
		if err != nil {
			return nil, err
		}
		if stands && !t.Stale {
			said = append(said, m)
		}
	}
	return said, err
}

// saying gives what a mention says; of one that is merged the other tells it.
func (r Rulings) saying(tx archive.Tx, t Told) (m vidimus.Mention, stands bool, err error) {
	m, stands = t.Said()
	switch {
	case t.Ruling == nil || t.Ruling.Verdict == vidimus.Confirmed:
	case t.Ruling.Into != (vidimus.MentionID{}):
		m.Value, err = r.valueOf(tx, t.Ruling.Into)
	default:
		m.Value = Saying(m.Kind, m.Value)
	}
	return m, stands, err
}

// valueOf gives what another mention says, as a reader has corrected it.
func (r Rulings) valueOf(tx archive.Tx, id vidimus.MentionID) (string, error) {
	ruling, ruled := r.on[id]
	if m, is := ruling.Addition(); is {
		m, _ = m.Ruled(ruling)
		return Saying(m.Kind, m.Value), nil
	}
	list, _, err := tx.Mentions().Page(id.Reading, id.Page)
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return "", err
	}
	for _, m := range list {
		if m.Start != id.Start || m.End != id.End || m.Kind != id.Kind {
			continue
		}
		if ruled && ruling.Verdict == vidimus.Corrected {
			m, _ = m.Ruled(ruling)
			m.Value = Saying(m.Kind, m.Value)
		}
		return m.Value, nil
	}
	return "", nil
}

// Saying brings what a reader has written into the form in which values of a
// kind are.
func Saying(kind vidimus.MentionKind, written string) string {
	switch kind {
	case vidimus.Locality:
		return writing.PlaceValue(written)
	case vidimus.Quantity:
		if n := writing.Numbers(written); len(n) == 1 {
			return writing.AmountOf(n[0]).String()
		}
	}
	return written
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
		rulings, err := c.Pages.ruled(tx)
		if err != nil {
			return nil, err
		}
		found, err := c.statedAt(tx, rulings, page, c.Filter.sought())
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
