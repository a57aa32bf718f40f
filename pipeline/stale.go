package pipeline

import (
	"context"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/read"
)

// Producers are those that would read a case now.
type Producers struct {
	Reader vidimus.Producer
	OCR    int    // the version of ours: the engine that a machine has is not one of the program
	Pack   string // names the OCR pack that is installed and reads Chinese; "" where there is none
}

// Stale counts the readings that others made: of the stage of reading all that
// differs, of OCR another version of ours, and Chinese without the pack.
func Stale(ctx context.Context, c *archive.Case, by Producers) (n int, err error) {
	return n, c.View(ctx, func(tx archive.Tx) error {
		made, err := tx.Readings().Producers()
		lack := 0
		for p, count := range made {
			switch {
			case p.Stage == by.Reader.Stage && p != by.Reader, p.Stage == stageOCR && p.Version != by.OCR:
				n += count
			case by.lacksPack(p):
				lack += count
			}
		}
		if err != nil || lack == 0 {
			return err
		}
		chinese, err := chineseWithout(tx, by)
		n += chinese
		return err
	})
}

// lacksPack reports OCR of this version without the pack that is installed.
func (by Producers) lacksPack(p vidimus.Producer) bool {
	return p.Stage == stageOCR && p.Version == by.OCR && by.Pack != "" && !strings.HasSuffix(p.Parameters, ", "+by.Pack)
}

// chineseWithout counts the readings of files in Chinese that lack the pack.
func chineseWithout(tx archive.Tx, by Producers) (n int, err error) {
	for after, more := int64(0), true; more; {
		some, err := tx.Readings().All(after, retryFiles)
		if err != nil {
			return n, err
		}
		more = len(some) == retryFiles
		for _, r := range some {
			after = r.Number
			if !by.lacksPack(r.Producer) {
				continue
			}
			f, err := tx.Files().Get(r.Item)
			if err != nil {
				return n, err
			}
			if chinese(f) {
				n++
			}
		}
	}
	return n, nil
}

// chinese reports a file whose words are in Chinese.
func chinese(f vidimus.File) bool { return strings.HasPrefix(f.Language, "zh") }

// Reread makes files wait for a reader again: all that have been read, or with
// stale only those that another version read; of which only OCR is stale, for
// OCR. Older readings are kept.
func Reread(ctx context.Context, c *archive.Case, stale bool, by Producers) (int, error) {
	return again(ctx, c, func(w *archive.Work, f vidimus.File) (bool, error) {
		if f.State == vidimus.Waiting {
			return false, nil
		}
		j, err := w.Jobs().Get(f.Item, intake.Stage)
		if err != nil {
			return false, err
		}
		if !stale || j.Producer != by.Reader {
			return true, wait(w, f, by.Reader)
		}
		old, err := by.oldOCR(w, f)
		if err != nil || !old {
			return false, err
		}
		return true, w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: stageOCR, State: vidimus.JobWaiting})
	})
}

// oldOCR reports a file whose pictures would be read otherwise now.
func (by Producers) oldOCR(w *archive.Work, f vidimus.File) (bool, error) {
	made, err := w.Readings().Current(f.Item)
	for _, r := range made {
		if r.Kind == read.OCR && (r.Producer.Version != by.OCR || by.lacksPack(r.Producer) && chinese(f)) {
			return true, err
		}
	}
	return false, err
}
