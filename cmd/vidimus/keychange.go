package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
	"vidimus/key"
)

const copiesStay = "copies of the case made before (backups, copied folders) stay open to whoever had a way into them; what was read is known"

func keyRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "remove CASE WAY…",
		Short: "take a way into a case back, and change the case key",
		Long: `Removes the ways with these ids and puts the case under a new key, so that what
was removed opens neither the case nor any backup made from now on. It cannot
undo what was copied before: an older backup stays open to the removed way, and
so do the originals that lie in it, which are not encrypted anew.

Ways of identities are carried over. A passphrase must be typed again, for it
is nowhere kept; one that nobody can type now is removed by naming it too, and
given anew by "key add". The case must not be open elsewhere.`,
		Example: "  vidimus key list ~/cases/reservoir\n  vidimus key remove ~/cases/reservoir WAY",
		Args:    arguments(2, -1, "key remove CASE WAY…"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runKeyChange(cmd.Context(), c, u, args[0], args[1:])
		},
	}
}

func keyRotateVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "rotate CASE",
		Short: "change the case key and keep all ways",
		Long: `Puts the case under a new key: after somebody may have seen the old one. All
ways stay; passphrases must be typed again. Copies made before open as they did.`,
		Example: "  vidimus key rotate ~/cases/reservoir",
		Args:    arguments(1, 1, "key rotate CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runKeyChange(cmd.Context(), c, u, args[0], nil)
		},
	}
}

func runKeyChange(ctx context.Context, c *console, u *unlocking, dir string, remove []string) error {
	d, err := openDoor(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	ways, err := d.Ways(ctx)
	if err != nil {
		return err
	}
	kept, err := d.without(ways, remove)
	if err != nil {
		return err
	}
	r := archive.Rotation{What: "rotated", CopyIndex: d.copyIndex}
	if len(remove) > 0 {
		r.What = "removed"
	}
	fresh := d.key.Renew()
	r.Keys = fresh
	if r.Files, r.Ways, err = d.carry(c, u, fresh, kept); err != nil {
		return err
	}
	if err := d.Rotate(ctx, r); err != nil {
		return err
	}
	if s := u.session; s != nil {
		s.key = nil // the shell's next verb opens with the new one
	}
	if err := errors.Join(d.Close(), d.proves(ctx, u)); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"removed": len(remove), "ways": len(kept)})
	}
	c.say("the case has a new key; %d way(s) removed, %d kept, each with a new id", len(remove), len(kept))
	c.say("%s", copiesStay)
	c.hint("make a new backup; destroy the older ones if the removed way must not open them")
	return nil
}

// without gives the ways that stay: among them the one that is known to work.
func (d *doorway) without(ways []archive.Way, remove []string) ([]archive.Way, error) {
	kept := slices.Clone(ways)
	for _, id := range remove {
		id = strings.ToLower(strings.TrimSpace(id))
		if id == d.opened.ID {
			return nil, vidimus.WithHint(errors.New("the case was opened with the way that is to be removed"),
				"open it with one that stays: then it is certain that somebody still can")
		}
		n := len(kept)
		if kept = slices.DeleteFunc(kept, func(w archive.Way) bool { return w.ID() == id }); len(kept) == n {
			return nil, vidimus.WithHint(errUsage{errors.New("the case has no way of this id")}, "`vidimus key list CASE` shows the ids")
		}
	}
	if !slices.ContainsFunc(kept, func(w archive.Way) bool { return w.ID() == d.opened.ID }) {
		return nil, vidimus.WithHint(errors.New("the key file that opened the case is not on the case's own list of ways"),
			"it was put back or added by something else than vidimus: open the case with a way that `vidimus key list` shows as sound")
	}
	return kept, nil
}

// carry wraps the new key for every way that stays.
func (d *doorway) carry(c *console, u *unlocking, k key.CaseKey, ways []archive.Way) (files []key.File, fresh []archive.Way, err error) {
	var lost []string
	passphrases := d.passphrases(c, u)
	for _, w := range ways {
		f, ok, err := d.rewrap(k, w, passphrases)
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			lost = append(lost, w.ID())
			continue
		}
		again := archive.NewWay(f, w.Label)
		again.Added = w.Added
		files, fresh = append(files, f), append(fresh, again)
	}
	if len(lost) > 0 {
		return nil, nil, vidimus.WithHint(fmt.Errorf("these ways cannot be carried over to the new key: %s", strings.Join(lost, ", ")),
			"a passphrase must be typed again (--passphrase-file beside --identity, or at the terminal); or remove them as well, `vidimus key remove CASE WAY…`, and add them anew")
	}
	return files, fresh, nil
}

// rewrap makes a way's new file. A recipient is public and kept; a passphrase
// is asked for.
func (d *doorway) rewrap(k key.CaseKey, w archive.Way, passphrases func(key.File) (string, bool)) (key.File, bool, error) {
	recipient := w.Recipient
	if w.ID() == d.opened.ID {
		recipient = d.opened.Recipient
	}
	if recipient != "" {
		f, err := k.ForRecipient(recipient)
		return f, err == nil, err
	}
	if w.Kind != key.Passphrase {
		return key.File{}, false, nil
	}
	file, err := d.file(w)
	if err != nil {
		return key.File{}, false, err
	}
	p, ok := passphrases(file)
	if !ok {
		return key.File{}, false, nil
	}
	f, err := k.ForPassphrase(p)
	return f, err == nil, err
}

func (d *doorway) file(w archive.Way) (key.File, error) {
	files, err := key.Files(archive.KeysFolder(d.dir))
	if err != nil {
		return key.File{}, err
	}
	for _, f := range files {
		if f.Name() == w.File {
			return f, nil
		}
	}
	return key.File{}, vidimus.WithHint(fmt.Errorf("the key file of way %s is missing", w.ID()), "put it back from a backup, or remove the way as well")
}

// passphrases gives the passphrase that opens a file: the one typed already,
// the one in the file named, or one asked for now.
func (d *doorway) passphrases(c *console, u *unlocking) func(key.File) (string, bool) {
	known := []string{d.way.Passphrase}
	if named, _ := u.files(); named != "" && named != "-" && d.way.Passphrase == "" {
		if p, err := u.passphrase(c, named); err == nil {
			known = append(known, p)
		}
	}
	fits := func(f key.File, p string) bool {
		return p != "" && key.Way{Passphrase: p, Unwrap: u.unwrap}.Fits(f)
	}
	return func(f key.File) (string, bool) {
		for _, p := range known {
			if fits(f, p) {
				return p, true
			}
		}
		p, err := prompt(c, fmt.Sprintf("Passphrase of way %s, to carry it over (Enter: stop): ", f.ID))
		return p, err == nil && fits(f, p)
	}
}

// copyIndex puts the index under a new key.
func (d *doorway) copyIndex(ctx context.Context, path string, k [32]byte) error {
	old := d.IndexKey()
	index, err := sealed.Open(d.IndexPath(), sealed.Options{Key: old[:], ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(index.CopyTo(ctx, path, k[:]), index.Close())
}

// proves opens the case once more with the way that opened it before.
// It ends as any writing does, with the case sealed.
func (d *doorway) proves(ctx context.Context, u *unlocking) error {
	format, err := archive.ReadFormat(d.dir)
	if err != nil {
		return err
	}
	k, err := key.Unlock(archive.KeysFolder(d.dir), format.ID, d.way)
	if err != nil {
		return err
	}
	cs, err := archive.Open(ctx, d.dir, k, u.engines(), archive.ToWrite)
	if err != nil {
		return err
	}
	return errors.Join(cs.Writing(ctx), cs.Close())
}
