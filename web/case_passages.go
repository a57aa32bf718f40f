package web

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/search"
)

// Write has something done on a case that is open to write, for as long as
// that takes. The room itself only reads.
type Write func(ctx context.Context, work func(*archive.Case) error) error

// CasePassages are the passages of a case.
func CasePassages(c *archive.Case, places search.Places, write Write) *Passages {
	o := notebook{c, places, write}
	return &Passages{List: o.list, One: o.one, Mark: o.mark, Change: o.change, Move: o.move, Remove: o.remove}
}

type notebook struct {
	c      *archive.Case
	places search.Places
	write  Write
}

func (n notebook) list(ctx context.Context, item vidimus.ItemID, q search.Query, offset, limit int) (all []pipeline.Marked, total int, err error) {
	err = pipeline.Passages(ctx, n.c, item, q, n.places, func(m pipeline.Marked) error {
		if total++; total > offset && len(all) < limit {
			m.Text = "" // of the whole page
			all = append(all, m)
		}
		return nil
	})
	return all, total, err
}

func (n notebook) one(ctx context.Context, number int64) (m pipeline.Marked, err error) {
	var p vidimus.Passage
	err = n.c.View(ctx, func(tx archive.Tx) error {
		p, err = tx.Passages().Get(number)
		return err
	})
	if err != nil {
		return m, err
	}
	return pipeline.Stand(ctx, n.c, p, n.places, true)
}

func (n notebook) mark(ctx context.Context, sel pipeline.Selection, p vidimus.Passage) (number int64, err error) {
	err = n.write(ctx, func(c *archive.Case) error {
		kept, err := pipeline.Mark(ctx, c, sel, p)
		number = kept.Number
		return err
	})
	return number, err
}

func (n notebook) change(ctx context.Context, number int64, change func(*vidimus.Passage)) error {
	return n.write(ctx, func(c *archive.Case) error {
		return pipeline.ChangePassage(ctx, c, number, func(_ archive.Tx, p *vidimus.Passage) error { change(p); return nil })
	})
}

func (n notebook) move(ctx context.Context, number int64, sel pipeline.Selection) error {
	return n.write(ctx, func(c *archive.Case) error {
		_, err := pipeline.Move(ctx, c, number, sel)
		return err
	})
}

func (n notebook) remove(ctx context.Context, number int64) error {
	return n.write(ctx, func(c *archive.Case) error { return pipeline.RemovePassage(ctx, c, number) })
}
