package web

import (
	"context"

	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
)

// CaseEditing is the plan that the room keeps in a case, and its review. Draw
// draws pages of a facsimile.
func CaseEditing(c *archive.Case, write Write, draw protect.Draw) *Editing {
	d := drafting{c, write, draw}
	return &Editing{Plan: d.plan, Keep: d.keep, Review: d.review}
}

type drafting struct {
	c     *archive.Case
	write Write
	draw  protect.Draw
}

func (d drafting) plan(ctx context.Context) (p protect.Plan, err error) {
	err = d.c.View(ctx, func(tx archive.Tx) error {
		p, err = pipeline.DraftPlan(tx)
		return err
	})
	return p, err
}

func (d drafting) keep(ctx context.Context, change func(*protect.Plan) error) error {
	return d.write(ctx, func(c *archive.Case) error {
		return c.Do(ctx, func(w *archive.Work) error {
			p, err := pipeline.DraftPlan(w.Tx)
			if err == nil {
				err = change(&p)
			}
			if err != nil {
				return err
			}
			return pipeline.KeepDraft(w, p)
		})
	})
}

func (d drafting) review(ctx context.Context) (r Reviewed, err error) {
	p, err := d.plan(ctx)
	if err != nil {
		return r, err
	}
	if r.Edition, r.Pictures, err = pipeline.MakeEdition(ctx, d.c, p, d.draw); err != nil {
		return r, err
	}
	err = d.c.View(ctx, func(tx archive.Tx) error {
		judged, err := pipeline.JudgedOf(tx, r.Digest())
		for _, a := range judged.Approvals {
			r.Approvals = append(r.Approvals, a.Signer)
		}
		return err
	})
	return r, err
}
