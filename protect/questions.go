package protect

import (
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"vidimus/writing"
)

// runLength is how many words, or Han characters, in a row are a quotation.
const runLength = 8

// Paragraphs parts a text at its empty lines.
func Paragraphs(text string) (all []string) {
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// Runs gives every run of eight words, or of eight Han characters, of a text,
// as it stands there. A shorter text has none.
func Runs(text string) iter.Seq[string] {
	units := unitsOf(text)
	return func(yield func(string) bool) {
		for i := 0; i+runLength <= len(units); i++ {
			if !yield(text[units[i].start:units[i+runLength-1].end]) {
				return
			}
		}
	}
}

// unit is a word, or a Han character.
type unit struct {
	key        string // folded
	start, end int
}

// unitsOf gives what of a text counts: signs between do not.
func unitsOf(text string) (all []unit) {
	for t := range writing.Tokens(text) {
		u := unit{t.Text, t.Start, t.End}
		if t.Han { // a pair stands for its first character: the next pair, or the last alone, for the second
			_, n := utf8.DecodeRuneInString(t.Text)
			_, size := utf8.DecodeRuneInString(text[t.Start:])
			u.key, u.end = writing.Simplified(t.Text[:n]), t.Start+size
		}
		all = append(all, u)
	}
	return all
}

func keyOf(run []unit) string {
	var b strings.Builder
	for _, u := range run {
		b.WriteString(u.key)
		b.WriteByte(' ')
	}
	return b.String()
}

var hyphened = regexp.MustCompile(`(\pL\pM*)[-\x{2010}\x{ad}]+[ \t]*\r?\n[ \t]*(\pL)`)

// wholeWords puts together again the words that the ends of lines part.
func wholeWords(text string) string { return hyphened.ReplaceAllString(text, "$1$2") }

// readings of a text: as it stands, and with its parted words put together,
// where that is another.
func readings(text string) []string {
	if whole := wholeWords(text); whole != text {
		return []string{text, whole}
	}
	return []string{text}
}
