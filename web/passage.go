package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/pipeline"
)

// Bounds of what is written on a passage, in characters.
const (
	maxNote = 4000
	maxTag  = 80
)

// passagePanel stands beside the page that a passage is on.
type passagePanel struct {
	pipeline.Marked
	Handle string
	Tagged string // its tags as they are typed
	Spots  []spot // where a stale one's words stand now
}

type spot struct {
	pipeline.Spot
	Handle string // of moving the passage there
}

// passage shows the page that a passage is on, with its words lit.
func (s *Server) passage(w http.ResponseWriter, r *http.Request, in *session, v view) {
	m, err := s.room.Passages.One(r.Context(), v.Number)
	if err != nil {
		s.trouble(w, http.StatusNotFound, "error.passage", err)
		return
	}
	v.Item, v.In, v.Page, v.As = m.Item, m.Reading, m.Page, asWords
	panel := &passagePanel{Marked: m, Handle: in.keep(view{Show: showPassage, Number: m.Number}), Tagged: strings.Join(m.Tags, ", ")}
	for _, at := range m.Now {
		to := view{Show: showMove, Number: m.Number, Item: m.Item, Page: at.Page, Offset: at.Nth}
		panel.Spots = append(panel.Spots, spot{at, in.keep(to)})
	}
	s.pageWith(w, r, in, v, func(p *pagePage) error {
		p.Passage, p.Back, p.BackTo = panel, "/passages", "passages.all"
		if m.End <= len(p.Text) {
			p.Lit, p.Boxes = []Range{{m.Start, m.End}}, m.Boxes
		}
		return nil
	})
}

// mark keeps a passage.
func (s *Server) mark(w http.ResponseWriter, r *http.Request, in *session) {
	sel, err := s.marked(r, in)
	var p vidimus.Passage
	if err == nil {
		err = written(r, &p)
	}
	var number int64
	if err == nil {
		number, err = s.room.Passages.Mark(r.Context(), sel, p)
	}
	if err != nil {
		s.not(w, "error.mark", err)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showPassage, Number: number}), http.StatusSeeOther)
}

// written takes note, tags and star from a form.
func written(r *http.Request, p *vidimus.Passage) error {
	p.Note, p.Tags, p.Star = "", nil, r.PostFormValue("star") != ""
	p.Note = strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("note"), "\r\n", "\n"))
	if utf8.RuneCountInString(p.Note) > maxNote {
		return fmt.Errorf("a note has at most %d characters", maxNote)
	}
	for _, tag := range strings.FieldsFunc(r.PostFormValue("tags"), func(c rune) bool { return c == ',' || c == '，' || c == '،' || c == '\n' }) {
		tag = strings.Join(strings.Fields(tag), " ")
		if utf8.RuneCountInString(tag) > maxTag || strings.ContainsFunc(tag, unicode.IsControl) {
			return fmt.Errorf("a tag has at most %d characters", maxTag)
		}
		if tag != "" {
			p.Tags = append(p.Tags, tag)
		}
	}
	return nil
}

// changePassage changes, moves or removes a passage.
func (s *Server) changePassage(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	var err error
	to := "/v/" + in.keep(view{Show: showPassage, Number: v.Number})
	switch {
	case !ok:
		err = errForgotten
	case v.Show == showMove:
		err = s.room.Passages.Move(r.Context(), v.Number, pipeline.Selection{Page: v.Page, Nth: v.Offset})
	case v.Show != showPassage:
		err = errForgotten
	case r.PostFormValue("remove") != "":
		to = "/passages"
		err = s.room.Passages.Remove(r.Context(), v.Number)
	default:
		var changed vidimus.Passage
		if err = written(r, &changed); err == nil {
			err = s.room.Passages.Change(r.Context(), v.Number, func(p *vidimus.Passage) {
				p.Note, p.Tags, p.Star = changed.Note, changed.Tags, changed.Star
			})
		}
	}
	if errors.Is(err, errForgotten) {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	} else if err != nil {
		s.not(w, "error.passage", err)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}
