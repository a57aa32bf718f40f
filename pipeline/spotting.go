package pipeline

import (
	"context"
	"errors"
	"image"
	"image/draw"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect/match"
	"vidimus/protect/people"
	"vidimus/protect/spot"
	"vidimus/read"
	"vidimus/read/ocr/ink"
	"vidimus/sandbox"
	"vidimus/search"
)

// LooksAlike is how a name was seen that OCR did not read.
const LooksAlike = "looks alike"

// InPicture is the kind of a sighting on the picture of a page.
const InPicture = "picture"

// spotDPI is the resolution in which pages are compared with names: that of the
// pictures of editions.
const spotDPI = 200

// Lines cuts the lines of a picture, as they are for OCR, to be compared.
func Lines(m image.Image) (all []spot.Strip) {
	g := image.NewGray(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(g, g.Rect, m, m.Bounds().Min, draw.Src)
	s := ink.Look(g)
	for _, l := range s.Lines {
		cut := s.Cut(l, false)
		all = append(all, spot.Strip{Picture: cut.Picture, Place: func(r image.Rectangle) image.Rectangle { return s.Seen(cut.Box(r)) }})
	}
	return all
}

// Spotting looks at the pictures of pages whose words only OCR can give, for
// what looks like the name of a protected person.
type Spotting struct {
	c       *archive.Case
	walls   func() (sandbox.Options, error)
	people  people.List
	ids     []string
	list    *match.List
	spotter *spot.Spotter // nil until it is needed
	// pictures are there when spotter is.
	pictures *Pictures
	// Pages counts those that were looked at, Missed those that could not be
	// drawn or have too much on them.
	Pages, Missed int
}

// NewSpotting prepares to look for people of a list, or those of some numbers.
// walls are asked for when the first page is to be drawn.
func NewSpotting(c *archive.Case, walls func() (sandbox.Options, error), l people.List, ids ...string) *Spotting {
	return &Spotting{c: c, walls: walls, people: l, ids: ids, list: l.Matcher(ids...)}
}

// Close ends the worker that draws.
func (s *Spotting) Close() {
	if s.pictures != nil {
		s.pictures.Close()
	}
}

// Spotter takes the looks of names from our own faces and from pages of the case
// that surely name somebody.
func (s *Spotting) Spotter(ctx context.Context) (*spot.Spotter, error) {
	if s.spotter != nil {
		return s.spotter, nil
	}
	spotter, err := spot.New(s.people, s.ids...)
	if err != nil {
		return nil, err
	}
	walls, err := s.walls()
	if err != nil {
		return nil, err
	}
	s.pictures = NewPictures(s.c, walls)
	if err := s.learn(ctx, spotter); err != nil {
		return nil, err
	}
	s.spotter = spotter
	return spotter, nil
}

// Bounds of what is learnt from: pages of one person, and of them in one file.
const (
	learntPages = 6
	learntFile  = 2
)

// shown is a page of a reading.
type shown struct {
	item    vidimus.ItemID
	reading int64
	page    int
}

// naming lists pages that surely name somebody, a few of each person.
func (s *Spotting) naming(ctx context.Context) (pages []shown, err error) {
	type inFile struct {
		person string
		item   vidimus.ItemID
	}
	of, in, chosen := map[string]int{}, map[inFile]int{}, map[shown]bool{}
	err = Sightings(ctx, s.c, s.list, Scope{}, search.Recorded, func(x Sighting) error {
		p, f := shown{x.Item, x.Reading, x.Page}, inFile{x.Person, x.Item}
		if x.Certainty != match.Exact || x.Section || x.Kind != read.OwnWords && x.Kind != read.OCR ||
			of[x.Person] >= learntPages || in[f] >= learntFile {
			return nil
		}
		of[x.Person], in[f] = of[x.Person]+1, in[f]+1
		if !chosen[p] {
			chosen[p] = true
			pages = append(pages, p)
		}
		return nil
	})
	return pages, err
}

// learn takes looks of names from pages. One that cannot be drawn teaches
// nothing; when it is looked at, it is missed, and that is said.
func (s *Spotting) learn(ctx context.Context, spotter *spot.Spotter) error {
	pages, err := s.naming(ctx)
	if err != nil {
		return err
	}
	for _, p := range pages {
		stored, err := s.pictures.stored(ctx, p.item, p.reading, p.page)
		if err != nil {
			return err
		}
		m, err := s.pictures.page(ctx, p.item, p.page, spotDPI)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			spotter.Learn(stored, m.Bounds().Size(), Lines(m))
		}
	}
	return nil
}

