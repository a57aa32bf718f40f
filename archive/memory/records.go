package memory

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"vidimus"
	"vidimus/archive"
)

// Records is archive.Records in memory. Each Do works on a copy of all tables,
// which takes the place of the former at its end: a view keeps the state with
// which it began, and a failed unit leaves nothing.
type Records struct {
	writing sync.Mutex // held by Do
	now     atomic.Pointer[state]
}

// New gives empty records.
func New() *Records {
	r := new(Records)
	r.now.Store(new(state).clone())
	return r
}

// Do implements archive.Records. Work must not call Do of the same records.
func (r *Records) Do(ctx context.Context, work func(archive.Tx) error) error {
	r.writing.Lock()
	defer r.writing.Unlock()
	u := &unit{state: r.now.Load().clone()}
	if err := u.run(ctx, work); err != nil {
		return err
	}
	r.now.Store(u.state)
	return nil
}

// View implements archive.Records.
func (r *Records) View(ctx context.Context, work func(archive.Tx) error) error {
	u := &unit{state: r.now.Load(), readOnly: true}
	return u.run(ctx, work)
}

// Close implements archive.Records. The records stay for who still holds them.
func (r *Records) Close() error { return nil }

// state is all tables. Once it is in Records.now, nobody changes it.
type state struct {
	sources     []vidimus.Source
	files       []vidimus.File // by Order
	byItem      map[vidimus.ItemID]int
	readings    []reading // by Number
	pages       map[int64]vidimus.Page
	jobs        map[jobKey]vidimus.Job
	originals   map[vidimus.Digest]archive.Original
	leaves      [][32]byte
	bodies      [][2][]byte
	hashes      [][32]byte
	outbox      []archive.Change
	lastSeq     int64
	settings    map[string][]byte
	understood  map[int64]understood
	rulings     map[vidimus.MentionID]vidimus.Ruling
	officials   []vidimus.Official // removed ones have no number
	passages    map[int64]vidimus.Passage
	lastPassage int64
}

func (s *state) clone() *state {
	c := *s
	c.sources, c.files, c.readings = slices.Clone(s.sources), slices.Clone(s.files), slices.Clone(s.readings)
	c.leaves, c.bodies, c.hashes = slices.Clone(s.leaves), slices.Clone(s.bodies), slices.Clone(s.hashes)
	c.outbox = slices.Clone(s.outbox)
	c.byItem, c.pages, c.jobs = clone(s.byItem), clone(s.pages), clone(s.jobs)
	c.originals, c.settings = clone(s.originals), clone(s.settings)
	c.understood, c.rulings = clone(s.understood), clone(s.rulings)
	c.officials = slices.Clone(s.officials)
	c.passages = clone(s.passages)
	return &c
}

// clone gives a map that can be written to, unlike maps.Clone of nil.
func clone[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return make(map[K]V)
	}
	return maps.Clone(m)
}

// unit is one unit of work.
type unit struct {
	*state
	readOnly bool
	ended    bool
}

var errEnded = errors.New("the unit of work has ended")

func (u *unit) run(ctx context.Context, work func(archive.Tx) error) error {
	defer func() { u.ended = true }()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := work(u); err != nil {
		return err
	}
	return ctx.Err()
}

func (u *unit) Files() archive.Files         { return files{u} }
func (u *unit) Readings() archive.Readings   { return readings{u} }
func (u *unit) Jobs() archive.Jobs           { return jobs{u} }
func (u *unit) Originals() archive.Originals { return originals{u} }
func (u *unit) Log() archive.Log             { return custodyLog{u} }
func (u *unit) Outbox() archive.Outbox       { return outbox{u} }
func (u *unit) Settings() archive.Settings   { return settings{u} }
func (u *unit) Mentions() archive.Mentions   { return mentions{u} }
func (u *unit) Passages() archive.Passages   { return passages{u} }
func (u *unit) Disposal() archive.Disposal   { return disposal{u} }

// mayRead says why the unit cannot be used any more.
func (u *unit) mayRead() error {
	if u.ended {
		return errEnded
	}
	return nil
}

// mayWrite says why the unit cannot change anything.
func (u *unit) mayWrite() error {
	if u.readOnly && !u.ended {
		return archive.ErrReadOnly
	}
	return u.mayRead()
}

// page gives the first values of list that are wanted, limit at most.
func page[T any](list []T, limit int, wanted func(T) bool) (found []T) {
	for _, v := range list {
		if len(found) == limit {
			break
		}
		if wanted(v) {
			found = append(found, v)
		}
	}
	return found
}
