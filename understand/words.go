package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// worded is a word of a text in letters that have two cases.
type worded struct {
	text, lower string
	start, end  int
	upper       bool // it begins with a capital
	capitals    bool // it has two letters or more, all capitals
	initial     bool // one capital and a full stop: an initial
	opens       bool // a sentence, a line of speech or a heading begins with it
	joined      bool // only one space parts it from the word before
	cyrillic    bool
}

// wordsOf cuts a text into words of Latin and Cyrillic letters. A hyphen, a
// full stop between capitals and an apostrophe within are part of the word;
// an English possessive is not.
func wordsOf(text string) (all []worded) {
	opens, gap := true, ""
	end := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !cased(r) {
			switch r {
			case '.', '!', '?', '…', ':', ';', '"', '“', '«', '„', '—', '•', '*':
				opens = true
			case ' ', '\t', ')', '”', '»', '(', '\u00a0', '\r', '\n', '-', '–':
			default:
				opens = false
			}
			i += size
			continue
		}
		stop := wordEnd(text, i)
		w := newWord(text, i, stop)
		gap = text[end:i]
		w.joined = len(all) > 0 && (gap == " " || gap == "\u00a0" || gap == "\n")
		if n := len(all); n > 0 && w.joined && endsAbbreviation(all[n-1]) {
			opens = false
		}
		w.opens = opens
		opens, end, i = false, w.end, stop
		all = append(all, w)
	}
	return all
}

func cased(r rune) bool {
	if r >= 0x2E80 && r < 0xA640 || r >= 0x0530 && r < 0x1C80 {
		return false // Han and Arabic, and what stands between them and beside
	}
	return unicode.In(r, unicode.Latin, unicode.Cyrillic)
}

// mostWord is where a run of letters is cut: no name is that long.
const mostWord = 200

func wordEnd(text string, i int) int {
	start := i
	for i < len(text) && i-start < mostWord {
		r, size := utf8.DecodeRuneInString(text[i:])
		if cased(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if (r == '-' || r == '‐' || r == '\'' || r == '’' || r == 'ʻ' || r == '&') && cased(next) {
			i += size
			continue
		}
		if r == '.' && abbreviates(text[start:i]) {
			i += size
			continue
		}
		break
	}
	return i
}

// abbreviates reports whether a full stop after this is part of the word: it
// ends in a single capital that stands alone.
func abbreviates(word string) bool {
	r, size := utf8.DecodeLastRuneInString(word)
	if !unicode.IsUpper(r) {
		return false
	}
	before := word[:len(word)-size]
	return before == "" || strings.HasSuffix(before, ".")
}

// newWord is text[start:stop] without an English possessive.
func newWord(text string, start, stop int) worded {
	w := worded{text: text[start:stop], start: start, end: stop}
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		w.text = strings.TrimSuffix(w.text, s)
	}
	w.end = start + len(w.text)
	w.lower = strings.ToLower(w.text)
	r, _ := utf8.DecodeRuneInString(w.text)
	w.upper, w.cyrillic = unicode.IsUpper(r), unicode.Is(unicode.Cyrillic, r)
	letters := strings.ReplaceAll(w.text, ".", "")
	w.initial = w.upper && utf8.RuneCountInString(letters) == 1 && len(letters) < len(w.text)
	w.capitals = utf8.RuneCountInString(letters) > 1 && letters == strings.ToUpper(letters)
	return w
}

// endsAbbreviation reports a word whose full stop ends no sentence.
func endsAbbreviation(w worded) bool {
	if w.initial {
		return true
	}
	switch w.lower {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "rev", "st", "sen", "gov", "hon", "capt",
		"тов", "гр", "г", "им", "ул", "проф", "акад", "ген", "св", "обл", "пос":
		return true
	}
	return false
}

// sequences gives the rows of words with capitals that one space parts.
func sequences(words []worded) (all [][2]int) {
	for i := 0; i < len(words); {
		if !words[i].upper {
			i++
			continue
		}
		j := i + 1
		for j < len(words) && words[j].upper && words[j].joined && words[j].cyrillic == words[i].cyrillic && !words[j].opens {
			j++
		}
		all = append(all, [2]int{i, j})
		i = j
	}
	return all
}
