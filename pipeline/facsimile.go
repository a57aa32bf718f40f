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
		source, err := doc.PictureSource(ctx, s.Page.Number)
		if err != nil {
			return nil, t.drawn(err)
		}
		if source.Wavelet {
			return nil, vidimus.WithHint(errors.New("a picture is packed by wavelets, which carry what is hidden into what is seen"),
				"show this document as a transcript")
		}
		picture, err := doc.Picture(ctx, s.Page.Number, protect.FacsimileDPI)
		if err != nil {
			return nil, t.drawn(err)
		}
		sheet := protect.Sheet{Picture: picture, DPI: float64(picture.Bounds().Dx()) / s.Page.Width * 72, Areas: areas, SourceDPI: source.DPI}
		if source.Pictures > 0 {
			sheet.Reach = 1 // of the drawing's own resampling
		}
		if source.Lossy {
			sheet.Reach = protect.JPEGReach
		}
		return protect.Bilevel(sheet)
	}
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
		if source.Lossy {
			return append(all, mark("a picture was packed as JPEG: areas are cut wider by its blocks; look at their edges")), nil
		}
	}
	return all, nil
}
