package search

import (
	"slices"
	"strings"
)

// Match says why a page is a hit: what of the query, found as what, and why
// that counts.
type Match struct{ Query, As, Why string }

// maxMatches is how many different words are told of one clause and hit.
const maxMatches = 5

// matches tells why a page is a hit.
func matches(p Page, q Query, lit []Range) (all []Match) {
	told := map[Match]bool{}
	count := map[int]int{}
	for _, r := range lit {
		c := q.Clauses[r.Clause]
		m := Match{c.Typed, written(p.Text[r.Start:r.End]), c.why(r.Way, p.Text[r.Start:r.End])}
		if !told[m] && count[r.Clause] < maxMatches {
			told[m] = true
			count[r.Clause]++
			all = append(all, m)
		}
	}
	for _, c := range q.Clauses {
		if c.Filter != nil && !c.Filter.stated() && c.Filter.Field != newer && !c.Negated && c.Filter.Fits(p.Facts) {
			all = append(all, Match{c.Typed, c.Filter.as(p.Facts), string(c.Filter.Field)})
		}
	}
	return all
}

// why says why a way counts.
func (c Clause) why(way int, found string) string {
	if c.Filter != nil {
		return c.Filter.why(found)
	}
	w := c.Ways[way]
	switch {
	case w.Why != "":
		return w.Why
	case c.Exact != "":
		return "written exactly so"
	case len(w.Parts) > 1:
		return "near each other"
	}
	for _, t := range w.Parts[0] {
		if t.Pattern != nil {
			return t.Pattern.Why
		}
	}
	last := w.Parts[0][len(w.Parts[0])-1]
	switch typed := written(unquoted(c.Typed)); {
	case way > 0:
		return "may have been misread, or edited"
	case last.Prefix && strings.HasSuffix(strings.Map(ascii, c.Typed), "*"):
		return "begins so"
	case written(found) == typed:
		return "as typed"
	}
	return "the same letters"
}

// as gives what a page has in a field.
func (f *Filter) as(p Facts) string {
	switch f.Field {
	case Type:
		return p.Type
	case Language:
		return p.Language
	case State:
		return string(p.State)
	case Reading:
		return p.Reading
	case Date:
		i := slices.IndexFunc(p.Dates, func(d Days) bool { return d.Within(f.First, f.Last) })
		return p.Dates[i].String()
	}
	return p.Path
}
