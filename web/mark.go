package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/search"
)

// marking stands on a page and takes what is marked there.
type marking struct {
	Handle string                // of the page
	Kinds  []vidimus.MentionKind // of a mention that it can be kept as; none where it cannot
}

// errReread says that a page is no longer the one on which something was
// marked.
var errReread = vidimus.WithHint(errors.New("the page was read anew since it was shown"), "open it again, and mark it there")

// marking gives the form for what is marked on a page, with the words that are
// shown: what is marked holds for these only.
func (s *Server) marking(in *session, v view, p *pagePage) *marking {
	if s.room.Passages == nil || p.Grid != nil || p.Wordless() {
		return nil
	}
	to := view{Show: showMark, Item: p.Item, Page: p.PageView.Page, Seen: checksum([]byte(p.Text))}
	if p.Kind != "" {
		to.In = v.In
	}
	m := &marking{Handle: in.keep(to)}
	if s.room.Mentions != nil {
		m.Kinds = vidimus.MentionKinds
	}
	return m
}

// marked gives the page that a form was on, and what was marked there: by
// where the selection stands, or by words that were typed.
func (s *Server) marked(r *http.Request, in *session) (pipeline.Selection, error) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showMark {
		return pipeline.Selection{}, errForgotten
	}
	sel := pipeline.Selection{Item: v.Item, Reading: v.In, Page: v.Page}
	p, err := s.room.Page(r.Context(), v.Item, v.In, v.Page, Question{})
	if err != nil {
		return sel, err
	}
	if checksum([]byte(p.Text)) != v.Seen {
		return sel, errReread
	}
	if at := r.PostFormValue("at"); at != "" {
		stretch, ok := selected(p.Text, at)
		if !ok {
			return sel, vidimus.WithHint(errors.New("nothing is selected on this page"), "select words in its text, or type them")
		}
		sel.Start = utf8.RuneCountInString(p.Text[:stretch.Start])
		sel.End = sel.Start + utf8.RuneCountInString(p.Text[stretch.Start:stretch.End])
		return sel, nil
	}
	sel.Quote = strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("words"), "\r\n", "\n"))
	sel.Nth, _ = strconv.Atoi(r.PostFormValue("nth")) // none is 0: where the words stand once
	if sel.Quote == "" {
		return sel, vidimus.WithHint(errors.New("nothing is selected on this page"), "select words in its text, or type them")
	}
	return sel, nil
}

var errForgotten = errors.New("this view is no longer remembered")

// selected turns a selection, "line,from,line,to" in UTF-16 units of the lines
// as they are shown, into bytes of the page's text.
func selected(text, at string) (search.Range, bool) {
	var n [4]int
	parts := strings.Split(at, ",")
	for i := range n {
		if len(parts) != len(n) {
			return search.Range{}, false
		}
		v, err := strconv.Atoi(parts[i])
		if err != nil || v < 0 {
			return search.Range{}, false
		}
		n[i] = v
	}
	shown := shownAt{text: text}
	r := search.Range{Start: shown.find(n[0], n[1]), End: shown.find(n[2], n[3])}
	return r, r.Start < r.End
}

// find gives the byte that stands at a place of what is shown; it is not before
// the last that was found.
func (s *shownAt) find(line, column int) int {
	for s.at < len(s.text) && (s.line < line || s.line == line && s.column < column) {
		if s.line == line && s.text[s.at] == '\n' {
			break // the line is shorter
		}
		_, n := utf8.DecodeRuneInString(s.text[s.at:])
		s.move(s.at + n)
	}
	return s.at
}
