package pipeline

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
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
// Several pages may be read at once.
type Recognise func(ctx context.Context, picture image.Image, page vidimus.Page) (vidimus.Page, error)

// recognise has the pages of a file looked at that show more than their words.
func (l *lane) recognise(ctx context.Context, o *outcome, original io.ReaderAt) error {
	o.job.Producer = l.ocr.Producer
	wanted, own, err := toRecognise(ctx, l.c, o.file.Item)
	if err != nil {
		return err
	}
	doc, err := read.Open(ctx, l.worker, original, o.file.Bytes, path.Base(o.file.Path))
	if err != nil {
		return err
	}
	draw := func(ctx context.Context, p vidimus.Page) (image.Image, error) {
		picture, err := doc.Picture(ctx, p.Number, ocrDPI)
		if err != nil {
			return nil, err
		}
		return unreadPart(ctx, l.c, own, p, picture)
	}
	if wanted, err = o.resume(ctx, l.c, wanted); err != nil {
		return err
	}
	missed, looked, stored := 0, 0, 0
	l.tell(func(p *Progress) { p.withOCR(1, len(wanted)) })
	err = l.looks(ctx, wanted, draw, func(k look) error {
		looked++
		l.tell(func(p *Progress) { p.OCR++ })
		if _, own := vidimus.FaultOf(k.err); own {
			missed++
			return nil
		} else if k.err != nil {
			return fmt.Errorf("read the picture of a page: %w", k.err)
		}
		o.countWordless(k.before, k.page)
		err := o.hold(ctx, l.c, read.OCR, k.page)
		if err == nil && len(o.of(read.OCR).pages) == 0 {
			stored = looked
		}
		return err
	})
	if err != nil { // it goes on after what was stored, or never
		l.tell(func(p *Progress) { p.withOCR(-1, stored-len(wanted)); p.OCR -= looked - stored })
		return err
	}
	o.recognised = true
	o.settleOCR(missed)
	return nil
}

// countWordless counts a page on which OCR saw no words and which has none.
func (o *outcome) countWordless(before, page vidimus.Page) {
	if page.Wordless() && wordlessOrGarbled(before) {
		o.wordless++
	}
}

// withOCR counts files with so many pages as begun.
func (p *Progress) withOCR(files, pages int) {
	p.InOCR += files
	p.OCRFiles += files
	p.OCRPages += pages
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
// words, none that can be read, or not all that it shows.
func doubtful(p vidimus.Page) bool {
	return !p.Section && p.Ink && (p.Unread || wordlessOrGarbled(p))
}

func wordlessOrGarbled(p vidimus.Page) bool { return p.Wordless() || Garbled(p.Text) }

// toRecognise lists the pages of a file's own words whose pictures are to be
// read, without places, and the reading that they are of.
func toRecognise(ctx context.Context, c *archive.Case, item vidimus.ItemID) (all []vidimus.Page, reading int64, err error) {
	readings, err := current(ctx, c, item)
	if err != nil {
		return nil, 0, err
	}
	own := ofKind(readings, read.OwnWords)
	err = pagesOf(ctx, c, own, func(_ vidimus.Reading, p vidimus.Page) error {
		if doubtful(p) {
			all = append(all, p)
		}
		return nil
	})
	return all, own.Number, err
}

// unreadPart is the picture of a page with what its own words are left white,
// where it has such that can be read: OCR gives what they are not.
func unreadPart(ctx context.Context, c *archive.Case, reading int64, p vidimus.Page, picture image.Image) (image.Image, error) {
	if wordlessOrGarbled(p) {
		return picture, nil
	}
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		p, err = tx.Readings().Page(reading, p.Number)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up where the words of a page stand: %w", err)
	}
	b := picture.Bounds()
	out := image.NewRGBA(b)
	draw.Draw(out, b, picture, b.Min, draw.Src)
	sx, sy := float64(b.Dx())/p.Width, float64(b.Dy())/p.Height
	for _, w := range p.Places {
		at := image.Rect(int(w.Box.X0*sx), int(w.Box.Y0*sy), int(w.Box.X1*sx)+1, int(w.Box.Y1*sy)+1)
		draw.Draw(out, at.Add(b.Min), image.White, image.Point{}, draw.Src)
	}
	return out, nil
}

// leaveToOCR leaves a job for the pages without words. Where there are none,
// what OCR read before on an older reading's pages is no longer current.
func (o *outcome) leaveToOCR(w *archive.Work) error {
	if o.file.State == vidimus.Failed {
		return nil
	}
	if err := dropOCR(w, o.file.Item, 0); err != nil { // it was of other pages
		return err
	}
	if o.wordless > 0 {
		if before, err := w.Jobs().Get(o.file.Item, stageOCR); err == nil {
			o.leftBefore = before.State != vidimus.JobDone && before.State != vidimus.JobFailed
		} else if !errors.Is(err, archive.ErrNotFound) {
			return err
		}
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
	if err := errors.Join(err, dropOCR(w, o.job.Item, 0)); err != nil {
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
