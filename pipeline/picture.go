package pipeline

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"path"
	"slices"
	"sync"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/read/layout"
	"vidimus/sandbox"
)

// Pictures draws pages on demand, with one worker that waits between them.
// Sections are drawn here, from their words, and no worker sees them.
type Pictures struct {
	c        *archive.Case
	o        sandbox.Options
	sections *layout.Layout

	mu     sync.Mutex
	worker *sandbox.Worker // guarded by mu; nil when none is ready
}

// NewPictures prepares to draw pages of a case.
func NewPictures(c *archive.Case, o sandbox.Options) *Pictures {
	return &Pictures{c: c, o: o, sections: layout.New()}
}

// Sections is the layout by which the pictures of sections are drawn.
func (p *Pictures) Sections() *layout.Layout { return p.sections }

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

// PNG draws one page or section of a reading, as PageIn gives it. The
// picture's file is made here.
func (p *Pictures) PNG(ctx context.Context, item vidimus.ItemID, reading int64, page, dpi int) ([]byte, error) {
	stored, err := p.stored(ctx, item, reading, page)
	if err != nil {
		return nil, err
	}
	if stored.Section {
		return p.section(stored, dpi)
	}
	picture, err := p.page(ctx, item, page, dpi)
	if err != nil {
		return nil, err
	}
	return encoded(picture)
}

// stored gives what was read of a page, of the original if item is a
// duplicate, and a zero page where nothing was.
func (p *Pictures) stored(ctx context.Context, item vidimus.ItemID, reading int64, page int) (stored vidimus.Page, err error) {
	err = p.c.View(ctx, func(tx archive.Tx) error {
		file, err := tx.Files().Get(item)
		if err != nil {
			return err
		}
		if file.DuplicateOf != "" {
			item = file.DuplicateOf
		}
		stored, _, err = PageIn(tx, item, reading, page)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return vidimus.Page{}, nil
	}
	return stored, err
}

// section draws what was read of a section.
func (p *Pictures) section(stored vidimus.Page, dpi int) ([]byte, error) {
	sheet, err := p.sections.Lay(stored.Text)
	if err != nil {
		return nil, fmt.Errorf("no picture of this section: %w", err)
	}
	name, err := p.sections.Renderer()
	if err != nil {
		return nil, err
	}
	b, err := encoded(sheet.Draw(dpi))
	return named(b, name), err
}

// named puts into a PNG, after its header, the name of what drew it: a tEXt
// chunk (PNG, third edition, 11.3.3.2).
func named(b []byte, renderer string) []byte {
	const header = 8 + 25 // the signature and IHDR
	if len(b) < header {
		return b
	}
	chunk := "tEXtSoftware\x00" + renderer
	out := slices.Clone(b[:header])
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(chunk)))
	return append(out, b[header:]...)
}

// page has a worker draw a page of the source; it gives pixels.
func (p *Pictures) page(ctx context.Context, item vidimus.ItemID, page, dpi int) (image.Image, error) {
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
		return nil, vidimus.WithHint(fmt.Errorf("there is no section %d", page), "`vidimus list CASE` prints how many sections it has")
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
	return picture, nil
}

func encoded(picture image.Image) ([]byte, error) {
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
		if file.State == vidimus.Disposed {
			return errDisposed
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
