package pipeline

import (
	"context"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
)

// retryFiles is how many files are looked at in one unit of work.
const retryFiles = 500

// Retry makes the files wait again that were not, or only partly, read; with a
// reason, those of that reason. Pages without words wait for OCR, everything
// else for a reader. It gives how many files wait now.
func Retry(ctx context.Context, c *archive.Case, reason vidimus.Reason, by vidimus.Producer) (int, error) {
	return again(ctx, c, func(w *archive.Work, f vidimus.File) (bool, error) {
		if !retryable(f) || reason != "" && f.Reason != reason {
			return false, nil
		}
		return true, leave(w, f, by)
	})
}

// RetryFile is Retry for one file.
func RetryFile(ctx context.Context, c *archive.Case, item vidimus.ItemID, by vidimus.Producer) (n int, err error) {
	err = c.Do(ctx, func(w *archive.Work) error {
		f, err := w.Files().Get(item)
		if err != nil || !retryable(f) {
			return err
		}
		n = 1
		return leave(w, f, by)
	})
	return n, err
}

// retryable tells whether reading a file again could give more of it: those
// of which nothing was stored are for Add.
func retryable(f vidimus.File) bool {
	return (f.State == vidimus.Failed || f.State == vidimus.Partly) && f.Digest != (vidimus.Digest{})
}

// leave leaves a file to OCR, where that is all it lacks, or to a reader.
func leave(w *archive.Work, f vidimus.File, by vidimus.Producer) error {
	if f.Reason == vidimus.NeedsOCR || f.Reason == vidimus.NoWords {
		return w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: stageOCR, State: vidimus.JobWaiting})
	}
	return wait(w, f, by)
}

// RetryOCR leaves jobs for all pages with ink and no words on which OCR has
// not looked yet.
func RetryOCR(ctx context.Context, c *archive.Case) (int, error) {
	return again(ctx, c, func(w *archive.Work, f vidimus.File) (bool, error) {
		if f.Reason != vidimus.NeedsOCR {
			return false, nil
		}
		return true, w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: stageOCR, State: vidimus.JobWaiting})
	})
}

// wait leaves a file to a reader.
func wait(w *archive.Work, f vidimus.File, by vidimus.Producer) error {
	f.State, f.Reason = vidimus.Waiting, ""
	if err := w.Files().Put(f); err != nil {
		return err
	}
	return w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: intake.Stage, Producer: by, State: vidimus.JobWaiting})
}

// again shows every file that has bytes of its own, and counts those taken.
func again(ctx context.Context, c *archive.Case, take func(*archive.Work, vidimus.File) (bool, error)) (n int, err error) {
	for after, more := int64(0), true; more; {
		err := c.Do(ctx, func(w *archive.Work) error {
			files, err := w.Files().List(after, retryFiles)
			more = len(files) == retryFiles
			for _, f := range files {
				after = f.Order
				if f.State == vidimus.Duplicate || f.Digest == (vidimus.Digest{}) {
					continue
				}
				taken, err := take(w, f)
				if err != nil {
					return err
				}
				if taken {
					n++
				}
			}
			return err
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
