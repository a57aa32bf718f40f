package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/durable"
	"vidimus/internal/machine"
)

// internal is the mark of an unprotected copy: the first line of a text, the
// sidecar of anything else.
const internal = "INTERNAL - unprotected copy from a vidimus case. Do not forward, upload or publish."

// leaving says where a copy goes and how it is protected.
type leaving struct {
	to     string // an age recipient; the copy is encrypted to it
	anyway bool   // also where the copy will not stay on this computer
	// reviewed says that a person has looked at what may name a protected one.
	reviewed bool
}

func (l *leaving) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&l.to, "to", "", "encrypt the copy to this age `RECIPIENT` (age1…); the way that is advised")
	cmd.Flags().BoolVar(&l.reviewed, "reviewed", false, "write in clear what may name a protected person, after somebody has looked: none is named")
	cmd.Flags().BoolVar(&l.anyway, "anyway", false, "write in clear into a git tree, a synchronised folder or a network share, knowingly")
}

// sheet is a copy being made: what is copied, of which item ("" for all).
type sheet struct {
	what string
	item vidimus.ItemID
	page int
	// shown tells that the copy shows more than its bytes say: a picture, an
	// original. What was read of the page, or of the whole item, counts.
	shown bool
	// texts are pages' words as they are written: what stands over their
	// borders counts too. rows are other words that follow each other.
	texts bool
	rows  [][]string
}

// picture is what of a sheet whose bytes are pixels only.
const picture = "picture"

// toFile makes a new owner-only file at path and has fill write the copy into
// it. The copy is in the custody log before its first byte is on the disk.
func (l *leaving) toFile(ctx context.Context, c *console, d *desk, s sheet, path string, text bool, fill func(io.Writer) error) error {
	if l.to == "" && !l.anyway {
		if where := machine.Elsewhere(path); where != "" {
			return vidimus.WithHint(fmt.Errorf("the copy would lie in %s, which does not stay on this computer", where),
				"encrypt it with --to RECIPIENT, write elsewhere, or go on knowingly with --anyway")
		}
	}
	recipient, err := l.recipient()
	if err != nil {
		return err
	}
	if err := l.guard(ctx, c, d, s, fill); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return vidimus.WithHint(errors.New("the file for the copy cannot be made"), "name one that does not exist yet, in a folder that can be written")
	}
	if err := d.copied(ctx, s, l.to != "", l.reviewed); err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	if err := l.write(f, recipient, text, fill); err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return errors.New("the copy was not written to its end")
	}
	if l.to != "" {
		return nil
	}
	if !text {
		if err := durable.WriteFile(path+".INTERNAL", []byte(internal+"\n")); err != nil {
			return err
		}
	}
	c.say("an unprotected copy was written and logged; delete it when it is no longer needed")
	return durable.SyncFolder(filepath.Dir(path))
}

func (l *leaving) recipient() (age.Recipient, error) {
	if l.to == "" {
		return nil, nil
	}
	r, err := age.ParseX25519Recipient(l.to)
	if err != nil {
		if h, err := age.ParseHybridRecipient(l.to); err == nil {
			return h, nil
		}
		return nil, errUsage{errors.New("--to takes an age recipient: one word that begins with age1")}
	}
	return r, nil
}

func (l *leaving) write(f io.Writer, to age.Recipient, text bool, fill func(io.Writer) error) error {
	if to == nil {
		if text {
			if _, err := fmt.Fprintln(f, internal); err != nil {
				return err
			}
		}
		return fill(f)
	}
	w, err := age.Encrypt(f, to)
	if err != nil {
		return fmt.Errorf("encrypt the copy: %w", err)
	}
	return errors.Join(fill(w), w.Close())
}

// toOutput prints a copy. On a terminal it is read, not copied; anywhere else
// it is a copy like any other: logged, and marked on standard error when it is
// JSON, in its first line when it is text.
func (l *leaving) toOutput(ctx context.Context, c *console, d *desk, s sheet, json bool, fill func(io.Writer) error) error {
	if l.to != "" {
		return errUsage{errors.New("--to needs --output FILE")}
	}
	if terminal(c.out) {
		return fill(c.out)
	}
	if err := l.guard(ctx, c, d, s, fill); err != nil {
		return err
	}
	if err := d.copied(ctx, s, false, l.reviewed); err != nil {
		return err
	}
	mark := c.out
	if json {
		mark = c.err
	}
	if _, err := fmt.Fprintln(mark, internal); err != nil {
		return err
	}
	return fill(c.out)
}

// copied writes into the custody log that a copy leaves.
func (d *desk) copied(ctx context.Context, s sheet, encrypted, reviewed bool) error {
	fields := map[string]any{"what": s.what, "encrypted": encrypted}
	if reviewed {
		fields["reviewed"] = true
	}
	if s.item != "" {
		fields["item"] = string(s.item)
	}
	if s.page > 0 {
		fields["page"] = s.page
	}
	return d.Do(ctx, func(w *archive.Work) error {
		w.Register(custody.Entry{Kind: custody.CopyOut, Fields: fields})
		return nil
	})
}
