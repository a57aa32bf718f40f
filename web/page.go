package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"vidimus"
	"vidimus/protect/trace"
	"vidimus/read"
	"vidimus/search"
)

// pagePage is one page of a file: its picture beside its text, or a sheet or a
// mail taken apart.
type pagePage struct {
	PageView
	Lines              []line
	Right              bool   // most of it is written from right to left
	Sheet              *paper // the picture; nil when there is none
	Grid               *grid  // the cells of a sheet; nil when it is not shown as such
	Mail               *mailView
	Tabs               []tab
	Wide, Whole        bool   // how large the picture is
	OtherSize          string // addresses of the same page with the picture in another way
	OtherFit, Turned   string
	Back, BackTo       string // to the hits, the files or the traces, and the key of which
	About              string
	Hit, Hits          int // which hit of how many; Hits is 0 when it was not searched for
	PrevHit, NextHit   string
	PrevPage, NextPage string
	PrevFile, NextFile string
	Trace              *tracePanel // nil when it is not looked at for one
	Passage            *passagePanel
	Mark               *marking    // nil where nothing can be marked
	Added              []addedLine // mentions that readers have added to it
	Redact             string      // address of withholding parts of it; empty where nobody can
}

// page shows the page that v names, or the hit that it numbers.
func (s *Server) page(w http.ResponseWriter, r *http.Request, in *session, v view) {
	s.pageWith(w, r, in, v, func(*pagePage) error { return nil })
}

// pageWith shows a page with what is lit on it, and stands beside it, of
// another room.
func (s *Server) pageWith(w http.ResponseWriter, r *http.Request, in *session, v view, more func(*pagePage) error) {
	p := pagePage{Wide: v.Wide, Whole: v.Whole, Back: "/files", BackTo: "page.files"}
	if v.question().Text != "" {
		if err := s.hitAround(r.Context(), in, &v, &p); err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
	}
	var err error
	p.PageView, err = s.room.Page(r.Context(), v.Item, v.In, v.Page, v.question())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.page", err)
		return
	}
	if err := more(&p); err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.page", err)
		return
	}
	p.Lines = lines(p.Text, p.Lit)
	p.Right = direction(p.Text) == "rtl"
	if err := s.apart(r.Context(), in, v, &p); err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.page", err)
		return
	}
	s.pageLinks(in, v, &p)
	p.Mark = s.marking(in, v, &p)
	if err := s.added(r.Context(), in, v, &p); err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.page", err)
		return
	}
	if s.room.Redaction != nil && p.Kind == "" {
		p.Redact = "/v/" + in.keep(view{Show: showRedact, Item: p.Item, Page: p.PageView.Page})
	}
	p.Tabs = tabs(in, v, &p)
	s.showFor(w, in, v, "page", p)
}

// apart takes a sheet or a mail apart, where v does not ask for its words.
func (s *Server) apart(ctx context.Context, in *session, v view, p *pagePage) (err error) {
	switch {
	case v.As == asWords:
	case tabular(p.Type) && (p.Kind == "" || p.Kind == read.Hidden):
		p.Grid, err = s.grid(ctx, p.PageView)
	case p.Type == read.TypeMail && p.Kind == "":
		p.Mail, err = s.mail(ctx, in, p.PageView)
	}
	return err
}

// hiddenSections is how many sections of what is hidden in a workbook are
// looked at for one section of a sheet.
const hiddenSections = 20

// grid lays out a section of a sheet, with what the source does not show.
func (s *Server) grid(ctx context.Context, p PageView) (*grid, error) {
	g := gridOf(p.Text, p.Lit)
	if g == nil {
		return nil, nil
	}
	g.Hidden = p.Kind == read.Hidden
	_, name := cells(p.Text)
	for n := 1; name != "" && !g.Hidden; n++ {
		hidden, err := s.text(ctx, p, read.Hidden, n)
		if err != nil {
			return nil, err
		}
		if g.Cut = n > hiddenSections && hidden != ""; g.Cut || hidden == "" {
			break
		}
		from := g.Rows[0].Number
		if p.Page == 1 {
			from = 1
		}
		g.addHidden(hidden, name, from, g.Rows[len(g.Rows)-1].Number+1)
	}
	g.finish()
	return g, nil
}

// hitAround finds out which page the hit at v.Offset is, if v does not say,
// and what lies on both sides of it.
func (s *Server) hitAround(ctx context.Context, in *session, v *view, p *pagePage) error {
	found, err := s.room.Search(ctx, v.question(), search.Window{Limit: 1, Offset: v.Offset, Sort: v.Sort})
	if err != nil {
		return err
	}
	if v.Item == "" {
		if len(found.Hits) == 0 {
			return vidimus.WithHint(errors.New("open the next hit: it is no longer there"), "search again: the case has changed")
		}
		v.Item, v.In, v.Page = found.Hits[0].Item, found.Hits[0].Reading, found.Hits[0].Page
	}
	p.Hit, p.Hits = v.Offset+1, found.Total
	hit := func(offset int) string {
		return "/v/" + in.keep(view{Show: showPage, Query: v.Query, Filters: v.Filters, Typed: v.Typed, Sort: v.Sort, Offset: offset, Wide: v.Wide, Whole: v.Whole})
	}
	if v.Offset > 0 {
		p.PrevHit = hit(v.Offset - 1)
	}
	if v.Offset+1 < found.Total {
		p.NextHit = hit(v.Offset + 1)
	}
	p.BackTo = "page.back"
	p.Back = "/v/" + in.keep(view{Show: showSearch, Query: v.Query, Filters: v.Filters, Typed: v.Typed, Sort: v.Sort, Offset: v.Offset / hitsPerPage * hitsPerPage})
	return nil
}

