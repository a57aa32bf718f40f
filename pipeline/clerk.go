package pipeline

import (
	"context"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
)

// A unit of work takes up outcomes until it has this many, or this much text,
// or has waited this long: each costs a wait for the disk.
const (
	batchOutcomes = 96
	batchText     = 8 << 20
	batchWait     = 200 * time.Millisecond
)

// round is a sort of jobs that the clerk hands out together.
type round struct {
	stage string
	from  vidimus.JobState
}

// rounds are gone through in order: text first, OCR after, then the words are
// understood, and at the end, one at a time, the files on which a worker has
// died are tried again.
func (a *adding) rounds() (all []round) {
	stages := []string{intake.Stage}
	if a.o.OCR != nil {
		stages = append(stages, stageOCR)
	}
	if a.o.Understand {
		stages = append(stages, stageUnderstand)
	}
	for _, from := range []vidimus.JobState{vidimus.JobWaiting, vidimus.JobAlone} {
		for _, s := range stages {
			all = append(all, round{s, from})
		}
	}
	return all
}

// most is how many jobs of a round are out at once.
func (a *adding) most(r round) int {
	if r.from == vidimus.JobAlone {
		return 1
	}
	return cap(a.todo)
}

// clerk hands out jobs and writes outcomes until nothing is left to do. What
// comes of a file that was tried alone may be work for the rounds before.
func (a *adding) clerk(ctx context.Context, taken <-chan struct{}) error {
	rounds, at := a.rounds(), 0
	out := 0 // jobs handed out
	var batch []*outcome
	for {
		jobs, err := a.write(ctx, batch, rounds[at], a.most(rounds[at])-out+len(batch))
		if err != nil {
			return err
		}
		out += len(jobs) - len(batch)
		for _, j := range jobs {
			a.todo <- j
		}
		if out == 0 && taken == nil {
			if at++; at == len(rounds) {
				return nil
			}
			batch = nil
			continue
		}
		if batch, taken, err = a.collect(ctx, taken, out); err != nil {
			return err
		}
		if len(batch) > 0 && rounds[at].from == vidimus.JobAlone {
			at = 0
		}
	}
}

// collect waits for something to do and takes the outcomes there are, of so
// many jobs that are out. Once all is taken in it gives a nil channel back.
func (a *adding) collect(ctx context.Context, taken <-chan struct{}, out int) ([]*outcome, <-chan struct{}, error) {
	var batch []*outcome
	select {
	case <-ctx.Done():
		return nil, taken, context.Cause(ctx)
	case <-taken:
		return nil, nil, nil
	case <-a.fresh:
		return nil, taken, nil
	case o := <-a.done:
		batch = append(batch, o)
	}
	long := time.NewTimer(batchWait)
	defer long.Stop()
	for text := batch[0].text(); len(batch) < min(out, batchOutcomes) && text < batchText; {
		select {
		case <-ctx.Done():
			return nil, taken, context.Cause(ctx)
		case <-long.C:
			return batch, taken, nil
		case o := <-a.done:
			batch = append(batch, o)
			text += o.text()
		}
	}
	return batch, taken, nil
}

// write keeps outcomes and claims up to n jobs in one unit of work.
func (a *adding) write(ctx context.Context, batch []*outcome, r round, n int) ([]vidimus.Job, error) {
	if len(batch) == 0 {
		if n <= 0 {
			return nil, nil
		}
		// Most looks find nothing; these must not cost a write.
		waiting := 0
		err := a.c.View(ctx, func(tx archive.Tx) (err error) {
			waiting, err = tx.Jobs().Count(r.stage, r.from)
			return err
		})
		if err != nil || waiting == 0 {
			return nil, err
		}
	}
	var held []vidimus.Digest
	for _, o := range batch {
		held = append(held, o.held()...)
	}
	if len(held) > 0 {
		if err := a.c.Blobs.Sync(); err != nil {
			return nil, err
		}
	}
	var jobs []vidimus.Job
	err := a.c.Do(ctx, func(w *archive.Work) (err error) {
		for _, o := range batch {
			if err := o.write(w, a.store); err != nil {
				return err
			}
		}
		if n > 0 {
			jobs, err = w.Jobs().Claim(r.stage, r.from, n)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := a.store.Release(true, held...); err != nil {
		return nil, err
	}
	if len(batch) > 0 {
		a.indexing.wake()
		a.tell(func(p *Progress) {
			for _, o := range batch {
				o.count(p)
			}
		})
	}
	return jobs, nil
}
