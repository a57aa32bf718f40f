package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"vidimus"
)

//go:embed templates
var templateFiles embed.FS

// frame is what every page inside the room has; a page's own data is in Page.
type frame struct {
	Practice bool
	Query    string // what the box holds
	Page     any
}

// parseTemplates reads all templates. Words reach them by key only.
func parseTemplates(assets map[string]asset) (*template.Template, error) {
	printer := message.NewPrinter(language.English)
	t := template.New("").Funcs(template.FuncMap{
		"t":     func(key string, args ...any) (string, error) { return word(printer, key, args...) },
		"asset": func(name string) (string, error) { return assetAddress(assets, name) },
		"hint":  func(r vidimus.Reason) string { return vidimus.Hints[r] },
		"path":  pathSegments,
		"span":  func(from, to float64) string { return fmt.Sprintf("%.2f", to-from) },
	})
	return t.ParseFS(templateFiles, "templates/*.html")
}

// show draws a template whole before the first byte is sent, so that a failure
// leaves no half page.
func (s *Server) show(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := s.templates.ExecuteTemplate(&b, name, data); err != nil {
		panic(fmt.Errorf("draw a page: %w", err)) // shown by recovered, without its text
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// frame puts a page's data into what all pages share.
func (s *Server) frame(query string, page any) frame {
	return frame{Practice: s.room.Practice, Query: query, Page: page}
}

func (s *Server) refuse(w http.ResponseWriter, status int, key string) {
	s.show(w, status, "refusal.html", key)
}

// trouble is a page inside the room that says what did not work, and what can
// be done about it; both come from errors, which hold nothing of the case.
func (s *Server) trouble(w http.ResponseWriter, status int, key string, err error) {
	hint := ""
	if err != nil {
		hint = vidimus.HintOf(err)
	}
	s.show(w, status, "trouble.html", s.frame("", map[string]string{"Key": key, "Hint": hint}))
}
