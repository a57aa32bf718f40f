package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrReadOnly is returned by Write on a file opened for reading.
var ErrReadOnly = errors.New("the file is open for reading only")

// Write runs work in one transaction: all of it happens and is on the medium
// when Write returns, or nothing. An error or a panic of work undoes it. Work
// must not call Write of the same DB.
func (d *DB) Write(ctx context.Context, work func(*sql.Tx) error) error {
	if d.write == nil {
		return ErrReadOnly
	}
	return explain(run(ctx, d.write, sql.TxOptions{Isolation: sql.LevelSerializable}, work))
}

// Read runs work on one consistent state, that of its first read.
func (d *DB) Read(ctx context.Context, work func(*sql.Tx) error) error {
	return explain(run(ctx, d.read, sql.TxOptions{ReadOnly: true}, work))
}

func run(ctx context.Context, db *sql.DB, o sql.TxOptions, work func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, &o)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback() // does nothing after Commit; a panic passes through here
	if err := work(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
