package trace

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// most is how many traces of one kind one page lists; more say nothing more.
const most = 200

// Text finds marks in a page's text: characters that cannot be seen, unusual
// spaces, letters that look like others, and letters written in two ways.
func Text(text string) []Trace {
	var all []Trace
	all = append(all, invisible(text)...)
	all = append(all, spaces(text)...)
	all = append(all, lookAlikes(text)...)
	return append(all, mixedForms(text)...)
}

// stretches gives a trace for each run of characters that belong together.
func stretches(text string, kind Kind, how Certainty, belongs func(before, r rune) bool) []Trace {
	var all []Trace
	before := rune(-1)
	for i, r := range text {
		if belongs(before, r) {
			end := i + utf8.RuneLen(r)
			if r == utf8.RuneError {
				end = i + 1
			}
			if n := len(all) - 1; n >= 0 && all[n].End == i {
				all[n].End = end
			} else if len(all) < most {
				all = append(all, Trace{Kind: kind, Certainty: how, Start: i, End: end})
			}
		}
		before = r
	}
	return all
}

// invisible finds characters without a mark and without a use where they
// stand. Joiners have one between Arabic letters, in Indic scripts and between
// pictures; marks of direction beside a script that runs from right to left.
func invisible(text string) []Trace {
	right := hasRight(text)
	return stretches(text, Invisible, Found, func(before, r rune) bool {
		switch {
		case r == 0xFEFF && before < 0: // the mark of the encoding
			return false
		case r == 0x200C || r == 0x200D:
			return !joins(before)
		case r == 0x200E || r == 0x200F || r == 0x061C || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			return !right
		case r == 0xFE0E || r == 0xFE0F: // how a picture is drawn
			return !unicode.In(before, unicode.So, unicode.Sk, unicode.Sm, unicode.Nd, unicode.Po)
		case r == 0xAD: // where a word may be broken
			return false
		case r >= 0xFE00 && r <= 0xFE0D || r >= 0xE0100 && r <= 0xE01EF:
			return true
		case r >= 0xE0000 && r <= 0xE007F:
			return true
		case r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0 || r == 0x2800 || r == 0x034F || r == 0x180E:
			return true
		}
		return unicode.Is(unicode.Cf, r) && !unicode.In(r, unicode.Arabic)
	})
}

func hasRight(text string) bool {
	for _, r := range text {
		if r >= 0x0590 && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana) {
			return true
		}
	}
	return false
}

func joins(before rune) bool {
	return unicode.In(before, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Tibetan, unicode.Mongolian, unicode.So, unicode.Sk, unicode.Mn)
}

// spaces finds spaces that keyboards do not write. U+00A0 and U+202F are what
// word processors put into numbers and before punctuation, U+3000 is Han's.
func spaces(text string) []Trace {
	return stretches(text, OddSpaces, Suspected, func(_, r rune) bool {
		return r >= 0x2000 && r <= 0x200A || r == 0x205F || r == 0x1680
	})
}

// mixedForms finds letters with a mark of their own in a text that otherwise
// writes letter and mark as one character.
func mixedForms(text string) []Trace {
	if norm.NFC.IsNormalString(text) {
		return nil
	}
	composed, apart := 0, []Trace(nil)
	var it norm.Iter
	it.InitString(norm.NFC, text)
	for at := 0; !it.Done(); {
		n := it.Pos()
		form := it.Next()
		source := text[n:it.Pos()]
		at = it.Pos()
		switch {
		case string(form) != source && utf8.RuneCountInString(source) > 1 && utf8.RuneCount(form) < utf8.RuneCountInString(source):
			if len(apart) < most {
				apart = append(apart, Trace{Kind: MixedForms, Certainty: Suspected, Start: n, End: at})
			}
		case len(norm.NFD.String(source)) != len(source):
			composed++
		}
	}
	if composed == 0 { // one way throughout: a program's habit, still no mark of one copy
		return nil
	}
	return apart
}
