package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"path"
	"sync"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/sandbox"
)

// Pictures draws pages on demand, with one worker that waits between them.
type Pictures struct {
	c *archive.Case
	o sandbox.Options

	mu     sync.Mutex
	worker *sandbox.Worker // guarded by mu; nil when none is ready
}

// NewPictures prepares to draw pages of a case.
func NewPictures(c *archive.Case, o sandbox.Options) *Pictures { return &Pictures{c: c, o: o} }

// Close ends the worker.
func (p *Pictures) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}

func (p *Pictures) end() {
	if p.worker != nil {
		p.worker.Close()
		p.worker = nil
	}
}

// PNG draws one page. The worker gives pixels; the picture's file is ours.
func (p *Pictures) PNG(ctx context.Context, item vidimus.ItemID, page, dpi int) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	file, blob, err := OpenOriginal(ctx, p.c, item)
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	if p.worker == nil {
		if p.worker, err = sandbox.Start(ctx, WorkerKind, p.o); err != nil {
			return nil, err
		}
	}
	doc, err := read.Open(ctx, p.worker, blob, file.Bytes, path.Base(file.Path))
	if err == nil && doc.Sections {
		return nil, vidimus.WithHint(errors.New("this file has sections, which have no picture"), "show its text instead")
	}
	if err == nil && (page < 1 || page > doc.Pages) {
		return nil, vidimus.WithHint(fmt.Errorf("there is no page %d", page), fmt.Sprintf("the file has %d pages", doc.Pages))
	}
	if err != nil {
		return nil, p.failed(err)
	}
	picture, err := doc.Picture(ctx, page, dpi)
	if err != nil {
		return nil, p.failed(err)
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, picture); err != nil {
		return nil, fmt.Errorf("encode a page's picture: %w", err)
	}
	return b.Bytes(), nil
}

// failed ends a worker that is not to be asked again.
func (p *Pictures) failed(err error) error {
	if reason, own := vidimus.FaultOf(err); own {
		return vidimus.WithHint(fmt.Errorf("no picture of this page: %s", reason), vidimus.Hints[reason])
	}
	p.end()
	return fmt.Errorf("no picture of this page: %w", err)
}

// OpenOriginal opens the stored bytes of an item.
func OpenOriginal(ctx context.Context, c *archive.Case, item vidimus.ItemID) (vidimus.File, archive.BlobReader, error) {
	var file vidimus.File
	var original archive.Original
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		if file, err = tx.Files().Get(item); err != nil {
			return err
		}
		original, err = tx.Originals().Get(file.Digest)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(errors.New("there is no such item, or it has no original"), "`vidimus list CASE` prints the items")
	}
	if err != nil {
		return file, nil, err
	}
	blob, err := c.OpenOriginal(original)
	if err != nil {
		return file, nil, fmt.Errorf("open the original: %w", err)
	}
	return file, blob, nil
}
