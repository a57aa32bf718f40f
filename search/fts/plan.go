package fts

import (
	"vidimus/search"
)

// plan is a query in SQL.
type plan struct {
	where     string
	args      []any
	score     string
	scoreArgs []any
}

// planned puts as much as it can into one MATCH, by which FTS5 also ranks.
// What it cannot becomes conditions on its rows; a condition that is a MATCH
// of its own is worked out once.
func planned(q search.Query) plan {
	if e, ok := expression(q, q.Root); ok {
		return plan{where: `pages MATCH ?`, args: []any{e}, score: `-rank`}
	}
	c := condition{q: q}
	c.write(q.Root)
	p := plan{where: c.sql, args: c.args, score: `0`}
	if e, ok := joined(q, wanted(q), " OR "); ok {
		p.score = `coalesce((SELECT -s.rank FROM pages AS s WHERE s.pages MATCH ? AND s.rowid = pages.rowid), 0)`
		p.scoreArgs = []any{e}
	}
	return p
}

// wanted are the clauses by which a page is ranked.
func wanted(q search.Query) (leaves []search.Node) {
	for i, c := range q.Clauses {
		if !c.Negated {
			leaves = append(leaves, search.Leaf(i))
		}
	}
	return leaves
}

// condition writes a node as SQL.
type condition struct {
	q    search.Query
	sql  string
	args []any
}

func (c *condition) write(n search.Node) {
	if e, ok := expression(c.q, n); ok {
		c.sql += `+rowid IN (SELECT rowid FROM pages WHERE pages MATCH ?)`
		c.args = append(c.args, e)
		return
	}
	switch n := n.(type) {
	case search.Not:
		c.sql += `NOT (`
		c.write(n.Node)
		c.sql += `)`
	case search.All:
		c.list(n, ` AND `)
	case search.Any:
		c.list(n, ` OR `)
	}
}

func (c *condition) list(nodes []search.Node, by string) {
	for i, n := range nodes {
		if i > 0 {
			c.sql += by
		}
		c.sql += `(`
		c.write(n)
		c.sql += `)`
	}
}
