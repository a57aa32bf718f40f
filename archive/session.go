package archive

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"vidimus/internal/durable"
)

// A short session does not read more than shortSeal for the seal: whoever
// copies one page out should not wait for the whole of a large case.
const (
	shortSession = 8 // units of work
	shortSeal    = 2 << 30
)

// Writing marks the case as being written to, before the first write of this
// process to its records or its index: the head names no seal from then on.
func (c *Case) Writing(ctx context.Context) error {
	if c.lock == nil {
		return ErrReadOnly
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	return c.unseal(ctx)
}

// unseal is Writing for whoever holds the locks. It waits for one that seals.
func (c *Case) unseal(ctx context.Context) error {
	if c.begun {
		return nil
	}
	if c.lock != nil { // otherwise the folder is still being made, by nobody else
		if err := c.lock.share(ctx, byteSession); err != nil {
			return err
		}
	}
	if err := dropSeal(c.dir, c.keys.Head()); err != nil {
		return err
	}
	c.begun = true
	return nil
}

// dropSeal makes the head name no seal, durably, and then removes the seal.
func dropSeal(dir string, headKey [32]byte) error {
	if _, err := os.Lstat(filepath.Join(dir, headFile)); errors.Is(err, os.ErrNotExist) {
		return nil // a new case
	}
	h, err := readHead(dir, headKey)
	if err != nil || h.Seal == ([32]byte{}) {
		return err
	}
	h.Seal = [32]byte{}
	if err := writeHead(dir, headKey, h); err != nil {
		return err
	}
	return durable.Nameless(os.Remove(filepath.Join(dir, sealFile)))
}

// sealUp seals a case whose records this process has closed, if it wrote to
// it and was the last to do so. Where it was not, or commits still stand in a
// write-ahead log because somebody reads, the next one to write seals.
func (c *Case) sealUp() error {
	if !c.begun || c.records == nil || !c.lock.alone(byteSession) || unfinished(c.dir) {
		return nil
	}
	records, err := os.Lstat(filepath.Join(c.dir, recordsFile))
	if err != nil || c.units < shortSession && records.Size() > shortSeal {
		return durable.Nameless(err)
	}
	h, err := readHead(c.dir, c.keys.Head())
	if err != nil {
		return err
	}
	if h.Seal, err = writeSeal(c.dir, c.keys.Head(), h.Generation); err != nil {
		return err
	}
	return writeHead(c.dir, c.keys.Head(), h)
}

// unfinished tells whether a database has commits in a write-ahead log.
func unfinished(dir string) bool {
	for _, name := range []string{recordsFile, indexFile} {
		if info, err := os.Lstat(filepath.Join(dir, name+"-wal")); err == nil && info.Size() > 0 {
			return true
		}
	}
	return false
}

// WithoutOthers runs work while nobody else has the case open.
func (c *Case) WithoutOthers(ctx context.Context, work func() error) error {
	if err := c.use.alone(); err != nil {
		return err
	}
	return errors.Join(work(), c.use.share(ctx))
}
