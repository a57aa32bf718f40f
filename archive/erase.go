package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/internal/durable"
)

// DoAndErase runs one unit of work that disposes of something, alone with the
// case, and takes what remains of it out of the case's files. It ends the use
// of c. Killed anywhere, nothing has happened, or the next opening goes on.
func (c *Case) DoAndErase(ctx context.Context, work func(*Work) error) error {
	if c.lock == nil {
		return ErrReadOnly
	}
	if err := c.use.alone(); err != nil {
		return err
	}
	release, err := c.Adding()
	if err != nil {
		return err
	}
	err = c.room()
	if err == nil {
		err = c.Do(ctx, work)
	}
	release()
	if err != nil {
		return errors.Join(err, c.use.share(ctx))
	}
	return c.erase(context.WithoutCancel(ctx))
}

// room refuses to begin what the disk cannot hold: the records are written anew.
func (c *Case) room() error {
	records, err := os.Lstat(filepath.Join(c.dir, recordsFile))
	if err != nil {
		return durable.Nameless(err)
	}
	if free, known := freeSpace(c.dir); known && free < records.Size()+records.Size()/8+1<<20 {
		return vidimus.WithHint(errors.New("the disk has no room to write the records anew"), "make room for as much as records.db has, then begin again; nothing was changed")
	}
	return nil
}

// erase finishes a disposal whose commit is there: nobody else has the case
// open. The originals are destroyed, the index is removed, the records are
// written anew without what was deleted, and take the place of the old ones,
// which are written over.
func (c *Case) erase(ctx context.Context) error {
	err := c.eraseFiles(ctx)
	if err == nil {
		err = c.renewRecords(ctx)
	}
	if err == nil {
		err = finish(c.dir)
	}
	if err == nil {
		err = c.Close()
	}
	if err == nil {
		err = c.sealAgain(ctx)
	}
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("erase what was disposed of: %w", err),
			"it is disposed of, and nobody is shown it; look whether the disk is full or read-only, then open the case again: that erases what is left")
	}
	return nil
}

func (c *Case) eraseFiles(ctx context.Context) error {
	var names []byte
	err := c.View(ctx, func(tx Tx) (err error) {
		names, err = tx.Settings().Get(settingErasing)
		return err
	})
	if err != nil {
		return err
	}
	for name := range strings.SplitSeq(string(names), "\n") {
		if name == "" {
			continue
		}
		if err := c.Blobs.Destroy(BlobName(name)); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return errors.Join(c.Blobs.Sync(), shredDatabase(c.IndexPath()))
}

// renewRecords puts records in force that hold nothing of what was deleted.
func (c *Case) renewRecords(ctx context.Context) error {
	records, ok := c.records.(Copying)
	if !ok {
		return errors.New("these records cannot be copied")
	}
	making := filepath.Join(c.dir, rotatingFolder)
	if err := errors.Join(os.RemoveAll(making), os.Mkdir(making, 0o700)); err != nil {
		return durable.Nameless(err)
	}
	path := filepath.Join(making, recordsFile)
	if err := records.CopyTo(ctx, path, c.keys.Records()); err != nil {
		return err
	}
	fresh, err := c.engines.Records(path, c.keys.Records(), false)
	if err != nil {
		return err
	}
	next := &Case{dir: making, keys: c.keys, signer: c.signer, head: c.head}
	err = next.commit(ctx, fresh.Do, func(w *Work) error { return w.Disposal().Setting(settingErasing) })
	if err := errors.Join(err, fresh.Close(), durable.SyncFolder(making)); err != nil {
		return err
	}
	if err := os.Rename(making, filepath.Join(c.dir, rotatedFolder)); err != nil {
		return durable.Nameless(err)
	}
	err = errors.Join(durable.SyncFolder(c.dir), c.records.Close())
	c.records = nil
	return err
}

// sealAgain opens the case once more and closes it in order.
func (c *Case) sealAgain(ctx context.Context) error {
	again, err := openOnce(ctx, c.dir, c.keys, c.engines, ToWrite)
	if err != nil {
		return err
	}
	return errors.Join(again.Writing(ctx), again.Close())
}

// finishDisposal erases what a killed disposal has left.
func finishDisposal(ctx context.Context, dir string, keys Keys, e Engines) error {
	c, err := openOnce(ctx, dir, keys, e, ToWrite)
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("a disposal is not finished: %w", err),
			"on a medium that cannot be written, copy the whole folder to a disk first")
	}
	if !c.unerased { // another process was faster
		return c.Close()
	}
	if err := c.use.alone(); err != nil {
		return errors.Join(vidimus.WithHint(fmt.Errorf("a disposal is not finished: %w", err), "wait a moment, then open it again"), c.Close())
	}
	if err := c.erase(ctx); err != nil {
		return errors.Join(err, c.Close())
	}
	return nil
}

// shredDatabase writes over a database and what belongs to it, and removes it.
func shredDatabase(path string) error {
	for _, suffix := range append([]string{""}, besideDatabase[:]...) {
		if err := durable.Shred(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// shredFolder does so with every file in a folder, and removes that.
func shredFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return durable.Nameless(err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() {
			err = shredFolder(path)
		} else {
			err = durable.Shred(path)
		}
		if err != nil {
			return err
		}
	}
	return durable.Nameless(os.Remove(dir))
}
