package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/search"
)

// hitsPerPage is how many hits one page lists.
const hitsPerPage = 20

// searchPage is the search page: before a question, with its answer, or with
// what is wrong with it.
type searchPage struct {
	Counts     vidimus.Counts
	Lesson     []lesson
	Asked      bool
	Total      int
	Exact      int    // of these: with the words as typed
	Other      string // address with, or without, other forms
	Typed      bool   // without
	Waiting    int    // pages of which it is not known whether they match
	First      int    // number of the first hit shown, from 1
	Last       int
	Chips      []chip
	Facets     []facet
	Dates      *histogram
	Sorts      []tab
	Groups     []hitGroup
	Prev, Next string // addresses of the pages of hits around
	Wrong      string
	WrongLine  line // what was typed, lit where it is wrong
	Hint       string
}

// hitGroup is the hits of one document, as they stand among those shown.
type hitGroup struct {
	Item  vidimus.ItemID
	Path  string
	Type  string
	About string
	Hits  []hitLine
}

// hitLine is one hit as the list shows it.
type hitLine struct {
	Hit
	Number  int
	Address string
	Snippet line
	Why     []search.Match // where it is not as typed
}

// front is the search page before a question.
func (s *Server) front(w http.ResponseWriter, r *http.Request, in *session) {
	counts, err := s.room.Counts(r.Context())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := searchPage{Counts: counts}
	if s.room.Practice {
		p.Lesson = lessons(in)
	}
	s.show(w, http.StatusOK, "search", "", p)
}

// ask takes a question, which must never stand in an address, and goes on to
// a view of its answer. Filters that were chosen stay.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, in *session) {
	v := view{Show: showSearch, Query: strings.TrimSpace(r.PostFormValue("q"))}
	if within, ok := in.find(r.PostFormValue("within")); ok {
		v.Filters, v.Typed, v.Sort = within.Filters, within.Typed, within.Sort
	}
	if v.Query == "" && v.Filters == "" {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(v), http.StatusSeeOther)
}

// hits is the search page with an answer.
func (s *Server) hits(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := searchPage{Asked: true, Chips: s.chips(in, v)}
	found, err := s.room.Search(r.Context(), v.question(), search.Window{Limit: hitsPerPage, Offset: v.Offset, Sort: v.Sort, Facets: true})
	if at, ok := search.AtCharacter(err); ok {
		p.Wrong, p.Hint = err.Error(), vidimus.HintOf(err)
		p.WrongLine = wrongLine(v.Query, at)
		s.showFor(w, in, v, "search", p)
		return
	}
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p.Total, p.First, p.Last = found.Total, v.Offset+1, v.Offset+len(found.Hits)
	p.Exact, p.Typed, p.Waiting = found.Exact, v.Typed, found.Waiting
	if switched := v; found.Exact < found.Total || v.Typed {
		switched.Typed, switched.Offset = !v.Typed, 0
		p.Other = "/v/" + in.keep(switched)
	}
	p.Groups = grouped(in, v, found.Hits)
	p.Facets, p.Sorts = s.facets(in, v, found.Facets), sorts(s.words, in, v)
	p.Dates = histogramOf(found.Facets, func(f filter) string { return filtered(in, v, v.Filters.with(f)) })
	other := v
	if v.Offset > 0 {
		other.Offset = max(0, v.Offset-hitsPerPage)
		p.Prev = "/v/" + in.keep(other)
	}
	if p.Last < p.Total && len(found.Hits) > 0 {
		other.Offset = p.Last
		p.Next = "/v/" + in.keep(other)
	}
	s.showFor(w, in, v, "search", p)
}

// grouped puts hits of one document together, where its first one stands.
func grouped(in *session, v view, hits []Hit) (groups []hitGroup) {
	for i, h := range hits {
		to := v
		to.Show, to.Offset, to.Item, to.In, to.Page = showPage, v.Offset+i, h.Item, h.Reading, h.Page
		l := hitLine{h, v.Offset + i + 1, "/v/" + in.keep(to), markedLine(h.Snippet), reasonsWhy(h)}
		at := slices.IndexFunc(groups, func(g hitGroup) bool { return g.Item == h.Item })
		if at < 0 {
			at = len(groups)
			groups = append(groups, hitGroup{Item: h.Item, Path: h.Path, Type: h.Type, About: about(in, h.Item)})
		}
		groups[at].Hits = append(groups[at].Hits, l)
	}
	return groups
}

// reasonsWhy tells of a hit what matched otherwise than typed.
func reasonsWhy(h Hit) []search.Match {
	if !h.Expanded {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(h.Matched), func(m search.Match) bool { return m.Query == m.As || slices.Contains(facetNames, search.Field(m.Why)) })
}

// sorts are the orders that people can choose: those that have a word.
func sorts(c *catalogue, in *session, v view) (all []tab) {
	for _, order := range search.Sorts {
		if _, ok := c.known("sort", string(order)); !ok {
			continue
		}
		to := v
		to.Sort, to.Offset = order, 0
		all = append(all, tab{Key: "sort." + string(order), Address: "/v/" + in.keep(to), Current: v.Sort == order || v.Sort == "" && order == search.ByRank})
	}
	return all
}

// wrongLine shows what was typed with one character lit: what is beyond its
// end is a mark of its own.
func wrongLine(typed string, at int) line {
	start := 0
	for n := 0; n < at && start < len(typed); n++ {
		_, size := utf8.DecodeRuneInString(typed[start:])
		start += size
	}
	_, size := utf8.DecodeRuneInString(typed[start:])
	l := line{Dir: direction(typed), Parts: split(typed, 0, len(typed), []Range{{start, start + size}})}
	if size == 0 {
		l.Parts = append(l.Parts, part{Text: "\u2423", Lit: true})
	}
	return l
}

// check says what is wrong with a question, before it is asked.
func (s *Server) check(ctx context.Context, typed string) wrongAt {
	if strings.TrimSpace(typed) == "" {
		return wrongAt{At: -1}
	}
	err := s.room.Check(ctx, Question{Text: typed})
	if err == nil {
		return wrongAt{At: -1}
	}
	w := wrongAt{err.Error(), vidimus.HintOf(err), -1}
	if at, ok := search.AtCharacter(err); ok {
		w.At = units(typed, at)
	}
	return w
}
