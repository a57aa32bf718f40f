package main

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/sandbox"
	"vidimus/search"
	"vidimus/web"
)

// room gives the reading room what it needs of a case.
type room struct {
	d        *desk
	pictures *pipeline.Pictures
}

func newRoom(d *desk, walls sandbox.Options) *room {
	return &room{d, pipeline.NewPictures(d.Case, walls)}
}

func (r *room) web() web.Room {
	return web.Room{
		Search: r.search, Page: r.page, Picture: r.pictures.PNG, Files: r.files, Counts: r.counts,
		Font: fonts.Face, Practice: r.d.Practice,
	}
}

func (r *room) search(ctx context.Context, typed string, limit, offset int) (web.Results, error) {
	q, err := search.Parse(typed)
	if err != nil {
		return web.Results{}, err
	}
	found, err := search.Run(ctx, r.d.index, r.d.Case, q, search.Window{Limit: limit, Offset: offset})
	if err != nil {
		return web.Results{}, err
	}
	out := web.Results{Total: found.Total}
	for _, h := range found.Hits {
		file, err := pipeline.File(ctx, r.d.Case, h.Item)
		if err != nil {
			return web.Results{}, err
		}
		out.Hits = append(out.Hits, web.Hit{Item: h.Item, Path: h.Path, Page: h.Page, Section: h.Section,
			Language: language(file), Snippet: h.Snippet})
	}
	return out, nil
}

func (r *room) page(ctx context.Context, item vidimus.ItemID, number int, typed string) (web.PageView, error) {
	file, err := pipeline.File(ctx, r.d.Case, item)
	if err != nil {
		return web.PageView{}, err
	}
	p, err := pipeline.Page(ctx, r.d.Case, item, number)
	if err != nil {
		return web.PageView{}, err
	}
	v := web.PageView{Item: item, Path: file.Path, Page: number, Pages: file.Pages + file.Sections, Section: p.Section,
		Language: language(file), Text: p.Text, Width: p.Width, Height: p.Height}
	if typed == "" {
		return v, nil
	}
	q, err := search.Parse(typed)
	if err != nil {
		return v, err
	}
	lit := search.Light(p.Text, q)
	v.Boxes = search.Boxes(p.Places, lit)
	for _, l := range search.Joined(lit) {
		v.Lit = append(v.Lit, web.Range{Start: l.Start, End: l.End})
	}
	return v, nil
}

func (r *room) files(ctx context.Context, after int64, limit int) (files []vidimus.File, err error) {
	err = r.d.View(ctx, func(tx archive.Tx) error {
		files, err = tx.Files().List(after, limit)
		return err
	})
	return files, err
}

func (r *room) counts(ctx context.Context) (vidimus.Counts, error) {
	counts, _, err := pipeline.Account(ctx, r.d.Case)
	return counts, err
}
