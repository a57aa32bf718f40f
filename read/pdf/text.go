package pdf

import (
	"strings"
	"unicode"

	"vidimus"
)

const softHyphen = '\u00ad'

// page reads page n: its words with their boxes, and whether it has ink.
func (r *reader) page(n int64) (vidimus.Page, error) {
	s, err := r.sheet(n)
	if err != nil {
		return vidimus.Page{}, err
	}
	defer r.done(s)
	chars, err := r.chars(s)
	if err != nil {
		return vidimus.Page{}, err
	}
	page := compose(chars)
	page.Number, page.Width, page.Height = int(n), s.width, s.height
	page.Ink = true
	if page.Wordless() {
		page.Ink, err = r.ink(s)
	} else {
		page.Unread, err = r.unread(s, page.Places)
		if _, own := vidimus.FaultOf(err); own {
			page.Unread, err = true, nil // it cannot be drawn: its words are no less there
		}
	}
	return page, err
}

// compose makes text and places of a page's characters.
func compose(chars []char) vidimus.Page {
	var text strings.Builder
	text.Grow(len(chars) + len(chars)/8)
	places := make([]vidimus.Place, 0, len(chars))
	all := lines(chars)
	ordered(all)
	for _, line := range all {
		for _, c := range line {
			start := text.Len()
			text.WriteRune(c.r)
			if unicode.IsSpace(c.r) {
				continue
			}
			if last := len(places) - 1; last >= 0 && places[last].End == start && places[last].Box == c.box {
				places[last].End = text.Len() // pieces of one glyph
				continue
			}
			places = append(places, vidimus.Place{Start: start, End: text.Len(), Box: c.box})
		}
		text.WriteByte('\n')
	}
	return vidimus.Page{Text: text.String(), Places: places}
}

// lines cuts characters at the engine's line ends and after hyphens, where it
// has none. The lines lie in the place of chars.
func lines(chars []char) [][]char {
	var all [][]char
	line := chars[:0]
	cut := func() {
		if n := len(line); n > 0 {
			all = append(all, line[:n:n])
			line = line[n:]
		}
	}
	for _, c := range chars {
		switch {
		case c.r == '\r' || c.r == '\n':
			cut()
		case c.hyphen:
			c.r = softHyphen
			line = append(line, c)
			cut()
		case unicode.IsControl(c.r) && c.r != '\t':
		default:
			line = append(line, c)
		}
	}
	cut()
	return all
}