// pageLinks sets the picture and the addresses of what is around the page.
func (s *Server) pageLinks(in *session, v view, p *pagePage) {
	to := func(change func(*view)) string {
		other := v
		change(&other)
		if other.Page != v.Page { // what another room lights is on this page only
			other.Show, other.Trace, other.Number = showPage, trace.Trace{}, 0
		}
		return "/v/" + in.keep(other)
	}
	if v.Page > 1 {
		p.PrevPage = to(func(o *view) { o.Page-- })
	}
	if v.Page < p.Pages {
		p.NextPage = to(func(o *view) { o.Page++ })
	}
	p.About = about(in, p.Item)
	if p.Before != "" {
		p.PrevFile = "/v/" + in.keep(view{Show: showOpen, Item: p.Before})
	}
	if p.After != "" {
		p.NextFile = "/v/" + in.keep(view{Show: showOpen, Item: p.After})
	}
	if p.Width > 0 && p.Height > 0 && p.Grid == nil && p.Mail == nil {
		p.Sheet = paperOf(p.PageView, v.Turn)
		p.Sheet.Picture = "/p/" + in.keep(view{Show: showPicture, Item: v.Item, In: v.In, Page: v.Page, Wide: v.Wide})
		p.Sheet.Large = "/p/" + in.keep(view{Show: showPicture, Item: v.Item, In: v.In, Page: v.Page, Wide: true})
		p.OtherSize = to(func(o *view) { o.Wide, o.Whole = !o.Wide, false })
		p.OtherFit = to(func(o *view) { o.Whole = !o.Whole })
		p.Turned = to(func(o *view) { o.Turn = (o.Turn + 1) % 4 })
	}
}

// open shows the first page of a file, or what is known about it where it has
// none.
func (s *Server) open(w http.ResponseWriter, r *http.Request, in *session, v view) {
	f, err := s.room.File(r.Context(), v.Item)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	if f.Pages+f.Sections == 0 || f.DuplicateOf != "" {
		s.file(w, r, in, v)
		return
	}
	s.page(w, r, in, view{Show: showPage, Item: v.Item, Page: 1})
}

// tab is a way to look at the file.
type tab struct {
	Kind    string // of the reading; empty for Key
	Key     string // of its words
	Address string
	Current bool
	Press   string // the key that goes there
}

// tabs are the ways to look at the file: as it is, as words where it was taken
// apart, and by each of its readings.
func tabs(in *session, v view, p *pagePage) (all []tab) {
	add := func(t tab, to view) {
		t.Address = "/v/" + in.keep(to)
		all = append(all, t)
	}
	base := view{Show: showPage, Query: v.Query, Filters: v.Filters, Typed: v.Typed, Sort: v.Sort, Offset: v.Offset, Item: p.Item, Wide: v.Wide, Whole: v.Whole}
	own := base
	own.Page = 1
	if p.Kind == "" {
		own.Page, own.In = v.Page, v.In
	}
	apart := tabular(p.Type) || p.Type == read.TypeMail
	first := "tab.page"
	switch {
	case tabular(p.Type):
		first = "tab.cells"
	case apart:
		first = "tab.mail"
	}
	add(tab{Key: first, Current: p.Kind == "" && (v.As == asFits), Press: press(apart && v.As == asWords)}, own)
	if apart {
		own.As = asWords
		add(tab{Key: "tab.words", Current: p.Kind == "" && v.As == asWords, Press: press(v.As == asFits)}, own)
	}
	for _, r := range p.Readings {
		if r.Kind == read.OwnWords {
			continue
		}
		to := base
		to.In, to.Page = r.Number, 1
		if r.Kind == read.OCR || r.Kind == read.Correction {
			to.Page = v.Page
		}
		add(tab{Kind: r.Kind, Current: p.Kind == r.Kind}, to)
	}
	return all
}

// press is the key that changes between a file taken apart and its words.
func press(here bool) string {
	if here {
		return "t"
	}
	return ""
}

// Pictures are drawn at these resolutions: beside the text, and across the
// window.
const (
	dpiBeside = 130
	dpiWide   = 220
)

// picture serves the picture of a page.
func (s *Server) picture(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PathValue("handle"))
	if !ok || v.Show != showPicture && v.Show != showCleared {
		s.refuse(w, http.StatusNotFound, "error.forgotten")
		return
	}
	dpi := dpiBeside
	if v.Wide {
		dpi = dpiWide
	}
	var png []byte
	var err error
	if v.Show == showCleared {
		png, err = s.cleared(r, v)
	} else {
		png, err = s.room.Picture(r.Context(), v.Item, v.In, v.Page, dpi)
	}
	if err != nil {
		s.refuse(w, http.StatusInternalServerError, "error.picture")
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Content-Length", strconv.Itoa(len(png)))
	w.Write(png)
}

// Wordless reports a page without words.
func (p pagePage) Wordless() bool { return vidimus.Page{Text: p.Text}.Wordless() }
