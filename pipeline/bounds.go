package pipeline

import (
	"context"
	"io"
	"sync"

	"vidimus"
	"vidimus/archive"
)

// What may come out of one file that was given, all that is nested in it
// counted: a bomb is small and unpacks to much.
const (
	maxDepth    = 12
	maxChildren = 200_000
	minUnpacked = 4 << 30
	maxRatio    = 200 // times the file's own size, where that is more
)

// bounds keeps the room that is left below every file that was given.
type bounds struct {
	mu    sync.Mutex
	rooms map[vidimus.ItemID]*room // by top file; guarded by mu
}

// room is what may still come out of one file.
type room struct {
	mu       sync.Mutex
	children int
	bytes    int64
	deep     bool // this container is as deep as any may be
}

// of gives the room for a container's children.
func (b *bounds) of(ctx context.Context, c *archive.Case, f vidimus.File) (*room, error) {
	depth, top := 1, f
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		for ; top.Parent != "" && depth <= maxDepth; depth++ {
			if top, err = tx.Files().Get(top.Parent); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return &room{deep: true}, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	r, ok := b.rooms[top.Item]
	if !ok {
		r = &room{children: maxChildren, bytes: max(minUnpacked, maxRatio*top.Bytes)}
		b.rooms[top.Item] = r
	}
	return r, nil
}

// enter takes room for one child, or says why there is none.
func (r *room) enter() vidimus.Reason {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.deep || r.children <= 0 || r.bytes <= 0 {
		return vidimus.SizeLimit
	}
	r.children--
	return ""
}

// metered takes room for what is read, and ends with a fault where there is
// no more.
type metered struct {
	io.Reader
	room *room
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	m.room.mu.Lock()
	defer m.room.mu.Unlock()
	if m.room.bytes -= int64(n); m.room.bytes < 0 {
		return n, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return n, err
}
