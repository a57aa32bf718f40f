package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"vidimus"
)

//go:embed templates
var templateFiles embed.FS

// frame is what every page inside the room has; a page's own data is in Page.
type frame struct {
	Title    string // key of its title
	Practice bool
	Query    string // what the box holds
	Within   string // handle of the filters that stay; empty for none
	Rooms    []roomLink
	Page     any
}

// parseTemplates reads all templates. Words reach them by key only.
func parseTemplates(assets map[string]asset, c *catalogue) (*template.Template, error) {
	t := template.New("").Funcs(template.FuncMap{
		"t":      c.say,
		"tongue": func() *catalogue { return c },
		"known": func(prefix string, name any) named {
			n, ok := c.known(prefix, fmt.Sprint(name))
			return named{n, ok}
		},
		"asset": func(name string) (string, error) { return assetAddress(assets, name) },
		"path":  pathSegments,
		"plain": plainLine,
		"span":  func(from, to float64) string { return fmt.Sprintf("%.2f", to-from) },
	})
	return t.ParseFS(templateFiles, "templates/*.html")
}

// named is a word of the catalogue, or a name that it does not have.
type named struct {
	Word  string
	Known bool
}

// draw draws a template whole before the first byte is sent, so that a failure
// leaves no half page.
func (s *Server) draw(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := s.templates.ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Errorf("draw a page: %w", err)) // shown by recovered, without its text
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// show draws a page of the room: the template, and the title, of its name.
func (s *Server) show(w http.ResponseWriter, status int, name, query string, page any) {
	s.draw(w, status, name+".html", frame{Title: "title." + name, Practice: s.room.Practice, Query: query, Rooms: s.links(name), Page: page})
}

// showFor is show for a view that was searched for: its question stays in the
// box, and its filters beside it.
func (s *Server) showFor(w http.ResponseWriter, in *session, v view, name string, page any) {
	f := frame{Title: "title." + name, Practice: s.room.Practice, Query: v.Query, Rooms: s.links(name), Page: page}
	if v.Filters != "" || v.Typed {
		f.Within = in.keep(view{Show: showSearch, Filters: v.Filters, Typed: v.Typed, Sort: v.Sort})
	}
	s.draw(w, http.StatusOK, name+".html", f)
}

func (s *Server) refuse(w http.ResponseWriter, status int, key string) {
	s.draw(w, status, "refusal.html", key)
}

// trouble is a page inside the room that says what did not work, and what can
// be done about it; both come from errors, which hold nothing of the case.
func (s *Server) trouble(w http.ResponseWriter, status int, key string, err error) {
	hint := ""
	if err != nil {
		hint = vidimus.HintOf(err)
	}
	s.show(w, status, "trouble", "", map[string]string{"Key": key, "Hint": hint})
}

// not is trouble with what somebody wanted to do: it says why not, too.
func (s *Server) not(w http.ResponseWriter, key string, err error) {
	s.show(w, http.StatusConflict, "trouble", "", map[string]string{"Key": key, "Why": err.Error(), "Hint": vidimus.HintOf(err)})
}
