package fts

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"vidimus/search"
)

// plan is a query in SQL: where its pages come from, each with a score. With
// match set the rows are those of one MATCH, by which FTS5 also ranks; without,
// they are all pages under conditions, and ranked, if set, gives their scores.
type plan struct {
	match, ranked string
	where         []string
	args          []any // of where
}

// planned puts as much as it can into one MATCH. What it cannot becomes
// conditions on its rows; a condition that is a MATCH of its own is worked out
// once.
func planned(ctx context.Context, tx *sql.Tx, q search.Query) (plan, error) {
	if e, ok := expression(q, q.Root); ok {
		return plan{match: e}, nil
	}
	c := condition{ctx: ctx, tx: tx, q: q}
	if all, ok := q.Root.(search.All); ok {
		var words, rest search.All
		for _, n := range all {
			any := wordsOnly(q, n)
			if any || exact(q, n) {
				words = append(words, n)
			}
			if !any {
				rest = append(rest, n)
			}
		}
		if e, ok := expression(inAnyWriting(q), words); ok {
			c.list(rest, ` AND `)
			return plan{match: e, where: []string{c.sql.String()}, args: c.args}, c.err
		}
	}
	c.write(q.Root)
	p := plan{where: []string{c.sql.String()}, args: c.args}
	if e, ok := joined(inAnyWriting(q), wanted(q), " OR "); ok {
		p.ranked = e
	}
	return p, c.err
}

// exact reports a clause that asks how its words are written.
func exact(q search.Query, n search.Node) bool {
	leaf, ok := n.(search.Leaf)
	return ok && q.Clauses[leaf].Exact != "" && q.Clauses[leaf].Filter == nil
}

// inAnyWriting is the query as it ranks: without asking how words are written.
func inAnyWriting(q search.Query) search.Query {
	q.Clauses = slices.Clone(q.Clauses)
	for i := range q.Clauses {
		q.Clauses[i].Exact = ""
	}
	return q
}

// wordsOnly reports a node that an expression can say beside others.
func wordsOnly(q search.Query, n search.Node) bool {
	if not, ok := n.(search.Not); ok {
		n = not.Node
	}
	_, ok := expression(q, n)
	return ok
}

// wanted are the clauses by which a page is ranked.
func wanted(q search.Query) (leaves []search.Node) {
	for i, c := range q.Clauses {
		if !c.Negated && c.Filter == nil {
			leaves = append(leaves, search.Leaf(i))
		}
	}
	return leaves
}

// tables says what rows are asked of besides the tokens.
type tables int

const (
	tokensOnly tables = iota
	facts
	factsAndFiles
)

// statement writes what selects columns of the pages that match.
func (p plan) statement(columns string, need tables, tail string, more ...any) (string, []any) {
	var b strings.Builder
	var args []any
	scored := p.match == "" && p.ranked != "" && strings.Contains(columns, p.score())
	if scored {
		b.WriteString(`WITH scores(id, score) AS MATERIALIZED (SELECT rowid, -rank FROM pages WHERE pages MATCH ?) `)
		args = append(args, p.ranked)
	}
	b.WriteString(`SELECT ` + columns + ` FROM `)
	conditions := p.where
	if p.match == "" {
		b.WriteString(`about`)
	} else {
		b.WriteString(`pages`)
		if need > tokensOnly || len(p.where) > 0 {
			b.WriteString(` CROSS JOIN about ON about.page = pages.rowid`)
		}
		conditions = append([]string{`pages MATCH ?`}, p.where...)
		args = append(args, p.match)
	}
	if scored {
		b.WriteString(` LEFT JOIN scores ON scores.id = about.page`)
	}
	if need == factsAndFiles {
		b.WriteString(` LEFT JOIN files ON files.file = about.file`)
	}
	b.WriteString(` WHERE ` + strings.Join(conditions, ` AND `) + tail)
	return b.String(), append(append(args, p.args...), more...)
}

func (p plan) page() string {
	if p.match == "" {
		return `about.page`
	}
	return `pages.rowid`
}

func (p plan) score() string {
	switch {
	case p.match != "":
		return `-rank`
	case p.ranked != "":
		return `coalesce(scores.score, 0)`
	}
	return `0.0`
}
