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

// letterPatience is how long a page waits for conversations that are being put
// together. In a large case that takes longer, and the page goes without.
const letterPatience = 300 * time.Millisecond

// correspondence knows the conversations of a case, once they have been put together.
type correspondence struct {
	ctx context.Context // of the room
	c   *archive.Case

	mu   sync.Mutex
	seen vidimus.Counts // of the case when they were; guarded by mu
	done chan struct{}  // closed when they are; guarded by mu
	by   map[vidimus.ItemID][]web.Letter
}

// of gives the conversation of a mail, and false while it is not known.
func (l *correspondence) of(ctx context.Context, item vidimus.ItemID) ([]web.Letter, bool) {
	counts, _, err := pipeline.Account(ctx, l.c)
	if err != nil {
		return nil, false
	}
	l.mu.Lock()
	if l.done == nil || l.seen.Seen != counts.Seen || l.seen.Read != counts.Read {
		l.seen, l.done = counts, make(chan struct{})
		done := l.done
		quiet.Go(func() { l.put(done) })
	}
	done := l.done
	l.mu.Unlock()
	select {
	case <-done:
	case <-time.After(letterPatience):
		return nil, false
	case <-ctx.Done():
		return nil, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all, known := l.by[item]
	return all, known
}

// put puts the conversations together.
func (l *correspondence) put(done chan struct{}) {
	defer close(done)
	found, err := pipeline.Conversations(l.ctx, l.c)
	if err != nil {
		return // the pages go without
	}
	by := map[vidimus.ItemID][]web.Letter{}
	for _, mails := range found {
		one := make([]web.Letter, len(mails))
		for i, m := range mails {
			one[i] = web.Letter{File: m.File, Subject: m.Subject, Date: m.Date, Answers: m.Answers, How: m.How}
			by[m.File.Item] = one
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.by = by
}
