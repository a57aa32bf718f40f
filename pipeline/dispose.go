package pipeline

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
)

// Disposal is the account of what went, and of what is out there.
type Disposal struct {
	archive.Disposed
	Drafts   int      // editions that were made of it, and never released
	Editions []string // released ones that show something of it, by digest
}

// OutOfReach is what no disposal reaches.
var OutOfReach = []string{
	"backups and other copies of the case's folder: they open as before; destroy them, or bring each up to date",
	"copies that left the case, and whoever has read them",
	"editions that were published: withdraw them (`vidimus edition withdraw`); and folders of editions that never were: delete them",
	"what the disk keeps by itself: snapshots, blocks that a solid-state disk has set aside, and what a file system freed before",
	"what memory, swap and the image of a sleeping machine held while its pages were shown",
	"the medium on which it came, and whoever gave it: adding that again takes it in again",
	"what people wrote in other places: notes on other passages, spellings, the list of protected people, plans in files, reasons in the log",
}

// Dispose takes an item out of a case for good: see archive.DoAndErase. It ends
// the use of c.
func Dispose(ctx context.Context, c *archive.Case, d archive.Disposing) (out Disposal, err error) {
	err = c.DoAndErase(ctx, func(w *archive.Work) error {
		if out.Disposed, err = w.Dispose(d); err != nil {
			return err
		}
		for _, item := range out.Items {
			if err := forgetWithheld(w, item, out.Heir(item)); err != nil {
				return err
			}
		}
		if err := out.draft(w); err != nil {
			return err
		}
		return out.editions(w)
	})
	return out, err
}

// forgetWithheld forgets which areas of an item are withheld, or has its heir
// withhold them.
func forgetWithheld(w *archive.Work, item, heir vidimus.ItemID) error {
	b, err := w.Settings().Get(settingWithheld(item))
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	}
	if err == nil && heir != "" {
		err = w.Settings().Put(settingWithheld(heir), b)
	}
	return errors.Join(err, w.Disposal().Setting(settingWithheld(item)))
}

// draft takes what went out of the plan that the reading room keeps, with the
// words quoted of it; an heir takes its place.
func (d *Disposal) draft(w *archive.Work) error {
	p, err := DraftPlan(w.Tx)
	if err != nil {
		return err
	}
	before := len(p.Documents)
	changed := false
	p.Documents = slices.DeleteFunc(p.Documents, func(s protect.Document) bool {
		return slices.Contains(d.Items, s.Item) && d.Heir(s.Item) == ""
	})
	for i, s := range p.Documents {
		if heir := d.Heir(s.Item); heir != "" {
			p.Documents[i].Item, changed = heir, true
		}
	}
	if !changed && len(p.Documents) == before {
		return nil
	}
	return KeepDraft(w, p)
}

// editions forgets those that were never released, and names the others.
func (d *Disposal) editions(w *archive.Work) error {
	all, err := AllMade(w.Tx)
	if err != nil {
		return err
	}
	var kept [][32]byte
	for _, digest := range all {
		m, err := MadeOf(w.Tx, digest)
		if err != nil {
			return err
		}
		switch {
		case !m.shows(d.Items):
		case m.Released:
			d.Editions = append(d.Editions, hex.EncodeToString(digest[:]))
		default:
			d.Drafts++
			if err := w.Disposal().Setting(settingMade(digest)); err != nil {
				return err
			}
			if err := w.Disposal().Setting(settingJudged(digest)); err != nil && !errors.Is(err, archive.ErrNotFound) {
				return err
			}
			continue
		}
		kept = append(kept, digest)
	}
	if d.Drafts == 0 {
		return nil
	}
	return putEditions(w, kept)
}

func (m Made) shows(items []vidimus.ItemID) bool {
	return slices.ContainsFunc(m.Plan.Documents, func(d protect.Document) bool { return slices.Contains(items, d.Item) })
}
