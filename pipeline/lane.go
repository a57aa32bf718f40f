package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/sandbox"
	"vidimus/writing"
)

// ReadingText is the kind of the reading that holds a file's own words.
const ReadingText = "text"

// What a lane holds of one file before it stores pages ahead of the end.
const (
	holdPages = 64
	holdText  = 1 << 20
)

// languageText is how much of a file is looked at for its language.
const languageText = 20_000

// mostReturns is how often a file is given back that others' signals cut off.
const mostReturns = 3

// outcome is what came of one job.
type outcome struct {
	job    vidimus.Job
	file   vidimus.File
	number int64 // of the reading; 0 before any page is stored
	pages  []vidimus.Page
	text   int // bytes in pages
	read   int // pages read, those stored ahead included
	digest *archive.PagesDigest
	sample strings.Builder // for the language
}

// lane serves jobs with one worker after another until none are left.
func (a *adding) lane(ctx context.Context) error {
	l := &lane{c: a.c, o: a.o.Sandbox}
	defer l.close()
	for {
		select {
		case <-ctx.Done():
			return nil
		case job, more := <-a.todo:
			if !more {
				return nil
			}
			o, err := l.serve(ctx, job)
			if err != nil {
				return err
			}
			select {
			case a.done <- o:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

type lane struct {
	c      *archive.Case
	o      sandbox.Options
	worker *sandbox.Worker // nil before the first file and after a death
}

func (l *lane) close() {
	if l.worker != nil {
		l.worker.Close()
		l.worker = nil
	}
}

// serve reads one file, and again when others' signals cut it off.
func (l *lane) serve(ctx context.Context, job vidimus.Job) (*outcome, error) {
	for {
		o, err := l.try(ctx, job)
		if err == nil || ctx.Err() != nil {
			return o, err
		}
		death, died := errors.AsType[*sandbox.Death](err)
		reason, own := vidimus.FaultOf(err)
		switch {
		case died && death.Outside && job.Returned < mostReturns:
			l.close()
			job.Returned++
			continue
		case died && death.Outside:
			own, reason = false, vidimus.ReaderDied
		case died:
			own, reason = false, death.Reason
		case errors.Is(err, read.ErrAnswer):
			own, reason, died = false, vidimus.ReaderDied, true
		case !own:
			return nil, err
		}
		if died {
			l.close()
			job.Attempts++
		}
		return o.fail(job, reason, own || job.Attempts >= 2), nil
	}
}

// fail ends the job, or puts it off to be tried alone after all others.
func (o *outcome) fail(job vidimus.Job, reason vidimus.Reason, final bool) *outcome {
	job.Reason, job.State = reason, vidimus.JobAlone
	if final {
		job.State = vidimus.JobFailed
	}
	o.job = job
	o.file.State, o.file.Reason = vidimus.Failed, reason
	o.number, o.read, o.pages = 0, 0, nil
	return o
}

// try reads a file once. The outcome it gives is never nil.
func (l *lane) try(ctx context.Context, job vidimus.Job) (*outcome, error) {
	o := &outcome{job: job, digest: archive.NewPagesDigest()}
	var original archive.Original
	err := l.c.View(ctx, func(tx archive.Tx) (err error) {
		if o.file, err = tx.Files().Get(job.Item); err != nil {
			return err
		}
		original, err = tx.Originals().Get(o.file.Digest)
		return err
	})
	if err != nil {
		return o, fmt.Errorf("find the original of an item: %w", err)
	}
	blob, err := l.c.OpenOriginal(original)
	if err != nil {
		return o, &vidimus.Fault{Reason: vidimus.CannotRead}
	}
	defer blob.Close()
	if err := l.start(ctx); err != nil {
		return o, err
	}
	stored := &watched{ReaderAt: blob}
	err = l.pages(ctx, o, stored)
	if stored.failed {
		l.close()
		return o, &vidimus.Fault{Reason: vidimus.CannotRead}
	}
	return o, err
}

// mostStarts bounds how often a worker is started that others kill at once.
const mostStarts = 50

// start makes a worker ready where there is none. One that others kill before
// it is ready has met no file: that counts against none.
func (l *lane) start(ctx context.Context) (err error) {
	for n := 0; l.worker == nil && n < mostStarts; n++ {
		l.worker, err = sandbox.Start(ctx, WorkerKind, l.o)
		if death, died := errors.AsType[*sandbox.Death](err); err != nil && (!died || !death.Outside) {
			return err
		}
	}
	if l.worker == nil {
		return vidimus.WithHint(errors.New("readers are killed as soon as they are started"), "find out what on this machine kills them, then add again")
	}
	return nil
}

// watched notices an original that does not open as it was stored, so that it
// is not taken for the reader's death.
type watched struct {
	io.ReaderAt
	failed bool
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, off)
	if err != nil && err != io.EOF {
		w.failed = true
	}
	return n, err
}

// pages asks for every page and settles the file's state.
func (l *lane) pages(ctx context.Context, o *outcome, original io.ReaderAt) error {
	doc, err := read.Open(ctx, l.worker, original, o.file.Bytes, path.Base(o.file.Path))
	o.file.Type = doc.Type
	if err != nil {
		return err
	}
	o.file.Pages, o.file.Sections, o.file.Blank = doc.Pages, 0, 0
	lost, wordless := 0, 0
	for page, err := range doc.All(ctx) {
		if _, own := vidimus.FaultOf(err); own {
			lost++
			continue
		} else if err != nil {
			return err
		}
		if page.Section {
			o.file.Sections++
		}
		if page.Blank() {
			o.file.Blank++
		} else if page.Wordless() && !page.Section {
			wordless++
		}
		if err := l.hold(ctx, o, page); err != nil {
			return err
		}
	}
	o.settle(lost, wordless)
	return nil
}

// settle says how well the file was read.
func (o *outcome) settle(lost, wordless int) {
	f := &o.file
	f.State, f.Reason = vidimus.Read, ""
	switch {
	case lost > 0 && o.read == 0:
		f.State, f.Reason = vidimus.Failed, vidimus.Damaged
	case lost > 0:
		f.State, f.Reason = vidimus.Partly, vidimus.SomePages
	case wordless > 0:
		f.State, f.Reason = vidimus.Partly, vidimus.NeedsOCR
	}
	f.Language = writing.Language(o.sample.String())
	o.job.State, o.job.Reason = vidimus.JobDone, f.Reason
}

// hold keeps a page, and stores what it holds when that grows large.
func (l *lane) hold(ctx context.Context, o *outcome, p vidimus.Page) error {
	o.digest.Add(p)
	o.pages = append(o.pages, p)
	o.read++
	o.text += len(p.Text)
	if rest := languageText - o.sample.Len(); rest > 0 {
		o.sample.WriteString(p.Text[:min(rest, len(p.Text))])
		o.sample.WriteByte('\n')
	}
	if len(o.pages) < holdPages && o.text < holdText {
		return nil
	}
	err := l.c.Do(ctx, func(w *archive.Work) error {
		if err := o.begin(w); err != nil {
			return err
		}
		return w.Readings().AddPages(o.number, o.pages)
	})
	o.pages, o.text = o.pages[:0], 0
	return err
}
