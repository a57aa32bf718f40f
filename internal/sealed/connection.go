package sealed

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Settings of every connection. Thirty seconds are what another process's
// short write may take; deleted content is overwritten.
const (
	beforeRead = `
		PRAGMA temp_store=memory;
		PRAGMA busy_timeout=30000`
	always = `
		PRAGMA foreign_keys=on;
		PRAGMA trusted_schema=off;
		PRAGMA cache_size=-16384;
		PRAGMA synchronous=full;
		PRAGMA secure_delete=on`
	forWriting = `; PRAGMA journal_mode=wal`
	forReading = `; PRAGMA query_only=on`
)

// setUp makes a connection ready. The order matters: the key; the header, or
// the connection would neither make nor check checksums; one read, before
// which SQLite does not know that the file has checksums already, and
// EnableChecksums would rewrite all of it.
func setUp(c *sqlite3.Conn, path string, writer bool, o Options) error {
	if err := c.Exec(`PRAGMA hexkey='` + hex.EncodeToString(o.Key) + `'`); err != nil {
		return errors.New("the key was refused") // SQLite's error would repeat the statement
	}
	if err := showHeader(c); err != nil {
		return err
	}
	if err := c.Exec(beforeRead + `; SELECT count(*) FROM sqlite_schema`); err != nil {
		return err
	}
	settings := forReading
	if writer {
		if err := c.EnableChecksums("main"); err != nil {
			return fmt.Errorf("switch checksums on: %w", err)
		}
		settings = forWriting
	}
	if err := c.Exec(always + settings); err != nil {
		return err
	}
	if err := checksummed(c); err != nil {
		return err
	}
	if err := ownerOnly(path); err != nil {
		return err
	}
	if o.OnConnect != nil {
		return o.OnConnect(c)
	}
	return nil
}

// showHeader reads the file's header through the layer that keeps checksums
// and takes from it that there are any. SQLite itself reads it before there is
// a key, and never again while the first page stands in the write-ahead log.
func showHeader(c *sqlite3.Conn) error {
	pointer, err := c.FileControl("main", sqlite3.FCNTL_FILE_POINTER)
	if err != nil {
		return fmt.Errorf("find the open file: %w", err)
	}
	f, ok := pointer.(vfs.File)
	if !ok {
		return errors.New("the open file is not reachable")
	}
	if _, err := f.ReadAt(make([]byte, 100), 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the header: %w", err)
	}
	return nil
}

// checksummed makes sure that what is read is verified.
func checksummed(c *sqlite3.Conn) error {
	s, _, err := c.Prepare(`PRAGMA checksum_verification`)
	if err != nil {
		return err
	}
	defer s.Close()
	if !s.Step() || s.ColumnText(0) != "1" {
		return errors.New("the file has no page checksums")
	}
	return s.Err()
}

// ownerOnly narrows the files that SQLite makes beside the database.
func ownerOnly(path string) error {
	for _, suffix := range []string{"-wal", "-shm"} {
		if info, err := os.Lstat(path + suffix); err == nil && info.Mode().Perm() == 0o600 {
			continue
		}
		if err := os.Chmod(path+suffix, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("narrow permissions: %w", plain(err))
		}
	}
	return nil
}
