package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"vidimus"
)

// pagePage is one page of a file: its picture beside its text.
type pagePage struct {
	PageView
	Lines              []line
	Right              bool   // most of it is written from right to left
	Picture            string // address; empty when there is none
	Wide               bool
	Size               string // address of the same page with the picture in its other size
	Back               string // to the hits, or to the files
	Hit, Hits          int    // which hit of how many; Hits is 0 when it was not searched for
	PrevHit, NextHit   string
	PrevPage, NextPage string
}

// page shows the page that v names, or the hit that it numbers.
func (s *Server) page(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := pagePage{Wide: v.Wide, Back: "/files"}
	if v.Query != "" {
		if err := s.hitAround(r.Context(), in, &v, &p); err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
	}
	var err error
	p.PageView, err = s.room.Page(r.Context(), v.Item, v.In, v.Page, v.Query)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.page", err)
		return
	}
	p.Lines = lines(p.Text, p.Lit)
	p.Right = direction(p.Text) == "rtl"
	s.pageLinks(in, v, &p)
	s.show(w, http.StatusOK, "page.html", s.frame(v.Query, p))
}

// hitAround finds out which page the hit at v.Offset is, if v does not say,
// and what lies on both sides of it.
func (s *Server) hitAround(ctx context.Context, in *session, v *view, p *pagePage) error {
	found, err := s.room.Search(ctx, v.Query, 1, v.Offset)
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
		return "/v/" + in.keep(view{Show: showPage, Query: v.Query, Offset: offset, Wide: v.Wide})
	}
	if v.Offset > 0 {
		p.PrevHit = hit(v.Offset - 1)
	}
	if v.Offset+1 < found.Total {
		p.NextHit = hit(v.Offset + 1)
	}
	p.Back = "/v/" + in.keep(view{Show: showSearch, Query: v.Query, Offset: v.Offset / hitsPerPage * hitsPerPage})
	return nil
}

// pageLinks sets the addresses of the picture and of the pages around.
func (s *Server) pageLinks(in *session, v view, p *pagePage) {
	to := func(change func(*view)) string {
		other := v
		change(&other)
		return "/v/" + in.keep(other)
	}
	if v.Page > 1 {
		p.PrevPage = to(func(o *view) { o.Page-- })
	}
	if v.Page < p.Pages {
		p.NextPage = to(func(o *view) { o.Page++ })
	}
	if p.Width > 0 && p.Height > 0 {
		p.Picture = "/p/" + in.keep(view{Show: showPicture, Item: v.Item, In: v.In, Page: v.Page, Wide: v.Wide})
		p.Size = to(func(o *view) { o.Wide = !o.Wide })
	}
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
	if !ok || v.Show != showPicture {
		s.refuse(w, http.StatusNotFound, "error.forgotten")
		return
	}
	dpi := dpiBeside
	if v.Wide {
		dpi = dpiWide
	}
	png, err := s.room.Picture(r.Context(), v.Item, v.In, v.Page, dpi)
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
