package main

import (
	"context"
	"errors"
	"sync"

	"vidimus"
	"vidimus/internal/quiet"
	"vidimus/pipeline"
	"vidimus/protect/trace"
	"vidimus/sandbox"
	"vidimus/web"
)

// maxTraces is how many traces the room keeps; the verb prints all.
const maxTraces = 100_000

// tracer looks for traces on behalf of the reading room, one run at a time.
// What it finds stays in memory.
type tracer struct {
	ctx   context.Context // of the room: the run ends with it
	d     *desk
	walls sandbox.Options
	vault *roomVault

	mu   sync.Mutex
	last web.Looked             // guarded by mu
	at   map[vidimus.ItemID]int // where last.Files has an item; guarded by mu
	kept int                    // traces in last.Files; guarded by mu
	runs sync.WaitGroup
}

// wait waits until the last run has ended.
func (t *tracer) wait() { t.runs.Wait() }

// tracing is what the room takes of it.
func (t *tracer) tracing() *web.Tracing {
	return &web.Tracing{Look: t.look, Looked: t.looked, Words: t.words}
}

func (t *tracer) looked() web.Looked {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.last
	l.Files = append([]web.TracedFile(nil), l.Files...)
	return l
}

// words gives what one trace says, while the vault is open.
func (t *tracer) words(ctx context.Context, item vidimus.ItemID, tr trace.Trace) (pipeline.TraceWords, error) {
	k, err := t.vault.key()
	if err != nil {
		return pipeline.TraceWords{}, err
	}
	return pipeline.ReadTrace(ctx, t.d.Case, k, item, tr)
}

// look begins to look through a file, or through all.
func (t *tracer) look(ctx context.Context, item vidimus.ItemID) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last.Going {
		return vidimus.WithHint(errors.New("files are being looked through already"), "wait until that has ended; what it found by then is listed")
	}
	files, err := t.files(ctx, item)
	if err != nil {
		return err
	}
	t.last.Going, t.last.Done, t.last.Of, t.last.Err = true, 0, len(files), nil
	t.runs.Add(1)
	quiet.Go(func() {
		defer t.runs.Done()
		err := t.run(files)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.last.Going = false
		if t.ctx.Err() == nil {
			t.last.Err = err
		}
	})
	return nil
}

// files are those to be looked through: a duplicate's traces are those of the
// file that it repeats.
func (t *tracer) files(ctx context.Context, item vidimus.ItemID) (all []vidimus.File, err error) {
	if item != "" {
		f, err := pipeline.File(ctx, t.d.Case, item)
		return []vidimus.File{f}, err
	}
	err = pipeline.EachFile(ctx, t.d.Case, func(f vidimus.File) error {
		if f.State != vidimus.Duplicate {
			all = append(all, f)
		}
		return nil
	})
	return all, err
}

func (t *tracer) run(files []vidimus.File) error {
	looking, err := pipeline.NewTracing(t.ctx, t.d.Case, t.walls)
	if err != nil {
		return err
	}
	defer looking.Close()
	for _, f := range files {
		found, err := looking.File(t.ctx, f)
		if err != nil {
			return err
		}
		t.keep(web.TracedFile{File: f, Traces: found})
	}
	return nil
}

// keep puts what was found of a file in the place of what was found before.
func (t *tracer) keep(f web.TracedFile) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last.Done++
	i, known := t.at[f.File.Item]
	if known {
		t.kept -= len(t.last.Files[i].Traces)
	}
	if room := maxTraces - t.kept; len(f.Traces) > room {
		f.Traces, t.last.Full = f.Traces[:room], true
	}
	t.kept += len(f.Traces)
	if known {
		t.last.Files[i] = f
		return
	}
	if t.at == nil {
		t.at = map[vidimus.ItemID]int{}
	}
	t.at[f.File.Item] = len(t.last.Files)
	t.last.Files = append(t.last.Files, f)
}
