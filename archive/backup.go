package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
)

// unfinishedFile stands for the format file in a folder that is not a case
// yet: a backup or a restored case being written, or what a kill left of one.
const unfinishedFile = "unfinished"

// ErrUnsound is returned, with its cause, for an original that cannot be
// copied because it is missing, changed or unreadable.
var ErrUnsound = errors.New("an original is not as it was taken in")

// Copied is the account of one copy of a case.
type Copied struct {
	Generation int64            `json:"generation"`
	Entries    int64            `json:"entries"`   // of the custody log
	Originals  int              `json:"originals"` // in files of their own
	Fresh      int              `json:"copied"`    // of these: not there before
	Bytes      int64            `json:"bytes"`     // of the fresh ones, on disk
	LeftOut    []vidimus.ItemID `json:"left_out"`  // whose originals are not sound
}

// Backup writes a whole copy of the case to the folder to, while others go on
// working: a case folder by itself, that today's ways in open. Where an older
// backup of the same case lies there it is brought up to date, and stays what
// it was until the new one is complete. The custody log has it before a byte
// leaves. Unsound originals are left out and named.
//
// The vault of protected people is left out; see BackupWithVault.
func (c *Case) Backup(ctx context.Context, to string, report func(done, all int)) (Copied, error) {
	return c.backUp(ctx, to, false, report)
}

// BackupWithVault is Backup with the vault, which stays closed.
func (c *Case) BackupWithVault(ctx context.Context, to string, report func(done, all int)) (Copied, error) {
	return c.backUp(ctx, to, true, report)
}

func (c *Case) backUp(ctx context.Context, to string, vault bool, report func(done, all int)) (Copied, error) {
	if c.lock == nil {
		return Copied{}, ErrReadOnly
	}
	done, err := c.backup(ctx, to, vault, report)
	if err != nil {
		return done, err
	}
	return done, c.seal(ctx, to)
}

func (c *Case) backup(ctx context.Context, to string, vault bool, report func(done, all int)) (Copied, error) {
	t, err := c.target(ctx, to)
	if err != nil {
		return Copied{}, err
	}
	defer t.close()
	t.vault = vault
	if lies(to, vaultFolder) && !vault {
		return Copied{}, vidimus.WithHint(errors.New("the backup there has the vault of protected people, and this one would leave it out"),
			"say --with-vault, or name another folder")
	}
	if t.older { // before anything is logged: a copy that went on is not written over
		if err := c.continuesBackup(ctx, to); err != nil {
			return Copied{}, err
		}
	}
	err = c.Do(ctx, func(w *Work) error {
		w.Register(custody.Entry{Kind: custody.Backup, Fields: map[string]any{"again": t.older, "vault": vault}})
		return nil
	})
	if err != nil {
		return Copied{}, err
	}
	return c.copyTo(ctx, t, report)
}

// seal opens and closes a finished copy once: that seals it.
func (c *Case) seal(ctx context.Context, dir string) error {
	e := c.engines
	e.Seen = Seen{} // a backup is older than what this machine will have seen
	b, err := Open(ctx, dir, c.keys, e, ToWrite)
	if err != nil {
		return fmt.Errorf("open the copy: %w", err)
	}
	return errors.Join(b.Writing(ctx), b.Close())
}

// continuesBackup refuses to write over a copy that is not an older state of
// this case.
func (c *Case) continuesBackup(ctx context.Context, to string) error {
	e := c.engines
	e.Seen = Seen{}
	old, err := openAsIs(ctx, to, c.keys, e)
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("what lies there does not open with the case's keys of today: %w", err),
			"name another folder; if a way in was removed since, destroy the old backup: it still opens to whoever was removed")
	}
	defer old.records.Close()
	switch r, err := Compare(ctx, old, c); {
	case err != nil:
		return err
	case r == Forked || r == Newer:
		return vidimus.WithHint(fmt.Errorf("the copy there has gone on by itself (%s): a backup would destroy what happened in it", r),
			"keep it and name another folder for the backup")
	}
	return nil
}

// target is a folder that a copy is being written to.
type target struct {
	dir   string
	use   *use
	older bool // a finished copy lies there
	vault bool // is to be copied
}

func (t *target) close() { t.use.Close() }

// target makes or checks the folder for a copy, and takes it for this process
// alone.
func (c *Case) target(ctx context.Context, dir string) (*target, error) {
	t := &target{dir: dir}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, vidimus.WithHint(errors.New("the folder for the copy cannot be made"), "check that the folder above exists and can be written")
	}
	mine, err1 := os.Stat(c.dir)
	its, err2 := os.Stat(dir)
	if err := errors.Join(err1, err2); err != nil {
		return nil, durable.Nameless(err)
	}
	if os.SameFile(mine, its) {
		return nil, vidimus.WithHint(errors.New("a case cannot be copied onto itself"), "name another folder, best on another disk")
	}
	if err := t.claim(c.Format); err != nil {
		return nil, err
	}
	if err := Settle(dir); err != nil {
		return nil, err
	}
	var err error
	if t.use, err = openUse(dir); err != nil {
		return nil, err
	}
	if err := t.use.alone(); err != nil {
		return nil, errors.Join(err, t.use.Close())
	}
	return t, nil
}

// claim tells what lies in the folder: nothing, a copy of this case that was
// not finished, or an older one.
func (t *target) claim(f Format) error {
	entries, err := os.ReadDir(t.dir)
	if err != nil {
		return errors.New("the folder for the copy cannot be listed")
	}
	if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return !strings.HasPrefix(e.Name(), newPrefix) }) {
		return durable.WriteFile(filepath.Join(t.dir, unfinishedFile), f.text())
	}
	there, err := ReadFormat(t.dir)
	t.older = err == nil
	if errors.Is(err, ErrNoCase) {
		there, err = readFormat(t.dir, unfinishedFile)
	}
	if err != nil {
		return vidimus.WithHint(errors.New("the folder for the copy is not empty, and no copy of this case"), "name one that does not exist yet, or the one of an earlier backup")
	}
	if there.ID != f.ID {
		return vidimus.WithHint(ErrOtherCase, "name another folder for the copy")
	}
	return nil
}
