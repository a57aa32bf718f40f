package intake

import (
	"context"
	"errors"
	"io"
	"os"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
)

// A batch is written when it has this many files or bytes: one wait for the
// disk for all of them. The first is small, so that readers need not wait.
const (
	firstFiles = 32
	batchFiles = 512
	batchBytes = 32 << 20
)

// Stage is the work that a file waits for after it was taken in.
const Stage = "read"

// Taken says what became of one path.
type Taken int

// The outcomes.
const (
	Known Taken = iota // taken in before from this source, with this content
	New
	Copy   // the content is in the case already
	Unread // could not be taken in; listed as failed
)

// Outcome is what became of one file.
type Outcome struct {
	Taken Taken
	File  vidimus.File
}

// ErrForeign is returned for a file that a practice case does not take.
var ErrForeign = vidimus.WithHint(errors.New("this case is for the invented practice leak only"),
	"make a case of your own with `vidimus init CASE`")

// Taker takes files of one source into a case.
type Taker struct {
	// Accept, when set, names the only content that may enter.
	Accept func(vidimus.Digest) bool

	c        *archive.Case
	tree     *Tree
	source   vidimus.Source
	producer vidimus.Producer // of the reading that files will wait for
	report   func(Outcome)
	store    *Store
	batch    []taken
	bytes    int64
	most     int // files in this batch
}

// taken is a file whose bytes are stored and whose records are not.
type taken struct {
	path   string
	bytes  int64
	digest vidimus.Digest
	reason vidimus.Reason
	held   bool // its content, in the store
}

// NewTaker prepares to take files of a source; report hears of each one when
// it is in the records.
func NewTaker(store *Store, t *Tree, s vidimus.Source, p vidimus.Producer, report func(Outcome)) *Taker {
	return &Taker{c: store.c, tree: t, source: s, producer: p, report: report, store: store, most: firstFiles}
}

// Take takes in one file that the tree's Walk found. Only what stops the whole
// run is an error: a file that cannot be read is an item that says so.
func (k *Taker) Take(ctx context.Context, f Found) error {
	if errors.Is(f.Err, ErrTouch) {
		return f.Err
	}
	got, err := k.read(ctx, f)
	if err != nil {
		return err
	}
	if k.Accept != nil && got.reason == "" && !k.Accept(got.digest) {
		return errors.Join(ErrForeign, k.give(got))
	}
	k.batch = append(k.batch, got)
	k.bytes += got.bytes
	if len(k.batch) >= k.most || k.bytes >= batchBytes {
		return k.Flush(ctx)
	}
	return nil
}

// read reads the file once, digesting and encrypting it on the way. A file
// known by path and size is read first, and stored only if it is another.
func (k *Taker) read(ctx context.Context, f Found) (taken, error) {
	fail := func(r vidimus.Reason) taken { return taken{path: f.Path, bytes: f.Bytes, reason: r} }
	if f.Err != nil {
		return fail(vidimus.CannotOpen), nil
	}
	r, err := k.tree.OpenFile(f.Path)
	if errors.Is(err, ErrTouch) {
		return taken{}, err
	} else if err != nil {
		return fail(vidimus.CannotOpen), nil
	}
	defer r.Close()
	before, err := r.Stat()
	if err != nil {
		return fail(vidimus.CannotRead), nil
	}
	if d, same := k.known(ctx, f.Path, r, before.Size()); same {
		return taken{path: f.Path, bytes: before.Size(), digest: d}, nil
	}
	source := &watched{r: r}
	d, _, err := k.store.Put(ctx, source)
	if source.err != nil {
		return fail(vidimus.CannotRead), nil
	} else if err != nil {
		return taken{}, err
	}
	after, err := r.Stat()
	if err != nil || after.Size() != source.n || !after.ModTime().Equal(before.ModTime()) {
		return fail(vidimus.Changed), k.store.Release(false, d)
	}
	return taken{path: f.Path, bytes: source.n, digest: d, held: true}, nil
}

// give lets go of what was stored for a file that will have no item.
func (k *Taker) give(t taken) error {
	if !t.held {
		return nil
	}
	return k.store.Release(false, t.digest)
}

