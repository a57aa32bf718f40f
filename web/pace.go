package web

import (
	"sync"
	"time"
)

// paceWindow is how far back the rate of reading looks.
const paceWindow = 2 * time.Minute

// pace measures how fast files are done, from what the room happens to see:
// whoever reads may be another process.
type pace struct {
	mu   sync.Mutex
	seen []moment // the oldest first; guarded by mu
}

type moment struct {
	at   time.Time
	done int
}

// at notes how many files are done now, and gives how many a second were of
// late, once that can be told.
func (p *pace) at(now time.Time, done int) (perSecond float64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.seen); n > 0 && p.seen[n-1].done > done {
		p.seen = nil // files were made to wait again
	}
	p.seen = append(p.seen, moment{now, done})
	for len(p.seen) > 2 && now.Sub(p.seen[1].at) >= paceWindow {
		p.seen = p.seen[1:]
	}
	first := p.seen[0]
	took := now.Sub(first.at).Seconds()
	if took < 1 {
		return 0, false
	}
	return float64(done-first.done) / took, true
}

// forget begins anew.
func (p *pace) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = nil
}
