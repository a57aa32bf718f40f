package web

import (
	"context"
	"net/http"

	"vidimus"
	"vidimus/pipeline"
)

// Mentions are the names, dates and numbers that readers add to pages.
type Mentions struct {
	// On gives those on a page of a reading, 0 for the file's own words.
	On     func(ctx context.Context, item vidimus.ItemID, reading int64, page int) ([]pipeline.Found, error)
	Add    func(ctx context.Context, sel pipeline.Selection, kind vidimus.MentionKind, value string) error
	Remove func(ctx context.Context, id vidimus.MentionID) error
}

// addedLine is a mention that a reader has added to the page that is shown.
type addedLine struct {
	pipeline.Found
	Handle string // of taking it back
}

// added lists what readers have added to a page.
func (s *Server) added(ctx context.Context, in *session, v view, p *pagePage) error {
	if s.room.Mentions == nil {
		return nil
	}
	reading := int64(0)
	if p.Kind != "" {
		reading = v.In
	}
	all, err := s.room.Mentions.On(ctx, p.Item, reading, p.PageView.Page)
	for _, f := range all {
		to := view{Show: showMention, Item: p.Item, In: reading, Page: p.PageView.Page, Mention: f.MentionID.String()}
		p.Added = append(p.Added, addedLine{f, in.keep(to)})
	}
	return err
}

// addMention keeps a mention of what is marked on a page.
func (s *Server) addMention(w http.ResponseWriter, r *http.Request, in *session) {
	sel, err := s.marked(r, in)
	if err == nil {
		err = s.room.Mentions.Add(r.Context(), sel, vidimus.MentionKind(r.PostFormValue("kind")), r.PostFormValue("value"))
	}
	if err != nil {
		s.not(w, "error.mention", err)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showPage, Item: sel.Item, In: sel.Reading, Page: sel.Page, As: asWords})+"#added", http.StatusSeeOther)
}

// removeMention takes one back.
func (s *Server) removeMention(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showMention {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	id, err := vidimus.ParseMentionID(v.Mention)
	if err == nil {
		err = s.room.Mentions.Remove(r.Context(), id)
	}
	if err != nil {
		s.not(w, "error.mention", err)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showPage, Item: v.Item, In: v.In, Page: v.Page, As: asWords}), http.StatusSeeOther)
}
