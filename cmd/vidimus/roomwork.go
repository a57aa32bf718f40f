package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/practice"
	"vidimus/internal/quiet"
	"vidimus/pipeline"
	"vidimus/sandbox"
	"vidimus/web"
)

// rereader reads files again on behalf of the reading room, one run at a time,
// as the verb retry does: with the adder's place, behind walls, on a case
// opened to write for as long as that takes.
type rereader struct {
	ctx       context.Context // of the room: what is read ends with it
	d         *desk
	walls     sandbox.Options
	allowSwap bool

	mu   sync.Mutex
	last web.Retried // guarded by mu
	runs sync.WaitGroup
}

// wait waits until the last run has ended.
func (r *rereader) wait() { r.runs.Wait() }

// retried tells of the last run.
func (r *rereader) retried() web.Retried {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// retry makes files wait again, and begins to read them.
func (r *rereader) retry(ctx context.Context, what web.Again) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.Going {
		return vidimus.WithHint(archive.ErrAdding, "wait until it has ended; reading and searching go on meanwhile")
	}
	if err := fitForCase(r.d.Dir(), r.allowSwap); err != nil {
		return err
	}
	run, err := r.begin(ctx, what)
	if err != nil {
		return err
	}
	r.last = web.Retried{Begun: time.Now(), Tried: run.files, Going: true}
	r.runs.Add(1)
	quiet.Go(func() {
		defer r.runs.Done()
		err := errors.Join(run.read(r.ctx, r.walls), run.Close())
		r.mu.Lock()
		defer r.mu.Unlock()
		r.last.Going, r.last.Err = false, err
	})
	return nil
}

// rereading is one run: a case opened to write, and the adder's place in it.
type rereading struct {
	*desk
	release func()
	files   int
}

func (r *rereader) begin(ctx context.Context, what web.Again) (_ *rereading, err error) {
	writing, err := r.d.Reopen(r.ctx, archive.ToWrite)
	if err != nil {
		return nil, err
	}
	run := &rereading{desk: &desk{Case: writing}, release: func() {}}
	defer func() {
		if err != nil {
			run.Close()
		}
	}()
	if run.release, err = writing.Adding(); err != nil {
		run.release = func() {}
		return nil, err
	}
	if err := run.withIndex(ctx, &console{}, archive.ToWrite); err != nil {
		return nil, err
	}
	if what.Item != "" {
		run.files, err = pipeline.RetryFile(ctx, writing, what.Item, producer())
	} else {
		run.files, err = pipeline.Retry(ctx, writing, what.Reason, producer())
	}
	return run, err
}

// read reads all that waits.
func (r *rereading) read(ctx context.Context, walls sandbox.Options) error {
	o := pipeline.Options{Sandbox: walls, Producer: producer()}
	if engine, err := recogniser(ctx); err == nil { // without one, pages wait on
		o.OCR = engine
	}
	if r.Practice {
		o.Accept = practice.Holds
	}
	_, err := pipeline.Add(ctx, r.Case, r.index, nil, o)
	return err
}

// Close gives the adder's place back and closes the case.
func (r *rereading) Close() error {
	r.release()
	return r.desk.Close()
}
