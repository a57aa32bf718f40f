// Package publish writes what was cleared, and nothing else: a static site
// that works from a disk without a script, the words as data, and a PDF. The
// same words give the same bytes. What is written lies in a folder that says
// that it is not released; Release gives it its name, after the release check.
package publish

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"vidimus/protect"
)

//go:embed pages
var pages embed.FS

// File is one file of an edition.
type File struct {
	Path string // within the edition's folder, with slashes
	Data []byte
}

// Render makes all files of an edition, in the order of their paths.
func Render(c protect.Cleared) ([]File, error) {
	e, err := c.Edition()
	if err != nil {
		return nil, err
	}
	site, err := newSite(e, c.Approvals())
	if err != nil {
		return nil, err
	}
	files, err := site.files()
	if err != nil {
		return nil, err
	}
	files = append(files, File{"edition.json", append(e.Bytes(), '\n')})
	pictures, err := c.Pictures()
	if err != nil {
		return nil, err
	}
	for path, file := range pictures {
		files = append(files, File{path, file})
	}
	pdf, err := book(e, c.Approvals(), pictures)
	if err != nil {
		return nil, err
	}
	files = append(files, File{"edition.pdf", pdf})
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return append(files, File{"sums.txt", sums(files)}), nil
}

// sums is a list that sha256sum -c understands.
func sums(files []File) []byte {
	var b strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), f.Path)
	}
	return []byte(b.String())
}

// site renders the pages of an edition.
type site struct {
	protect.Edition
	People int // who approved
	Style  template.CSS
	Policy string
	set    *template.Template
}

func newSite(e protect.Edition, people int) (*site, error) {
	style, err := pages.ReadFile("pages/style.css")
	if err != nil {
		return nil, fmt.Errorf("read a page's style: %w", err)
	}
	text := "\n" + string(style)
	sum := sha256.Sum256([]byte(text))
	s := &site{Edition: e, People: people, Style: template.CSS(text),
		Policy: "default-src 'none'; img-src 'self' file:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"}
	s.set, err = template.New("").Funcs(template.FuncMap{"add": func(a, b int) int { return a + b }, "shown": shown, "change": change}).ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("read a page's template: %w", err)
	}
	return s, nil
}

// shown is the path of the n-th document's page; it says nothing of the cache.
func shown(n int) string { return fmt.Sprintf("document-%d.html", n+1) }

// change says what differs of a document, in counts.
func change(c protect.DocumentChange) string {
	if c.How != "changed" {
		return fmt.Sprintf("document %d was %s", c.Document, c.How)
	}
	return fmt.Sprintf("document %d: %d paragraphs added, %d removed, %d more withheld than before", c.Document, c.Added, c.Removed, c.Withheld)
}

// documentPage is what the page of one document is made of.
type documentPage struct {
	*site
	protect.Shown
	Number int
}

func (s *site) files() ([]File, error) {
	var files []File
	add := func(path, name string, data any) error {
		var b bytes.Buffer
		if err := s.set.ExecuteTemplate(&b, name, data); err != nil {
			return fmt.Errorf("write a page of the edition: %w", err)
		}
		files = append(files, File{path, b.Bytes()})
		return nil
	}
	if err := add("index.html", "index.html", s); err != nil {
		return nil, err
	}
	for i, d := range s.Documents {
		if err := add(shown(i), "document.html", documentPage{s, d, i}); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// dated are the documents with a date, in its order; the rest keep theirs.
func (s *site) Dated() []dated {
	var all []dated
	for i, d := range s.Documents {
		if d.Date != "" {
			all = append(all, dated{d.Date, d.Title, shown(i)})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return strings.Compare(a.Date, b.Date) })
	return all
}

type dated struct{ Date, Title, Path string }

// Areas lists how many areas are withheld, by their public reason.
func (s *site) Areas() []area {
	var all []area
	for _, c := range protect.Classes {
		if n := s.Withheld[c]; n > 0 {
			all = append(all, area{c, n})
		}
	}
	return all
}

type area struct {
	Class protect.Class
	Count int
}
