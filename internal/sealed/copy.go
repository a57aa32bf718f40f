package sealed

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/ncruces/go-sqlite3"

	"vidimus"
)

// CopyTo writes the file as it stands at this moment to a new file at path,
// under a key of its choice, while others go on writing. It gives up the space
// of what was deleted, keeps checksums, and is on the medium when CopyTo
// returns. A failed copy is removed; that of a killed process stays.
func (d *DB) CopyTo(ctx context.Context, path string, key []byte) error {
	if len(key) != KeySize {
		return fmt.Errorf("copy sealed file: the key has %d bytes, not %d", len(key), KeySize)
	}
	if err := newFile(path); err != nil {
		return fmt.Errorf("copy sealed file: %w", err)
	}
	err := d.vacuumInto(ctx, path, key)
	if err == nil {
		err = syncFile(path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy sealed file: %w", err), plain(os.Remove(path)))
	}
	return nil
}

// vacuumInto lifts for one statement what keeps readers from writing: it is
// the other file that is written.
func (d *DB) vacuumInto(ctx context.Context, path string, key []byte) error {
	c, err := d.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, `PRAGMA query_only=off`); err != nil {
		return err
	}
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(),
		RawQuery: "vfs=adiantum&hexkey=" + hex.EncodeToString(key)}
	_, err = c.ExecContext(ctx, `VACUUM INTO ?`, address.String())
	_, err2 := c.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only=on`)
	return errors.Join(nameless(err), err2)
}

// nameless says what an error of SQLite is about without its statement, which
// may hold a key, and tells a full disk.
func nameless(err error) error {
	e, ok := errors.AsType[*sqlite3.Error](err)
	if !ok {
		return err
	}
	switch e.Code() {
	case sqlite3.FULL:
		return vidimus.WithHint(errors.New("the disk is full"), "make room on it, then begin again; nothing is lost")
	case sqlite3.IOERR, sqlite3.CANTOPEN:
		return vidimus.WithHint(errors.New("the disk did not take it"), "look whether it is full, read-only or failing, then begin again")
	}
	return fmt.Errorf("%w", e.Code())
}

func newFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return plain(err)
	}
	return plain(f.Close())
}

func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return plain(err)
	}
	return plain(errors.Join(f.Sync(), f.Close()))
}
