package protect

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vidimus/protect/trace"
)

// Publishable writes text as an edition does: composed (NFC), without
// characters that cannot be seen, with one sort of space, and with letters of
// one script in a word that looks like one. Two copies that differ only in
// such marks are then the same.
func Publishable(text string) string {
	// What cannot be seen goes first: it can part a word whose letters are twins.
	return norm.NFC.String(untwinned(seen(text)))
}

// seen is a text composed, without what cannot be seen, and with one sort of
// space.
func seen(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	before, space := rune(-1), false
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\n':
			space = false
			b.WriteRune(r)
			before = r
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		case unseen(before, r):
			continue
		}
		if space && before >= 0 && before != '\n' {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		before = r
	}
	return norm.NFC.String(b.String())
}

// unseen reports a character that nobody sees and no spelling needs. The two
// joiners stay between letters of scripts that join.
func unseen(before, r rune) bool {
	switch {
	case r == 0x200C || r == 0x200D:
		return !unicode.In(before, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Mongolian)
	case r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0000 && r <= 0xE0FFF:
		return true
	case r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0 || r == 0x2800 || r == 0x034F || r == 0x180E:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Co, r) || unicode.Is(unicode.Cs, r)
}

// untwinned puts the letters of one script into words that have a few of
// another's that look the same.
func untwinned(text string) string {
	var b strings.Builder
	at := 0
	for _, t := range trace.Text(text) {
		if t.Kind != trace.LookAlikes || t.Start < at {
			continue
		}
		b.WriteString(text[at:t.Start])
		b.WriteString(trace.OneScript(text[t.Start:t.End]))
		at = t.End
	}
	if at == 0 {
		return text
	}
	return b.String() + text[at:]
}
