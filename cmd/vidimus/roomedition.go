package main

import (
	"context"
	"fmt"
	"sync"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/sandbox"
)

// maxCleared bounds the pictures of a facsimile that the room keeps in memory,
// in bytes.
const maxCleared = 256 << 20

// clearing draws pages of a facsimile for the room's review, each once as long
// as nothing on it changes.
type clearing struct {
	ctx   context.Context // of the room
	d     *desk
	walls sandbox.Options

	mu    sync.Mutex
	kept  map[string][]byte // by what was drawn; guarded by mu
	bytes int               // in kept; guarded by mu
}

// draw is for protect.Make.
func (c *clearing) draw(d protect.Document, s protect.Source, areas []vidimus.Box) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	what := fmt.Sprint(d.Item, s.Reading, s.Page.Number, areas)
	if png, ok := c.kept[what]; ok {
		return png, nil
	}
	t := pipeline.NewDrawing(c.d.Case, c.walls)
	defer t.Close()
	png, err := t.Draw(c.ctx)(d, s, areas)
	if err != nil {
		return nil, err
	}
	if c.kept == nil || c.bytes+len(png) > maxCleared {
		c.kept, c.bytes = map[string][]byte{}, 0
	}
	c.kept[what] = png
	c.bytes += len(png)
	return png, nil
}
