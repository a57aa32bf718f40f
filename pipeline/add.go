package pipeline

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/internal/quiet"
	"vidimus/read"
	"vidimus/sandbox"
	"vidimus/search"
)

// WorkerKind is the kind of worker that reads files.
const WorkerKind = "file"

// Options of an Add.
type Options struct {
	TouchTimes bool            // access times of what is given may change
	Sandbox    sandbox.Options // limits and walls of the workers
	Lanes      int             // workers at once; 0 is one a core
	Producer   vidimus.Producer
	// OCR reads words off pictures. Without one, pages with ink and no words
	// stay as they are until an Add has one.
	OCR *OCR
	// Understand looks for mentions in the words once all are read.
	Understand bool
	// Accept, when set, names the only content that may enter.
	Accept func(vidimus.Digest) bool
	// Arrival is what was said of how the paths came; it is logged with each.
	Arrival intake.Arrival
	// Report hears how far the work is; it is called often, from one
	// goroutine at a time.
	Report func(Progress)
}

// Progress says how far an Add is.
type Progress struct {
	Began       time.Time
	Given       int // files found in what was given; grows until Listed
	GivenBytes  int64
	Listed      bool // Given is complete
	Taken       int  // files taken in, known ones included
	TakenBytes  int64
	Known       int // of these: taken in before
	Copies      int // of these: duplicates
	Unread      int // of these: could not be taken in
	Read        int // files whose reading has ended, well or not
	Failed      int // of these, and of those not taken in: failed
	Partly      int
	Pages       int
	ToRead      int // files that wait for reading
	ToOCR       int // files with pages that wait for OCR in this Add
	InOCR       int // of these: files on which it is at work
	OCRFiles    int // files with which it has begun
	OCRPages    int // pages of these at which it is to look
	OCR         int // of these: pages that it has looked at
	Understood  int // pages in which mentions were looked for
	Left        intake.Left
	NewFailures []Failure // since the last report
}

// Failure is a file that was not, or only partly, read.
type Failure struct {
	Item   vidimus.ItemID
	State  vidimus.State
	Reason vidimus.Reason
}

// adding is one Add at work.
type adding struct {
	c     *archive.Case
	index search.Index
	o     Options

	store    *intake.Store
	bounds   *bounds
	indexing *indexing

	hands chan struct{}    // of the lanes, for OCR
	todo  chan vidimus.Job // to the lanes
	done  chan *outcome    // from the lanes
	fresh chan struct{}    // jobs may have come in

	mu       sync.Mutex
	progress Progress // guarded by mu
}

// Add takes the files and folders at paths into the case and reads all that
// waits there. The caller holds c.Adding. When it returns without error nothing waits, and all that was
// read can be found.
func Add(ctx context.Context, c *archive.Case, index search.Index, paths []string, o Options) (Progress, error) {
	trees, err := openTrees(paths, o.TouchTimes)
	defer closeTrees(trees)
	if err != nil {
		return Progress{}, err
	}
	if err := c.Recover(ctx, read.OCR); err != nil {
		return Progress{}, err
	}
	if o.Lanes <= 0 {
		o.Lanes = runtime.NumCPU()
	}
	a := &adding{c: c, index: index, o: o,
		store: intake.NewStore(c), bounds: &bounds{rooms: map[vidimus.ItemID]*room{}},
		indexing: newIndexing(c, index),
		hands:    make(chan struct{}, o.Lanes),
		todo:     make(chan vidimus.Job, batchOutcomes+8*o.Lanes), done: make(chan *outcome, batchOutcomes/2),
		fresh: make(chan struct{}, 1), progress: Progress{Began: time.Now()}}
	if err := a.countOCR(ctx); err != nil {
		return a.progress, err
	}
	if err := a.run(ctx, trees); err != nil {
		return a.progress, err
	}
	return a.progress, c.Do(ctx, func(w *archive.Work) error {
		return spend(w, time.Since(a.progress.Began).Milliseconds())
	})
}

func openTrees(paths []string, touch bool) (trees []*intake.Tree, err error) {
	for _, p := range paths {
		t, err := intake.Open(p, touch)
		if err != nil {
			return trees, err
		}
		trees = append(trees, t)
	}
	return trees, nil
}

func closeTrees(trees []*intake.Tree) {
	for _, t := range trees {
		t.Close()
	}
}

