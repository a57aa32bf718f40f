package fts

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"vidimus/search"
)

// condition writes a node as SQL on a row of about.
type condition struct {
	ctx  context.Context
	tx   *sql.Tx
	q    search.Query
	sql  strings.Builder
	args []any
	err  error // the first
}

func (c *condition) write(n search.Node) {
	if e, ok := expression(c.q, n); ok {
		c.sql.WriteString(`about.page IN (SELECT rowid FROM pages WHERE pages MATCH ?)`)
		c.args = append(c.args, e)
		return
	}
	switch n := n.(type) {
	case search.Leaf:
		c.leaf(c.q.Clauses[n])
	case search.Not:
		c.sql.WriteString(`NOT (`)
		c.write(n.Node)
		c.sql.WriteString(`)`)
	case search.All:
		c.list(n, ` AND `)
	case search.Any:
		c.list(n, ` OR `)
	}
}

func (c *condition) list(nodes []search.Node, by string) {
	c.sql.WriteString(`(`)
	for i, n := range nodes {
		if i > 0 {
			c.sql.WriteString(by)
		}
		c.write(n)
	}
	c.sql.WriteString(`)`)
}

// leaf writes a clause that no expression can say.
func (c *condition) leaf(clause search.Clause) {
	switch {
	case clause.Pages != nil:
		c.say(`about.page IN (SELECT value FROM json_each(?))`, list(clause.Pages.Numbers))
	case clause.Filter != nil:
		c.filter(clause.Filter)
	default:
		c.fail(errors.New("the index does not know how words are written: search.Resolve does"))
	}
}

func (c *condition) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// filter writes what is asked of a field. Which types and paths are wanted is
// found here.
func (c *condition) filter(f *search.Filter) {
	if page, ok := f.Newer(); ok {
		c.say(`about.page >= ?`, page)
		return
	}
	switch f.Field {
	case search.Language, search.Reading:
		c.say(`about.form IN (SELECT form FROM forms WHERE `+string(f.Field)+` IN (SELECT value FROM json_each(?)))`, list(f.Values))
	case search.Date:
		c.say(`dated(about.dates, ?, ?)`, f.First, f.Last)
	case search.State:
		c.say(`about.file IN (SELECT file FROM files WHERE state IN (SELECT value FROM json_each(?)))`, list(f.Values))
	case search.Folder:
		c.say(`about.file IN (SELECT file FROM files WHERE folder = ? OR folder >= ? AND folder < ?)`, f.Values[0], f.Values[0]+"/", f.Values[0]+"0")
	case search.Type:
		c.say(`about.file IN (SELECT file FROM files WHERE type IN (SELECT value FROM json_each(?)))`,
			list(chosen(c, `SELECT DISTINCT type, type FROM files`, f.FitsType)))
	case search.PathName:
		c.say(`about.file IN (SELECT value FROM json_each(?))`, list(chosen(c, `SELECT file, path FROM files`, f.FitsPath)))
	}
}

// chosen gives the first column of the rows whose second is wanted.
func chosen(c *condition, query string, wanted func(string) bool) []any {
	rows, err := collect(c.ctx, c.tx, query, nil, func(rows *sql.Rows) (r [2]any, err error) {
		return r, rows.Scan(&r[0], &r[1])
	})
	c.fail(err)
	all := []any{}
	for _, r := range rows {
		if text, ok := r[1].(string); ok && wanted(text) {
			all = append(all, r[0])
		}
	}
	return all
}

func (c *condition) say(sql string, args ...any) {
	c.sql.WriteString(sql)
	c.args = append(c.args, args...)
}

// list is values as one argument.
func list[T any](values []T) string {
	if values == nil {
		values = []T{} // null would be neither in nor out
	}
	b, err := json.Marshal(values)
	if err != nil {
		panic("fts: a list of plain values: " + err.Error())
	}
	return string(b)
}
