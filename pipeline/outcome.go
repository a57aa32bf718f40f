package pipeline

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/intake"
	"vidimus/read"
	"vidimus/writing"
)

// What a lane holds of one reading before it stores pages ahead of the end.
const (
	holdPages = 64
	holdText  = 1 << 20
)

// languageText is how much of a file is looked at for its language.
const languageText = 20_000

// outcome is what came of one job.
type outcome struct {
	job      vidimus.Job
	file     vidimus.File
	readings []*reading
	children []child
	paths    map[string]int   // of children, with how often each was asked for
	taken    []intake.Outcome // of the children, once written
	sample   strings.Builder  // for the language
	wordless int              // pages with ink and no words
	lost     vidimus.Reason   // why the first page that was not read was not
	ocr      bool             // these will be looked at in the same Add

	recognised bool // OCR has looked at all that it was to
	leftBefore bool // OCR was to look at it before it was read again

	understood []understood // of a job to understand: what is not stored yet
	looked     int          // pages that were looked at
}

// reading is one reading of the file while it is made.
type reading struct {
	kind   string
	number int64 // 0 before any page is stored
	pages  []vidimus.Page
	text   int // bytes in pages
	read   int // pages read, those stored ahead included
	digest *archive.PagesDigest

	resumed bool // an earlier try has stored pages
}

// child is a file found inside, its bytes stored.
type child struct {
	path   string
	raw    string // name as the container writes it, where that is another
	bytes  int64
	digest vidimus.Digest
	reason vidimus.Reason
}

// of gives the reading of a kind, beginning it if need be.
func (o *outcome) of(kind string) *reading {
	for _, r := range o.readings {
		if r.kind == kind {
			return r
		}
	}
	r := &reading{kind: kind, digest: archive.NewPagesDigest()}
	o.readings = append(o.readings, r)
	return r
}

// pagesRead counts the pages of all readings.
func (o *outcome) pagesRead() (n int) {
	for _, r := range o.readings {
		n += r.read
	}
	return n
}

// text is how many bytes of text the outcome holds.
func (o *outcome) text() (n int) {
	for _, r := range o.readings {
		n += r.text
	}
	return n
}

// hold keeps a page, and stores what it holds when that grows large.
func (o *outcome) hold(ctx context.Context, c *archive.Case, kind string, p vidimus.Page) error {
	r, most := o.of(kind), holdPages
	if kind == read.OCR {
		most = holdLooks
	}
	o.note(r, p)
	r.pages = append(r.pages, p)
	r.text += len(p.Text)
	if len(r.pages) < most && r.text < holdText {
		return nil
	}
	err := c.Do(ctx, func(w *archive.Work) error {
		if err := r.begin(w, o); err != nil {
			return err
		}
		return w.Readings().AddPages(r.number, r.pages)
	})
	r.pages, r.text = r.pages[:0], 0
	return err
}

// note adds a page to what is known of a reading and of the file.
func (o *outcome) note(r *reading, p vidimus.Page) {
	r.digest.Add(p)
	r.read++
	if rest := languageText - o.sample.Len(); rest > 0 && (r.kind == read.OwnWords || r.kind == read.OCR) {
		o.sample.WriteString(p.Text[:min(rest, len(p.Text))])
		o.sample.WriteByte('\n')
	}
}

// fail ends the job, or puts it off to be tried alone after all others.
func (o *outcome) fail(job vidimus.Job, reason vidimus.Reason, final bool) *outcome {
	job.Reason, job.State = reason, vidimus.JobAlone
	if final {
		job.State = vidimus.JobFailed
	}
	o.job = job
	if job.Stage == stageOCR {
		o.readings = nil
		return o
	}
	o.file.State, o.file.Reason = vidimus.Failed, reason
	o.readings = nil
	return o
}

// settle says how well the file was read.
func (o *outcome) settle(lost, wordless int) {
	o.wordless = wordless
	f := &o.file
	f.State, f.Reason = vidimus.Read, ""
	children := 0
	for _, c := range o.children {
		if c.reason != "" {
			children++
		}
	}
	switch {
	case lost > 0 && o.pagesRead() == 0 && len(o.children) == 0:
		f.State, f.Reason = vidimus.Failed, cmp.Or(o.lost, vidimus.Damaged)
	case lost > 0:
		f.State, f.Reason = vidimus.Partly, vidimus.SomePages
	case children > 0:
		f.State, f.Reason = vidimus.Partly, vidimus.SomeChildren
	case wordless > 0:
		f.State, f.Reason = vidimus.Partly, vidimus.NeedsOCR
	}
	f.Language = writing.Language(o.sampled())
	o.job.State, o.job.Reason = vidimus.JobDone, f.Reason
}

// sampled is the text that shows the language.
func (o *outcome) sampled() string { return strings.ToValidUTF8(o.sample.String(), "") }

// held lists the contents that the outcome holds in the store.
func (o *outcome) held() (all []vidimus.Digest) {
	for _, c := range o.children {
		if c.digest != (vidimus.Digest{}) {
			all = append(all, c.digest)
		}
	}
	return all
}

