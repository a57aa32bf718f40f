package spot

import (
	"cmp"
	"context"
	"errors"
	"image"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"vidimus/internal/quiet"
	"vidimus/internal/typeset"
	"vidimus/protect/match"
	"vidimus/protect/people"
)

// Spotter looks for the names of some protected people. Once it has learnt,
// several goroutines can look with it.
type Spotter struct {
	list      *match.List
	set       *typeset.Setter
	templates []template
	learnt    map[string]int // templates from pages, by person
}

// New prepares to look for people of a list, or for those of some numbers.
func New(l people.List, ids ...string) (*Spotter, error) {
	set, err := setter()
	if err != nil {
		return nil, err
	}
	s := &Spotter{list: l.Matcher(ids...), set: set, learnt: map[string]int{}}
	for _, p := range l.People {
		if len(ids) > 0 && !slices.Contains(ids, p.ID) {
			continue
		}
		for _, form := range written(p.Spellings()) {
			s.draw(p.ID, form)
		}
	}
	return s, nil
}

// Hit is a place on a picture that looks like somebody's name. It is never
// sure: a person must look.
type Hit struct {
	Person   string
	Box      image.Rectangle // on the picture that the strips were cut from
	likeness float32
}

// ErrTooMuch is returned for a picture with more to compare than any page of
// writing has: nobody can say what stands on it.
var ErrTooMuch = errors.New("a picture has too much on it to be compared with names")

// maxWindows bounds the work on one picture; a dense page has 60,000 windows.
const maxWindows = 3 << 20

// Look gives the places on a picture that look like a name. strips are its
// lines.
func (s *Spotter) Look(ctx context.Context, strips []Strip) ([]Hit, error) {
	var (
		mu    sync.Mutex
		all   []Hit // guarded by mu
		next  atomic.Int64
		spent atomic.Int64
		group sync.WaitGroup
	)
	for range min(runtime.GOMAXPROCS(0), len(strips)) {
		group.Add(1)
		quiet.Go(func() {
			defer group.Done()
			for ctx.Err() == nil && spent.Load() <= maxWindows {
				i := int(next.Add(1)) - 1
				if i >= len(strips) {
					return
				}
				hits, windows := s.strip(strips[i], maxWindows-int(spent.Load()))
				spent.Add(int64(windows))
				mu.Lock()
				all = append(all, hits...)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if spent.Load() > maxWindows {
		return nil, ErrTooMuch
	}
	return best(all), nil
}

// strip looks at one line.
func (s *Spotter) strip(st Strip, limit int) (hits []Hit, windows int) {
	for l := range st.pieces() {
		for w := range l.windows() {
			if windows++; windows > limit {
				return nil, windows
			}
			for _, found := range s.window(l, w) {
				hits = append(hits, Hit{found.person, st.Place(l.on(w)), found.likeness})
			}
		}
	}
	return hits, windows
}

// best keeps of hits of one person at one place the likeliest.
func best(all []Hit) (kept []Hit) {
	slices.SortFunc(all, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.likeness, a.likeness), cmp.Compare(a.Person, b.Person),
			cmp.Compare(a.Box.Min.Y, b.Box.Min.Y), cmp.Compare(a.Box.Min.X, b.Box.Min.X))
	})
	for _, h := range all {
		if !slices.ContainsFunc(kept, func(k Hit) bool { return k.Person == h.Person && k.Box.Overlaps(h.Box) }) {
			kept = append(kept, h)
		}
	}
	slices.SortFunc(kept, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Box.Min.Y, b.Box.Min.Y), cmp.Compare(a.Box.Min.X, b.Box.Min.X), cmp.Compare(a.Person, b.Person))
	})
	return kept
}