// Look calls yield for what looks like a name on the pages of a scope, the
// whole case for its zero value, unless words name the person there.
func (s *Spotting) Look(ctx context.Context, scope Scope, yield func(Sighting) error) error {
	if scope.Item == "" {
		return EachFile(ctx, s.c, func(f vidimus.File) error { return s.file(ctx, f, 0, yield) })
	}
	f, err := File(ctx, s.c, scope.Item)
	if err == nil && f.DuplicateOf != "" {
		f, err = File(ctx, s.c, f.DuplicateOf)
	}
	if err != nil {
		return err
	}
	return s.file(ctx, f, scope.Page, yield)
}

// file looks at the pages of a file that have ink and no words of their own, none
// that can be read, or not all that they show.
func (s *Spotting) file(ctx context.Context, f vidimus.File, page int, yield func(Sighting) error) error {
	if f.DuplicateOf != "" || f.Pages == 0 {
		return nil
	}
	pages, _, err := toRecognise(ctx, s.c, f.Item)
	for _, p := range pages {
		if err == nil && (page == 0 || page == p.Number) {
			err = s.page(ctx, f.Item, p, yield)
		}
	}
	return err
}

func (s *Spotting) page(ctx context.Context, item vidimus.ItemID, p vidimus.Page, yield func(Sighting) error) error {
	spotter, err := s.Spotter(ctx)
	if err != nil {
		return err
	}
	hits, size, err := s.seen(ctx, spotter, item, p.Number)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.Pages++
	if err != nil {
		s.Missed++
		return nil
	}
	if len(hits) == 0 {
		return nil
	}
	named := map[string][]vidimus.Box{}
	err = Sightings(ctx, s.c, s.list, Scope{Item: item, Page: p.Number}, search.Recorded, func(x Sighting) error {
		named[x.Person] = append(named[x.Person], x.Boxes...)
		return nil
	})
	if err != nil {
		return err
	}
	for _, h := range hits {
		b := onPage(h.Box, size, p)
		if among(named[h.Person], b) {
			continue
		}
		if err := yield(Sighting{Hit: match.Hit{Person: h.Person, Certainty: match.Review, How: LooksAlike},
			Item: item, Kind: InPicture, Page: p.Number, Boxes: []vidimus.Box{b}}); err != nil {
			return err
		}
	}
	return nil
}

// seen draws a page and looks at it.
func (s *Spotting) seen(ctx context.Context, spotter *spot.Spotter, item vidimus.ItemID, page int) ([]spot.Hit, image.Point, error) {
	m, err := s.pictures.page(ctx, item, page, spotDPI)
	if err != nil {
		return nil, image.Point{}, err
	}
	size := m.Bounds().Size()
	if size.X < 1 || size.Y < 1 {
		return nil, size, errors.New("a picture of a page is empty")
	}
	hits, err := spotter.Look(ctx, Lines(m))
	return hits, size, err
}

// onPage gives a box of a picture as one of the page.
func onPage(r image.Rectangle, size image.Point, p vidimus.Page) vidimus.Box {
	sx, sy := p.Width/float64(size.X), p.Height/float64(size.Y)
	return vidimus.Box{X0: float64(r.Min.X) * sx, Y0: float64(r.Min.Y) * sy, X1: float64(r.Max.X) * sx, Y1: float64(r.Max.Y) * sy}
}

// among tells that a box lies, by half at least, in one of others.
func among(others []vidimus.Box, b vidimus.Box) bool {
	for _, o := range others {
		w, h := min(o.X1, b.X1)-max(o.X0, b.X0), min(o.Y1, b.Y1)-max(o.Y0, b.Y0)
		if w > 0 && h > 0 && 2*w*h >= min((b.X1-b.X0)*(b.Y1-b.Y0), (o.X1-o.X0)*(o.Y1-o.Y0)) {
			return true
		}
	}
	return false
}
