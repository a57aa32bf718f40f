package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
)

// beside is the folder in which a case is put back before it has its name.
const beside = ".restoring"

// Unfit is returned for a backup that is not as it was written.
type Unfit struct{ Findings []Finding }

func (u Unfit) Error() string {
	return fmt.Sprintf("the backup is not as it was written (%d finding(s))", len(u.Findings))
}

const hintUnfit = "take another backup; if there is none, copy this folder by hand, keep it as it is, and work on a copy: `vidimus audit` names what is wrong"

// RestoreCase puts the backup in from back as a case at dir, which must not be
// there. All of it is checked before it has its name; the backup stays as it
// is. The custody log of the case says that it was put back.
func RestoreCase(ctx context.Context, from, dir string, keys Keys, e Engines, walk Walk, report func(done, all int)) (Copied, error) {
	seen := e.Seen
	e.Seen = Seen{} // a backup is older than what this machine has seen
	if err := vacant(ctx, from, dir, keys, e); err != nil {
		return Copied{}, err
	}
	if a := AuditFiles(from, keys, walk); len(a.Findings) > 0 {
		return Copied{}, vidimus.WithHint(Unfit{a.Findings}, hintUnfit)
	}
	done, err := bring(ctx, from, dir+beside, keys, e, report)
	if err != nil {
		return done, err
	}
	if err := vouch(ctx, dir+beside, keys, e, seen, walk); err != nil {
		return done, err
	}
	if err := os.Rename(dir+beside, dir); err != nil {
		return done, vidimus.WithHint(fmt.Errorf("give the case its name: %w", durable.Nameless(err)), "it lies whole in the folder that ends in .restoring; rename that")
	}
	return done, durable.SyncFolder(filepath.Dir(dir))
}

// vacant refuses a place where something lies, and says how a case there
// stands to the backup.
func vacant(ctx context.Context, from, dir string, keys Keys, e Engines) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	const hint = "name a folder that does not exist yet; nothing was changed"
	if _, err := ReadFormat(dir); err != nil {
		return vidimus.WithHint(errors.New("the folder for the case is not empty"), hint)
	}
	there, err := Open(ctx, dir, keys, e, ToRead)
	if err != nil {
		return vidimus.WithHint(errors.New("there is a case already, which does not open with the keys of the backup"), hint)
	}
	defer there.Close()
	backup, err := openAsIs(ctx, from, keys, e)
	if err != nil {
		return err
	}
	defer backup.records.Close()
	r, err := Compare(ctx, backup, there)
	if err != nil {
		return vidimus.WithHint(err, hint)
	}
	what := map[Relation]string{
		Same:  "there is a case already, in the same state as the backup",
		Older: "there is a case already, and the backup is an older state of it",
		Newer: "there is a case already, which is an older state of the backup",
		Forked: "there is a case already, and it and the backup are forked: both have gone on from a common past, " +
			"and neither holds all that happened",
	}[r]
	return vidimus.WithHint(errors.New(what), hint)
}

// bring copies the backup beside the place of the case.
func bring(ctx context.Context, from, to string, keys Keys, e Engines, report func(done, all int)) (Copied, error) {
	u, err := takeUse(ctx, from)
	if err != nil {
		return Copied{}, err
	}
	defer u.Close()
	backup, err := openAsIs(ctx, from, keys, e)
	if err != nil {
		return Copied{}, err
	}
	defer backup.records.Close()
	if f, err := ReadFormat(to); err == nil && f.ID == backup.Format.ID { // whole, but not checked
		if err := os.RemoveAll(to); err != nil {
			return Copied{}, durable.Nameless(err)
		}
	}
	t, err := backup.target(ctx, to)
	if err != nil {
		return Copied{}, err
	}
	defer t.close()
	t.vault = lies(from, vaultFolder)
	done, err := backup.copyTo(ctx, t, report)
	if err == nil && len(done.LeftOut) > 0 {
		err = vidimus.WithHint(errors.Join(Unfit{make([]Finding, len(done.LeftOut))}, durable.Nameless(os.RemoveAll(to))), hintUnfit)
	}
	return done, err
}

// vouch checks all that was brought, and has the log say that it was put back.
func vouch(ctx context.Context, dir string, keys Keys, e Engines, seen Seen, walk Walk) error {
	c, err := Open(ctx, dir, keys, e, ToWrite)
	if err != nil {
		return err
	}
	defer c.Close()
	a, err := c.AuditContent(ctx)
	if err != nil {
		return err
	}
	if len(a.Findings) > 0 {
		return vidimus.WithHint(Unfit{a.Findings}, hintUnfit)
	}
	return c.putBack(ctx, seen, "backup")
}

// putBack has the log say how the case came here, and this machine take it for
// the newest.
func (c *Case) putBack(ctx context.Context, seen Seen, what string) error {
	err := c.Do(ctx, func(w *Work) error {
		g, err := generation(w)
		w.Register(custody.Entry{Kind: custody.Restore, Fields: map[string]any{"what": what, "generation": g}})
		return err
	})
	if err != nil {
		return err
	}
	return c.Remember(ctx, seen)
}

// AcceptOlder takes the folder at dir, which somebody put back whole, for the
// case: the log says so, and this machine takes it for the newest.
func AcceptOlder(ctx context.Context, dir string, keys Keys, e Engines) error {
	seen := e.Seen
	e.Seen = Seen{}
	c, err := Open(ctx, dir, keys, e, ToWrite)
	if err != nil {
		return err
	}
	return errors.Join(c.putBack(ctx, seen, "folder"), c.Close())
}
