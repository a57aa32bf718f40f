package fts

import (
	"fmt"
	"strings"

	"vidimus/search"
)

// expression writes a node in FTS5's language. It can say all but that a page
// is an answer for what it has not: FTS5's NOT takes away from something.
func expression(q search.Query, n search.Node) (string, bool) {
	switch n := n.(type) {
	case search.Leaf:
		return clause(q.Clauses[n]), q.Clauses[n].Filter == nil && q.Clauses[n].Exact == ""
	case search.Any:
		return joined(q, n, " OR ")
	case search.All:
		var wanted []search.Node
		var denied []string
		for _, n := range n {
			not, ok := n.(search.Not)
			if !ok {
				wanted = append(wanted, n)
				continue
			}
			e, ok := expression(q, not.Node)
			if !ok {
				return "", false
			}
			denied = append(denied, e)
		}
		e, ok := joined(q, wanted, " AND ")
		if !ok {
			return "", false
		}
		if len(denied) > 0 {
			e = "(" + e + " NOT " + bracketed(denied, " OR ") + ")"
		}
		return e, true
	}
	return "", false
}

func joined(q search.Query, nodes []search.Node, by string) (string, bool) {
	var all []string
	for _, n := range nodes {
		e, ok := expression(q, n)
		if !ok {
			return "", false
		}
		all = append(all, e)
	}
	return bracketed(all, by), len(all) > 0
}

func bracketed(all []string, by string) string {
	if len(all) == 1 {
		return all[0]
	}
	return "(" + strings.Join(all, by) + ")"
}

// clause writes one clause: any of its ways.
func clause(c search.Clause) string {
	var ways []string
	for _, w := range c.Ways {
		ways = append(ways, way(w))
	}
	return bracketed(ways, " OR ")
}

func way(w search.Way) string {
	if len(w.Parts) == 1 {
		return phrase(w.Parts[0])
	}
	var parts []string
	for _, p := range w.Parts {
		parts = append(parts, phrase(p))
	}
	return fmt.Sprintf("NEAR(%s, %d)", strings.Join(parts, " "), w.Near)
}

// phrase writes terms that follow each other. A term is made of letters and
// digits, so that quotation marks are all the care it needs.
func phrase(terms []search.Term) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(`"` + strings.ReplaceAll(t.Text, `"`, `""`) + `"`)
		if t.Prefix {
			b.WriteString(" *")
		}
	}
	return b.String()
}
