package layout

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// paragraphs splits text at its line ends.
func paragraphs(text []rune) [][]rune {
	var all [][]rune
	for {
		i := slices.Index(text, '\n')
		if i < 0 {
			return append(all, text)
		}
		all = append(all, text[:i])
		text = text[i+1:]
	}
}

// stretchOf is how much of a paragraph is set at once: all of it, or up to the
// last white space that leaves at least half a stretch, or a whole one.
func stretchOf(text []rune) int {
	if len(text) <= stretch {
		return len(text)
	}
	for i := stretch; i > stretch/2; i-- {
		if unicode.IsSpace(text[i-1]) {
			return i
		}
	}
	return stretch
}

// substitute is drawn for characters that must not act on their neighbours.
const substitute = '\ufffd'

// drawn is text as it is set, character for character. Tabs and other line
// ends are spaces. Control characters and those that reorder their neighbours
// (UAX 9, explicit formatting) are shown and have no effect, so that the
// picture cannot show what the text does not say.
func drawn(text []rune) []rune {
	out := slices.Clone(text)
	for i, r := range out {
		switch {
		case r == '\t', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			out[i] = ' '
		case unicode.Is(unicode.Cc, r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			out[i] = substitute
		}
	}
	return out
}

// rightToLeft reports text of which most letters are written from right to
// left.
func rightToLeft(text []rune) bool {
	left, right := strong(text)
	return right > left
}

// lineRightToLeft is the direction of a paragraph in a section of the given
// one: on a sheet from right to left, a paragraph with one such letter, or
// with no letter at all, goes along.
func lineRightToLeft(text []rune, section bool) bool {
	left, right := strong(text)
	switch {
	case left == 0 && right == 0:
		return section
	case section && right > 0:
		return true
	}
	return right > left
}

// strong counts the letters that have a direction.
func strong(text []rune) (left, right int) {
	for _, r := range text {
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
