package pipeline

import (
	"context"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
)

// An index takes so many changes at a time, or so much text: what it takes
// together it need not merge later.
const (
	applyChanges = 512 // that are read at once
	applyText    = 16 << 20
	changeText   = 256 // what a change counts for besides its text
)

// CatchUp gives the index every change that it has not had, then lets the
// outbox forget them.
func CatchUp(ctx context.Context, c *archive.Case, index search.Index) error {
	at, err := index.Position(ctx)
	if err != nil {
		return err
	}
	pending := 0
	for {
		changes, all, err := pendingChanges(ctx, c, at)
		pending = max(pending, all)
		if err != nil {
			return err
		}
		if len(changes) == 0 {
			break
		}
		if err := index.Apply(ctx, changes); err != nil {
			return err
		}
		at = changes[len(changes)-1].Seq
	}
	if pending == 0 {
		return nil
	}
	return c.Do(ctx, func(w *archive.Work) error { return w.Outbox().Confirm(at) })
}

// pendingChanges gives the changes after one, as many as an index takes at a
// time, and how many the outbox has.
func pendingChanges(ctx context.Context, c *archive.Case, after int64) (changes []archive.Change, pending int, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		if pending, err = tx.Outbox().Pending(); err != nil || pending == 0 {
			return err
		}
		for text := 0; text < applyText; {
			some, err := tx.Outbox().Next(after, applyChanges)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, change := range some {
				text += len(change.Text)
			}
			changes, after = append(changes, some...), some[len(some)-1].Seq
		}
		return nil
	})
	return changes, pending, err
}

// everything is what Behind gives for an index that must be built again.
const everything = -1

// Behind tells how many changes an index lacks. It is negative when the index
// does not belong to these records as they are: it must be built again.
func Behind(ctx context.Context, c *archive.Case, index search.Index) (int, error) {
	at, err := index.Position(ctx)
	if err != nil {
		return 0, err
	}
	behind := 0
	err = c.View(ctx, func(tx archive.Tx) error {
		last, err1 := tx.Outbox().Last()
		pending, err2 := tx.Outbox().Pending()
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		// The outbox holds the newest changes without a gap.
		behind = int(last - at)
		if at > last || at < last-int64(pending) {
			behind = everything
		}
		return nil
	})
	return behind, err
}

// Fit brings an index up to date, building it again where it must be.
func Fit(ctx context.Context, c *archive.Case, index search.Index) error {
	behind, err := Behind(ctx, c, index)
	if err != nil {
		return err
	}
	if behind == everything {
		if err := rebuild(ctx, c, index); err != nil {
			return fmt.Errorf("build the index again: %w", err)
		}
	}
	return CatchUp(ctx, c, index)
}

// rebuild fills an emptied index from the records, files before their pages.
// The changes it makes up are numbered below those that are still to come; the
// last one, which removes a page that never was, brings the index to where the
// outbox stands.
func rebuild(ctx context.Context, c *archive.Case, index search.Index) error {
	if err := index.Reset(ctx); err != nil {
		return err
	}
	var last int64
	if err := c.View(ctx, func(tx archive.Tx) (err error) {
		last, err = tx.Outbox().Last()
		return err
	}); err != nil {
		return err
	}
	f := filler{ctx: ctx, index: index}
	err := eachAbout(ctx, c, func(file int64, a archive.About) error {
		return f.add(archive.Change{File: file, About: a})
	})
	if err != nil {
		return err
	}
	orders := map[vidimus.ItemID]int64{}
	err = eachCurrent(ctx, c, func(r vidimus.Reading, p vidimus.Page) error {
		if p.Wordless() {
			return nil
		}
		order, err := orderOf(ctx, c, r.Item, orders)
		if err != nil {
			return err
		}
		return f.add(archive.Change{Page: vidimus.PageID(r.Number, p.Number), Text: p.Text, Kind: r.Kind, File: order})
	})
	if err != nil {
		return err
	}
	if last > f.seq {
		f.batch = append(f.batch, archive.Change{Seq: last, Page: 0, Remove: true})
	}
	return f.flush()
}

// filler gives an index changes in batches, numbered from 1.
type filler struct {
	ctx   context.Context
	index search.Index
	batch []archive.Change
	text  int // bytes in batch
	seq   int64
}

func (f *filler) add(c archive.Change) error {
	f.seq++
	c.Seq = f.seq
	f.batch = append(f.batch, c)
	if f.text += len(c.Text) + changeText; f.text < applyText {
		return nil
	}
	return f.flush()
}

func (f *filler) flush() error {
	err := f.index.Apply(f.ctx, f.batch)
	f.batch, f.text = f.batch[:0], 0
	return err
}

// eachAbout calls yield for every file, with what an index may know of it.
func eachAbout(ctx context.Context, c *archive.Case, yield func(file int64, a archive.About) error) error {
	orders := map[vidimus.ItemID]int64{}
	for after := int64(0); ; {
		var some []vidimus.File
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			some, err = tx.Files().List(after, 500)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, f := range some {
			after = f.Order
			a := archive.AboutOf(f)
			if f.Parent != "" {
				if a.Parent, err = orderOf(ctx, c, f.Parent, orders); err != nil {
					return err
				}
			}
			if err := yield(f.Order, a); err != nil {
				return err
			}
		}
	}
}

// orderOf gives the order of a file, from known if it was asked for before.
func orderOf(ctx context.Context, c *archive.Case, item vidimus.ItemID, known map[vidimus.ItemID]int64) (int64, error) {
	if order, ok := known[item]; ok {
		return order, nil
	}
	err := c.View(ctx, func(tx archive.Tx) error {
		f, err := tx.Files().Get(item)
		known[item] = f.Order
		return err
	})
	return known[item], err
}

// eachCurrent calls yield for every page of every current reading.
func eachCurrent(ctx context.Context, c *archive.Case, yield func(vidimus.Reading, vidimus.Page) error) error {
	for after := int64(0); ; {
		var some []vidimus.Reading
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			some, err = tx.Readings().All(after, 200)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, r := range some {
			after = r.Number
			if err := pagesOf(ctx, c, r, yield); err != nil {
				return err
			}
		}
	}
}
