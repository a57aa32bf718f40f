package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"vidimus/archive"
)

// unit is one unit of work. It is used by one goroutine at a time.
type unit struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt // for the life of tx, which closes them
	counts   map[string]int64     // what Files.Put has yet to add to the table counts
	readOnly bool
}

func newUnit(ctx context.Context, tx *sql.Tx) *unit {
	return &unit{ctx: ctx, tx: tx, prepared: make(map[string]*sql.Stmt), counts: make(map[string]int64)}
}

func (u *unit) Files() archive.Files         { return files{u} }
func (u *unit) Readings() archive.Readings   { return readings{u} }
func (u *unit) Jobs() archive.Jobs           { return jobs{u} }
func (u *unit) Originals() archive.Originals { return originals{u} }
func (u *unit) Log() archive.Log             { return custodyLog{u} }
func (u *unit) Outbox() archive.Outbox       { return outbox{u} }
func (u *unit) Settings() archive.Settings   { return settings{u} }
func (u *unit) Mentions() archive.Mentions   { return mentions{u} }
func (u *unit) Passages() archive.Passages   { return passages{u} }
func (u *unit) Disposal() archive.Disposal   { return disposal{u} }

func (u *unit) prepare(query string) (*sql.Stmt, error) {
	if s := u.prepared[query]; s != nil {
		return s, nil
	}
	s, err := u.tx.PrepareContext(u.ctx, query)
	if err == nil {
		u.prepared[query] = s
	}
	return s, err
}

// exec runs a statement that writes. A row that it refers to and that is not
// there is ErrNotFound.
func (u *unit) exec(query string, args ...any) (sql.Result, error) {
	if u.readOnly {
		return nil, archive.ErrReadOnly
	}
	s, err := u.prepare(query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(u.ctx, args...)
	if errors.Is(err, sqlite3.CONSTRAINT_FOREIGNKEY) {
		return nil, archive.ErrNotFound
	}
	return result, err
}

// changed runs a statement that writes and gives how many rows it changed.
func (u *unit) changed(query string, args ...any) (int, error) {
	result, err := u.exec(query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// number runs a query that answers with one number, 0 if with no row.
func (u *unit) number(query string, args ...any) (int64, error) {
	n, err := one(u, func(r row) (n int64, err error) { return n, r.Scan(&n) }, query, args...)
	if errors.Is(err, archive.ErrNotFound) {
		return 0, nil
	}
	return n, err
}

// row is a result to scan: of one row or of many.
type row interface{ Scan(dest ...any) error }

// one gives the first row of an answer, or ErrNotFound.
func one[T any](u *unit, scan func(row) (T, error), query string, args ...any) (v T, err error) {
	s, err := u.prepare(query)
	if err != nil {
		return v, err
	}
	v, err = scan(s.QueryRowContext(u.ctx, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, archive.ErrNotFound
	}
	return v, err
}

// all gives every row of an answer.
func all[T any](u *unit, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	s, err := u.prepare(query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(u.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// fixed scans a blob of 32 bytes.
type fixed [32]byte

// Scan implements sql.Scanner.
func (f *fixed) Scan(value any) error {
	b, ok := value.([]byte)
	if !ok || len(b) != len(f) {
		return errors.New("a stored value has not 32 bytes")
	}
	copy(f[:], b)
	return nil
}

// doing says what was tried when err happened.
func doing(what string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
