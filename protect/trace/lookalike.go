package trace

import (
	"unicode"
	"unicode/utf8"
)

// twins are letters of Latin, Cyrillic and Greek that look the same, as the
// confusables of UTS 39 have them, for each script in one order.
const (
	twinLatin    = "aceopxyijshdqwABCEHIKMOPTXYSJv"
	twinCyrillic = "асеорхуіјѕһԁԛԝАВСЕНІКМОРТХУЅЈѵ"
	twinGreek    = "ορνικαυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
)

var looksAlike = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range twinLatin + twinCyrillic + twinGreek {
		m[r] = true
	}
	return m
}()

// lookAlikes finds words in which letters of two scripts stand that look the
// same: a Cyrillic а in a Latin word. Words that mix scripts by other letters
// are abbreviations and formulas, and no mark.
func lookAlikes(text string) []Trace {
	var all []Trace
	for w := range words(text) {
		if len(all) == most {
			break
		}
		if how := mixture(text[w.start:w.end]); how != "" {
			all = append(all, Trace{Kind: LookAlikes, Certainty: how, Start: w.start, End: w.end})
		}
	}
	return all
}

type span struct{ start, end int }

// words gives runs of letters.
func words(text string) func(func(span) bool) {
	return func(yield func(span) bool) {
		start := -1
		for i, r := range text {
			letter := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
			if letter && start < 0 {
				start = i
			}
			if !letter && start >= 0 {
				if !yield(span{start, i}) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(span{start, len(text)})
		}
	}
}

// mixture judges one word. Found: the letters of the rarer script all have a
// twin in the other, so that nobody would see them.
func mixture(word string) Certainty {
	var latin, cyrillic, greek, foreign, alike int
	for _, r := range word {
		switch {
		case r < utf8.RuneSelf && unicode.IsLetter(r), unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Greek, r):
			greek++
		}
	}
	total := latin + cyrillic + greek
	most := max(latin, cyrillic, greek)
	if total == most || total < 3 {
		return ""
	}
	for _, r := range word {
		own := most == latin && unicode.Is(unicode.Latin, r) || most == cyrillic && unicode.Is(unicode.Cyrillic, r) || most == greek && unicode.Is(unicode.Greek, r)
		if own || !unicode.IsLetter(r) {
			continue
		}
		foreign++
		if looksAlike[r] {
			alike++
		}
	}
	if alike == foreign && foreign*2 < total && !abbreviation(word) {
		return Found
	}
	return ""
}

// abbreviation reports a word that begins with two capitals of one script and
// goes on in another, as in USBкабель.
func abbreviation(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(first) && unicode.IsUpper(second) &&
		unicode.Is(unicode.Latin, first) == unicode.Is(unicode.Latin, second)
}

// pairs are the letters that look the same, Latin and Cyrillic.
var pairs = func() (m struct{ latin, cyrillic map[rune]rune }) {
	m.latin, m.cyrillic = map[rune]rune{}, map[rune]rune{}
	latin, cyrillic := []rune("aceopxyijshdqwABCEHIKMOPTXYSJ"), []rune("асеорхуіјѕһԁԛԝАВСЕНІКМОРТХУЅЈ")
	for i, l := range latin {
		m.latin[cyrillic[i]], m.cyrillic[l] = l, cyrillic[i]
	}
	return m
}()

// OneScript writes a word that mixes scripts by letters that look alike in the
// script that most of its letters are of.
func OneScript(word string) string {
	latin, cyrillic := 0, 0
	for _, r := range word {
		if unicode.Is(unicode.Latin, r) {
			latin++
		} else if unicode.Is(unicode.Cyrillic, r) {
			cyrillic++
		}
	}
	to := pairs.latin
	if cyrillic > latin {
		to = pairs.cyrillic
	}
	out := []rune(word)
	for i, r := range out {
		if twin, ok := to[r]; ok {
			out[i] = twin
		}
	}
	return string(out)
}
