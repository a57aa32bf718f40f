package fts

import (
	"context"
	"database/sql"
	"errors"
	"path"

	"vidimus/archive"
	"vidimus/search"
)

// writer puts changes into the tables, all in one transaction.
type writer struct {
	ctx   context.Context
	tx    *sql.Tx
	forms map[[2]string]int64

	put, remove, about, gone, paths, known *sql.Stmt
}

func apply(ctx context.Context, tx *sql.Tx, changes []archive.Change) error {
	w := &writer{ctx: ctx, tx: tx, forms: map[[2]string]int64{}}
	if err := w.prepare(); err != nil {
		return err
	}
	defer w.close()
	// What is said of files comes after all pages: its statements have FTS5
	// write out what it holds, which is cheap once and dear after every page.
	for _, c := range changes {
		var err error
		switch {
		case c.Remove:
			err = w.drop(c.Page)
		case c.Page != 0:
			err = w.page(c)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range changes {
		if c.Remove || c.Page != 0 {
			continue
		}
		if err := w.file(c.File, c.About); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) prepare() error {
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&w.put, `INSERT OR REPLACE INTO pages(rowid, text) VALUES(?, ?)`},
		{&w.remove, `DELETE FROM pages WHERE rowid = ?`},
		{&w.about, `INSERT OR REPLACE INTO about(page, file, form, first, last, dates) VALUES(?, ?, ?, ?, ?, ?)`},
		{&w.gone, `DELETE FROM about WHERE page = ?`},
		{&w.paths, `SELECT coalesce((SELECT path FROM files WHERE file = ?1), ''), coalesce((SELECT path FROM files WHERE file = ?2), '')`},
		{&w.known, `INSERT OR REPLACE INTO files(file, parent, own, path, folder, type, state) VALUES(?, ?, ?, ?, ?, ?, ?)`},
	} {
		var err error
		if *s.to, err = w.tx.PrepareContext(w.ctx, s.sql); err != nil {
			return errors.Join(err, w.close())
		}
	}
	return nil
}

func (w *writer) close() (err error) {
	for _, s := range []*sql.Stmt{w.put, w.remove, w.about, w.gone, w.paths, w.known} {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	return err
}

func (w *writer) page(c archive.Change) error {
	facts := search.FactsIn(c.Text, c.Kind)
	form, err := w.form(facts)
	if err != nil {
		return err
	}
	if _, err := w.put.ExecContext(w.ctx, c.Page, c.Text); err != nil {
		return err
	}
	values := []any{c.Page, c.File, form, nil, nil, nil}
	if len(facts.Dates) > 0 {
		first, last := search.Edges(facts.Dates)
		values = append(values[:3], first, last, encodeDates(facts.Dates))
	}
	_, err = w.about.ExecContext(w.ctx, values...)
	return err
}

func (w *writer) drop(page int64) error {
	if _, err := w.remove.ExecContext(w.ctx, page); err != nil {
		return err
	}
	_, err := w.gone.ExecContext(w.ctx, page)
	return err
}

// form gives the number of a page's form, making it if it is new.
func (w *writer) form(f search.Facts) (form int64, err error) {
	key := [2]string{f.Reading, f.Language}
	if form, known := w.forms[key]; known {
		return form, nil
	}
	_, err = w.tx.ExecContext(w.ctx, `INSERT OR IGNORE INTO forms(reading, language) VALUES(?, ?)`, f.Reading, f.Language)
	if err == nil {
		err = w.tx.QueryRowContext(w.ctx, `SELECT form FROM forms WHERE reading = ? AND language = ?`, f.Reading, f.Language).Scan(&form)
	}
	w.forms[key] = form
	return form, err
}

// file keeps what a file is by now and, if its path has changed, the paths of
// what was found in it.
func (w *writer) file(file int64, a archive.About) error {
	var before, parent string
	if err := w.paths.QueryRowContext(w.ctx, file, a.Parent).Scan(&before, &parent); err != nil {
		return err
	}
	own := search.PathIn("", a.Path)
	full := search.PathIn(parent, own)
	_, err := w.known.ExecContext(w.ctx, file, a.Parent, own, full, folderOf(full), a.Type, string(a.State))
	if err != nil || before == "" || before == full {
		return err
	}
	return w.placeChildren(file, full, 0)
}

func (w *writer) place(file int64, full string) error {
	_, err := w.tx.ExecContext(w.ctx, `UPDATE files SET path = ?, folder = ? WHERE file = ?`, full, folderOf(full), file)
	return err
}

func folderOf(full string) string { return search.FoldPath(path.Dir(full)) }

// maxWithin is how deep containers in containers are followed.
const maxWithin = 100

func (w *writer) placeChildren(parent int64, path string, depth int) error {
	if depth == maxWithin {
		return errors.New("the containers of a file have no end")
	}
	children, err := collect(w.ctx, w.tx, `SELECT file, own FROM files WHERE parent > 0 AND parent = ?`, []any{parent}, func(rows *sql.Rows) (c struct {
		file int64
		own  string
	}, err error) {
		return c, rows.Scan(&c.file, &c.own)
	})
	if err != nil {
		return err
	}
	for _, c := range children {
		full := search.PathIn(path, c.own)
		if err := w.place(c.file, full); err != nil {
			return err
		}
		if err := w.placeChildren(c.file, full, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// collect gives all rows of an answer.
func collect[T any](ctx context.Context, tx *sql.Tx, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
