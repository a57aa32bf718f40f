package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"

	"vidimus"
	"vidimus/archive"
)

// Store stores originals for everyone who takes files in at once: the taker
// and the lanes. What is stored is held until its record is written, so that
// two who meet the same content share one original.
type Store struct {
	c *archive.Case

	mu   sync.Mutex
	held map[vidimus.Digest]*held // guarded by mu
}

// held is an original that no record names yet.
type held struct {
	holders  int              // guarded by Store.mu
	ready    chan struct{}    // closed when original or err is set
	original archive.Original // guarded by Store.mu
	err      error
}

// NewStore makes the one store of a process that adds to the case.
func NewStore(c *archive.Case) *Store {
	return &Store{c: c, held: map[vidimus.Digest]*held{}}
}

// errLost is returned to whoever waited for an original that was not stored.
var errLost = errors.New("store an original: another file with its content failed on the way")

// Put reads r to its end and stores it, few bytes in the records and many as a
// blob, unless the case has them. The caller holds the content until Release.
func (s *Store) Put(ctx context.Context, r io.Reader) (vidimus.Digest, int64, error) {
	head := make([]byte, archive.SmallBytes+1)
	n, err := io.ReadFull(r, head)
	if err == nil {
		return s.putBlob(ctx, io.MultiReader(bytes.NewReader(head), r))
	} else if err != io.EOF && err != io.ErrUnexpectedEOF {
		return vidimus.Digest{}, 0, err
	}
	o := archive.NewSmall(head[:n], "")
	h, first, err := s.hold(ctx, o.Digest)
	if err != nil {
		return o.Digest, int64(n), errors.Join(err, s.Release(false, o.Digest))
	}
	if first {
		o.Blob = s.c.BlobName(o.Digest)
		s.settle(h, o, nil)
	}
	return o.Digest, int64(n), nil
}

// counted counts what is read.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// putBlob stores many bytes. A blob that no record and nobody here knows is
// left over from a kill; its key is gone, so it goes too.
func (s *Store) putBlob(ctx context.Context, r io.Reader) (vidimus.Digest, int64, error) {
	var d vidimus.Digest
	var h *held
	var first bool
	var looked error
	in := &counted{Reader: r}
	o, err := s.c.Blobs.Put(ctx, in, func(digest vidimus.Digest) archive.BlobName {
		d = digest
		name := s.c.BlobName(digest)
		if h, first, looked = s.hold(ctx, digest); looked == nil && first {
			if err := s.c.Blobs.Delete(name); !errors.Is(err, archive.ErrNotFound) {
				looked = err
			}
		}
		return name
	})
	err = errors.Join(err, looked)
	if first {
		s.settle(h, o, err)
	}
	if err != nil && h != nil {
		err = errors.Join(err, s.Release(false, d))
	}
	return d, in.n, err
}

// hold notes that the caller needs the content. The first holder of what no
// record has stores it; the others wait until it has.
func (s *Store) hold(ctx context.Context, d vidimus.Digest) (h *held, first bool, err error) {
	s.mu.Lock()
	h, known := s.held[d]
	if !known {
		h = &held{ready: make(chan struct{})}
		s.held[d] = h
	}
	h.holders++
	s.mu.Unlock()
	if known {
		select {
		case <-h.ready:
			return h, false, h.err
		case <-ctx.Done():
			return h, false, ctx.Err()
		}
	}
	err = s.c.View(ctx, func(tx archive.Tx) error {
		_, err := tx.Originals().Get(d)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return h, true, nil
	}
	s.settle(h, archive.Original{}, err) // the records have it: nothing to store
	return h, false, err
}

func (s *Store) settle(h *held, o archive.Original, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		err = errors.Join(errLost, err)
	}
	h.original, h.err = o, err
	close(h.ready)
}

// Write puts what is held of these contents into the records.
func (s *Store) Write(w *archive.Work, digests []vidimus.Digest) error {
	for _, d := range digests {
		o := s.unwritten(d)
		if o.Blob == "" {
			continue
		}
		if err := w.Originals().Put(o); err != nil {
			return err
		}
	}
	return nil
}

// unwritten gives what is held of a content and not in the records.
func (s *Store) unwritten(d vidimus.Digest) (o archive.Original) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.held[d]; h != nil {
		o = h.original
	}
	return o
}

// Release ends the caller's hold. What was stored and got no record, because
// its file was given up, is deleted with the last holder.
func (s *Store) Release(written bool, digests ...vidimus.Digest) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	for _, d := range digests {
		h := s.held[d]
		if h == nil {
			continue
		}
		if written {
			h.original = archive.Original{}
		}
		if h.holders--; h.holders > 0 {
			continue
		}
		delete(s.held, d)
		if o := h.original; o.Blob != "" && o.Format != archive.InRecords {
			err = errors.Join(err, s.c.Blobs.Delete(o.Blob))
		}
	}
	return err
}
