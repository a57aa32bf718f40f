package main

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/writing"
)

// class is one kind of question, put to ours and to the peers in their forms.
type class struct {
	Name   string     `json:"name"`
	Form   string     `json:"form"` // top, count or facets
	Typed  []string   `json:"-"`
	FTS5   []string   `json:"fts5"`
	Xapian [][]string `json:"xapian"`
	Goal   float64    `json:"-"`
}

const (
	pageText      = 2000
	perClass      = 20
	answersToFTS5 = 3.5 // the goal of each class
)

// written makes so many pages of five writings, a few to a file, dates on some.
func writtenPages(n int) []archive.Change {
	l := newLexicon(11)
	changes := make([]archive.Change, 0, n+n/4)
	file := int64(0)
	add := func(c archive.Change) {
		c.Seq = int64(len(changes) + 1)
		changes = append(changes, c)
	}
	for i := range n {
		if i%5 == 0 {
			file++
			add(archive.Change{File: file, About: archive.About{
				Path: fmt.Sprintf("%d/%d/letter %d", file%7, file%50, file), State: vidimus.Read,
				Type: []string{"application/pdf", "message/rfc822", "text/plain"}[file%3],
			}})
		}
		var put []string
		if i%4 == 0 {
			put = []string{fmt.Sprintf("%d-%02d-%02d", 2010+l.draw.IntN(10), 1+l.draw.IntN(12), 1+l.draw.IntN(28))}
		}
		text := strings.Join(l.paragraphs(pageText/2+l.draw.IntN(pageText), put), "\n")
		add(archive.Change{Page: vidimus.PageID(int64(i+1), 1), Text: text, Kind: "text", File: file})
	}
	return changes
}

// vocabulary knows in how many pages each token stands, and some phrases.
type vocabulary struct {
	pages   map[string]int
	byCount []string // words, not Han, the most frequent first
	phrases [][2]string
	han     []string // five characters in a row
}

func newVocabulary(changes []archive.Change) *vocabulary {
	v := &vocabulary{pages: map[string]int{}}
	draw := rand.New(rand.NewPCG(3, 3))
	for i, c := range changes {
		seen := map[string]bool{}
		tokens := slices.Collect(writing.Tokens(c.Text))
		for _, t := range tokens {
			if !seen[t.Text] {
				seen[t.Text] = true
				v.pages[t.Text]++
			}
		}
		if len(tokens) < 20 || i%50 > 2 {
			continue
		}
		at := draw.IntN(len(tokens) - 8)
		if t := tokens[at : at+5]; t[0].Han && t[4].Han && !slices.ContainsFunc(t, func(t writing.Token) bool { return t.Last || !t.Han }) {
			v.han = append(v.han, strings.Join(strings.Fields(c.Text[t[0].Start:t[3].End]), ""))
		} else if !t[0].Han && !t[1].Han && t[0].Text != t[1].Text {
			v.phrases = append(v.phrases, [2]string{t[0].Text, t[1].Text})
		}
	}
	v.byCount = slices.SortedFunc(maps.Keys(v.pages), func(a, b string) int {
		return cmp.Or(cmp.Compare(v.pages[b], v.pages[a]), strings.Compare(a, b))
	})
	v.byCount = slices.DeleteFunc(v.byCount, func(t string) bool { return writing.IsHan([]rune(t)[0]) || strings.ContainsAny(t, "0123456789") })
	return v
}

// near gives words that about so many pages have.
func (v *vocabulary) near(pages float64, n int) []string {
	at, _ := slices.BinarySearchFunc(v.byCount, pages, func(t string, want float64) int { return cmp.Compare(want, float64(v.pages[t])) })
	at = max(0, min(at, len(v.byCount)-n))
	return v.byCount[at : at+n]
}

func quotedAll(words []string, by string) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = `"` + w + `"`
	}
	return strings.Join(all, by)
}

// classes are those of the question measures.
func (v *vocabulary) classes(pages int) (all []class) {
	n := float64(pages)
	rare, mid, common := v.near(5, perClass), v.near(n*0.015, perClass), v.near(n*0.12, perClass)
	add := func(name, form string, each func(i int) (typed, fts5 string, xapian []string)) {
		c := class{Name: name, Form: form, Goal: answersToFTS5}
		for i := range perClass {
			typed, fts5, xapian := each(i)
			c.Typed, c.FTS5, c.Xapian = append(c.Typed, typed), append(c.FTS5, fts5), append(c.Xapian, xapian)
		}
		all = append(all, c)
	}
	one := func(words []string) func(int) (string, string, []string) {
		return func(i int) (string, string, []string) {
			return words[i], `"` + words[i] + `"`, []string{"or", words[i]}
		}
	}
	three := func(words []string, by, xapian string) func(int) (string, string, []string) {
		return func(i int) (string, string, []string) {
			w := []string{words[i], words[(i+5)%perClass], words[(i+11)%perClass]}
			return strings.Join(w, by), quotedAll(w, by), append([]string{xapian}, w...)
		}
	}
	add("rare word, best 20", "top", one(rare))
	add("word on 1.5 % of pages, best 20", "top", one(mid))
	add("common word, best 20", "top", one(common))
	add("OR of three common words, best 20", "top", three(common, " OR ", "or"))
	add("three common words, best 20", "top", three(common, " AND ", "and"))
	add("phrase, best 20", "top", func(i int) (string, string, []string) {
		p := v.phrases[i%len(v.phrases)]
		return `"` + p[0] + " " + p[1] + `"`, `"` + p[0] + `" + "` + p[1] + `"`, []string{"phrase", p[0], p[1]}
	})
	add("Chinese phrase of five characters, best 20", "top", func(i int) (string, string, []string) {
		han := []rune(v.han[i%len(v.han)])
		var pairs []string
		for j := range len(han) - 1 {
			pairs = append(pairs, string(han[j:j+2]))
		}
		return string(han), quotedAll(pairs, " + "), append([]string{"phrase"}, pairs...)
	})
	add("near within 5, best 20", "top", func(i int) (string, string, []string) {
		a, b := common[i], common[(i+7)%perClass]
		return fmt.Sprintf("%q~5", a+" "+b), fmt.Sprintf(`NEAR("%s" "%s", 5)`, a, b), []string{"near", a, b}
	})
	add("prefix, best 20", "top", func(i int) (string, string, []string) {
		p := string([]rune(mid[i])[:3])
		return p + "*", `"` + p + `" *`, []string{"prefix", p}
	})
	add("common word, counted", "count", one(common))
	add("common word, facets", "facets", one(common))
	return all
}
