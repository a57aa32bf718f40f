package pipeline

import (
	"context"
	"errors"

	"vidimus"
	"vidimus/archive"
	"vidimus/understand"
)

// stageUnderstand is the stage of jobs for pages with words in which nobody
// has looked for mentions yet.
const stageUnderstand = "understand"

// understood is what was found on one page.
type understood struct {
	reading int64
	page    int
	found   []vidimus.Mention
}

// leaveToUnderstand leaves a job for the words of new readings.
func (o *outcome) leaveToUnderstand(w *archive.Work) error {
	if o.pagesRead() == 0 {
		return nil
	}
	return w.Jobs().Put(vidimus.Job{Item: o.job.Item, Stage: stageUnderstand, State: vidimus.JobWaiting})
}

// understand looks for mentions on all pages of a file's current readings.
func (l *lane) understand(ctx context.Context, job vidimus.Job) (*outcome, error) {
	o := &outcome{job: job}
	o.job.Producer = understand.Producer()
	readings, err := current(ctx, l.c, job.Item)
	if err != nil {
		return nil, err
	}
	text := 0
	for _, r := range readings {
		err := pagesOf(ctx, l.c, r, func(r vidimus.Reading, p vidimus.Page) error {
			if err := ctx.Err(); err != nil || p.Wordless() {
				return err
			}
			found, err := mentionsOf(p.Text)
			if err != nil {
				return err
			}
			o.understood, o.looked = append(o.understood, understood{r.Number, p.Number, found}), o.looked+1
			if text += len(p.Text); text < holdText {
				return nil
			}
			text = 0
			return l.c.Do(ctx, o.storeUnderstood)
		})
		if reason, own := vidimus.FaultOf(err); own {
			o.job.State, o.job.Reason = vidimus.JobFailed, reason
			return o, nil
		} else if err != nil {
			return nil, err
		}
	}
	o.job.State, o.job.Reason = vidimus.JobDone, ""
	return o, nil
}

// mentionsOf contains a slip of our rules: it fails one file, not the work on
// all of them.
func mentionsOf(text string) (found []vidimus.Mention, err error) {
	defer func() {
		if recover() != nil { // its value may hold words of the page
			found, err = nil, &vidimus.Fault{Reason: vidimus.ReaderDied}
		}
	}()
	return understand.Mentions(text, ""), nil
}

// storeUnderstood stores what is held, and holds it no longer.
func (o *outcome) storeUnderstood(w *archive.Work) error {
	for _, u := range o.understood {
		if err := w.Mentions().Put(u.reading, u.page, o.job.Producer, u.found); err != nil {
			return err
		}
	}
	o.understood = nil
	return nil
}

// Reunderstand makes files wait to be understood: those that nobody or another
// version has looked at, or all. It gives how many wait now.
func Reunderstand(ctx context.Context, c *archive.Case, all bool) (int, error) {
	return again(ctx, c, func(w *archive.Work, f vidimus.File) (bool, error) {
		readings, err := w.Readings().Current(f.Item)
		if err != nil || len(readings) == 0 {
			return false, err
		}
		j, err := w.Jobs().Get(f.Item, stageUnderstand)
		if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return false, err
		}
		if err == nil && !all && j.State == vidimus.JobDone && j.Producer == understand.Producer() {
			return false, nil
		}
		return true, w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: stageUnderstand, State: vidimus.JobWaiting})
	})
}
