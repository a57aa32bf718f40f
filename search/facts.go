package search

import (
	"path"
	"strings"

	"vidimus"
	"vidimus/writing"
)

// Page is what a question is put to: a page's words and what is known of it.
type Page struct {
	Text string
	Facts
}

// Facts are what the fields of a question ask of a page.
type Facts struct {
	Path     string // of its file in the case; PathIn
	Type     string // media type of the file
	State    vidimus.State
	Reading  string // vidimus.Reading.Kind
	Language string // BCP 47, of this page, or "und"
	Dates    []Days // that stand on the page; DatesIn
	Number   int64  // vidimus.PageID
}

// FactsIn gives the facts that stand in a page's text.
func FactsIn(text, reading string) Facts {
	return Facts{Reading: reading, Language: writing.Language(text), Dates: DatesIn(text)}
}

// PathIn gives the path of a file within the case: what it was found in, if
// anything, and its own path, as text.
func PathIn(parent, own string) string {
	own = strings.ToValidUTF8(own, "\uFFFD")
	if parent == "" {
		return own
	}
	return parent + "/" + own
}

// FoldersOf gives the folders that a path lies in, the innermost first. A
// container is a folder for what was found in it.
func FoldersOf(p string) (all []string) {
	for p = path.Dir(p); p != "." && p != "/"; p = path.Dir(p) {
		all = append(all, p)
	}
	return all
}
