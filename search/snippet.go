package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sizes of a snippet in characters.
const (
	snippetWidth = 160
	snippetLead  = 50 // before the first match
	snippetSlack = 16 // given up to cut between words
)

// Snippet gives the part of text that shows most of the clauses, its matches
// between « and ». White space is folded; control characters, bidi overrides
// among them, are taken out; « and » of the text itself become ‹ and ›, so
// that these marks always mean a match; … stands where text was left out.
func Snippet(text string, ranges []Range) string {
	from, to := window(text, ranges)
	w := snippetWriter{}
	at := from
	for _, r := range Joined(ranges) {
		start, end := max(r.Start, at), min(r.End, to)
		if start >= end {
			continue
		}
		w.plain(text[at:start])
		w.open()
		w.plain(text[start:end])
		w.WriteString("»")
		at = end
	}
	w.plain(text[at:to])
	cut := w.String()
	if from > 0 {
		cut = "…" + cut
	}
	if to < len(text) {
		cut += "…"
	}
	return cut
}

// window chooses the bytes [from, to) to show.
func window(text string, ranges []Range) (from, to int) {
	first := 0
	if len(ranges) > 0 {
		first = min(densest(text, ranges).Start, len(text))
	}
	from = back(text, first, snippetLead)
	to = forward(text, from, snippetWidth)
	if to == len(text) {
		from = min(first, back(text, to, snippetWidth))
	}
	return min(first, seamAfter(text, from)), max(first, seamBefore(text, to))
}

// densest gives the range from which most clauses are near, the first of equals.
// A page of very many matches is looked at in its first few hundred.
func densest(text string, ranges []Range) Range {
	ranges = ranges[:min(len(ranges), 300)]
	best, most := ranges[0], 0
	for i, r := range ranges {
		reach := forward(text, r.Start, snippetWidth-snippetLead-snippetSlack)
		seen, n := map[int]bool{}, 0
		for _, o := range ranges[i:] {
			if o.Start >= reach {
				break
			}
			if o.End <= reach && !seen[o.Clause] {
				seen[o.Clause] = true
				n++
			}
		}
		if n > most {
			best, most = r, n
		}
	}
	return best
}

// back and forward step over n characters.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// seamAfter moves a cut on to where a word begins, if that is near.
func seamAfter(text string, at int) int {
	for cut, n := at, 0; n < snippetSlack && cut < len(text); n++ {
		if seam(text, cut) {
			return cut
		}
		cut = forward(text, cut, 1)
	}
	return at
}

// seamBefore moves a cut back to where a word ends, if that is near.
func seamBefore(text string, at int) int {
	for cut, n := at, 0; n < snippetSlack && cut > 0; n++ {
		if seam(text, cut) {
			return cut
		}
		cut = back(text, cut, 1)
	}
	return at
}

// seam reports whether text can be cut at a byte: beside white space, and
// between Han.
func seam(text string, at int) bool {
	if at == 0 || at == len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsSpace(before) || unicode.IsSpace(after) ||
		unicode.Is(unicode.Han, before) && !unicode.In(after, unicode.M, unicode.P) ||
		unicode.Is(unicode.Han, after)
}

// snippetWriter holds white space back until something follows it, and drops
// it where it is layout: within text that is written without spaces.
type snippetWriter struct {
	strings.Builder
	space bool
	last  rune // written, marks aside
}

func (w *snippetWriter) plain(text string) {
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			w.space = true
			continue
		case unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			continue
		case r == '«':
			r = '‹'
		case r == '»':
			r = '›'
		}
		w.flush(r)
		w.WriteRune(r)
		w.last = r
	}
}

func (w *snippetWriter) open() {
	w.flush(w.last)
	w.WriteString("«")
}

func (w *snippetWriter) flush(next rune) {
	if w.space && w.Len() > 0 && !(wide(w.last) && wide(next)) {
		w.WriteByte(' ')
	}
	w.space = false
}

// wide reports characters of text that has no spaces between words.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff65
}
