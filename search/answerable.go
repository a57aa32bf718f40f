package search

import (
	"errors"
	"slices"
)

// maxDepth is how deep brackets can lie in each other.
const maxDepth = 30

// Answerable refuses what no index can answer: a query without clauses, a
// clause without terms, a prefix that is not the last term of its phrase, a
// window that begins before the ranking. Every index asks it first.
func Answerable(q Query, w Window) error {
	if w.Limit < 0 || w.Offset < 0 {
		return errors.New("the window is negative")
	}
	if w.Sort != "" && !slices.Contains(Sorts, w.Sort) {
		return errors.New("there is no such order of hits")
	}
	for _, c := range q.Clauses {
		if err := answerable(c); err != nil {
			return err
		}
	}
	return whole(q.Root, len(q.Clauses), 0)
}

// whole refuses a tree that is not one, or leads to clauses that are not there.
func whole(n Node, clauses, depth int) error {
	if depth > 4*maxDepth {
		return errors.New("the query is too deep")
	}
	var nodes []Node
	switch n := n.(type) {
	case Leaf:
		if n < 0 || int(n) >= clauses {
			return errors.New("the query has a clause that is not there")
		}
		return nil
	case Not:
		return whole(n.Node, clauses, depth+1)
	case All:
		nodes = n
	case Any:
		nodes = n
	}
	if len(nodes) == 0 {
		return errors.New("the query has no clause")
	}
	for _, n := range nodes {
		if err := whole(n, clauses, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func answerable(c Clause) error {
	ways := c.Ways
	if c.Filter != nil {
		if c.Filter.stated() {
			if c.Pages == nil {
				return errors.New("nobody has looked up what a field asks: search.Stated does, and of officials search.WithOfficials")
			}
			return nil
		}
		if len(c.Filter.Values) > 0 || c.Filter.Glob != "" || c.Filter.Field == Date || c.Filter.Field == newer {
			return nil
		}
		ways = c.Filter.Ways
	}
	if len(ways) == 0 {
		return errors.New("a clause has no terms")
	}
	for _, w := range ways {
		if len(w.Parts) == 0 || w.Near < 0 {
			return errors.New("a clause has no terms")
		}
		for _, part := range w.Parts {
			if len(part) == 0 {
				return errors.New("a clause has no terms")
			}
			for i, t := range part {
				if t.Text == "" || t.Prefix && i < len(part)-1 {
					return errors.New("a clause has a term that cannot be looked for")
				}
			}
		}
	}
	return nil
}
