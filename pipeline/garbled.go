package pipeline

import (
	"unicode"
)

// Garbled reports text that is likely not what the page shows: a font without
// a table to Unicode, or with a wrong one, gives characters of private use,
// replacement marks, or signs where letters should be; letters of scripts that
// no word mixes are another such sign.
func Garbled(text string) bool {
	var all, odd, letters, signs, mixed, words int
	scripts, previous := 0, 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			if scripts > 0 {
				words++
			}
			if scripts > 1 {
				mixed++
			}
			scripts, previous = 0, 0
			continue
		}
		all++
		switch {
		case r == '\ufffd' || unicode.In(r, unicode.Co, unicode.Cn) || r >= 0x80 && r < 0xa0:
			odd++
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			letters++
			if s := alphabet(r); s != 0 && s != previous {
				scripts, previous = scripts+1, s
			}
		default:
			signs++
		}
	}
	const few = 20
	if all < few {
		return all > 0 && 2*odd > all
	}
	return 10*odd > all || signs > 2*letters && !ruled(text) || words > few && 3*mixed > words
}

// alphabet numbers the scripts that words do not mix; 0 for the others.
func alphabet(r rune) int {
	for i, s := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Thai} {
		if unicode.Is(s, r) {
			return i + 1
		}
	}
	return 0
}

// ruled reports a page of dots and dashes, as forms and lists of contents have.
func ruled(text string) bool {
	n, all := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			continue
		case r == '.' || r == '_' || r == '-' || r == '…' || r == '·' || r == '=' || r == '*' || r >= 0x2500 && r < 0x25a0:
			n++
		}
		all++
	}
	return 2*n > all
}
