package search

import (
	"slices"
	"strings"

	"vidimus/writing"
)

// Explained says how a query was understood.
type Explained struct {
	Query   string
	Clauses []ExplainedClause
}

// ExplainedClause is one clause, with the forms in which it is looked for: for
// what stands for many words, those that the index has.
type ExplainedClause struct {
	Query string
	Field Field // "" for words
	Forms []Form
}

// Explain says how a query was understood. Words are those of index, asked by
// words where it can tell them.
func Explain(q Query, words func(clause int) []string) Explained {
	e := Explained{Query: q.describe(q.Root, false)}
	for i, c := range q.Clauses {
		x := ExplainedClause{Query: c.Typed}
		if c.Filter != nil {
			x.Field = c.Filter.Field
		}
		for way, w := range c.Ways {
			if slices.ContainsFunc(w.Parts[0], func(t Term) bool { return t.Pattern != nil }) {
				continue
			}
			text := w.Other
			if text == "" {
				text = unquoted(c.Typed)
				if way > 0 {
					text = JoinTerms(w.Parts[0])
				}
			}
			x.Forms = append(x.Forms, Form{Text: text, Why: c.why(way, text)})
		}
		for _, word := range words(i) {
			x.Forms = append(x.Forms, Form{Text: word, Why: c.why(0, word)})
		}
		e.Clauses = append(e.Clauses, x)
	}
	return e
}

// JoinTerms writes terms as text: pairs of Han overlap.
func JoinTerms(terms []Term) string {
	var b strings.Builder
	for i, t := range terms {
		r := []rune(t.Text)
		if i > 0 {
			if han := writing.IsHan(r[0]); han && len(r) > 1 {
				r = r[1:]
			} else if !han {
				b.WriteByte(' ')
			}
		}
		b.WriteString(string(r))
	}
	return b.String()
}

// describe writes a tree with all its operators and brackets.
func (q Query) describe(n Node, inside bool) string {
	list := func(nodes []Node, by string) string {
		all := make([]string, len(nodes))
		for i, n := range nodes {
			all[i] = q.describe(n, true)
		}
		s := strings.Join(all, by)
		if inside {
			return "(" + s + ")"
		}
		return s
	}
	switch n := n.(type) {
	case All:
		return list(n, " AND ")
	case Any:
		return list(n, " OR ")
	case Not:
		return "NOT " + q.describe(n.Node, true)
	}
	return q.Clauses[n.(Leaf)].Typed
}
