package main

import (
	"context"

	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/web"
)

// room gives the reading room what it needs of a case. Without a rereader it
// cannot have files read again. The case's own spellings are those of the time
// when the room opens.
func (d *desk) room(ctx context.Context, pictures *pipeline.Pictures, again *rereader) (web.Room, error) {
	forms, err := pipeline.Expander(ctx, d.Case)
	if err != nil {
		return web.Room{}, err
	}
	r := web.CaseRoom(d.Case, d.index, pictures.Sections(), forms)
	r.Picture, r.Font, r.Practice = pictures.PNG, fonts.Face, d.Practice
	r.Conversation = (&correspondence{ctx: ctx, c: d.Case}).of
	left := r.Left
	r.Left = func(ctx context.Context) (web.Left, error) {
		l, err := left(ctx)
		l.Adding = d.AddAtWork()
		return l, err
	}
	if again != nil {
		r.Retry, r.Retried = again.retry, again.retried
	}
	return r, nil
}
