package sqlite

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// disposedOf says of each table what a disposal does with an item's part of it.
// Whoever makes a table says so here, and in disposal.go.
var disposedOf = map[string]string{
	"sources":         "names no item",
	"files":           "all but the id and where it was found goes, by Files.Put",
	"counts":          "kept by Files.Put",
	"readings":        "goes",
	"pages":           "goes, or stays with an heir",
	"understood":      "goes with its page",
	"mentions":        "goes with its page",
	"rulings":         "goes",
	"stated":          "goes",
	"officials":       "goes",
	"passages":        "goes",
	"outbox":          "goes",
	"jobs":            "goes",
	"originals":       "goes, by Disposal.Original",
	"small_originals": "goes, by Disposal.Original",
	"log_leaves":      "stays: a leaf hides its body",
	"log_bodies":      "goes, by Disposal.Entry",
	"log_hashes":      "stays",
	"settings":        "those that are of an item go, by Disposal.Setting",
}

func TestADisposalKnowsEveryTable(t *testing.T) {
	r, err := Open(filepath.Join(t.TempDir(), "records.db"), [32]byte{1}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	err = r.(*records).db.Read(t.Context(), func(tx *sql.Tx) error {
		rows, err := tx.Query(`SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				return err
			}
			if disposedOf[name] == "" {
				t.Errorf("what a disposal does with the table %q is not said", name)
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Error(err)
	}
}
