package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"vidimus"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/search"
)

// words reads what to find and, after its line, the reason.
func (r redacting) words(c *console) (wanted, why string, err error) {
	if r.find == "" {
		return "", "", nil
	}
	if terminal(c.in) {
		fmt.Fprint(c.err, "Words to withhold, then the reason, then Ctrl-D: ")
	}
	b, err := io.ReadAll(io.LimitReader(c.in, 64<<10))
	if err != nil {
		return "", "", errors.New("the words cannot be read from standard input")
	}
	wanted, why, _ = strings.Cut(string(b), "\n")
	if wanted = strings.TrimSpace(wanted); wanted == "" {
		return "", "", errUsage{errors.New("there are no words to find on standard input")}
	}
	return wanted, strings.TrimSpace(why), nil
}

// sheetOf is a page with the reading that it is shown from.
type sheetOf struct {
	reading int64
	vidimus.Page
}

func (p sheetOf) withhold(start, end int, class protect.Class) protect.Area {
	return protect.Withhold(p.Page, p.reading, start, end, class)
}

// finding looks for the words that were typed, on each page and over the
// borders of pages.
type finding struct {
	wanted string
	only   int // the page chosen; 0 is all
	class  protect.Class
	add    func([]protect.Area)
	last   sheetOf // the page before that has words
}

// next looks at the next page.
func (f *finding) next(p sheetOf) {
	if f.wanted == "" || p.Wordless() {
		return
	}
	var areas []protect.Area
	if f.only == 0 || f.only == p.Number || f.only == f.last.Number {
		areas = f.over(p)
	}
	if f.only == 0 || f.only == p.Number {
		for _, found := range wordsFound(p.Text, f.wanted) {
			areas = append(areas, p.withhold(found.Start, found.End, f.class))
		}
	}
	f.add(areas)
	f.last = p
}

// over withholds what begins on the page before and ends on this one, on both.
func (f *finding) over(p sheetOf) (areas []protect.Area) {
	for b := range match.Borders(f.last.Text, p.Text) {
		for _, found := range search.Everywhere(b.Text, f.wanted) {
			if one, two, ok := b.Halves(found.Start, found.End); ok {
				areas = append(areas, f.last.withhold(one.Start, one.End, f.class), p.withhold(two.Start, two.End, f.class))
			}
		}
		if len(areas) > 0 {
			break
		}
	}
	return areas
}

// wordsFound finds words on a page as its lines stand, and as they read where
// the end of a line parts them.
func wordsFound(text, wanted string) []search.Range {
	all := search.Everywhere(text, wanted)
	whole, from := rejoined(text)
	if len(whole) == len(text) {
		return all
	}
	for _, found := range search.Everywhere(whole, wanted) {
		s := search.Range{Start: from[found.Start], End: from[found.End-1] + 1}
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

var parting = regexp.MustCompile(`(\pL\pM*)(?:[-\x{2010}\x{ad}]+[ \t]*\r?\n[ \t]*|\x{ad}+)(\pL)`)

// rejoined is a text without the hyphens that part words at the ends of lines;
// from tells of each byte where it stands in the text.
func rejoined(text string) (whole string, from []int) {
	var b strings.Builder
	at := 0
	keep := func(end int) {
		b.WriteString(text[at:end])
		for ; at < end; at++ {
			from = append(from, at)
		}
	}
	for {
		m := parting.FindStringSubmatchIndex(text[at:])
		if m == nil {
			keep(len(text))
			return b.String(), from
		}
		next := at + m[4]
		keep(at + m[3])
		at = next
	}
}
