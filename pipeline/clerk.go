package pipeline

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/intake"
)

// batchOutcomes is how many outcomes go into one unit of work at most.
const batchOutcomes = 64

// clerk hands out jobs and writes outcomes until nothing is left to do. Files
// on which a worker has died are tried once more, one at a time, at the end.
func (a *adding) clerk(ctx context.Context, taken <-chan struct{}) error {
	from, most := vidimus.JobWaiting, cap(a.todo)
	out := 0 // jobs handed out
	var batch []*outcome
	for {
		jobs, err := a.write(ctx, batch, from, most-out+len(batch))
		if err != nil {
			return err
		}
		out += len(jobs) - len(batch)
		for _, j := range jobs {
			a.todo <- j
		}
		if err := CatchUp(ctx, a.c, a.index); err != nil {
			return err
		}
		if out == 0 && taken == nil {
			if from == vidimus.JobAlone && len(jobs) == 0 {
				return nil
			}
			from, most, batch = vidimus.JobAlone, 1, nil
			continue
		}
		if batch, taken, err = a.collect(ctx, taken); err != nil {
			return err
		}
	}
}

// collect waits for something to do and takes all the outcomes there are.
// Once all is taken in it gives a nil channel back.
func (a *adding) collect(ctx context.Context, taken <-chan struct{}) ([]*outcome, <-chan struct{}, error) {
	var batch []*outcome
	select {
	case <-ctx.Done():
		return nil, taken, context.Cause(ctx)
	case <-taken:
		taken = nil
	case <-a.fresh:
	case o := <-a.done:
		batch = append(batch, o)
	}
	for len(batch) < batchOutcomes {
		select {
		case o := <-a.done:
			batch = append(batch, o)
		default:
			return batch, taken, nil
		}
	}
	return batch, taken, nil
}

// write keeps outcomes and claims up to n jobs in one unit of work.
func (a *adding) write(ctx context.Context, batch []*outcome, from vidimus.JobState, n int) ([]vidimus.Job, error) {
	if len(batch) == 0 {
		// Most looks find nothing; these must not cost a write.
		waiting := 0
		err := a.c.View(ctx, func(tx archive.Tx) (err error) {
			waiting, err = tx.Jobs().Count(intake.Stage, from)
			return err
		})
		if err != nil || waiting == 0 || n <= 0 {
			return nil, err
		}
	}
	var jobs []vidimus.Job
	err := a.c.Do(ctx, func(w *archive.Work) (err error) {
		for _, o := range batch {
			if err := o.write(w); err != nil {
				return err
			}
		}
		if n > 0 {
			jobs, err = w.Jobs().Claim(intake.Stage, from, n)
		}
		return err
	})
	if err == nil && len(batch) > 0 {
		a.tell(func(p *Progress) {
			for _, o := range batch {
				o.count(p)
			}
		})
	}
	return jobs, err
}

// write keeps one outcome: the last pages, the file, the end of the job, and
// what the custody log says of it.
func (o *outcome) write(w *archive.Work) error {
	if o.job.State == vidimus.JobAlone {
		return w.Jobs().Put(o.job)
	}
	if err := o.finish(w); err != nil {
		return err
	}
	if err := w.Files().Put(o.file); err != nil {
		return err
	}
	return w.Jobs().Put(o.job)
}

// finish makes the reading the file's current one.
func (o *outcome) finish(w *archive.Work) error {
	if o.read == 0 {
		return nil // no page was read
	}
	if err := o.begin(w); err != nil {
		return err
	}
	if err := w.Readings().AddPages(o.number, o.pages); err != nil {
		return err
	}
	if err := w.Readings().Finish(o.number); err != nil {
		return err
	}
	sum := o.digest.Sum()
	w.Register(custody.Entry{Kind: custody.Derive, Fields: map[string]any{
		"item":     string(o.file.Item),
		"reading":  o.number,
		"producer": o.job.Producer.Parameters,
		"pages":    o.read,
		"digest":   archive.Encode(sum[:]),
	}})
	return nil
}

// begin stores the reading as one that is being built, once.
func (o *outcome) begin(w *archive.Work) (err error) {
	if o.number == 0 {
		o.number, err = w.Readings().Begin(vidimus.Reading{
			Item: o.file.Item, Kind: ReadingText, Producer: o.job.Producer, Building: true})
	}
	return err
}

// count adds the outcome to the progress.
func (o *outcome) count(p *Progress) {
	if o.job.State == vidimus.JobAlone {
		return
	}
	p.Read++
	p.ToRead--
	p.Pages += o.file.Pages + o.file.Sections
	switch o.file.State {
	case vidimus.Failed:
		p.Failed++
	case vidimus.Partly:
		p.Partly++
	default:
		return
	}
	p.NewFailures = append(p.NewFailures, Failure{o.file.Item, o.file.State, o.file.Reason})
}
