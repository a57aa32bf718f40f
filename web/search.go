package web

import (
	"net/http"
	"strings"

	"vidimus"
	"vidimus/search"
)

// hitsPerPage is how many hits one page lists.
const hitsPerPage = 20

// searchPage is the search page: before a question, with its answer, or with
// what is wrong with it.
type searchPage struct {
	Counts     vidimus.Counts
	Asked      bool
	Total      int
	First      int // number of the first hit shown, from 1
	Last       int
	Hits       []hitLine
	Prev, Next string // addresses of the pages of hits around
	Wrong      string
	Hint       string
}

// hitLine is one hit as the list shows it.
type hitLine struct {
	Hit
	Address string
	Snippet line
}

// front is the search page before a question.
func (s *Server) front(w http.ResponseWriter, r *http.Request, _ *session) {
	counts, err := s.room.Counts(r.Context())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	s.show(w, http.StatusOK, "search", "", searchPage{Counts: counts})
}

// ask takes a question, which must never stand in an address, and goes on to
// a view of its answer.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, in *session) {
	query := r.PostFormValue("q")
	if query == "" {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showSearch, Query: query}), http.StatusSeeOther)
}

// hits is the search page with an answer.
func (s *Server) hits(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := searchPage{Asked: true}
	found, err := s.room.Search(r.Context(), v.Query, hitsPerPage, v.Offset)
	if _, ok := search.AtCharacter(err); ok {
		p.Wrong, p.Hint = err.Error(), vidimus.HintOf(err)
		s.show(w, http.StatusOK, "search", v.Query, p)
		return
	}
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p.Total, p.First, p.Last = found.Total, v.Offset+1, v.Offset+len(found.Hits)
	for i, h := range found.Hits {
		to := view{Show: showPage, Query: v.Query, Offset: v.Offset + i, Item: h.Item, In: h.Reading, Page: h.Page}
		p.Hits = append(p.Hits, hitLine{Hit: h, Address: "/v/" + in.keep(to), Snippet: markedLine(h.Snippet)})
	}
	if v.Offset > 0 {
		p.Prev = "/v/" + in.keep(view{Show: showSearch, Query: v.Query, Offset: max(0, v.Offset-hitsPerPage)})
	}
	if p.Last < p.Total && len(found.Hits) > 0 {
		p.Next = "/v/" + in.keep(view{Show: showSearch, Query: v.Query, Offset: p.Last})
	}
	s.show(w, http.StatusOK, "search", v.Query, p)
}

// check says what is wrong with a question, before it is asked.
func (s *Server) check(typed string) wrongAt {
	if strings.TrimSpace(typed) == "" {
		return wrongAt{At: -1}
	}
	_, err := search.Parse(typed)
	if err == nil {
		return wrongAt{At: -1}
	}
	w := wrongAt{err.Error(), vidimus.HintOf(err), -1}
	if at, ok := search.AtCharacter(err); ok {
		w.At = units(typed, at)
	}
	return w
}
