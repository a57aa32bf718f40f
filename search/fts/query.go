package fts

import (
	"context"
	"database/sql"

	"vidimus/search"
)

// Query implements search.Index. The score is BM25's; a page that is an answer
// for what it has not has none.
func (x *Index) Query(ctx context.Context, q search.Query, w search.Window) (search.Found, error) {
	if err := search.Answerable(q, w); err != nil {
		return search.Found{}, err
	}
	var found search.Found
	p := planned(q)
	err := x.db.Read(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM pages WHERE `+p.where, p.args...).Scan(&found.Total)
		if err != nil || found.Total <= w.Offset || w.Limit == 0 {
			return err
		}
		found.Pages, err = p.ranked(ctx, tx, w)
		return err
	})
	if err != nil {
		return search.Found{}, wrap("ask the index", err)
	}
	return found, nil
}

func (p plan) ranked(ctx context.Context, tx *sql.Tx, w search.Window) ([]search.Ranked, error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT rowid, `+p.score+` AS score FROM pages WHERE `+p.where+` ORDER BY score DESC, rowid LIMIT ? OFFSET ?`,
		append(append(p.scoreArgs, p.args...), w.Limit, w.Offset)...)
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
