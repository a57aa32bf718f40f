package sealed

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"vidimus"
)

func TestACopyOpensUnderItsOwnKeyAndHasChecksums(t *testing.T) {
	path := filled(t)
	db := open(t, path, Options{})
	other, to := bytes.Repeat([]byte{9}, KeySize), filepath.Join(t.TempDir(), "copy.db")
	if err := db.CopyTo(t.Context(), to, other); err != nil {
		t.Fatal(err)
	}
	before, _ := os.Stat(path)
	after, err := os.Stat(to)
	if err != nil || after.Size() >= before.Size() || after.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v; the file has %d bytes", after, err, before.Size())
	}
	if pages, err := Walk(to, other, func(page int64) { t.Errorf("page %d is bad", page) }); err != nil || pages*pageSize != after.Size() {
		t.Errorf("%d pages, %v", pages, err)
	}
	c, err := Open(to, Options{Key: other})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if count(t, c) != count(t, db) {
		t.Error("the copy has another number of rows")
	}
	if _, err := Open(to, Options{Key: key}); err == nil {
		t.Error("the copy opens under the key of the file")
	}
}

func TestACopyMadeDuringWritesIsOneState(t *testing.T) {
	path := filled(t)
	db, writer := open(t, path, Options{ReadOnly: true}), open(t, path, Options{})
	write(t, writer, `CREATE TABLE pairs(a)`)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for ctx.Err() == nil {
			err := writer.Write(t.Context(), func(tx *sql.Tx) error {
				_, err := tx.Exec(`INSERT INTO pairs VALUES(1); INSERT INTO pairs VALUES(2)`)
				return err
			})
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for i := range 5 {
		to := filepath.Join(t.TempDir(), "copy.db")
		if err := db.CopyTo(t.Context(), to, key); err != nil {
			t.Fatal(i, err)
		}
		var n int
		c := open(t, to, Options{ReadOnly: true})
		err := c.Read(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRow(`SELECT count(*) FROM pairs`).Scan(&n)
		})
		if err != nil || n%2 != 0 {
			t.Errorf("%d rows of pairs, %v", n, err)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := db.Write(t.Context(), func(*sql.Tx) error { return nil }); !errors.Is(err, ErrReadOnly) {
		t.Errorf("the reader can write: %v", err)
	}
}

func TestACopyNeverReplacesAFile(t *testing.T) {
	path := filled(t)
	if err := open(t, path, Options{}).CopyTo(t.Context(), path, key); err == nil {
		t.Error("it was replaced")
	}
}

// readOnlyFolder gives the folder of path in a form that cannot be written.
func readOnlyFolder(t *testing.T, path string) {
	t.Helper()
	dir := filepath.Dir(path)
	if os.Getuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(dir, 0o700) })
		return
	}
	if err := unix.Mount(dir, dir, "", unix.MS_BIND, ""); err != nil {
		t.Skip("as root this needs the right to mount")
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	if err := unix.Mount("", dir, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}

func TestAClosedFileOnAReadOnlyMediumIsRead(t *testing.T) {
	path := filled(t)
	want := count(t, open(t, path, Options{ReadOnly: true}))
	readOnlyFolder(t, path)
	db := open(t, path, Options{ReadOnly: true})
	if got := count(t, db); got != want {
		t.Errorf("%d rows, want %d", got, want)
	}
	if err := db.CopyTo(t.Context(), filepath.Join(t.TempDir(), "copy.db"), key); err != nil {
		t.Errorf("copy: %v", err)
	}
	if _, err := Open(path, Options{Key: key}); err == nil {
		t.Error("it opens for writing")
	}
}

func TestAnUnfinishedFileOnAReadOnlyMediumIsRefused(t *testing.T) {
	path := filled(t)
	db := open(t, path, Options{})
	write(t, db, `DELETE FROM t`) // stands in the write-ahead log while db is open
	readOnlyFolder(t, path)
	_, err := Open(path, Options{Key: key, ReadOnly: true})
	if !errors.Is(err, ErrNotFinished) || vidimus.HintOf(err) == "" {
		t.Errorf("got %v", err)
	}
}