// watched remembers an error of the medium, so that it is not taken for one
// of the case's own disk.
type watched struct {
	r   io.Reader
	n   int64
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.n += int64(n)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// known tells whether this path was taken in before with the same content.
func (k *Taker) known(ctx context.Context, path string, r *os.File, size int64) (vidimus.Digest, bool) {
	var f vidimus.File
	err := k.c.View(ctx, func(tx archive.Tx) (err error) {
		f, err = tx.Files().ByPath(k.source.Number, "", path)
		return err
	})
	if err != nil || f.Bytes != size || f.Digest == (vidimus.Digest{}) {
		return vidimus.Digest{}, false
	}
	d, err := digest(r)
	if err == nil && d == f.Digest {
		return d, true
	}
	_, err = r.Seek(0, io.SeekStart)
	return vidimus.Digest{}, err != nil
}

// Flush makes what was stored durable and writes its records.
func (k *Taker) Flush(ctx context.Context) error {
	if len(k.batch) == 0 {
		return nil
	}
	if err := k.c.Blobs.Sync(); err != nil {
		return err
	}
	outcomes := make([]Outcome, len(k.batch))
	var held []vidimus.Digest
	for _, t := range k.batch {
		if t.held {
			held = append(held, t.digest)
		}
	}
	err := k.c.Do(ctx, func(w *archive.Work) error {
		if err := k.store.Write(w, held); err != nil {
			return err
		}
		for i, t := range k.batch {
			var err error
			if outcomes[i], err = k.record(w, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, o := range outcomes {
		k.report(o)
	}
	k.batch, k.bytes, k.most = k.batch[:0], 0, min(2*k.most, batchFiles)
	return k.store.Release(true, held...)
}

// record makes the item of a path, or finds that it is known.
func (k *Taker) record(w *archive.Work, t taken) (Outcome, error) {
	f := vidimus.File{Source: k.source.Number, Path: t.path}
	before, err := w.Files().ByPath(k.source.Number, "", t.path)
	switch {
	case err != nil && !errors.Is(err, archive.ErrNotFound):
		return Outcome{}, err
	case err == nil && neverTaken(before):
		f = before // tried again: the same item
	case err == nil && before.Digest == t.digest:
		return Outcome{Known, before}, nil
	}
	if f.Item == "" {
		f.Item = vidimus.NewItemID()
	}
	f.Bytes, f.Digest, f.Reason = t.bytes, t.digest, t.reason
	return Enter(w, f, k.producer)
}

// neverTaken reports an item that failed before its bytes were stored whole.
func neverTaken(f vidimus.File) bool {
	switch f.Reason {
	case vidimus.CannotOpen, vidimus.CannotRead, vidimus.Changed:
		return f.State == vidimus.Failed
	}
	return false
}

// Enter writes an item whose original is stored: its state, the job it waits
// for, and its receipt in the custody log. Children found inside files enter
// here too.
func Enter(w *archive.Work, f vidimus.File, p vidimus.Producer) (Outcome, error) {
	taken := New
	f.State = vidimus.Waiting
	if f.Reason != "" {
		f.State, taken = vidimus.Failed, Unread
	} else if first, err := w.Files().ByDigest(f.Digest); err == nil && first.Item != f.Item {
		f.State, f.DuplicateOf, taken = vidimus.Duplicate, first.Item, Copy
	} else if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return Outcome{}, err
	}
	if err := w.Files().Put(f); err != nil {
		return Outcome{}, err
	}
	w.Register(receipt(f))
	if f.State != vidimus.Waiting {
		return Outcome{taken, f}, nil
	}
	return Outcome{taken, f}, w.Jobs().Put(vidimus.Job{Item: f.Item, Stage: Stage, Producer: p, State: vidimus.JobWaiting})
}

func receipt(f vidimus.File) custody.Entry {
	fields := map[string]any{
		"item":   string(f.Item),
		"source": f.Source,
		"path":   archive.Encode([]byte(f.Path)),
		"bytes":  f.Bytes,
		"digest": archive.Encode(f.Digest[:]),
	}
	if f.Parent != "" {
		fields["parent"] = string(f.Parent)
	}
	if f.Reason != "" {
		fields["reason"] = string(f.Reason)
	}
	return custody.Entry{Kind: custody.Receive, Fields: fields}
}
