package search

import (
	"slices"

	"vidimus"
	"vidimus/writing"
)

// WithOfficials puts in the place of official:NAME the forms of the names of
// those whom readers have entered as acting in public office. Anyone else is
// an error: there is no such field for people. Without expand only the names
// as entered are looked for.
func WithOfficials(q Query, all []vidimus.Official, expand Expander) (Query, error) {
	if expand == nil {
		expand = func(string) []Form { return nil }
	}
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if c.Filter == nil || c.Filter.Field != Official {
			continue
		}
		ways := officialWays(c.Filter.Names[0], all, expand)
		if len(ways) == 0 {
			return Query{}, vidimus.WithHint(&ParseError{c.At, "nobody of this name has been entered as acting in public office"},
				"`vidimus officials CASE` lists those who have; the name by itself looks for its words")
		}
		q.Clauses[i].Filter, q.Clauses[i].Ways, q.Clauses[i].Whole = nil, ways, true
	}
	return q, nil
}

// officialWays gives all forms of the officials of a name.
func officialWays(typed string, all []vidimus.Official, expand Expander) (ways []Way) {
	add := func(text, why string) {
		terms := terms(text)
		same := func(w Way) bool { return slices.Equal(w.Parts[0], terms) }
		if len(terms) > 0 && len(ways) <= maxOther && !slices.ContainsFunc(ways, same) {
			ways = append(ways, Way{Parts: [][]Term{terms}, Other: text, Why: why})
		}
	}
	for _, o := range all {
		forms := expand(o.Name)
		named := sameWords(o.Name, typed) || slices.ContainsFunc(forms, func(f Form) bool { return sameWords(f.Text, typed) })
		if !named {
			continue
		}
		add(o.Name, "official")
		for _, f := range forms {
			add(f.Text, f.Why)
		}
	}
	return ways
}

// sameWords compares texts by the tokens that search compares.
func sameWords(a, b string) bool {
	texts := func(s string) (all []string) {
		for t := range writing.Tokens(s) {
			all = append(all, t.Text)
		}
		return all
	}
	return slices.Equal(texts(a), texts(b))
}
