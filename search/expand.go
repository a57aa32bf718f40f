package search

import (
	"slices"
	"strings"

	"vidimus/writing"
)

// Form is another form of a word or phrase, and why it is one: "莎车 = Yarkand,
// gazetteer".
type Form struct {
	Text, Why string
	Own       bool // a spelling that people have entered for the case
	Known     bool // of a name that a table has, or that is Chinese by its sounds
}

// Expander gives other forms of a word or phrase, in other scripts for one.
type Expander func(form string) []Form

// OtherForms are the forms that package writing knows: names in other scripts,
// places by the gazetteer.
func OtherForms(form string) (all []Form) {
	for _, e := range writing.Expand(form) {
		all = append(all, Form{Text: e.Text, Why: e.Why, Known: e.Known})
	}
	return all
}

// maxOther is how many other forms of one clause are looked for.
const maxOther = 100

// Expand adds to the words of a query their other forms. It adds none to what
// must not be on a page, to what is asked for exactly, or to what stands for
// many words already. A place that is asked for by name becomes the place, in
// whatever writing.
func Expand(q Query, expand Expander) Query {
	q.Clauses = slices.Clone(q.Clauses)
	q = q.withNames(expand)
	for i, c := range q.Clauses {
		if c.Filter != nil && c.Filter.Field == Place && c.Exact == "" {
			q.Clauses[i].Filter = c.Filter.anyWriting(expand)
		}
		if c.Added || c.Whole || c.Negated || c.Filter != nil || c.Exact != "" || !plain(c.Ways) {
			continue
		}
		ways := slices.Clone(c.Ways)
		for _, f := range expand(unquoted(c.Typed)) {
			terms := terms(f.Text)
			same := func(w Way) bool { return slices.Equal(w.Parts[0], terms) }
			if len(terms) > 0 && len(ways) <= maxOther && !slices.ContainsFunc(ways, same) {
				ways = append(ways, Way{Parts: [][]Term{terms}, Other: f.Text, Why: f.Why})
			}
		}
		q.Clauses[i].Ways = ways
	}
	return q
}

// plain reports the one way of words as they are.
func plain(ways []Way) bool {
	if len(ways) != 1 || len(ways[0].Parts) != 1 {
		return false
	}
	return !slices.ContainsFunc(ways[0].Parts[0], func(t Term) bool { return t.Pattern != nil || t.Prefix })
}

// unquoted gives what was typed without quotation marks around it.
func unquoted(typed string) string {
	r := []rune(typed)
	if len(r) > 2 && closers(ascii(r[0])) != "" {
		return strings.TrimSpace(string(r[1 : len(r)-1]))
	}
	return typed
}

// AsTyped gives the query as typed, without what Expand has added.
func (q Query) AsTyped() Query {
	q.Root = q.unnamed(q.Root)
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if c.Added {
			q.Clauses[i].Negated = true // it ranks nothing
			continue
		}
		if c.Whole {
			continue
		}
		q.Clauses[i].Ways = slices.DeleteFunc(slices.Clone(c.Ways), func(w Way) bool { return w.Why != "" })
	}
	return q
}

// Expanded reports whether Expand has added anything.
func (q Query) Expanded() bool {
	return slices.ContainsFunc(q.Clauses, func(c Clause) bool {
		return !c.Whole && slices.ContainsFunc(c.Ways, func(w Way) bool { return w.Why != "" })
	})
}

// onlyExpanded asks for the pages that other forms alone have found.
func (q Query) onlyExpanded() Query {
	typed := q.AsTyped()
	n := len(q.Clauses)
	clauses := slices.Clone(q.Clauses)
	for _, c := range typed.Clauses {
		c.Negated = true
		clauses = append(clauses, c)
	}
	return Query{All{q.Root, Not{shifted(typed.Root, n)}}, clauses}
}

// shifted is a tree whose clauses stand n places further on.
func shifted(n Node, by int) Node {
	each := func(nodes []Node) (all []Node) {
		for _, n := range nodes {
			all = append(all, shifted(n, by))
		}
		return all
	}
	switch n := n.(type) {
	case Leaf:
		return n + Leaf(by)
	case Not:
		return Not{shifted(n.Node, by)}
	case All:
		return All(each(n))
	case Any:
		return Any(each(n))
	}
	return n
}
