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
	err := x.db.Read(ctx, func(tx *sql.Tx) error {
		q, err := x.literal(ctx, tx, q)
		if err != nil {
			return err
		}
		p, err := planned(ctx, tx, q)
		if err != nil {
			return err
		}
		found, err = p.answer(ctx, tx, w)
		return err
	})
	if err != nil {
		return search.Found{}, wrap("ask the index", err)
	}
	return found, nil
}

func (p plan) answer(ctx context.Context, tx *sql.Tx, w search.Window) (found search.Found, err error) {
	query, args := p.statement(`count(*)`, tokensOnly, ``)
	if err := tx.QueryRowContext(ctx, query, args...).Scan(&found.Total); err != nil {
		return found, err
	}
	if found.Total > w.Offset && w.Limit > 0 {
		if found.Pages, err = p.ranking(ctx, tx, w); err != nil {
			return found, err
		}
	}
	if w.Facets {
		found.Facets, err = p.facets(ctx, tx)
	}
	return found, err
}

func (p plan) ranking(ctx context.Context, tx *sql.Tx, w search.Window) ([]search.Ranked, error) {
	columns, need, order := p.page()+`, 0.0`, facts, ``
	switch w.Sort {
	case search.ByPath:
		need, order = factsAndFiles, `files.path, files.file`
	case search.ByDate:
		order = `about.first IS NULL, about.first`
	case search.ByNewest:
		order = `about.last IS NULL, about.last DESC`
	case search.ByNumber:
		need, order = tokensOnly, `1`
	default:
		columns, need, order = p.page()+`, `+p.score(), tokensOnly, `2 DESC`
	}
	query, args := p.statement(columns, need, ` ORDER BY `+order+`, 1 LIMIT ? OFFSET ?`, w.Limit, w.Offset)
	return collect(ctx, tx, query, args, func(rows *sql.Rows) (r search.Ranked, err error) {
		return r, rows.Scan(&r.Page, &r.Score)
	})
}
