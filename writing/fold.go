package writing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold writes text so that what search takes for equal is equal: its tokens
// are those of text, in the same order. Gaps between words stay; layout
// between Han, controls and silent marks go.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	at, inRun := 0, false
	for t := range Tokens(text) {
		if !inRun {
			foldGap(&b, text[at:t.Start])
		}
		inRun = t.Han && !t.Last
		if !t.Han {
			b.WriteString(t.Text)
			at = t.End
			continue
		}
		first, _ := utf8.DecodeRuneInString(t.Text)
		_, size := utf8.DecodeRuneInString(text[t.Start:])
		b.WriteRune(first)
		at = t.Start + size
	}
	foldGap(&b, text[at:])
	return b.String()
}

// foldGap writes what lies between tokens.
func foldGap(b *strings.Builder, gap string) {
	table := tables()
	for _, r := range gap {
		switch c := table.look(r).class; {
		case c == mark || c == control || c == shy:
		case isApostrophe(r):
			b.WriteByte('\'')
		case r > 0xFF00 && r < 0xFF5F: // full-width ASCII
			b.WriteRune(r - 0xFEE0)
		default:
			b.WriteRune(r)
		}
	}
}

// foldOne gives what a letter folds to, or 0 if that is several characters.
func foldOne(r rune) rune {
	folded := foldMany(r)
	if f, size := utf8.DecodeRuneInString(folded); size == len(folded) {
		return f
	}
	return 0
}

// foldMany takes a letter apart and folds each part.
func foldMany(r rune) string {
	var out []byte
	for _, part := range norm.NFKD.String(string(r)) {
		if isSilentMark(part) {
			out = attach(out, part)
		} else if isLetter(part) {
			out = appendSimple(out, part)
		}
	}
	if len(out) == 0 {
		return string(r)
	}
	return string(out)
}

// attach puts a mark on the last letter of a folded word: where the two make
// another letter (й, ї, ئ) that letter stands, elsewhere the mark is dropped.
func attach(word []byte, m rune) []byte {
	last, size := utf8.DecodeLastRune(word)
	if !unicode.In(last, unicode.Cyrillic, unicode.Arabic) || !unicode.Is(unicode.Mn, m) {
		return word
	}
	pair := utf8.AppendRune(utf8.AppendRune(nil, last), m)
	composed, n := utf8.DecodeRune(norm.NFC.Bytes(pair))
	if composed == last || n == 0 {
		return word
	}
	return appendSimple(word[:len(word)-size], composed)
}

// appendSimple folds a letter that has no mark or compatibility form.
func appendSimple(out []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch r {
	case 'ß':
		return append(out, "ss"...)
	case 'æ':
		return append(out, "ae"...)
	case 'œ':
		return append(out, "oe"...)
	case 'þ':
		return append(out, "th"...)
	}
	return utf8.AppendRune(out, variant(r))
}

// variant gives the one letter that stands for all that readers, keyboards and
// OCR put in its place. Recall goes over precision: Uyghur ى and ي fall
// together, as do ە and ھ; ئ stays, because it begins every vowel.
func variant(r rune) rune {
	switch r {
	case 'ς':
		return 'σ'
	case 'ı':
		return 'i'
	case 'ø':
		return 'o'
	case 'đ', 'ð':
		return 'd'
	case 'ł':
		return 'l'
	case 'ё', 'ѐ':
		return 'е'
	case 'ѝ':
		return 'и'
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ى', 'ی':
		return 'ي'
	case 'ە', 'ھ', 'ہ':
		return 'ه'
	}
	if r > 0x7F && unicode.Is(unicode.Nd, r) {
		return '0' + digit(r)
	}
	return r
}

// digit gives the value of a decimal digit: each script's ten stand in a row
// that begins with its zero, and adjoining rows are whole tens.
func digit(r rune) rune {
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	return (r - first) % 10
}
