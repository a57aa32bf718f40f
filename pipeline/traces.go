package pipeline

import (
	"context"
	"errors"
	"path"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect/trace"
	"vidimus/read"
	"vidimus/sandbox"
)

// traceDPI is the resolution in which pages are looked at; a picture is never
// given in more pixels than it has.
const traceDPI = read.MaxDPI

// Of pages that a program drew all is as sharp in any resolution; dots, which
// have a colour, need a finer one.
const (
	drawnDPI    = 100
	colouredDPI = 200
)

// Tracing looks for what in files could lead to one copy, device, account,
// place or time.
type Tracing struct {
	c      *archive.Case
	o      sandbox.Options
	copies map[vidimus.ItemID][]vidimus.ItemID // near copies of an item
	worker *sandbox.Worker
}

// NewTracing prepares to look. It compares the files of the case with each
// other first: what one copy says and the others do not leads to that copy.
func NewTracing(ctx context.Context, c *archive.Case, o sandbox.Options) (*Tracing, error) {
	t := &Tracing{c: c, o: o, copies: map[vidimus.ItemID][]vidimus.ItemID{}}
	alike, err := Duplicates(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, group := range alike.Groups {
		for _, a := range group {
			for _, b := range group {
				if a.File.Item != b.File.Item && a.How != SameBytes && b.How != SameBytes {
					t.copies[a.File.Item] = append(t.copies[a.File.Item], b.File.Item)
				}
			}
		}
	}
	return t, nil
}

// Close ends the worker.
func (t *Tracing) Close() {
	if t.worker != nil {
		t.worker.Close()
		t.worker = nil
	}
}

// File finds the traces of one file, in the order of its pages. Of a duplicate
// the traces are the original's. Pictures that cannot be drawn are traces that
// cannot be told.
func (t *Tracing) File(ctx context.Context, f vidimus.File) ([]trace.Trace, error) {
	item := f.Item
	if f.DuplicateOf != "" {
		item = f.DuplicateOf
	}
	all, words, err := t.words(ctx, item)
	if err != nil {
		return nil, err
	}
	if f.DuplicateOf != "" {
		if f, err = File(ctx, t.c, item); err != nil {
			return nil, err
		}
	}
	if f.Pages > 0 {
		seen, err := t.pictures(ctx, f, words)
		if err != nil {
			return nil, err
		}
		all = append(all, seen...)
	}
	differing, err := t.wording(ctx, item)
	if err != nil {
		return nil, err
	}
	return trace.Sort(append(all, differing...)), nil
}

// heard is what one reading has of a page.
type heard struct {
	reading int64
	text    string
	own     int64 // the reading of the file's own words that has the page
}

// words looks at all that was read of a file. It gives the pages' words too,
// by the numbers of the file's pages.
func (t *Tracing) words(ctx context.Context, item vidimus.ItemID) (all []trace.Trace, words map[int]heard, err error) {
	readings, err := current(ctx, t.c, item)
	if err != nil {
		return nil, nil, err
	}
	words = map[int]heard{}
	for _, r := range readings {
		err := t.placed(ctx, r, func(p vidimus.Page) {
			h := words[p.Number]
			if r.Kind == read.OCR || r.Kind == read.OwnWords && h.text == "" {
				h.reading, h.text = r.Number, p.Text
			}
			if r.Kind == read.OwnWords && !p.Section && !p.Wordless() {
				h.own = r.Number
			}
			words[p.Number] = h
			for _, tr := range ofPage(r.Kind, p) {
				tr.Reading, tr.In = r.Number, r.Kind
				if r.Kind != read.Annotations { // these name the page that they stand on
					tr.Page = p.Number
				}
				all = append(all, tr)
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return all, words, nil
}

// placed calls yield for each page of a reading, with its places.
func (t *Tracing) placed(ctx context.Context, r vidimus.Reading, yield func(vidimus.Page)) error {
	return pagesOf(ctx, t.c, r, func(r vidimus.Reading, p vidimus.Page) error {
		if r.Kind == read.OwnWords && !p.Section {
			err := t.c.View(ctx, func(tx archive.Tx) (err error) {
				p, err = tx.Readings().Page(r.Number, p.Number)
				return err
			})
			if err != nil {
				return err
			}
		}
		yield(p)
		return nil
	})
}

// ofPage looks at one page of a reading. What OCR gives has no hidden
// characters of the source's, only OCR's own mistakes.
func ofPage(kind string, p vidimus.Page) []trace.Trace {
	whole := func(k trace.Kind) []trace.Trace {
		if p.Wordless() {
			return nil
		}
		return []trace.Trace{{Kind: k, Certainty: trace.Found, End: len(p.Text)}}
	}
	switch kind {
	case read.Properties:
		return trace.Properties(p.Text)
	case read.Hidden:
		return whole(trace.HiddenContent)
	case read.Comments:
		return whole(trace.CommentNames)
	case read.Changes:
		return whole(trace.ChangeMarks)
	case read.Annotations:
		return trace.Annotations(p.Text)
	case read.OCR:
		return trace.Stamps(p.Text)
	case read.OwnWords:
		all := append(trace.Text(p.Text), trace.Stamps(p.Text)...)
		if !p.Section {
			all = append(all, trace.Spacing(p)...)
		}
		return all
	}
	return nil
}

// pictures looks at the pages of a file as they are seen.
func (t *Tracing) pictures(ctx context.Context, f vidimus.File, words map[int]heard) ([]trace.Trace, error) {
	doc, done, err := t.open(ctx, f)
	if err != nil {
		if _, own := vidimus.FaultOf(err); own {
			return unseen(0), nil
		}
		return nil, err
	}
	defer done()
	var all []trace.Trace
	var tints trace.Tints
	scans := 0
	for n := 1; n <= doc.Pages; n++ {
		found, scan, err := t.picture(ctx, doc, n, words[n], &tints)
		if _, own := vidimus.FaultOf(err); own {
			all = append(all, unseen(n)...)
			continue
		} else if err != nil {
			t.Close()
			return nil, err
		}
		if scan {
			scans++
		}
		all = append(all, found...)
	}
	if scans > 0 {
		all = append(all, ofScans(scans, &tints)...)
	}
	return all, nil
}

// unseen says of a page that could not be drawn what could stand there.
func unseen(page int) (all []trace.Trace) {
	for _, k := range []trace.Kind{trace.PrinterDots, trace.FaintTint, trace.MachineCode} {
		all = append(all, trace.Trace{Kind: k, Certainty: trace.CannotTell, In: "picture", Page: page})
	}
	return all
}

// ofScans says what stands for a whole scanned document.
func ofScans(pages int, tints *trace.Tints) []trace.Trace {
	all := []trace.Trace{
		{Kind: trace.Handwriting, Certainty: trace.CannotTell, In: "picture"},
		{Kind: trace.SensorNoise, Certainty: trace.CannotTell, In: "picture"},
		{Kind: trace.ShiftedLines, Certainty: trace.CannotTell, In: "picture"},
		{Kind: trace.ShiftedWords, Certainty: trace.CannotTell, In: "picture"},
	}
	how := tints.Found()
	if how == "" { // a weak one drowns in grain and JPEG
		how = trace.CannotTell
	}
	return append(all, trace.Trace{Kind: trace.FaintTint, Certainty: how, In: "picture"})
}

// picture looks at page n. A scan is a page of which a picture is a good part.
func (t *Tracing) picture(ctx context.Context, doc *read.Document, n int, words heard, tints *trace.Tints) ([]trace.Trace, bool, error) {
	source, err := doc.PictureSource(ctx, n)
	if err != nil {
		return nil, false, err
	}
	dpi := traceDPI
	if source.Pictures == 0 {
		dpi = drawnDPI
	}
	picture, err := doc.Picture(ctx, n, dpi)
	if err != nil {
		return nil, false, err
	}
	p := trace.Picture{Image: picture, DPI: float64(dpi), Lossless: !source.Lossy, Drawn: source.Pictures == 0}
	if source.DPI > 0 {
		p.DPI = min(p.DPI, source.DPI)
	}
	sight := p.Sight()
	if p.Drawn && sight.Coloured() {
		if picture, err = doc.Picture(ctx, n, colouredDPI); err != nil {
			return nil, false, err
		}
		p.Image, p.DPI = picture, colouredDPI
		sight = p.Sight()
	}
	all := sight.Look()
	if words.own != 0 {
		covered, err := t.covered(ctx, words.own, n, p)
		if err != nil {
			return nil, false, err
		}
		all = append(all, covered...)
	}
	if source.Pictures > 0 {
		tints.Add(sight)
		b := picture.Bounds()
		for _, clock := range trace.Screenshot(words.text, b.Dx(), b.Dy()) {
			clock.Reading = words.reading
			all = append(all, clock)
		}
	}
	for i := range all {
		all[i].Page = n
		if all[i].In == "" {
			all[i].In = "picture"
		}
	}
	return all, source.Pictures > 0, nil
}

// covered finds words of page n that its picture does not show.
func (t *Tracing) covered(ctx context.Context, reading int64, n int, p trace.Picture) (all []trace.Trace, err error) {
	var page vidimus.Page
	err = t.c.View(ctx, func(tx archive.Tx) (err error) {
		page, err = tx.Readings().Page(reading, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	all = trace.Covered(page, p.Image, p.Drawn)
	for i := range all {
		all[i].Reading = reading
	}
	return all, nil
}

// open has a worker open a file.
func (t *Tracing) open(ctx context.Context, f vidimus.File) (*read.Document, func(), error) {
	_, blob, err := OpenOriginal(ctx, t.c, f.Item)
	if err != nil {
		return nil, nil, err
	}
	if t.worker == nil {
		if t.worker, err = sandbox.Start(ctx, WorkerKind, t.o); err != nil {
			return nil, nil, errors.Join(err, blob.Close())
		}
	}
	doc, err := read.Open(ctx, t.worker, blob, f.Bytes, path.Base(f.Path))
	if err != nil {
		if _, own := vidimus.FaultOf(err); !own {
			t.Close()
		}
		return nil, nil, errors.Join(err, blob.Close())
	}
	return doc, func() { blob.Close() }, nil
}
