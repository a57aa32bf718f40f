package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/archive"
)

var (
	_ archive.Migrating = (*records)(nil)
	_ archive.Copying   = (*records)(nil)
)

// begin gives a new file its schema, and refuses a file that knows more
// migrations than we do.
func (r *records) begin(ctx context.Context, readOnly bool) error {
	have, _, err := r.Schema(ctx)
	if err != nil || have > 0 {
		return err
	}
	if readOnly {
		return vidimus.WithHint(errors.New("the records are empty"), "put the whole folder back from one backup")
	}
	return r.db.Write(ctx, func(tx *sql.Tx) error { return r.apply(ctx, tx) })
}

// Schema implements archive.Migrating.
func (r *records) Schema(ctx context.Context) (have, want int, err error) {
	err = r.db.Read(ctx, func(tx *sql.Tx) error {
		have, err = r.version(ctx, tx)
		return err
	})
	return have, len(r.migrations), err
}

// version gives how many migrations the file has seen.
func (r *records) version(ctx context.Context, tx *sql.Tx) (n int, err error) {
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&n); err != nil {
		return 0, fmt.Errorf("read the schema's version: %w", err)
	}
	if n > len(r.migrations) {
		err := fmt.Errorf("the records have schema %d, this program knows %d", n, len(r.migrations))
		return n, vidimus.WithHint(err, "use the version of vidimus that wrote them, or a newer one; nothing was changed")
	}
	return n, nil
}

// Migrate implements archive.Migrating.
func (r *records) Migrate(ctx context.Context, work func(archive.Tx) error) error {
	return r.db.Write(ctx, func(tx *sql.Tx) error {
		if err := r.apply(ctx, tx); err != nil {
			return err
		}
		u := newUnit(ctx, tx)
		if err := work(u); err != nil {
			return err
		}
		return u.flushCounts()
	})
}

// apply applies what is missing, all in the one transaction.
func (r *records) apply(ctx context.Context, tx *sql.Tx) error {
	n, err := r.version(ctx, tx)
	if err != nil {
		return err
	}
	for ; n < len(r.migrations); n++ {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("%s; PRAGMA user_version=%d", r.migrations[n], n+1)); err != nil {
			return fmt.Errorf("apply migration %d: %w", n+1, err)
		}
	}
	return nil
}

// CopyTo implements archive.Copying.
func (r *records) CopyTo(ctx context.Context, path string, key [32]byte) error {
	return r.db.CopyTo(ctx, path, key[:])
}

// TestOnlyOpenWith gives an Open that knows more migrations than there are.
func TestOnlyOpenWith(more ...string) func(path string, key [32]byte, readOnly bool) (archive.Records, error) {
	return func(path string, key [32]byte, readOnly bool) (archive.Records, error) {
		return open(path, key, readOnly, append(migrations[:len(migrations):len(migrations)], more...))
	}
}
