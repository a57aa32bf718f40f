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
	columns, need, order := p.page()+`, `+p.score(), tokensOnly, ` ORDER BY 2 DESC, 1`
	if w.Sort == search.ByPath {
		columns, need, order = p.page()+`, 0.0`, factsAndFiles, ` ORDER BY files.path, files.file, 1`
	}
	query, args := p.statement(columns, need, order+` LIMIT ? OFFSET ?`, w.Limit, w.Offset)
	return collect(ctx, tx, query, args, func(rows *sql.Rows) (r search.Ranked, err error) {
		return r, rows.Scan(&r.Page, &r.Score)
	})
}

// facets counts the pages that match by file and form, and these by their
// facts.
func (p plan) facets(ctx context.Context, tx *sql.Tx) (search.Facets, error) {
	type cell struct {
		facts search.Facts
		pages int
	}
	counted, args := p.statement(`about.file AS f, about.form AS g, count(*) AS n`, facts, ` GROUP BY 1, 2`)
	cells, err := collect(ctx, tx, `SELECT coalesce(path, ''), coalesce(type, ''), coalesce(state, ''), reading, language, n FROM (`+counted+`) LEFT JOIN files ON file = f JOIN forms ON form = g`, args,
		func(rows *sql.Rows) (c cell, err error) {
			return c, rows.Scan(&c.facts.Path, &c.facts.Type, &c.facts.State, &c.facts.Reading, &c.facts.Language, &c.pages)
		})
	tally := search.NewTally()
	for _, c := range cells {
		tally.Add(c.facts, c.pages)
	}
	return tally.Facets(), err
}
