package web

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// line is a stretch of foreign text, ready to be shown: isolated, with a
// direction of its own.
type line struct {
	Dir   string // "ltr" or "rtl"
	Parts []part
}

// part is a stretch of a line: plain, lit, or a control character by name.
type part struct {
	Text    string
	Lit     bool
	Control bool
}

// overrides are the characters that move their neighbours about. They are
// shown by name: in a file's name or a page's text they can make a reader see
// what is not there.
var overrides = map[rune]string{
	'\u202a': "LRE", '\u202b': "RLE", '\u202c': "PDF", '\u202d': "LRO", '\u202e': "RLO",
	'\u2066': "LRI", '\u2067': "RLI", '\u2068': "FSI", '\u2069': "PDI",
}

// lines splits text at its line ends and lights the ranges. Ranges that do
// not fit the text are cut to it.
func lines(text string, lit []Range) []line {
	page := direction(text)
	var all []line
	for start := 0; start <= len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		all = append(all, line{lineDirection(text[start:end], page), split(text, start, end, lit)})
		for len(lit) > 0 && lit[0].End <= end {
			lit = lit[1:]
		}
		start = end + 1
	}
	return all
}

// split cuts text[start:end] into parts at the borders of the lit ranges.
func split(text string, start, end int, lit []Range) []part {
	var parts []part
	for _, r := range lit {
		from, to := max(r.Start, start), min(r.End, end)
		if r.Start >= end {
			break
		}
		if from >= to {
			continue
		}
		parts = visible(parts, text[start:from], false)
		parts = visible(parts, text[from:to], true)
		start = to
	}
	return visible(parts, text[start:end], false)
}

// visible appends s with its control characters named. Bytes that are not
// UTF-8, as names of files can hold, become the replacement character.
func visible(parts []part, s string, lit bool) []part {
	plain := 0
	flush := func(to int) {
		if to > plain {
			parts = append(parts, part{Text: strings.ToValidUTF8(s[plain:to], "\ufffd"), Lit: lit})
		}
	}
	for i, r := range s {
		if name := controlName(r); name != "" {
			flush(i)
			parts = append(parts, part{Text: name, Control: true})
			plain = i + utf8.RuneLen(r)
		}
	}
	flush(len(s))
	return parts
}

// controlName is what a control character is shown as, "" for any other.
func controlName(r rune) string {
	name := overrides[r]
	if name == "" && unicode.Is(unicode.Cc, r) && r != '\t' {
		name = fmt.Sprintf("U+%04X", r)
	}
	return name
}

// pathSegments are the names of a path, from the outside in. Each is isolated
// and laid from left to right, so that neither the order of folders nor a
// file's extension can wander through another script's letters.
func pathSegments(path string) []line {
	var all []line
	for name := range strings.SplitSeq(path, "/") {
		all = append(all, plainLine(name))
	}
	return all
}

// plainLine is one name, laid from left to right.
func plainLine(name string) line { return line{"ltr", visible(nil, name, false)} }

// markedLine is a snippet: what stands between « and » is lit.
func markedLine(snippet string) line {
	l := line{Dir: direction(snippet)}
	for {
		before, rest, ok := strings.Cut(snippet, "«")
		inside, after, closed := strings.Cut(rest, "»")
		if !ok || !closed {
			l.Parts = visible(l.Parts, snippet, false)
			return l
		}
		l.Parts = visible(l.Parts, before, false)
		l.Parts = visible(l.Parts, inside, true)
		snippet = after
	}
}

// direction is the one in which most letters of s are written.
func direction(s string) string {
	if left, right := strong(s); right > left {
		return "rtl"
	}
	return "ltr"
}

// lineDirection is that of the page unless the line speaks against it: on a
// page from right to left, a line with one such letter goes along.
func lineDirection(s, page string) string {
	left, right := strong(s)
	switch {
	case left == 0 && right == 0:
		return page
	case page == "rtl" && right > 0, right > left:
		return "rtl"
	}
	return "ltr"
}

// strong counts the letters that have a direction.
func strong(s string) (left, right int) {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			left++
		case bidi.R, bidi.AL:
			right++
		}
	}
	return left, right
}
