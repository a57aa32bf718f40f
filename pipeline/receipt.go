package pipeline

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
)

// Receipt accounts for what was taken in, for a person or a court.
type Receipt struct {
	Sources    []SourceReceipt
	Entries    int64  // of the custody log
	Checkpoint []byte // of it, signed
}

// SourceReceipt is the part about one argument of `add`.
type SourceReceipt struct {
	vidimus.Source
	Said     []intake.Arrival
	First    string // day of the first entry about a file of it
	Last     string
	Files    int // given
	Inside   int // found inside these
	NotTaken int // of both: known by name, their content could not be had
	Disposed int // of both: were had, and disposed of since
	Bytes    int64
}

// Receive makes the receipt of one source, or of all when source is 0.
func Receive(ctx context.Context, c *archive.Case, source int) (r Receipt, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		all, err := tx.Files().Sources()
		if err != nil {
			return err
		}
		parts := make([]SourceReceipt, len(all)+1)
		for i, s := range all {
			parts[i+1].Source = s
		}
		if err := accountFiles(tx, parts); err != nil {
			return err
		}
		if err := accountLog(tx, parts); err != nil {
			return err
		}
		if r.Sources = parts[1:]; source > 0 && source < len(parts) {
			r.Sources = parts[source : source+1]
		} else if source != 0 {
			return archive.ErrNotFound
		}
		if r.Entries, err = tx.Log().Size(); err != nil {
			return err
		}
		r.Checkpoint, err = c.Checkpoint(tx)
		return err
	})
	return r, err
}

// accountFiles counts the items of each source; parts has it at its number.
func accountFiles(tx archive.Tx, parts []SourceReceipt) error {
	for after := int64(0); ; {
		some, err := tx.Files().List(after, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, f := range some {
			after = f.Order
			if f.Source < 1 || f.Source >= len(parts) {
				continue
			}
			p := &parts[f.Source]
			if f.Parent == "" {
				p.Files++
				p.Bytes += f.Bytes
			} else {
				p.Inside++
			}
			if f.State == vidimus.Disposed {
				p.Disposed++
			} else if f.Digest == (vidimus.Digest{}) {
				p.NotTaken++
			}
		}
	}
}

// accountLog reads days, and what was said, from the log that fixes them.
func accountLog(tx archive.Tx, parts []SourceReceipt) error {
	return intake.Received(tx, func(r intake.Receipt) {
		if r.Source < 1 || r.Source >= len(parts) {
			return
		}
		p := &parts[r.Source]
		if r.Item == "" {
			p.Said = append(p.Said, r.Arrival)
			return
		}
		if p.First == "" {
			p.First = r.Day
		}
		p.Last = r.Day
	})
}
