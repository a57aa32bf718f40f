package web

import (
	"fmt"

	"golang.org/x/text/message"
)

// english holds all words of the room by their keys. Another language is
// another map with the same keys. A key that ends in ".one" is taken when its
// first number is 1.
var english = map[string]string{
	"title.search":  "Search",
	"title.page":    "Page",
	"title.files":   "Files",
	"title.trouble": "Something did not work",
	"title.refusal": "No way in here",
	"title.enter":   "Opening the room",

	"band":        "INVENTED – PRACTICE CASE",
	"skip":        "Skip to the content",
	"nav.main":    "Rooms",
	"nav.files":   "Files",
	"nav.keys":    "Keys",
	"nav.hits":    "Hits",
	"nav.pages":   "Pages of this file",
	"search.box":  "Search the pages",
	"search.hold": "words, “a phrase”, 汉字",
	"search.do":   "Search",

	"search.front":     "Search this case",
	"search.how":       "Every word must be on the page. Put “a phrase” in quotation marks. Chinese needs no spaces; a single character will do.",
	"search.count":     "%d pages match",
	"search.count.one": "%d page matches",
	"search.none":      "No page matches",
	"search.none.how":  "The search covers what was read; files that were not read, or partly, are on the list of files with the reason.",
	"search.wrong":     "This question cannot be answered",
	"search.window":    "Hits %d to %d",
	"search.prev":      "Previous hits",
	"search.next":      "Next hits",
	"search.list":      "Pages that match",

	"page.page":    "page %d",
	"page.section": "section %d",
	"page.of":      "page %d of %d",
	"section.of":   "section %d of %d",
	"page.prev":    "Previous page",
	"page.next":    "Next page",
	"page.picture": "Picture of page %d",
	"page.text":    "Text",
	"page.image":   "Picture",
	"page.totext":  "To the text",
	"page.nowords": "No words were found on this page.",
	"page.section.how": "The source has no pages here: this is a section that we cut, " +
		"and it has no picture.",
	"page.section.drawn": "The source has no pages here: this is a section that we cut, " +
		"and the picture is drawn from its words.",
	"page.wide":   "Larger picture",
	"page.beside": "Picture beside the text",
	"page.back":   "Back to the list",
	"hit.of":      "hit %d of %d",
	"hit.prev":    "Previous hit",
	"hit.next":    "Next hit",

	"files.head":         "Files",
	"count.seen":         "%d seen",
	"count.read":         "%d read",
	"count.partly":       "%d partly",
	"count.failed":       "%d failed",
	"count.duplicates":   "%d duplicates",
	"count.waiting":      "%d waiting",
	"count.untrue":       "These numbers do not add up: run `vidimus audit` on the case.",
	"count.pages":        "%[1]d pages (%[3]d blank), %[2]d sections",
	"count.label":        "The arithmetic of the case",
	"files.reasons":      "Why files were not, or only partly, read",
	"files.list":         "All files, in the order in which they were taken in",
	"files.none":         "Nothing was taken in yet.",
	"files.pages":        "%d pages",
	"files.pages.one":    "%d page",
	"files.sections":     "%d sections",
	"files.sections.one": "%d section",
	"files.same":         "same content as another file",
	"files.prev":         "Earlier files",
	"files.next":         "Later files",

	"state.read":      "read",
	"state.partly":    "partly",
	"state.failed":    "failed",
	"state.duplicate": "duplicate",
	"state.waiting":   "waiting",

	"kind.comments":    "comments",
	"kind.changes":     "tracked changes",
	"kind.hidden":      "not shown in the source",
	"kind.annotations": "annotations and form values",
	"kind.outline":     "bookmarks",
	"kind.properties":  "what the file says about itself",

	"language.zh": "Chinese",
	"language.ug": "Uyghur",
	"language.ru": "Russian",
	"language.kk": "Kazakh",
	"language.en": "English",

	"keys.head":   "Keys",
	"keys.close":  "Close",
	"keys.search": "to the search box",
	"keys.hit":    "next hit, previous hit",
	"keys.page":   "next page, previous page",
	"keys.list":   "down and up in a list",
	"keys.open":   "open what is marked",
	"keys.wide":   "larger picture",
	"keys.back":   "back",
	"keys.help":   "these keys",

	"entry.how":     "Opening the reading room. If nothing happens, press the button.",
	"entry.go":      "Open the room",
	"entry.entered": "You are in. If this page stays, go on by hand.",
	"entry.on":      "Go on",
	"entry.spent":   "This way in was used before, or is older than thirty seconds.",

	"error.how":       "Ask for a new way in at the terminal in which the room was opened: close it, then `vidimus open CASE` or `vidimus serve CASE`.",
	"error.outside":   "This reading room opens only by its own way in.",
	"error.elsewhere": "Another page sent you here. The reading room answers only to its own pages.",
	"error.nothing":   "There is nothing at this address.",
	"error.forgotten": "This view is no longer remembered. Search again, or go to the list of files.",
	"error.failed":    "The case could not be read.",
	"error.page":      "This page could not be read.",
	"error.picture":   "The picture could not be drawn.",
}

// word gives the words for a key, with numbers written as the language does.
func word(p *message.Printer, key string, args ...any) (string, error) {
	if len(args) > 0 && args[0] == 1 {
		if _, ok := english[key+".one"]; ok {
			key += ".one"
		}
	}
	format, ok := english[key]
	if !ok {
		return "", fmt.Errorf("no words for %q", key)
	}
	if len(args) == 0 {
		return format, nil
	}
	return p.Sprintf(format, args...), nil
}
