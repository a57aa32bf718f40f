package fts

import (
	"context"
	"database/sql"
	"strings"

	"vidimus/search"
)

// Query implements search.Index. The score is BM25's.
func (x *Index) Query(ctx context.Context, q search.Query, w search.Window) (search.Found, error) {
	if err := search.Answerable(q, w); err != nil {
		return search.Found{}, err
	}
	var found search.Found
	expression := expression(q)
	err := x.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM pages WHERE pages MATCH ?`, expression).Scan(&found.Total)
		if err != nil || found.Total <= w.Offset || w.Limit == 0 {
			return err
		}
		found.Pages, err = ranked(ctx, tx, expression, w)
		return err
	})
	if err != nil {
		return search.Found{}, wrap("ask the index", err)
	}
	return found, nil
}

func ranked(ctx context.Context, tx *sql.Tx, expression string, w search.Window) ([]search.Ranked, error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT rowid, -rank FROM pages WHERE pages MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?`,
		expression, w.Limit, w.Offset)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []search.Ranked
	for rows.Next() {
		var r search.Ranked
		if err := rows.Scan(&r.Page, &r.Score); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// expression writes a query in FTS5's language. A term is made of letters and
// digits, so that quotation marks are all the care it needs.
func expression(q search.Query) string {
	var b strings.Builder
	for i, c := range q.All {
		if i > 0 {
			b.WriteString(" AND ")
		}
		for j, t := range c.Terms {
			if j > 0 {
				b.WriteString(" + ")
			}
			b.WriteString(`"` + strings.ReplaceAll(t.Text, `"`, `""`) + `"`)
			if t.Prefix {
				b.WriteString(" *")
			}
		}
	}
	return b.String()
}
