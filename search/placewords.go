package search

import (
	"slices"

	"vidimus/writing"
)

// WithPlaceWords lets place:NAME be met by the words of the name too, in all its
// forms, where the gazetteer has no place under it: what rules took for one is
// then too little. Without expand only the name as typed is looked for.
func WithPlaceWords(q Query, expand Expander) Query {
	if expand == nil {
		expand = func(string) []Form { return nil }
	}
	q.Clauses = slices.Clone(q.Clauses)
	q.Root = q.placeWords(q.Root, expand)
	return q
}

func (q *Query) placeWords(n Node, expand Expander) Node {
	each := func(nodes []Node) []Node {
		all := make([]Node, len(nodes))
		for i, n := range nodes {
			all[i] = q.placeWords(n, expand)
		}
		return all
	}
	switch n := n.(type) {
	case All:
		return All(each(n))
	case Any:
		return Any(each(n))
	case Not:
		return Not{q.placeWords(n.Node, expand)}
	case Leaf:
		c := q.Clauses[n]
		if c.Filter == nil || c.Filter.Field != Place || writing.KnownPlace(c.Filter.Names[0]) {
			return n
		}
		name := c.Filter.Names[0]
		words := Clause{Exact: c.Exact, At: c.At, Typed: name, Negated: c.Negated, Whole: true}
		if words.Ways = phrase(terms(name)); c.Exact == "" {
			words.Ways = placeWays(name, expand)
		}
		q.Clauses = append(q.Clauses, words)
		return Any{n, Leaf(len(q.Clauses) - 1)}
	}
	return n
}

// placeWays gives the forms of a place's name, with and without the words for a
// county and the like, and those of the other names that people have given it:
// the same ones whichever of them is typed.
func placeWays(name string, expand Expander) (ways []Way) {
	add := func(text, why string) {
		terms := terms(text)
		same := func(w Way) bool { return slices.Equal(w.Parts[0], terms) }
		if len(terms) > 0 && len(ways) <= maxOther && !slices.ContainsFunc(ways, same) {
			ways = append(ways, Way{Parts: [][]Term{terms}, Other: text, Why: why})
		}
	}
	names := []Form{{Text: name, Why: string(Place)}}
	for _, f := range expand(name) {
		if f.Own {
			names = append(names, f)
		}
	}
	for _, n := range names {
		bare := writing.BarePlace(n.Text)
		add(bare, n.Why)
		add(n.Text, n.Why)
		for _, form := range slices.Concat(expand(bare), expand(n.Text)) {
			add(form.Text, form.Why)
		}
	}
	return ways
}
