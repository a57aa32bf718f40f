package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/blob"
	"vidimus/archive/sqlite"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/read/container"
	"vidimus/read/html"
	"vidimus/read/image"
	"vidimus/read/mail"
	"vidimus/read/office"
	"vidimus/read/pdf"
	"vidimus/read/plain"
	"vidimus/read/table"
	"vidimus/sandbox"
	"vidimus/search/fts"
)

// engines names the implementations; nothing else does.
func engines() archive.Engines {
	return archive.Engines{Records: sqlite.Open, Blobs: blob.Open, BlobName: blob.Name, CopyBlob: blob.Copy}
}

// kinds are the readers that a worker of this program can be.
func kinds() []sandbox.Kind {
	formats := append(container.Formats(), plain.Format(), image.Format(), pdf.Format(engineCache()),
		office.Format(), html.Format(), table.Format(), mail.Format(html.Text), mail.MailboxFormat(), mail.SealedFormat())
	return []sandbox.Kind{read.Kind(pipeline.WorkerKind, formats...), container.Names()}
}

// readers names the readers of kinds with their versions: a new one makes older
// readings stale.
func readers() string {
	return strings.Join([]string{pdf.Engine, container.Engine, html.Engine, image.Engine, mail.Engine, office.Engine,
		plain.Engine, table.Engine}, ", ")
}

// engineCache is the folder for compiled code; it holds no content.
func engineCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = "/var/cache"
	}
	return filepath.Join(dir, "vidimus")
}

// desk is an open case, with its index where the verb searches.
type desk struct {
	*archive.Case
	index *fts.Index // nil when opened by openCase
	id    string     // of the case
	u     *unlocking // how the person opens what else is closed
}

func (d *desk) Close() error {
	if d.index != nil {
		d.index.Close()
	}
	return d.Case.Close()
}

// openCase opens a case without its index.
func openCase(ctx context.Context, c *console, u *unlocking, dir string, mode archive.Mode) (*desk, error) {
	keys, err := u.keys(c, dir)
	if err != nil {
		return nil, err
	}
	cs, err := archive.Open(ctx, dir, keys, u.engines(), mode)
	if err != nil {
		return nil, err
	}
	if err := cs.Unremembered(); err != nil {
		c.say("%v", err)
		c.hint("%s", vidimus.HintOf(err))
	}
	format, err := archive.ReadFormat(dir)
	if err != nil {
		return nil, errors.Join(err, cs.Close())
	}
	return &desk{Case: cs, u: u, id: format.ID}, nil
}

// withIndex opens the index of a case. An index that lags is brought up to
// date first, and one that is missing or older than the records remember is
// built again: a search must not give fewer pages than were read.
func (d *desk) withIndex(ctx context.Context, c *console, mode archive.Mode) (err error) {
	if mode == archive.ToWrite {
		if err := d.Writing(ctx); err != nil {
			return err
		}
		if d.index, err = d.openIndex(false); err != nil {
			return err
		}
		return pipeline.Fit(ctx, d.Case, d.index)
	}
	if d.index, err = d.openIndex(true); err == nil {
		lag, err := pipeline.Behind(ctx, d.Case, d.index)
		if err != nil || lag == 0 {
			return err
		}
		d.index.Close()
		d.index = nil
		if lag < 0 {
			c.say("the index is older than the records; it is built again")
		}
	} else if !fts.Unusable(err) {
		return err
	}
	return d.mend(ctx, c)
}

// mend takes the adder's place for as long as the index needs. Where an adder
// is at work, it is mending already.
func (d *desk) mend(ctx context.Context, c *console) error {
	again, err := d.Reopen(ctx, archive.ToWrite)
	if err != nil {
		return vidimus.WithHint(errors.New("the index lacks pages, and the case cannot be written to add them"), "make the case writable once, and search again")
	}
	defer again.Close()
	release, err := again.Adding()
	if errors.Is(err, archive.ErrAdding) {
		c.say("another `add` is at work: its newest pages are not searchable yet")
	} else if err != nil {
		return err
	} else {
		defer release()
		writer := &desk{Case: again}
		if err := writer.withIndex(ctx, c, archive.ToWrite); err != nil {
			return err
		}
		if err := writer.index.Close(); err != nil {
			return err
		}
	}
	d.index, err = d.openIndex(true)
	return err
}

func (d *desk) openIndex(readOnly bool) (*fts.Index, error) {
	key := d.IndexKey()
	return fts.OpenAnew(d.IndexPath(), fts.Options{Key: key[:], ReadOnly: readOnly})
}
