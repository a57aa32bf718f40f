package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longestRun is how many words in a row are tried as one name.
const longestRun = 4

// withNames lets words that were typed in a row without quotation marks, and
// are a name that tables or the case know, be met by the name's other forms
// too: Chen Quanguo finds 陈全国. The words themselves are asked for as before.
func (q Query) withNames(expand Expander) Query {
	q.Root = q.named(q.Root, expand)
	return q
}

func (q *Query) named(n Node, expand Expander) Node {
	switch n := n.(type) {
	case Any:
		all := make(Any, len(n))
		for i, one := range n {
			all[i] = q.named(one, expand)
		}
		return all
	case All:
		var all All
		for at := 0; at < len(n); {
			name, forms, words := q.nameAt(n[at:], expand)
			if words == 0 {
				all = append(all, q.named(n[at], expand))
				at++
				continue
			}
			c := Clause{At: q.Clauses[n[at].(Leaf)].At, Typed: name, Ways: forms, Added: true}
			q.Clauses = append(q.Clauses, c)
			all = append(all, Any{All(slices.Clone(n[at : at+words])), Leaf(len(q.Clauses) - 1)})
			at += words
		}
		if len(all) == 1 {
			return all[0]
		}
		return all
	}
	return n
}

// nameAt gives the longest name of two words or more that nodes begin with.
func (q *Query) nameAt(nodes All, expand Expander) (name string, ways []Way, words int) {
	n := q.runOf(nodes)
	for ; n > 1; n-- {
		typed := make([]string, n)
		for i := range n {
			typed[i] = q.Clauses[nodes[i].(Leaf)].Typed
		}
		name = strings.Join(typed, " ")
		for _, f := range expand(name) {
			terms := terms(f.Text)
			if (f.Own || f.Known) && len(terms) > 0 && len(ways) < maxOther {
				ways = append(ways, Way{Parts: [][]Term{terms}, Other: f.Text, Why: f.Why})
			}
		}
		if len(ways) > 0 {
			return name, ways, n
		}
	}
	return "", nil, 0
}

// runOf counts the words that stand in a row, one space between each.
func (q *Query) runOf(nodes All) (n int) {
	end := 0
	for _, node := range nodes[:min(len(nodes), longestRun)] {
		leaf, ok := node.(Leaf)
		if !ok {
			break
		}
		c := q.Clauses[leaf]
		first, _ := utf8.DecodeRuneInString(c.Typed)
		if c.Negated || c.Whole || c.Filter != nil || c.Exact != "" || !plain(c.Ways) || closers(ascii(first)) != "" || n > 0 && c.At != end+1 {
			break
		}
		end = c.At + utf8.RuneCountInString(c.Typed)
		n++
	}
	return n
}

// unnamed is a tree without what withNames has added.
func (q Query) unnamed(n Node) Node {
	each := func(nodes []Node) (all []Node) {
		for _, n := range nodes {
			all = append(all, q.unnamed(n))
		}
		return all
	}
	switch n := n.(type) {
	case Any:
		if leaf, ok := n[len(n)-1].(Leaf); ok && q.Clauses[leaf].Added {
			return q.unnamed(n[0])
		}
		return Any(each(n))
	case All:
		return All(each(n))
	case Not:
		return Not{q.unnamed(n.Node)}
	}
	return n
}
