package main

import (
	"context"
	"sync"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/quiet"
	"vidimus/pipeline"
	"vidimus/web"
)

// patience is how long a page waits for what is being gathered. In a large
// case that takes longer, and the page goes without.
const patience = 300 * time.Millisecond

// gathered knows of each file what only a look at the whole case tells, once
// that was taken.
type gathered[T any] struct {
	ctx    context.Context // of the room
	c      *archive.Case
	gather func(context.Context, *archive.Case) (map[vidimus.ItemID]T, error)

	mu   sync.Mutex
	seen vidimus.Counts // of the case when it was; guarded by mu
	done chan struct{}  // closed when it is; guarded by mu
	by   map[vidimus.ItemID]T
	told bool // by is what the case holds; guarded by mu
}

// of gives what is known of a file, and false while it is not known yet.
func (g *gathered[T]) of(ctx context.Context, item vidimus.ItemID) (one T, known bool) {
	counts, _, err := pipeline.Account(ctx, g.c)
	if err != nil {
		return one, false
	}
	g.mu.Lock()
	if g.done == nil || g.seen.Seen != counts.Seen || g.seen.Read != counts.Read {
		g.seen, g.done, g.told = counts, make(chan struct{}), false
		done := g.done
		quiet.Go(func() { g.look(done) })
	}
	done := g.done
	g.mu.Unlock()
	select {
	case <-done:
	case <-time.After(patience):
		return one, false
	case <-ctx.Done():
		return one, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.by[item], g.told
}

func (g *gathered[T]) look(done chan struct{}) {
	defer close(done)
	by, err := g.gather(g.ctx, g.c)
	if err != nil {
		return // the pages go without
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.by, g.told = by, true
}

// correspondence gathers the conversations of a case.
func correspondence(ctx context.Context, c *archive.Case) (map[vidimus.ItemID][]web.Letter, error) {
	found, err := pipeline.Conversations(ctx, c)
	by := map[vidimus.ItemID][]web.Letter{}
	for _, mails := range found {
		one := make([]web.Letter, len(mails))
		for i, m := range mails {
			one[i] = web.Letter{File: m.File, Subject: m.Subject, Date: m.Date, Answers: m.Answers, How: m.How}
			by[m.File.Item] = one
		}
	}
	return by, err
}

// kinship gathers the copies and versions in a case.
func kinship(ctx context.Context, c *archive.Case) (map[vidimus.ItemID][]web.Kin, error) {
	found, err := pipeline.Duplicates(ctx, c)
	by := map[vidimus.ItemID][]web.Kin{}
	for item, group := range pipeline.GroupsByItem(found) {
		for _, m := range group {
			by[item] = append(by[item], web.Kin{File: m.File, How: string(m.How), Share: int(100 * m.Likeness.Shorter)})
		}
	}
	return by, err
}
