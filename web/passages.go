package web

import (
	"context"
	"net/http"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/search"
)

// passagesPerPage is how many passages one page lists.
const passagesPerPage = 50

// Passages is what readers have marked, and how they mark more.
type Passages struct {
	// List gives up to limit passages of an item, or of the case, that a
	// question fits, from offset on, and how many there are.
	List func(ctx context.Context, item vidimus.ItemID, q search.Query, offset, limit int) ([]pipeline.Marked, int, error)
	// One gives a passage, and where the words of a stale one stand now.
	One    func(ctx context.Context, number int64) (pipeline.Marked, error)
	Mark   func(ctx context.Context, sel pipeline.Selection, p vidimus.Passage) (int64, error)
	Change func(ctx context.Context, number int64, change func(*vidimus.Passage)) error
	Move   func(ctx context.Context, number int64, sel pipeline.Selection) error
	Remove func(ctx context.Context, number int64) error
}

// passagesPage lists passages of a document or of the case.
type passagesPage struct {
	Query       string
	Wrong, Hint string
	Only        *fileLine // the document that is listed alone
	All         string    // address of all of the case, where they are not listed
	Handle      string    // of the list, for a search in it
	Total       int
	First, Last int
	Passages    []passageLine
	Prev, Next  string
}

type passageLine struct {
	pipeline.Marked
	Address string
	Words   []line
	Noted   []line
}

// passages is the list of all of the case.
func (s *Server) passages(w http.ResponseWriter, r *http.Request, in *session) {
	s.passageList(w, r, in, view{Show: showPassages})
}

// passageList is the list that v names.
func (s *Server) passageList(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := passagesPage{Query: v.Query, Handle: in.keep(view{Show: showPassages, Item: v.Item})}
	if v.Item != "" {
		f, err := s.room.File(r.Context(), v.Item)
		if err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
		only := fileEntry(in, f.File)
		p.Only = &only
	}
	if v.Item != "" || v.Query != "" {
		p.All = "/passages"
	}
	var q search.Query
	if v.Query != "" {
		var err error
		if q, err = search.Parse(v.Query); err != nil {
			p.Wrong, p.Hint = err.Error(), vidimus.HintOf(err)
			s.show(w, http.StatusOK, "passages", "", p)
			return
		}
	}
	found, total, err := s.room.Passages.List(r.Context(), v.Item, q, v.Offset, passagesPerPage)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p.Total, p.First, p.Last = total, v.Offset+1, v.Offset+len(found)
	for _, m := range found {
		p.Passages = append(p.Passages, passageEntry(in, m))
	}
	other := v
	if v.Offset > 0 {
		other.Offset = max(0, v.Offset-passagesPerPage)
		p.Prev = "/v/" + in.keep(other)
	}
	if p.Last < total {
		other.Offset = p.Last
		p.Next = "/v/" + in.keep(other)
	}
	s.show(w, http.StatusOK, "passages", "", p)
}

func passageEntry(in *session, m pipeline.Marked) passageLine {
	return passageLine{m, "/v/" + in.keep(view{Show: showPassage, Number: m.Number}), lines(m.Quote, nil), lines(m.Note, nil)}
}

// searchPassages takes what is looked for among passages, which must not stand
// in an address.
func (s *Server) searchPassages(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showPassages {
		v = view{Show: showPassages}
	}
	v.Query, v.Offset = r.PostFormValue("words"), 0
	http.Redirect(w, r, "/v/"+in.keep(v), http.StatusSeeOther)
}
