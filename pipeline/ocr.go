package pipeline

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/writing"
)

// stageOCR is the stage of jobs for pages with ink and no words.
const stageOCR = "ocr"

// ocrDPI is the resolution in which pages are drawn for OCR. Pictures are
// never given in more pixels than they have.
const ocrDPI = 300

// OCR is who reads words off the pictures of pages.
type OCR struct {
	Producer vidimus.Producer
	// Begin begins with the pages of one file.
	Begin func() Recognise
}

// Recognise reads the words off one page's picture. A Fault is that page's own.
type Recognise func(ctx context.Context, picture image.Image, page vidimus.Page) (vidimus.Page, error)

// recognise has the wordless pages of a file looked at.
func (l *lane) recognise(ctx context.Context, o *outcome, original io.ReaderAt) error {
	o.job.Producer = l.ocr.Producer
	wanted, err := wordless(ctx, l.c, o.file.Item)
	if err != nil {
		return err
	}
	doc, err := read.Open(ctx, l.worker, original, o.file.Bytes, path.Base(o.file.Path))
	if err != nil {
		return err
	}
	recognise, missed := l.ocr.Begin(), 0
	for _, p := range wanted {
		picture, err := doc.Picture(ctx, p.Number, ocrDPI)
		if _, own := vidimus.FaultOf(err); own {
			missed++
			continue
		} else if err != nil {
			return err
		}
		page, err := recognise(ctx, picture, p)
		if _, own := vidimus.FaultOf(err); own {
			missed++
			continue
		} else if err != nil {
			return fmt.Errorf("read the picture of a page: %w", err)
		}
		if page.Wordless() {
			o.wordless++
		}
		if err := o.hold(ctx, l.c, read.OCR, page); err != nil {
			return err
		}
	}
	o.settleOCR(missed)
	return nil
}

// settleOCR says what became of the pages: those missed can be tried again.
func (o *outcome) settleOCR(missed int) {
	o.job.State, o.job.Reason = vidimus.JobDone, ""
	switch {
	case missed > 0:
		o.job.State, o.job.Reason = vidimus.JobFailed, vidimus.NeedsOCR
	case o.wordless > 0:
		o.job.Reason = vidimus.NoWords
	}
}

// doubtful reports a page whose picture is to be read: it has ink, and no
// words or none that can be read.
func doubtful(p vidimus.Page) bool {
	return !p.Section && p.Ink && (p.Wordless() || Garbled(p.Text))
}

// wordless lists the pages of a file's own words whose pictures are to be read.
func wordless(ctx context.Context, c *archive.Case, item vidimus.ItemID) (all []vidimus.Page, err error) {
	readings, err := current(ctx, c, item)
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		if r.Kind != read.OwnWords {
			continue
		}
		err := pagesOf(ctx, c, r, func(_ vidimus.Reading, p vidimus.Page) error {
			if doubtful(p) {
				all = append(all, p)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// leaveToOCR leaves a job for the pages without words. Where there are none,
// what OCR read before on an older reading's pages is no longer current.
func (o *outcome) leaveToOCR(w *archive.Work) error {
	if o.file.State == vidimus.Failed {
		return nil
	}
	if o.wordless > 0 {
		return w.Jobs().Put(vidimus.Job{Item: o.file.Item, Stage: stageOCR, State: vidimus.JobWaiting})
	}
	readings, err := w.Readings().Current(o.file.Item)
	if err != nil {
		return err
	}
	for _, r := range readings {
		if r.Kind != read.OCR {
			continue
		}
		n, err := w.Readings().Begin(vidimus.Reading{Item: r.Item, Kind: r.Kind, Producer: r.Producer, Building: true})
		if err != nil {
			return err
		}
		return w.Readings().Finish(n)
	}
	return nil
}

// writeOCR keeps what OCR gave. Only what the file still lacked is changed: it
// may have been written since the job began.
func (o *outcome) writeOCR(w *archive.Work) error {
	for _, r := range o.readings {
		if err := r.finish(w, o); err != nil {
			return err
		}
	}
	f, err := w.Files().Get(o.job.Item)
	if err != nil {
		return err
	}
	if f.Language == "" || f.Language == "und" {
		f.Language = writing.Language(o.sampled())
	}
	if f.Reason == vidimus.NeedsOCR || f.Reason == vidimus.NoWords {
		switch {
		case o.job.State == vidimus.JobFailed:
			f.State, f.Reason = vidimus.Partly, vidimus.NeedsOCR
		case o.wordless > 0:
			f.State, f.Reason = vidimus.Partly, vidimus.NoWords
		default:
			f.State, f.Reason = vidimus.Read, ""
		}
	}
	o.file = f
	return errors.Join(w.Files().Put(f), w.Jobs().Put(o.job))
}

// countOCR counts the files that an earlier Add left to OCR.
func (a *adding) countOCR(ctx context.Context) error {
	if a.o.OCR == nil {
		return nil
	}
	return a.c.View(ctx, func(tx archive.Tx) (err error) {
		a.progress.ToOCR, err = WaitForOCR(tx)
		return err
	})
}

// WaitForOCR counts the files with pages on which OCR is still to look, those
// that it is looking at included.
func WaitForOCR(tx archive.Tx) (n int, err error) {
	for _, state := range []vidimus.JobState{vidimus.JobWaiting, vidimus.JobAlone, vidimus.JobRunning} {
		some, e := tx.Jobs().Count(stageOCR, state)
		n, err = n+some, errors.Join(err, e)
	}
	return n, err
}
