package web

import (
	"maps"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// inPseudo is a language that does not exist: every word is marked, and it is
// written from right to left.
func inPseudo() *catalogue {
	words := maps.Clone(inEnglish().words)
	for key, w := range words {
		words[key] = "⟦" + w + "⟧"
	}
	return &catalogue{"ug", "rtl", words, message.NewPrinter(language.English)}
}

var marked = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)

// TestEveryWordIsOfTheCatalogue draws every page in a language that does not
// exist. What is not of its words must be marked as foreign: as words of the
// case, or of the program where it speaks English to all.
func TestEveryWordIsOfTheCatalogue(t *testing.T) {
	s, err := listenIn(inPseudo(), testRoom(t, sheets()))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, s)
	for name, page := range everyPage(t, s) {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			switch {
			case n.Type == html.TextNode && !foreign(n.Parent):
				unmarked(t, name, n.Data)
			case n.Type == html.ElementNode && n.Data == "html":
				if a := attributes(n); a["lang"] != "ug" || a["dir"] != "rtl" {
					t.Errorf("%s: <html> has %v", name, a)
				}
			case n.Type == html.ElementNode:
				a := attributes(n)
				for _, said := range []string{"aria-label", "alt", "placeholder", "title"} {
					unmarked(t, name, a[said])
				}
			}
		}
	}
}

// unmarked fails the test for words that are not of the catalogue.
func unmarked(t *testing.T, page, text string) {
	t.Helper()
	rest := strings.ReplaceAll(marked.ReplaceAllString(text, ""), "vidimus", "")
	if strings.ContainsFunc(rest, unicode.IsLetter) {
		t.Errorf("%s: %q is not of the catalogue", page, strings.TrimSpace(text))
	}
}

// foreign reports what is not the room's own words: isolated, of a language of
// its own, keys, what is typed, or a script.
func foreign(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		a := attributes(n)
		if n.Data == "bdi" || n.Data == "kbd" || n.Data == "code" || n.Data == "textarea" || n.Data == "script" || a["lang"] == "en" ||
			hasClass(n, "lines") || hasClass(n, "line") || hasClass(n, "snippet") || n.Data == "th" && n.Parent.Data == "tr" && columnLike(n) {
			return true
		}
	}
	return false
}

// columnLike reports the name of a column of a sheet.
func columnLike(n *html.Node) bool {
	return n.FirstChild != nil && regexp.MustCompile(`^[A-Z]{1,2}$`).MatchString(n.FirstChild.Data)
}

func TestLiveWordsAreOfTheCatalogue(t *testing.T) {
	s, err := listenIn(inPseudo(), testRoom(t, sheets()))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, s)
	for _, g := range []Going{{}, {Adding: true, Measured: true, PerMin: 1, Minutes: 1, Waiting: 1, OCR: 1}, {Measured: true, PerMin: 90, Minutes: 5}} {
		words, err := s.goingWords(g)
		if err != nil {
			t.Fatal(err)
		}
		for place, w := range words {
			if marked.ReplaceAllString(w, "") != "" {
				t.Errorf("%s: %q is not of the catalogue", place, w)
			}
		}
	}
}
