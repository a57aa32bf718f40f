// Package sealed opens one encrypted SQLite file: Adiantum over every block,
// a checksum in every page, a write-ahead log, nothing in temporary files.
//
// A DB has one connection that writes and a pool that reads. Write runs one
// transaction at a time and waits for those of other processes; Read sees one
// consistent state and waits for nobody. Several processes may have the same
// file open, on one machine.
//
// Encryption and checksums notice a changed bit of the main file. They do not
// notice an older block put back, nor commits lost from a write-ahead log:
// package archive keeps a generation for that.
package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // registers the file system that encrypts

	"vidimus"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// Errors of opening.
var (
	ErrWrongKey = errors.New("the key does not open this file, or its first page is damaged")
	ErrCutShort = errors.New("the file is shorter than one page")
)

// Options say how a file is opened.
type Options struct {
	Key []byte // KeySize bytes
	// ReadOnly opens for Read alone. The file must be there. Readers share
	// locks beside it, finish what a killed writer left in the write-ahead
	// log, and take that away when last. In a folder that cannot be written
	// nobody can change the file: then it is read without locks, if nothing
	// is left to finish.
	ReadOnly bool
	// OnConnect runs on each new connection, after the key and all settings:
	// the place to register functions and tokenizers.
	OnConnect func(*sqlite3.Conn) error
}

// DB is an open file. It is safe for concurrent use.
type DB struct {
	write *sql.DB // one connection; nil when read only
	read  *sql.DB
}

// Open opens the file at path, or creates it for its owner alone.
func Open(path string, o Options) (*DB, error) {
	if len(o.Key) != KeySize {
		return nil, fmt.Errorf("open sealed file: the key has %d bytes, not %d", len(o.Key), KeySize)
	}
	if err := prepare(path, o.ReadOnly); err != nil {
		return nil, fmt.Errorf("open sealed file: %w", err)
	}
	db := new(DB)
	var err error
	if !o.ReadOnly {
		if db.write, err = connect(path, true, o); err != nil {
			return nil, fmt.Errorf("open sealed file: %w", err)
		}
		db.write.SetMaxOpenConns(1)
	}
	if o.ReadOnly && fixed(path) {
		db.read, err = connectFixed(path, o)
	} else {
		db.read, err = connect(path, false, o)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sealed file: %w", err), db.Close())
	}
	db.read.SetMaxIdleConns(4)
	return db, nil
}

// prepare creates a missing file, so that it never has other permissions. An
// emptied file would pass for a new database: it is refused.
func prepare(path string, readOnly bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !readOnly:
		return newFile(path)
	case err != nil:
		return plain(err)
	case !info.Mode().IsRegular():
		return errors.New("it is not a regular file")
	case info.Size() < pageSize:
		return vidimus.WithHint(ErrCutShort, "restore it from a backup; an index can be deleted and built again")
	}
	return nil
}

// plain takes the path out of an error: it may tell where a case lies.
func plain(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", p.Op, p.Err)
	}
	return err
}

// connect opens a pool and its first connection. Readers are kept from writing
// by a setting: opened read only, SQLite could not tidy up after a writer. The key goes in by a pragma:
// an address ends up in logs and in the memory of other layers.
func connect(path string, writer bool, o Options) (*sql.DB, error) {
	return dial(path, "mode=rw", writer, o)
}

func dial(path, mode string, writer bool, o Options) (*sql.DB, error) {
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: "vfs=adiantum&" + mode}
	db, err := driver.Open(address.String(), func(c *sqlite3.Conn) error { return setUp(c, path, writer, o) })
	if err != nil {
		return nil, err
	}
	if err := db.PingContext(context.Background()); err != nil {
		db.Close()
		if errors.Is(err, sqlite3.NOTADB) {
			err = vidimus.WithHint(ErrWrongKey, "if the key is right, restore the file from a backup")
		}
		return nil, explain(err)
	}
	return db, nil
}

// Close ends all connections. The last one to leave takes the write-ahead log
// and its index away.
func (d *DB) Close() error {
	var errs []error
	if d.read != nil {
		errs = append(errs, d.read.Close())
	}
	if d.write != nil {
		errs = append(errs, truncate(d.write), d.write.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close sealed file: %w", err)
	}
	return nil
}

// truncate moves the write-ahead log into the file. Readers of other processes
// may prevent that: the log then stays until they have gone.
func truncate(write *sql.DB) error {
	_, err := write.Exec(`PRAGMA busy_timeout=500; PRAGMA wal_checkpoint(TRUNCATE)`)
	if errors.Is(err, sqlite3.BUSY) {
		return nil
	}
	return err
}
