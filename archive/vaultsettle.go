package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus/internal/durable"
)

func (c *Case) vault(ctx context.Context) (v vault, err error) {
	err = c.View(ctx, func(tx Tx) (err error) { v, err = vaultOf(tx); return err })
	return v, err
}

// settleVault puts prepared files of the vault in their places, or removes
// them, and what a change took out, as the records say.
func (c *Case) settleVault(ctx context.Context) error {
	dir := VaultFolder(c.dir)
	v, err := c.vault(ctx)
	if err != nil || len(preparedFiles(dir)) == 0 && !v.unfinished(dir) {
		return err
	}
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	if v, err = c.vault(ctx); err != nil {
		return err
	}
	for _, prepared := range preparedFiles(dir) {
		path, name := filepath.Join(dir, prepared), strings.TrimPrefix(prepared, newPrefix)
		b, err := os.ReadFile(path)
		if err == nil && v.names(name, b) {
			err = os.Rename(path, filepath.Join(dir, name))
		} else if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			return fmt.Errorf("put the vault in its place: %w", durable.Nameless(err))
		}
	}
	if err := v.removeGone(dir); err != nil {
		return fmt.Errorf("take out a way into the vault: %w", err)
	}
	return durable.SyncFolder(dir)
}

// unfinished tells whether a way that was taken out still lies there.
func (v vault) unfinished(dir string) bool {
	return slices.ContainsFunc(v.Gone, func(name string) bool { return lies(dir, name) })
}

func (v vault) removeGone(dir string) error {
	for _, name := range v.Gone {
		if err := durable.Shred(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
