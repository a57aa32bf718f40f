package main

import (
	"context"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/sandbox"
	"vidimus/web"
)

// roomWork is what the reading room has done for it while people look on.
type roomWork struct {
	again  *rereader
	traces *tracer
	vault  *roomVault
	drawn  *clearing
}

// newRoomWork prepares it for a room that lasts as long as ctx.
func newRoomWork(ctx context.Context, d *desk, walls sandbox.Options, allowSwap bool) *roomWork {
	vault := newRoomVault(d)
	return &roomWork{
		again:  &rereader{ctx: ctx, d: d, walls: walls, allowSwap: allowSwap},
		traces: &tracer{ctx: ctx, d: d, walls: walls, vault: vault},
		vault:  vault,
		drawn:  &clearing{ctx: ctx, d: d, walls: walls},
	}
}

// wait waits until nothing of it is left, and closes the vault.
func (w *roomWork) wait() {
	w.again.wait()
	w.traces.wait()
	w.vault.lock()
}

// room gives the reading room what it needs of a case. The case's own
// spellings are those of the time when the room opens.
func (d *desk) room(ctx context.Context, pictures *pipeline.Pictures, w *roomWork) (web.Room, error) {
	forms, err := pipeline.Expander(ctx, d.Case)
	if err != nil {
		return web.Room{}, err
	}
	r := web.CaseRoom(d.Case, d.index, pictures.Sections(), forms)
	r.Picture, r.Font, r.Practice = pictures.PNG, fonts.Face, d.Practice
	r.Conversation = (&gathered[[]web.Letter]{ctx: ctx, c: d.Case, gather: correspondence}).of
	r.Alike = (&gathered[[]web.Kin]{ctx: ctx, c: d.Case, gather: kinship}).of
	left := r.Left
	r.Left = func(ctx context.Context) (web.Left, error) {
		l, err := left(ctx)
		l.Adding = d.AddAtWork()
		return l, err
	}
	r.Retry, r.Retried = w.again.retry, w.again.retried
	r.Passages = web.CasePassages(d.Case, pictures.Sections().Places, d.write)
	r.Mentions = web.CaseMentions(d.Case, d.write)
	r.Redaction = web.CaseRedaction(d.Case, pictures.Sections(), d.write, w.vault.people)
	r.Protected = web.CaseProtected(d.Case, pictures.Sections(), d.write, w.vault.people)
	r.Editing = web.CaseEditing(d.Case, d.write, w.drawn.draw)
	r.Traces, r.Vault = w.traces.tracing(), w.vault.vault()
	return r, nil
}

// write has something done on the case, opened to write for as long as that
// takes: the room itself only reads.
func (d *desk) write(ctx context.Context, work func(*archive.Case) error) error {
	c, err := d.Reopen(ctx, archive.ToWrite)
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("the case cannot be written to now: %w", err), vidimus.HintOf(err))
	}
	return errors.Join(work(c), c.Close())
}
