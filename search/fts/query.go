package fts

import (
	"context"
	"database/sql"
	"fmt"

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
		found, err = x.answer(ctx, tx, p, w)
		return err
	})
	if err != nil {
		return search.Found{}, wrap("ask the index", err)
	}
	return found, nil
}

// answer walks over the matches once for the count, the best and the facets;
// pages in another order than by rank are a second walk.
func (x *Index) answer(ctx context.Context, tx *sql.Tx, p plan, w search.Window) (found search.Found, err error) {
	ranked := w.Limit > 0 && (w.Sort == "" || w.Sort == search.ByRank)
	columns, need := `count(*), NULL`, tokensOnly
	if ranked {
		columns = fmt.Sprintf(`NULL, best(%s, %s, %d)`, p.page(), p.score(), w.Offset+w.Limit)
	}
	if w.Facets {
		columns, need = columns+`, tally(about.file, about.form, about.dates)`, facts
	} else {
		columns += `, NULL`
	}
	query, args := p.statement(columns, need, ``)
	var total sql.NullInt64
	var kept, counts []byte
	if err := tx.QueryRowContext(ctx, query, args...).Scan(&total, &kept, &counts); err != nil {
		return found, err
	}
	found.Total = int(total.Int64)
	if ranked {
		if found.Total, found.Pages, err = readBest(kept); err != nil {
			return found, err
		}
		found.Pages = found.Pages[min(w.Offset, len(found.Pages)):]
	} else if found.Total > w.Offset && w.Limit > 0 {
		if found.Pages, err = p.sorted(ctx, tx, w); err != nil {
			return found, err
		}
	}
	if w.Facets {
		found.Facets, err = x.facets(ctx, tx, counts)
	}
	return found, err
}

// sorted gives the window in another order than by rank.
func (p plan) sorted(ctx context.Context, tx *sql.Tx, w search.Window) ([]search.Ranked, error) {
	need, order := facts, ``
	switch w.Sort {
	case search.ByPath:
		need, order = factsAndFiles, `files.path, files.file, `
	case search.ByDate:
		order = `about.first IS NULL, about.first, `
	case search.ByNewest:
		order = `about.last IS NULL, about.last DESC, `
	default:
		need = tokensOnly
	}
	query, args := p.statement(p.page(), need, ` ORDER BY `+order+`1 LIMIT ? OFFSET ?`, w.Limit, w.Offset)
	return collect(ctx, tx, query, args, func(rows *sql.Rows) (r search.Ranked, err error) {
		return r, rows.Scan(&r.Page)
	})
}
