package charset

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// latin tells charsets of Latin letters apart that differ in few bytes. What
// is like Windows 1252 is read so; where that sees letters that no language of
// it writes beside each other, another charset has the letters of one that
// does.
func latin(sample []byte) encoding.Encoding {
	text, err := charmap.Windows1252.NewDecoder().String(string(sample))
	if err != nil {
		return charmap.Windows1252
	}
	n := countLatin(text)
	has := func(letters string) bool { return strings.ContainsAny(text, letters) }
	switch {
	// ı ş ğ of Latin 3 are ¹ º » there: never within a word.
	case len(n.within) > 1:
		return charmap.ISO8859_3
	// ı ş ğ of Turkish are ý þ ð: Icelandic has á or æ beside them, Czech
	// is not written in this charset.
	case has("ýþðÝÞÐ") && has("çÇüÜöÖ") && !has("áéíóúæåÁÉÍÓÚÆ"):
		return charmap.Windows1254
	// ő and ű of Hungarian are õ and û: Portuguese has ã or ç, French è or
	// ê, Estonian no á.
	case has("õûÕÛ") && has("áéÁÉ") && !has("ãçèàâêîôñåÃÇÈÀÂÊÎÔÑÅ"):
		if n.controls > 0 {
			return charmap.Windows1250
		}
		return charmap.ISO8859_2
	// € stands in Latin 9 where ¤ does, which nobody writes.
	case has("¤") && n.controls == 0:
		return charmap.ISO8859_15
	}
	return charmap.Windows1252
}

// latinCounts says what stands in a text that was read as Windows 1252.
type latinCounts struct {
	within   map[rune]bool // signs that stand between two small letters
	controls int           // characters that ISO 8859 has no place for
}

func countLatin(text string) (n latinCounts) {
	n.within = map[rune]bool{}
	runes := []rune(text)
	for i, r := range runes {
		if r >= 0x100 || r >= 0x80 && r < 0xa0 {
			n.controls++
		}
		if strings.ContainsRune("¹º»", r) && i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i-1]) && unicode.IsLower(runes[i+1]) {
			n.within[r] = true
		}
	}
	return n
}
