package read

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"iter"

	"vidimus"
	"vidimus/sandbox"
)

// Asker is a worker behind walls, as package sandbox starts it.
type Asker interface {
	Open(ctx context.Context, file io.ReaderAt, size int64, name string) error
	Ask(ctx context.Context, q sandbox.Question, hear func(sandbox.Message) error) error
}

// Document is a file that a worker has open. It is used by one goroutine, and
// is dead once the worker opens another file.
type Document struct {
	Type     string // media type
	Pages    int    // that the source has; 0 when it has none
	Sections bool   // the reader makes sections; their number is seen at the end
	Parts    bool   // it holds parts (sections of readings, child files): ask Next

	worker Asker
}

// ErrAnswer is a worker's answer that breaks the rules: the worker is to be
// ended, and the death is the file's own fault.
var ErrAnswer = errors.New("hear a reader: its answer breaks the rules")

// ErrQuestion is a reader's answer to what it was not made for.
var ErrQuestion = errors.New("answer a question: no such verb or page")

// Open lets the worker open the file and asks what it is. With a Fault, which
// ends the reading of this file, the Document still has its Type if that was
// found.
func Open(ctx context.Context, worker Asker, file io.ReaderAt, size int64, name string) (*Document, error) {
	d := &Document{worker: worker}
	if err := worker.Open(ctx, file, size, name); err != nil {
		return d, fmt.Errorf("open for reading: %w", err)
	}
	seen := false
	err := worker.Ask(ctx, sandbox.Question{Verb: "about"}, func(m sandbox.Message) error {
		switch {
		case m.Name == "type" && d.Type == "" && mediaType(m.Text):
			d.Type = m.Text
		case m.Name == "about" && !seen && d.Type != "":
			seen = true
			return d.about(m)
		default:
			return ErrAnswer
		}
		return nil
	})
	if err == nil && !seen {
		err = ErrAnswer
	}
	if err != nil {
		return d, fmt.Errorf("ask what a file is: %w", err)
	}
	return d, nil
}

func (d *Document) about(m sandbox.Message) error {
	if len(m.Ints) < 2 || len(m.Ints) > 3 || m.Ints[0] < 0 || m.Ints[1]|1 != 1 || m.Ints[0] > 0 && m.Ints[1] > 0 {
		return ErrAnswer
	}
	if len(m.Ints) == 3 {
		if m.Ints[2]|1 != 1 {
			return ErrAnswer
		}
		d.Parts = m.Ints[2] == 1
	}
	if m.Ints[0] > vidimus.MaxPages {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	d.Pages, d.Sections = int(m.Ints[0]), m.Ints[1] == 1
	return nil
}

// Page gives page (or section) n. io.EOF says that there are fewer sections;
// a Fault is that page's own, and the others can still be asked for.
func (d *Document) Page(ctx context.Context, n int) (vidimus.Page, error) {
	var page vidimus.Page
	heard, ended := false, false
	q := sandbox.Question{Verb: "page", Args: []int64{int64(n)}}
	err := d.worker.Ask(ctx, q, func(m sandbox.Message) (err error) {
		switch {
		case heard || ended:
			return ErrAnswer
		case m.Name == "end" && d.Sections:
			ended = true
		case m.Name == "page":
			heard = true
			page, err = DecodePage(m)
			if err == nil && (page.Number != n || page.Section != d.Sections) {
				err = ErrAnswer
			}
		default:
			return ErrAnswer
		}
		return err
	})
	switch {
	case err != nil:
		return vidimus.Page{}, fmt.Errorf("read page %d: %w", n, err)
	case ended:
		return vidimus.Page{}, io.EOF
	case !heard:
		return vidimus.Page{}, fmt.Errorf("read page %d: %w", n, ErrAnswer)
	}
	return page, nil
}

// All gives every page or section in turn, a failed one with its error. After
// an error that is no Fault it ends: the worker is not to be asked again.
func (d *Document) All(ctx context.Context) iter.Seq2[vidimus.Page, error] {
	return func(yield func(vidimus.Page, error) bool) {
		for n := 1; d.Sections && n <= vidimus.MaxPages || n <= d.Pages; n++ {
			page, err := d.Page(ctx, n)
			if err == io.EOF {
				return
			}
			page.Number, page.Section = n, d.Sections
			_, own := vidimus.FaultOf(err)
			if !yield(page, err) || err != nil && !own {
				return
			}
		}
	}
}

// Picture gives page n as it is seen. The resolution is bounded by MaxDPI, and
// lowered where the picture would have more than MaxPixels.
func (d *Document) Picture(ctx context.Context, n, dpi int) (image.Image, error) {
	var picture image.Image
	q := sandbox.Question{Verb: "picture", Args: []int64{int64(n), int64(min(dpi, MaxDPI))}}
	err := d.worker.Ask(ctx, q, func(m sandbox.Message) (err error) {
		if picture != nil {
			return ErrAnswer
		}
		picture, err = decodePicture(m)
		return err
	})
	if err == nil && picture == nil {
		err = ErrAnswer
	}
	if err != nil {
		return nil, fmt.Errorf("picture page %d: %w", n, err)
	}
	return picture, nil
}
