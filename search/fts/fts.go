// Package fts is a search.Index on SQLite's FTS5, in one encrypted file. The
// file holds tokens and where they stand, never the text; they come from
// package writing, registered as the tokenizer of every connection.
package fts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
	"vidimus/search"
)

// ErrOutdated is returned by Open for an index whose tokens an earlier
// analysis gave: questions would be put in other tokens than it has.
var ErrOutdated = errors.New("the index was built by another version of the text analysis")

// Index is an open index file. It is safe for concurrent use.
type Index struct {
	db *sealed.DB

	mu    sync.Mutex // guards all below
	words vocabulary
	told  knownFiles
}

var _ search.Index = (*Index)(nil)

// Options say how an index is opened.
type Options struct {
	Key      []byte // sealed.KeySize bytes
	ReadOnly bool   // the file must be there; Apply and Reset give an error
}

// Open opens the index at path, or makes an empty one.
func Open(path string, o Options) (*Index, error) {
	db, err := sealed.Open(path, sealed.Options{Key: o.Key, ReadOnly: o.ReadOnly, OnConnect: register})
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	x := &Index{db: db}
	if err := x.prepare(!o.ReadOnly); err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), db.Close())
	}
	return x, nil
}

// Unusable tells whether an error of Open means that the index is simply to be
// built: it is not there, was never finished, or is of an earlier version.
func Unusable(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, ErrOutdated) || errors.Is(err, sealed.ErrCutShort)
}

// OpenAnew opens the index at path to write, and puts an empty one in the
// place of one that is unusable.
func OpenAnew(path string, o Options) (*Index, error) {
	x, err := Open(path, o)
	if o.ReadOnly || !Unusable(err) || errors.Is(err, fs.ErrNotExist) {
		return x, err
	}
	if err := os.Remove(path); err != nil {
		return nil, fmt.Errorf("remove an unusable index: %w", errors.Unwrap(err))
	}
	return Open(path, o)
}

func (x *Index) prepare(create bool) error {
	ctx := context.Background()
	if create {
		err := x.db.Write(ctx, func(tx *sql.Tx) error {
			var tables int
			if err := tx.QueryRow(`SELECT count(*) FROM sqlite_schema WHERE name = 'state'`).Scan(&tables); err != nil || tables > 0 {
				return err
			}
			_, err := tx.Exec(fmt.Sprintf(schema, analysis))
			return err
		})
		if err != nil {
			return coded(err)
		}
	}
	var has int
	err := x.db.Read(ctx, func(tx *sql.Tx) error {
		var tables int // 0 when a program was stopped while it made the file
		if err := tx.QueryRow(`SELECT count(*) FROM sqlite_schema WHERE name = 'state'`).Scan(&tables); err != nil || tables == 0 {
			return err
		}
		return tx.QueryRow(`SELECT analysis FROM state`).Scan(&has)
	})
	if err == nil && has != analysis {
		err = vidimus.WithHint(ErrOutdated, "an index holds nothing of its own: delete it and build it again from the records")
	}
	return coded(err)
}

// Apply implements search.Index. One call is one transaction: few large calls
// are faster than many small ones.
func (x *Index) Apply(ctx context.Context, changes []archive.Change) error {
	err := x.db.Write(ctx, func(tx *sql.Tx) error {
		var position int64
		if err := tx.QueryRow(`SELECT position FROM state`).Scan(&position); err != nil {
			return err
		}
		for len(changes) > 0 && changes[0].Seq <= position {
			changes = changes[1:]
		}
		if len(changes) == 0 {
			return nil
		}
		if err := apply(ctx, tx, changes); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE state SET position = ?`, changes[len(changes)-1].Seq)
		return err
	})
	return wrap("apply changes to the index", err)
}

// Position implements search.Index.
func (x *Index) Position(ctx context.Context) (position int64, err error) {
	err = x.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT position FROM state`).Scan(&position)
	})
	return position, wrap("read the index's position", err)
}

// Reset implements search.Index.
func (x *Index) Reset(ctx context.Context) error {
	err := x.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, emptied)
		return err
	})
	return wrap("empty the index", err)
}

// Check reads the whole file for damage that its pages' checksums cannot show.
func (x *Index) Check(ctx context.Context) error {
	return wrap("check the index", x.db.Read(ctx, func(tx *sql.Tx) error {
		var first string
		if err := tx.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&first); err != nil {
			return err
		}
		if first != "ok" {
			return errors.New("its structure is damaged")
		}
		return nil
	}))
}

// Close implements search.Index.
func (x *Index) Close() error { return wrap("close the index", x.db.Close()) }

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, coded(err))
}

// coded keeps SQLite's code and leaves out its words, which may repeat those
// of a query.
func coded(err error) error {
	if e, ok := errors.AsType[*sqlite3.Error](err); ok {
		return e.ExtendedCode()
	}
	return err
}