// run starts the parties and ends them together, with the first error.
func (a *adding) run(ctx context.Context, trees []*intake.Tree) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var parties sync.WaitGroup
	start := func(f func(context.Context) error) {
		parties.Add(1)
		quiet.Go(func() {
			defer parties.Done()
			if err := f(ctx); err != nil {
				stop(err)
			}
		})
	}
	taken := make(chan struct{})
	start(func(ctx context.Context) error {
		defer close(taken)
		return a.takeAll(ctx, trees)
	})
	for range a.o.Lanes {
		start(a.lane)
	}
	start(func(ctx context.Context) error {
		defer close(a.indexing.last)
		defer close(a.todo)
		return a.clerk(ctx, taken)
	})
	start(a.indexing.run)
	parties.Wait()
	return context.Cause(ctx)
}

// takeAll lists what was given, then takes it in.
func (a *adding) takeAll(ctx context.Context, trees []*intake.Tree) error {
	for _, t := range trees {
		_, err := t.Walk(func(f intake.Found) error {
			a.tell(func(p *Progress) { p.Given++; p.GivenBytes += f.Bytes })
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	a.tell(func(p *Progress) { p.Listed = true })
	for _, t := range trees {
		if err := a.take(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// take takes in one tree.
func (a *adding) take(ctx context.Context, t *intake.Tree) error {
	source, err := a.source(ctx, t)
	if err == nil {
		err = a.arrived(ctx, source)
	}
	if err != nil {
		return err
	}
	taker := intake.NewTaker(a.store, t, source, a.o.Producer, a.took)
	taker.Accept = a.o.Accept
	left, err := t.Walk(func(f intake.Found) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return taker.Take(ctx, f)
	})
	a.tell(func(p *Progress) {
		p.Left.Folders += left.Folders
		p.Left.Links += left.Links
		p.Left.Special += left.Special
	})
	if err != nil {
		return err
	}
	if err := taker.Flush(ctx); err != nil {
		return err
	}
	a.wake()
	return nil
}

// source finds the tree among the known sources, or makes it the next one.
func (a *adding) source(ctx context.Context, t *intake.Tree) (vidimus.Source, error) {
	s, err := intake.Recognise(ctx, a.c, t)
	if !errors.Is(err, archive.ErrNotFound) {
		return s, err
	}
	err = a.c.Do(ctx, func(w *archive.Work) error {
		known, err := w.Files().Sources()
		if err != nil {
			return err
		}
		s = vidimus.Source{Number: len(known) + 1, Folder: t.Folder}
		return w.Files().AddSource(s)
	})
	return s, err
}

// arrived logs what was said of a source, unless the same was said before.
func (a *adding) arrived(ctx context.Context, s vidimus.Source) error {
	if !a.o.Arrival.Said() {
		return nil
	}
	var before []intake.Arrival
	err := a.c.View(ctx, func(tx archive.Tx) (err error) {
		before, err = intake.Arrivals(tx, s.Number)
		return err
	})
	if err != nil || a.o.Arrival.Known(before) {
		return err
	}
	return a.c.Do(ctx, func(w *archive.Work) error {
		intake.RegisterArrival(w, s.Number, a.o.Arrival)
		return nil
	})
}

// took hears of each file that is in the records.
func (a *adding) took(o intake.Outcome) {
	a.tell(func(p *Progress) { p.took(o) })
	a.wake()
}

// took counts a file that is in the records.
func (p *Progress) took(o intake.Outcome) {
	p.Taken++
	p.TakenBytes += o.File.Bytes
	switch o.Taken {
	case intake.Known:
		p.Known++
	case intake.New:
		p.ToRead++
	case intake.Copy:
		p.Copies++
	case intake.Unread:
		p.Unread++
		p.Failed++
		p.NewFailures = append(p.NewFailures, Failure{o.File.Item, vidimus.Failed, o.File.Reason})
	}
}

// wake tells the clerk that there may be jobs.
func (a *adding) wake() {
	select {
	case a.fresh <- struct{}{}:
	default:
	}
}

// tell changes the progress and reports it.
func (a *adding) tell(change func(*Progress)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	change(&a.progress)
	if a.o.Report != nil {
		a.o.Report(a.progress)
	}
	a.progress.NewFailures = nil
}
