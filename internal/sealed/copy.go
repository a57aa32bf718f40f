package sealed

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"

	"github.com/ncruces/go-sqlite3"
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

// nameless takes the statement out of an error of SQLite: it may hold a key.
func nameless(err error) error {
	if e, ok := errors.AsType[*sqlite3.Error](err); ok && explain(err) == err {
		return e.ExtendedCode()
	}
	return explain(err)
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
