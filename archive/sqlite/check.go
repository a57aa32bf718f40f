package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Check implements archive.Checking: that the file's structure is sound, and
// that every row that another refers to is there.
func (r *records) Check(ctx context.Context) error {
	return doing("check the structure of the records", r.db.Read(ctx, func(tx *sql.Tx) error {
		var first string
		if err := tx.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&first); err != nil {
			return err
		}
		if first != "ok" { // its words may name what is in a row
			return errors.New("it is damaged")
		}
		var lost int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&lost); err != nil {
			return err
		}
		if lost > 0 {
			return fmt.Errorf("%d rows refer to rows that are gone", lost)
		}
		return nil
	}))
}
