package pipeline

import (
	"context"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
	"vidimus/read"
	"vidimus/sandbox"
)

// NewDrawing prepares to draw pages for a facsimile only.
func NewDrawing(c *archive.Case, o sandbox.Options) *Tracing { return &Tracing{c: c, o: o} }

// Draw draws pages in black and white, for protect.Make.
func (t *Tracing) Draw(ctx context.Context) protect.Draw {
	return func(d protect.Document, s protect.Source, areas []vidimus.Box) ([]byte, error) {
		doc, done, err := t.original(ctx, d.Item)
		if err != nil {
			return nil, err
		}
		defer done()
		sheet, err := Sheet(ctx, doc, s.Page, areas)
		if err != nil {
			return nil, t.drawn(err)
		}
		return protect.Bilevel(sheet)
	}
}

// coarse is taken for the resolution of a picture that does not give its own.
const coarse = 30

// errAnywhere says why a page is not drawn.
var errAnywhere = vidimus.WithHint(errors.New("a picture is packed by a method that carries what is hidden into what is seen: wavelets, symbols used again (JBIG2), or prediction (WebP)"),
	"show this document as a transcript")

// Sheet draws a page of a document with what says how far its pixels reach.
func Sheet(ctx context.Context, doc *read.Document, p vidimus.Page, areas []vidimus.Box) (protect.Sheet, error) {
	source, err := doc.PictureSource(ctx, p.Number)
	if err != nil {
		return protect.Sheet{}, err
	}
	if source.Anywhere {
		return protect.Sheet{}, errAnywhere
	}
	picture, err := doc.Picture(ctx, p.Number, protect.FacsimileDPI)
	if err != nil {
		return protect.Sheet{}, err
	}
	sheet := protect.Sheet{Picture: picture, DPI: float64(picture.Bounds().Dx()) / p.Width * 72, Areas: areas, SourceDPI: source.Coarsest}
	if source.Coarsest > 0 {
		sheet.Reach = 1 // of the drawing's own resampling
	}
	if source.AnyLossy {
		sheet.Reach = float64(source.Spread)
		if sheet.SourceDPI == 0 { // nobody can tell how coarse it is
			sheet.SourceDPI = coarse
		}
	}
	return sheet, nil
}

// original opens an item, or what it duplicates, in a worker.
func (t *Tracing) original(ctx context.Context, item vidimus.ItemID) (*read.Document, func(), error) {
	f, err := File(ctx, t.c, item)
	if err == nil && f.DuplicateOf != "" {
		f, err = File(ctx, t.c, f.DuplicateOf)
	}
	if err != nil {
		return nil, nil, err
	}
	return t.open(ctx, f)
}

// drawn ends a worker that is not to be asked again.
func (t *Tracing) drawn(err error) error {
	if errors.Is(err, errAnywhere) {
		return err
	}
	if reason, own := vidimus.FaultOf(err); own {
		return vidimus.WithHint(fmt.Errorf("no picture of a page: %s", reason), vidimus.Hints[reason])
	}
	t.Close()
	return err
}

// risks names what a person must decide before a document is shown as pictures.
func (t *Tracing) risks(ctx context.Context, document int, d protect.Document) ([]protect.Mark, error) {
	doc, done, err := t.original(ctx, d.Item)
	if err != nil {
		return nil, err
	}
	defer done()
	mark := func(why string) protect.Mark {
		return protect.Mark{Document: document, Block: -1, Check: protect.CheckTraces, Why: why}
	}
	all := []protect.Mark{mark("pictures show this document: wording, stamps, handwriting and layout are as on this copy")}
	wanted, err := protect.PageList(d.Pages)
	if err != nil {
		return nil, err
	}
	for n := 1; n <= doc.Pages; n++ {
		if wanted != nil && !wanted[n] {
			continue
		}
		source, err := doc.PictureSource(ctx, n)
		if err != nil {
			return nil, t.drawn(err)
		}
		if source.AnyLossy {
			return append(all, mark("a picture was packed as JPEG: areas are cut wider by its blocks; look at their edges")), nil
		}
	}
	return all, nil
}