// write keeps one outcome: the last pages, the file, its children, the end of
// the job, and what the custody log says of it.
func (o *outcome) write(w *archive.Work, store *intake.Store) error {
	if o.job.State == vidimus.JobAlone {
		return w.Jobs().Put(o.job)
	}
	if err := o.leaveToUnderstand(w); err != nil {
		return err
	}
	switch o.job.Stage {
	case stageOCR:
		return o.writeOCR(w)
	case stageUnderstand:
		return errors.Join(o.storeUnderstood(w), w.Jobs().Put(o.job))
	}
	for _, r := range o.readings {
		if err := r.finish(w, o); err != nil {
			return err
		}
	}
	if err := w.Files().Put(o.file); err != nil {
		return err
	}
	if err := o.enter(w, store); err != nil {
		return err
	}
	if o.file.State == vidimus.Failed {
		if err := markParent(w, o.file); err != nil {
			return err
		}
	}
	if err := o.leaveToOCR(w); err != nil {
		return err
	}
	return w.Jobs().Put(o.job)
}

// enter takes the children in.
func (o *outcome) enter(w *archive.Work, store *intake.Store) error {
	if err := store.Write(w, o.held()); err != nil {
		return err
	}
	o.taken = o.taken[:0]
	for _, c := range o.children {
		before, err := w.Files().ByPath(o.file.Source, o.file.Item, c.path)
		if err == nil && before.Digest == c.digest { // read again: the child is there
			if err := o.again(w, before, c); err != nil {
				return err
			}
			continue
		} else if err != nil && !errors.Is(err, archive.ErrNotFound) {
			return err
		}
		t, err := intake.Enter(w, vidimus.File{Item: vidimus.NewItemID(), Source: o.file.Source, Parent: o.file.Item,
			Path: c.path, RawName: c.raw, Bytes: c.bytes, Digest: c.digest, Reason: c.reason}, o.job.Producer)
		if err != nil {
			return err
		}
		o.taken = append(o.taken, t)
	}
	return nil
}

// again meets a child that is there already.
func (o *outcome) again(w *archive.Work, before vidimus.File, c child) error {
	if before.RawName != c.raw {
		before.RawName = c.raw
		if err := w.Files().Put(before); err != nil {
			return err
		}
	}
	if before.State != vidimus.Failed {
		return nil
	}
	return markParent(w, before)
}

// markParent makes a container partly read when a child has failed.
func markParent(w *archive.Work, f vidimus.File) error {
	if f.Parent == "" {
		return nil
	}
	parent, err := w.Files().Get(f.Parent)
	if err != nil || parent.State != vidimus.Read && parent.Reason != vidimus.NeedsOCR && parent.Reason != vidimus.NoWords {
		return err
	}
	parent.State, parent.Reason = vidimus.Partly, vidimus.SomeChildren
	return w.Files().Put(parent)
}

// begin stores the reading as one that is being built, once.
func (r *reading) begin(w *archive.Work, o *outcome) (err error) {
	if r.number == 0 {
		r.number, err = w.Readings().Begin(vidimus.Reading{
			Item: o.file.Item, Kind: r.kind, Producer: o.job.Producer, Building: true})
	}
	return err
}

// finish makes the reading the file's current one of its kind.
func (r *reading) finish(w *archive.Work, o *outcome) error {
	if r.read == 0 {
		return nil
	}
	begunBefore := r.number != 0
	if err := r.begin(w, o); err != nil {
		return err
	}
	if err := w.Readings().AddPages(r.number, r.pages); err != nil {
		return err
	}
	if begunBefore {
		if err := r.renumber(w); err != nil {
			return err
		}
	}
	if err := w.Readings().Finish(r.number); err != nil {
		return err
	}
	sum := r.digest.Sum()
	w.Register(custody.Entry{Kind: custody.Derive, Fields: map[string]any{
		"item":     string(o.file.Item),
		"reading":  r.number,
		"kind":     r.kind,
		"producer": o.job.Producer.Parameters,
		"pages":    r.read,
		"digest":   archive.Encode(sum[:]),
	}})
	return nil
}

// count adds the outcome to the progress.
func (o *outcome) count(p *Progress) {
	if o.job.State == vidimus.JobAlone {
		return
	}
	if o.job.Stage == stageUnderstand {
		p.Understood += o.looked
		return
	}
	if o.job.Stage == stageOCR {
		p.ToOCR--
		if o.recognised {
			p.InOCR--
		}
		o.countState(p)
		return
	}
	p.Read++
	p.ToRead--
	p.Pages += o.file.Pages + o.file.Sections
	for _, t := range o.taken {
		p.Given++
		p.GivenBytes += t.File.Bytes
		p.took(t)
	}
	if o.ocr && o.wordless > 0 && o.file.State != vidimus.Failed {
		if !o.leftBefore {
			p.ToOCR++
		}
		return // its state is not known yet
	}
	o.countState(p)
}

// countState counts how well a file was read in the end.
func (o *outcome) countState(p *Progress) {
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
