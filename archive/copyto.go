package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
	"vidimus/key"
)

// copyTo writes a copy of the case as it stands: first the records, whole,
// into a folder of their own; then the originals that they name; then all
// comes into its place at once. Only then is there a format file.
func (c *Case) copyTo(ctx context.Context, t *target, report func(done, all int)) (Copied, error) {
	if t.older { // its seal names its originals: more are coming
		if err := dropSeal(t.dir, c.keys.Head()); err != nil {
			return Copied{}, err
		}
	}
	making, made := filepath.Join(t.dir, rotatingFolder), filepath.Join(t.dir, rotatedFolder)
	if err := errors.Join(os.RemoveAll(making), os.Mkdir(making, 0o700), os.Mkdir(KeysFolder(making), 0o700)); err != nil {
		return Copied{}, durable.Nameless(err)
	}
	done, err := c.stage(ctx, making, t, report)
	if err != nil {
		return done, vidimus.WithHint(errors.Join(fmt.Errorf("copy the case: %w", err), durable.Nameless(os.RemoveAll(making))), hintCopy(err))
	}
	if err := errors.Join(durable.SyncFolder(making), os.Rename(making, made), durable.SyncFolder(t.dir)); err != nil {
		return done, durable.Nameless(err)
	}
	if err := errors.Join(finish(t.dir), removeDatabase(filepath.Join(t.dir, indexFile))); err != nil {
		return done, err
	}
	if t.older {
		if err := c.dropUnnamed(ctx, t); err != nil {
			return done, err
		}
	}
	return done, t.finish(c.Format)
}

// dropUnnamed removes originals from an older backup that the case has not:
// they were disposed of since.
func (c *Case) dropUnnamed(ctx context.Context, t *target) error {
	there, err := c.engines.Blobs(filepath.Join(t.dir, blobsFolder), false)
	if err != nil {
		return err
	}
	named := map[BlobName]bool{}
	err = c.View(ctx, func(tx Tx) error {
		for after := BlobName(""); ; {
			some, err := tx.Originals().List(after, 500)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, o := range some {
				after = o.Blob
				named[o.Blob] = true
			}
		}
	})
	if err != nil {
		return err
	}
	err = there.List(func(name BlobName, _ int64) error {
		if named[name] {
			return nil
		}
		return there.Destroy(name)
	})
	return errors.Join(err, there.Sync())
}

func hintCopy(err error) string {
	if h := vidimus.HintOf(err); h != "" {
		return h
	}
	return "look whether the disk is full, read-only or failing; then give the same command again: what was copied is kept"
}

// finish makes a case of the folder.
func (t *target) finish(f Format) error {
	if err := writeFormat(t.dir, f); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(t.dir, unfinishedFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return durable.Nameless(err)
	}
	return durable.SyncFolder(t.dir)
}

// stage copies the records, and all that they name.
func (c *Case) stage(ctx context.Context, making string, t *target, report func(done, all int)) (done Copied, err error) {
	records, ok := c.records.(Copying)
	if !ok {
		return done, errors.New("these records cannot be copied")
	}
	path := filepath.Join(making, recordsFile)
	if err := records.CopyTo(ctx, path, c.keys.Records()); err != nil {
		return done, err
	}
	r, err := c.engines.Records(path, c.keys.Records(), true)
	if err != nil {
		return done, err
	}
	defer r.Close()
	staged := &Case{dir: making, keys: c.keys, signer: c.signer, records: r, engines: c.engines}
	if err := r.View(ctx, func(tx Tx) error { return staged.describe(tx, c.dir, &done) }); err != nil {
		return done, err
	}
	if t.vault {
		if err := r.View(ctx, func(tx Tx) error { return copyVault(tx, c.dir, making) }); err != nil {
			return done, err
		}
	}
	to, err := c.engines.Blobs(filepath.Join(t.dir, blobsFolder), false)
	if err != nil {
		return done, err
	}
	if err := staged.originals(ctx, c.Blobs, to, &done, report); err != nil {
		return done, err
	}
	return done, to.Sync()
}

// describe writes the head of the staged records, and the ways in that they
// name.
func (c *Case) describe(tx Tx, from string, done *Copied) (err error) {
	if done.Generation, err = generation(tx); err != nil {
		return err
	}
	if done.Entries, err = tx.Log().Size(); err != nil {
		return err
	}
	checkpoint, err := custody.Checkpoint(tx.Log(), c.signer)
	if err != nil {
		return err
	}
	if err := c.copyKeys(tx, from); err != nil {
		return err
	}
	return writeHead(c.dir, c.keys.Head(), Head{Generation: done.Generation, Checkpoint: checkpoint})
}

// copyKeys copies the key files that the records name, and no other: what was
// removed, or only prepared, opens no copy.
func (c *Case) copyKeys(tx Tx, from string) error {
	files, err := key.Files(KeysFolder(from))
	if err != nil {
		return err
	}
	roster, err := Roster(tx)
	if err != nil {
		return err
	}
	written := 0
	for _, f := range files {
		way, known := find(roster, f.ID)
		if sum := sha256.Sum256(f.Bytes); roster != nil && (!known || string(way.Digest) != string(sum[:])) {
			continue
		}
		if err := f.Write(KeysFolder(c.dir)); err != nil {
			return err
		}
		written++
	}
	if written == 0 || roster != nil && written != len(roster) {
		return vidimus.WithHint(errors.New("the key files are not those that the records name"),
			"if ways in are being changed, wait and begin again; otherwise `vidimus audit` names what is wrong")
	}
	return nil
}

// originals copies the blobs that the staged records name.
func (c *Case) originals(ctx context.Context, from, to Blobs, done *Copied, report func(done, all int)) error {
	var all int
	err := c.View(ctx, func(tx Tx) (err error) {
		all, err = tx.Originals().Count()
		return err
	})
	seen := 0
	for after := BlobName(""); err == nil; {
		var some []Original
		err = c.View(ctx, func(tx Tx) (err error) {
			some, err = tx.Originals().List(after, 500)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, o := range some {
			after, seen = o.Blob, seen+1
			if err := c.original(ctx, from, to, o, done); err != nil {
				return err
			}
			report(seen, all)
		}
		err = to.Sync() // what was copied stays, however this ends
	}
	return err
}

func (c *Case) original(ctx context.Context, from, to Blobs, o Original, done *Copied) error {
	if o.Format == InRecords {
		return nil
	}
	done.Originals++
	n, err := c.engines.CopyBlob(ctx, from, to, o)
	switch {
	case errors.Is(err, ErrUnsound):
		return c.View(ctx, func(tx Tx) error {
			f, err := tx.Files().ByDigest(o.Digest)
			done.LeftOut = append(done.LeftOut, f.Item)
			return err
		})
	case err != nil:
		return err
	case n > 0:
		done.Fresh++
		done.Bytes += n
	}
	return nil
}

// openAsIs opens a case to read, whatever its format: nothing is brought up to
// date, nothing finished, nothing remembered.
func openAsIs(ctx context.Context, dir string, keys Keys, e Engines) (*Case, error) {
	format, err := ReadFormat(dir)
	if err != nil {
		return nil, err
	}
	c := &Case{Format: format, dir: dir, keys: keys, engines: e}
	if c.head, err = readHead(dir, keys.Head()); err != nil {
		return nil, err
	}
	if c.records, err = openRecords(dir, keys, e, ToRead); err != nil {
		return nil, err
	}
	if c.Blobs, err = e.Blobs(filepath.Join(dir, blobsFolder), true); err == nil {
		err = c.load(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, c.records.Close())
	}
	return c, nil
}
