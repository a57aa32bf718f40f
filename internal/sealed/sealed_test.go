package sealed

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"vidimus"
)

var key = bytes.Repeat([]byte{7}, KeySize)

func open(t *testing.T, path string, o Options) *DB {
	t.Helper()
	o.Key = key
	db, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func write(t *testing.T, db *DB, query string, args ...any) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *sql.Tx) error {
		return tx.QueryRow(`SELECT count(*) FROM t`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// filled is a closed file with some 200 pages, a third of them free.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, Options{})
	write(t, db, `CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB)`)
	write(t, db, `WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<90) INSERT INTO t SELECT i, randomblob(8000) FROM n`)
	write(t, db, `DELETE FROM t WHERE a%3=0`)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCloseLeavesOneFileForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd ?#%41 name.db")
	db := open(t, path, Options{})
	write(t, db, `CREATE TABLE t(a)`)
	reader := open(t, path, Options{ReadOnly: true})
	count(t, reader)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(path + suffix); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("open file %q: %v, %v", suffix, info, err)
		}
	}
	for name, db := range map[string]*DB{"writer": db, "reader": reader} {
		if err := db.Close(); err != nil {
			t.Errorf("closing the %s: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReadOnlyNeedsNoWriter(t *testing.T) {
	path := filled(t)
	db := open(t, path, Options{ReadOnly: true})
	if n := count(t, db); n != 60 {
		t.Errorf("%d rows, want 60", n)
	}
	if err := db.Write(t.Context(), func(*sql.Tx) error { return nil }); !errors.Is(err, ErrReadOnly) {
		t.Errorf("writing gives %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestOpenRefuses(t *testing.T) {
	short := filepath.Join(t.TempDir(), "short.db")
	if err := os.WriteFile(short, make([]byte, 100), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Repeat([]byte{8}, KeySize)
	tests := map[string]struct {
		path string
		o    Options
		want error
	}{
		"a wrong key":                     {filled(t), Options{Key: wrong}, ErrWrongKey},
		"a wrong key for reading":         {filled(t), Options{Key: wrong, ReadOnly: true}, ErrWrongKey},
		"a file cut short":                {short, Options{Key: key}, ErrCutShort},
		"a missing file for reading only": {short + "x", Options{Key: key, ReadOnly: true}, os.ErrNotExist},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Open(tt.path, tt.o)
			if !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if strings.Contains(err.Error(), filepath.Dir(tt.path)) {
				t.Errorf("the error tells the path: %v", err)
			}
		})
	}
	if _, err := Open(short, Options{Key: key[1:]}); err == nil {
		t.Error("a short key is accepted")
	}
	if _, err := Open(short, Options{Key: key}); vidimus.HintOf(err) == "" {
		t.Error("no hint for a file cut short")
	}
}

// Opening must not rewrite the file: EnableChecksums does, when called before
// the header was read, and the write-ahead log then holds every page.
func TestOpeningRewritesNothing(t *testing.T) {
	path := filled(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db := open(t, path, Options{})
	count(t, db)
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() != 0 {
		t.Errorf("write-ahead log after opening: %v, %v", info, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("opening and closing changed the file")
	}
}

// A second writer that opens the file while its first page stands in the
// write-ahead log only must still give checksums to what it writes.
func TestEveryWriterMakesChecksums(t *testing.T) {
	path := filled(t)
	first := open(t, path, Options{})
	write(t, first, `CREATE TABLE other(a)`)
	second := open(t, path, Options{})
	if err := truncate(first.write); err != nil {
		t.Fatal(err)
	}
	write(t, second, `UPDATE t SET b=randomblob(9000)`)
	if err := errors.Join(second.Close(), first.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Walk(path, key, func(p int64) { t.Errorf("page %d is bad", p) }); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsHoldOnEveryConnection(t *testing.T) {
	connections := 0
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Options{OnConnect: func(*sqlite3.Conn) error {
		connections++
		return nil
	}})
	want := map[string]string{
		"checksum_verification": "1", "journal_mode": "wal", "temp_store": "2", "foreign_keys": "1", "trusted_schema": "0",
		"synchronous": "2", "secure_delete": "1",
	}
	for what, run := range map[string]func(context.Context, func(*sql.Tx) error) error{"write": db.Write, "read": db.Read} {
		err := run(t.Context(), func(tx *sql.Tx) error {
			for name, value := range want {
				var got string
				if err := tx.QueryRow(`PRAGMA ` + name).Scan(&got); err != nil || got != value {
					t.Errorf("%s: %s is %q (%v), want %q", what, name, got, err, value)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if connections != 2 {
		t.Errorf("OnConnect ran %d times, want 2", connections)
	}
}

func TestWriteIsUndoneOnErrorAndPanic(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Options{})
	write(t, db, `CREATE TABLE t(a)`)
	insert := func(end func() error) error {
		return db.Write(t.Context(), func(tx *sql.Tx) error {
			if _, err := tx.Exec(`INSERT INTO t VALUES(1)`); err != nil {
				t.Error(err)
			}
			return end()
		})
	}
	boom := errors.New("boom")
	if err := insert(func() error { return boom }); !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { recover() }()
		insert(func() error { panic("boom") })
	}()
	if n := count(t, db); n != 0 {
		t.Errorf("%d rows after undone writes", n)
	}
	write(t, db, `INSERT INTO t VALUES(1)`)
	if n := count(t, db); n != 1 {
		t.Errorf("%d rows, want 1", n)
	}
}

func TestWalkNoticesEveryFlippedBit(t *testing.T) {
	path := filled(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	walk := func(b []byte) (bad []int64) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		pages, err := Walk(path, key, func(p int64) { bad = append(bad, p) })
		if want := int64(len(b)+pageSize-1) / pageSize; err != nil || pages != want {
			t.Fatalf("%d pages (%v), want %d", pages, err, want)
		}
		return bad
	}
	if bad := walk(whole); bad != nil {
		t.Fatalf("a whole file has bad pages %v", bad)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		at := random.IntN(len(whole) * 8)
		b := bytes.Clone(whole)
		b[at/8] ^= 1 << (at % 8)
		if bad, want := walk(b), int64(at/8/pageSize+1); len(bad) != 1 || bad[0] != want {
			t.Fatalf("bit %d flipped: bad pages %v, want %d", at, bad, want)
		}
	}
	last := int64(len(whole) / pageSize)
	for name, b := range map[string][]byte{
		"the last page is gone":   whole[:len(whole)-pageSize],
		"the last page is halved": whole[:len(whole)-pageSize/2],
	} {
		if bad := walk(b); fmt.Sprint(bad) != fmt.Sprint([]int64{last}) {
			t.Errorf("%s: bad pages %v", name, bad)
		}
	}
	if bad := walk(append(whole, whole[:pageSize]...)); fmt.Sprint(bad) != fmt.Sprint([]int64{last + 1}) {
		t.Errorf("a page was added: bad pages %v", bad)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Walk(path, key, func(int64) {}); !errors.Is(err, ErrCutShort) {
		t.Errorf("an emptied file: %v", err)
	}
}

func TestThePageThatSQLiteLocksIsEmpty(t *testing.T) {
	w := walker{pages: lockPage}
	if !w.sound(make([]byte, pageSize)) {
		t.Error("zeros are refused")
	}
	if b := make([]byte, pageSize); w.sound(append(b[1:], 1)) {
		t.Error("a flipped bit is accepted")
	}
}

func BenchmarkWalk(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.db")
	db, err := Open(path, Options{Key: key})
	if err != nil {
		b.Fatal(err)
	}
	err = db.Write(b.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`CREATE TABLE t(a); WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<40) INSERT INTO t SELECT randomblob(1000000) FROM n`)
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		pages, err := Walk(path, key, func(int64) { b.Error("bad page") })
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(pages * pageSize)
	}
}
