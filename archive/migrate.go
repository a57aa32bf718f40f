package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
)

// beforeFormat is the folder, followed by the number of a schema, in which the
// records of that schema stay until the case was opened and closed once more.
const beforeFormat = "before-format-"

// pending tells whether the records have an older schema than this program's.
func (c *Case) pending(ctx context.Context) (m Migrating, have int, older bool, err error) {
	m, ok := c.records.(Migrating)
	if !ok {
		return nil, 0, false, nil
	}
	have, want, err := m.Schema(ctx)
	return m, have, have < want, err
}

// renew brings a case that an older version wrote up to date. Opened to read,
// it is opened to write for as long as that takes.
func (c *Case) renew(ctx context.Context, mode Mode) error {
	m, _, older, err := c.pending(ctx)
	switch {
	case err != nil:
		return err
	case !older:
		if mode == ToWrite {
			return c.renewFormat()
		}
		return nil
	case mode == ToWrite:
		return c.migrate(ctx, m)
	}
	again, err := c.Reopen(ctx, ToWrite)
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("the case is of an older format and must be brought up to date first: %w", err),
			"on a medium that cannot be written: `vidimus restore` it to a disk, which leaves this folder as it is")
	}
	c.Format = again.Format
	return again.Close()
}

// migrate copies the records aside, and brings them up to date in one
// transaction with the log's word of it. No adder of an older version may be
// at work.
func (c *Case) migrate(ctx context.Context, m Migrating) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	_, have, older, err := c.pending(ctx)
	if err != nil || !older { // another process was faster
		return err
	}
	release, err := c.Adding()
	if err != nil {
		return err
	}
	defer release()
	if err := c.setAside(ctx, have); err != nil {
		return fmt.Errorf("copy the records before bringing them up to date: %w", err)
	}
	err = c.commit(ctx, m.Migrate, func(w *Work) error {
		w.Register(custody.Entry{Kind: custody.Migrate, Fields: map[string]any{"from": have, "to": Version}})
		return nil
	})
	if err != nil {
		return fmt.Errorf("bring the case up to date: %w", err)
	}
	return c.renewFormat()
}

// setAside copies the records of a schema into a folder of their own, whole or
// not at all.
func (c *Case) setAside(ctx context.Context, schema int) error {
	records, ok := c.records.(Copying)
	if !ok {
		return errors.New("these records cannot be copied")
	}
	place := filepath.Join(c.dir, fmt.Sprintf("%s%d", beforeFormat, schema))
	fresh := filepath.Join(c.dir, fmt.Sprintf("%s%s%d", newPrefix, beforeFormat, schema))
	err := errors.Join(os.RemoveAll(fresh), os.RemoveAll(place), os.Mkdir(fresh, 0o700))
	if err != nil {
		return durable.Nameless(err)
	}
	if err := records.CopyTo(ctx, filepath.Join(fresh, recordsFile), c.keys.Records()); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	if err := errors.Join(durable.SyncFolder(fresh), os.Rename(fresh, place)); err != nil {
		return durable.Nameless(err)
	}
	return durable.SyncFolder(c.dir)
}

// renewFormat makes the format file say what the records are.
func (c *Case) renewFormat() error {
	if c.Format.Version >= Version {
		return nil
	}
	c.Format.Version = Version
	return writeFormat(c.dir, c.Format)
}

// oldRecords lists what setAside made, and what a kill left of it.
func oldRecords(dir string) (places []string, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(strings.TrimPrefix(e.Name(), newPrefix), beforeFormat) {
			places = append(places, filepath.Join(dir, e.Name()))
		}
	}
	return places, durable.Nameless(err)
}

// dropOld removes the records that were there already when this case was
// opened: the ones in their place have been opened since, and closed well.
func (c *Case) dropOld() error {
	var all error
	for _, place := range c.old {
		all = errors.Join(all, durable.Nameless(os.RemoveAll(place)))
	}
	return all
}
