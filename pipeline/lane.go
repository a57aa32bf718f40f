package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/read"
	"vidimus/sandbox"
)

// mostReturns is how often a file is given back that others' signals cut off.
const mostReturns = 3

// lane serves jobs with one worker after another until none are left.
func (a *adding) lane(ctx context.Context) error {
	l := &lane{c: a.c, o: a.o.Sandbox, ocr: a.o.OCR, hands: a.hands, store: a.store, bounds: a.bounds, tell: a.tell}
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
	ocr    *OCR
	hands  chan struct{} // holds an entry for each page that is recognised in any lane
	store  *intake.Store
	bounds *bounds
	tell   func(change func(*Progress))
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
	if job.Stage == stageUnderstand {
		return l.understand(ctx, job)
	}
	for {
		o, err := l.try(ctx, job)
		if err == nil || ctx.Err() != nil {
			return o, err
		}
		if err := l.store.Release(false, o.held()...); err != nil {
			return nil, err
		}
		o.children, o.paths = nil, nil
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

// try reads a file once. The outcome it gives is never nil.
func (l *lane) try(ctx context.Context, job vidimus.Job) (*outcome, error) {
	o := &outcome{job: job, ocr: l.ocr != nil}
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
	if job.Stage == stageOCR {
		err = l.recognise(ctx, o, stored)
	} else {
		err = l.read(ctx, o, stored)
	}
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

// read asks for every page and part, and settles the file's state.
func (l *lane) read(ctx context.Context, o *outcome, original io.ReaderAt) error {
	doc, err := read.Open(ctx, l.worker, original, o.file.Bytes, path.Base(o.file.Path))
	o.file.Type = doc.Type
	if err != nil {
		return err
	}
	o.file.Pages, o.file.Sections, o.file.Blank = doc.Pages, 0, 0
	lost, wordless, err := l.pages(ctx, o, doc)
	if err == nil && doc.Parts {
		err = l.parts(ctx, o, doc)
		if _, own := vidimus.FaultOf(err); own && doc.Pages > 0 && o.pagesRead() > 0 {
			lost, err = lost+1, nil // its pages are there
		}
	}
	if err != nil {
		return err
	}
	o.settle(lost, wordless)
	return nil
}

// pages reads the pages, and counts those lost and those with ink alone.
func (l *lane) pages(ctx context.Context, o *outcome, doc *read.Document) (lost, wordless int, err error) {
	for page, err := range doc.All(ctx) {
		if reason, own := vidimus.FaultOf(err); own {
			lost++
			o.lost = cmp.Or(o.lost, reason)
			continue
		} else if err != nil {
			return 0, 0, err
		}
		if page.Section {
			o.file.Sections++
		}
		if page.Blank() {
			o.file.Blank++
		} else if doubtful(page) || page.Wordless() && !page.Section {
			wordless++
		}
		if err := o.hold(ctx, l.c, read.OwnWords, page); err != nil {
			return 0, 0, err
		}
	}
	return lost, wordless, nil
}

// parts reads sections and takes children in.
func (l *lane) parts(ctx context.Context, o *outcome, doc *read.Document) error {
	room, err := l.bounds.of(ctx, l.c, o.file)
	if err != nil {
		return err
	}
	for {
		section, err := doc.Next(ctx, func(c read.Child) error { return l.take(ctx, o, c, room) })
		if err == io.EOF {
			return l.rename(ctx, o)
		} else if err != nil {
			return err
		}
		if section == nil {
			continue
		}
		page := vidimus.Page{Number: o.of(section.Kind).read + 1, Section: true, Text: section.Text}
		if section.Kind == read.OwnWords {
			o.file.Sections++
		}
		if err := o.hold(ctx, l.c, section.Kind, page); err != nil {
			return err
		}
	}
}

// take stores a child. What cannot be taken out, or would be too much, is an
// item all the same, failed with its reason.
func (l *lane) take(ctx context.Context, o *outcome, c read.Child, room *room) error {
	path := uniquePath(o, o.file.Path+"/"+c.Name)
	if c.Fault == "" {
		c.Fault = room.enter()
	}
	if c.Fault != "" {
		o.children = append(o.children, child{path: path, raw: string(c.Raw), reason: c.Fault})
		if c.Body != nil {
			_, err := io.Copy(io.Discard, c.Body)
			if _, own := vidimus.FaultOf(err); !own {
				return err
			}
		}
		return nil
	}
	digest, n, err := l.store.Put(ctx, &metered{c.Body, room})
	if reason, own := vidimus.FaultOf(err); own {
		o.children = append(o.children, child{path: path, raw: string(c.Raw), bytes: n, reason: reason})
		_, err := io.Copy(io.Discard, c.Body)
		if _, own := vidimus.FaultOf(err); own {
			return nil
		}
		return err
	} else if err != nil {
		return err
	}
	o.children = append(o.children, child{path: path, raw: string(c.Raw), bytes: n, digest: digest})
	return nil
}

// uniquePath tells children of one name apart.
func uniquePath(o *outcome, path string) string {
	if o.paths == nil {
		o.paths = map[string]int{}
	}
	unique := path
	for {
		n := o.paths[unique]
		o.paths[unique] = n + 1
		if n == 0 {
			return unique
		}
		unique = fmt.Sprintf("%s (%d)", path, n+1)
	}
}
