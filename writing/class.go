package writing

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is the part that a character plays in a text.
type class uint8

const (
	gap     class = iota // ends words and Han runs
	space                // ends words; layout between Han
	newline              // the same, but two of them are a blank line
	letter               // letters, digits, and marks that carry meaning
	han
	mark    // belongs to the letter before it and is folded away
	control // zero-width and bidi controls: as if it were not there
	shy     // the soft hyphen
)

// entry is what is known of one character: its class and, for letters and Han,
// what it folds to. A fold of 0 means several characters: see foldMany.
type entry struct {
	fold  rune
	class class
}

// The table covers what common text is made of: all below the large Han and
// Hangul blocks, and the compatibility forms at the end of the plane.
const (
	tableEnd    = 0x3400
	tableCompat = 0xF900
)

type classTable struct {
	low    [tableEnd]entry
	compat [0x10000 - tableCompat]entry
}

// tables builds the table at first use; nothing changes it afterwards.
var tables = sync.OnceValue(func() *classTable {
	t := new(classTable)
	for i := range t.low {
		t.low[i] = classify(rune(i))
	}
	for i := range t.compat {
		t.compat[i] = classify(rune(i + tableCompat))
	}
	return t
})

func (t *classTable) look(r rune) entry {
	switch {
	case r < tableEnd:
		return t.low[r]
	case r >= 0x4E00 && r <= 0x9FFF:
		return entry{r, han}
	case r >= tableCompat && r <= 0xFFFF:
		return t.compat[r-tableCompat]
	}
	return classify(r)
}

// classify works out one character from the Unicode tables.
func classify(r rune) entry {
	switch {
	case r == '\n' || r == 0x85 || r == 0x2028:
		return entry{class: newline}
	case r == '\f' || r == '\v' || r == 0x2029 || r == utf8.RuneError:
		return entry{class: gap}
	case unicode.IsSpace(r):
		return entry{class: space}
	case r == 0xAD:
		return entry{class: shy}
	case unicode.Is(unicode.Cf, r):
		return entry{class: control}
	case isSilentMark(r):
		return entry{class: mark}
	case isHan(r):
		return entry{foldHan(r), han}
	case isLetter(r):
		return entry{foldOne(r), letter}
	}
	return entry{class: gap}
}

// isHan includes the extensions not yet in the Unicode version that Go knows:
// planes 2 and 3 are set apart for ideographs.
func isHan(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x20000 && r <= 0x3FFFD
}

func foldHan(r rune) rune {
	f, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
	return f
}

// isSilentMark reports tatweel and those marks without which a word is still
// the same word: vowel signs of Arabic and Hebrew, diacritics of Latin. The
// vowels of Indic scripts and Tibetan and the voicing of kana are not silent.
func isSilentMark(r rune) bool {
	if r == 0x0640 {
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me) && r != 0x3099 && r != 0x309A &&
		unicode.In(r, unicode.Inherited, unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Syriac)
}

// isLetter leaves out superscripts, which are footnotes' numbers, and the
// modifier letters that are apostrophes.
func isLetter(r rune) bool {
	if isApostrophe(r) {
		return false
	}
	return unicode.IsLetter(r) || unicode.In(r, unicode.Nd, unicode.Nl, unicode.M) || isSubscript(r)
}

func isSubscript(r rune) bool { return r >= 0x2080 && r <= 0x2089 }

// isApostrophe reports the characters that people and programs write for an
// apostrophe. It parts words, so that China is found in China's, and Xi'an,
// asked for as a phrase, in every spelling.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', 0xB4, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07, 0xFF40:
		return true
	}
	return r >= 0x02B9 && r <= 0x02BF || r == 0x02C8 || r == 0x02CB || r == 0xA78B || r == 0xA78C
}
