package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/durable"
)

// destroyingFile stands for the format file in a folder whose case is being
// destroyed: it is a case no more.
const destroyingFile = "destroying"

// DestructionText is what a signer signs so that a case is destroyed
// (spec/signer.md).
func DestructionText(caseID string) string { return "vidimus-destruction/1\n" + caseID + "\n" }

// Destroy ends a case that nobody else has open and nothing holds: first it is
// a case no more, then its keys go, then all else. It ends the use of c.
func (c *Case) Destroy(ctx context.Context, by []Signature, onePerson bool) error {
	if c.lock == nil {
		return ErrReadOnly
	}
	if err := c.use.alone(); err != nil {
		return err
	}
	need := 2
	if onePerson {
		need = 1
	}
	err := c.View(ctx, func(tx Tx) error {
		holds, err := Holds(tx)
		if err == nil && len(holds) > 0 {
			err = vidimus.WithHint(ErrHeld, hintHeld)
		}
		return errors.Join(err, counted(tx, DestructionText(c.Format.ID), need, by))
	})
	if err != nil {
		return errors.Join(err, c.use.share(ctx))
	}
	err = c.records.Close()
	c.records = nil
	if err == nil {
		err = os.Rename(filepath.Join(c.dir, formatFile), filepath.Join(c.dir, destroyingFile))
	}
	if err == nil {
		err = durable.SyncFolder(c.dir)
	}
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("destroy the case: %w", durable.Nameless(err)), "make its folder writable, then begin again; nothing was destroyed")
	}
	return errors.Join(c.engines.Seen.forget(c), FinishDestroying(c.dir))
}

// Destroying gives the id of the case whose destruction was cut short.
func Destroying(dir string) (id string, ok bool) {
	f, err := readFormat(dir, destroyingFile)
	return f.ID, err == nil && lies(dir, destroyingFile) && !lies(dir, formatFile)
}

// FinishDestroying writes over and removes all files of a case that is one no
// more: the keys first. It needs none.
func FinishDestroying(dir string) error {
	if _, ok := Destroying(dir); !ok {
		return vidimus.WithHint(ErrNoCase, "name the folder of a case")
	}
	first := []string{KeysFolder(dir), VaultFolder(dir), filepath.Join(dir, rotatedFolder), filepath.Join(dir, rotatingFolder)}
	for _, folder := range first {
		if err := shredFolder(folder); err != nil {
			return destroying(err)
		}
	}
	if err := durable.Shred(filepath.Join(dir, headFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return destroying(err)
	}
	if err := durable.SyncFolder(dir); err != nil {
		return destroying(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return destroying(durable.Nameless(err))
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.Name() == destroyingFile:
		case e.IsDir():
			err = shredFolder(path)
		case e.Type().IsRegular():
			err = durable.Shred(path)
		default:
			err = durable.Nameless(os.Remove(path)) // a link: what it leads to is not ours
		}
		if err != nil {
			return destroying(err)
		}
	}
	return durable.Nameless(errors.Join(os.Remove(filepath.Join(dir, destroyingFile)), os.Remove(dir)))
}

func destroying(err error) error {
	return vidimus.WithHint(fmt.Errorf("destroy the case: %w", err), "it opens no more; make its folder writable, then give the same command again")
}
