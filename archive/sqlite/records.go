// Package sqlite keeps a case's records in one encrypted SQLite file.
//
// Do takes turns with the writers of all processes; View waits for nobody.
// Pages are stored whole, and the outbox refers to them: a change costs a few
// bytes until the index has confirmed it.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"vidimus/archive"
	"vidimus/internal/sealed"
)

type records struct {
	db         *sealed.DB
	migrations []string
}

// Open opens the records at path. For writing it creates them when they are
// not there. An older schema stays until Migrate; until then View reaches what
// no migration changes: the settings and the log.
func Open(path string, key [32]byte, readOnly bool) (archive.Records, error) {
	return open(path, key, readOnly, migrations[:])
}

func open(path string, key [32]byte, readOnly bool, migrations []string) (archive.Records, error) {
	db, err := sealed.Open(path, sealed.Options{Key: key[:], ReadOnly: readOnly})
	if err != nil {
		return nil, fmt.Errorf("open records: %w", err)
	}
	r := &records{db, migrations}
	if err := r.begin(context.Background(), readOnly); err != nil {
		return nil, errors.Join(fmt.Errorf("open records: %w", err), db.Close())
	}
	return r, nil
}

// Do implements archive.Records. Work must not call Do of the same records.
func (r *records) Do(ctx context.Context, work func(archive.Tx) error) error {
	err := r.db.Write(ctx, func(tx *sql.Tx) error {
		u := newUnit(ctx, tx)
		if err := work(u); err != nil {
			return err
		}
		return u.flushCounts()
	})
	if errors.Is(err, sealed.ErrReadOnly) {
		return archive.ErrReadOnly
	}
	return err
}

// View implements archive.Records.
func (r *records) View(ctx context.Context, work func(archive.Tx) error) error {
	return r.db.Read(ctx, func(tx *sql.Tx) error {
		u := newUnit(ctx, tx)
		u.readOnly = true
		return work(u)
	})
}

// Close implements archive.Records.
func (r *records) Close() error { return r.db.Close() }
