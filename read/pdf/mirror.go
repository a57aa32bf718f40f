package pdf

import (
	"slices"
	"strings"
)

// In right-to-left text an opening bracket is drawn as its mirror image. Some
// files' tables say what was written, others what is drawn, and the engine
// always takes them for the second. Whether it was wrong is seen from a page
// whose brackets close before they open.

// mirrored reports that the brackets of these lines close before they open.
func mirrored(lines map[int][]cluster) bool {
	wrong := 0
	for _, line := range lines {
		for _, c := range line {
			if r := c.chars[0].r; c.right && pair(r) != r {
				if strings.ContainsRune(opening, r) {
					wrong--
				} else {
					wrong++
				}
				break // the first bracket of a line tells
			}
		}
	}
	return wrong > 0
}

// mirror turns the brackets of a line round that stand in right-to-left text.
func mirror(line []cluster) {
	for _, c := range line {
		if c.right {
			c.chars[0].r = pair(c.chars[0].r)
		}
	}
}

const (
	opening = "([{<«‹"
	closing = ")]}>»›"
)

// pair gives a bracket's other half, and any other character itself.
func pair(r rune) rune {
	o, c := []rune(opening), []rune(closing)
	if i := slices.Index(o, r); i >= 0 {
		return c[i]
	}
	if i := slices.Index(c, r); i >= 0 {
		return o[i]
	}
	return r
}

// rightLigature puts the pieces of one glyph in the order in which they are
// written. The engine turns those round that a file's own table gives, and not
// those that it takes apart itself. Lam goes before alef, and a hamza that
// carries a vowel before the vowel: no glyph has them otherwise.
func rightLigature(pieces []char) {
	last := len(pieces) - 1
	if last < 1 {
		return
	}
	lamAlef := pieces[last].r == 'ل' && strings.ContainsRune("اأإآٱ", pieces[0].r)
	if lamAlef || pieces[last].r == 'ئ' {
		slices.Reverse(pieces)
	}
}
