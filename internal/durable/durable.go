// Package durable writes files whole: whoever reads one sees all of the old
// bytes or all of the new ones, also after a power cut.
package durable

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile replaces the file at path by data: a new file in the same folder,
// synced, renamed over the old one, and the folder synced. Only the owner can
// read it. A crash may leave a file named ".new-*" in the folder, never a
// half-written path.
func WriteFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*") // owner-only by itself
	if err != nil {
		return failed("make a new file", err)
	}
	if err := fill(f, data); err != nil {
		return failed("write a new file", errors.Join(err, os.Remove(f.Name())))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return failed("put a new file in its place", errors.Join(err, os.Remove(f.Name())))
	}
	return SyncFolder(dir)
}

// fill writes and syncs, and closes in any event.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// Shred writes over a file and removes it. On a medium that writes elsewhere
// each time, as solid-state disks and copying file systems do, what was there
// stays until the medium uses its place again.
func Shred(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return failed("destroy a file", err)
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() {
		if _, err = io.CopyN(f, rand.Reader, info.Size()); err == nil {
			err = f.Sync()
		}
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return failed("destroy a file", err)
	}
	if err := os.Remove(path); err != nil {
		return failed("destroy a file", err)
	}
	return nil
}

// SyncFolder makes the names in a folder durable.
func SyncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return failed("open a folder", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return failed("sync a folder", err)
	}
	return nil
}

func failed(tried string, err error) error { return fmt.Errorf("%s: %w", tried, Nameless(err)) }

// Nameless takes the path out of an error of package os: names may be of the
// case, and errors must not carry them.
func Nameless(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	} else if le, ok := errors.AsType[*os.LinkError](err); ok {
		return le.Err
	}
	return err
}
