package writing

import (
	"strings"
	"unicode"
)

// NameCases gives a name of one to three words in Cyrillic letters in the
// cases that Russian sentences give it, the name itself not among them: all
// words, and all but the last, since a woman's surname that ends in a
// consonant has none (Шелваны Адиват). Kazakh and Uyghur endings stand behind
// the whole name, and need no form of their own.
func NameCases(name string) []string {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 || len(words) > 3 || scriptOf(name) != "Cyrl" {
		return nil
	}
	declined := make([][]string, len(words))
	for i, w := range words {
		declined[i] = russianCases(w, i == len(words)-1 && len(words) > 1)
	}
	var all []string
	seen := map[string]bool{strings.Join(words, " "): true}
	add := func(w []string) {
		if key := strings.Join(w, " "); !seen[key] {
			seen[key] = true
			all = append(all, titledAll(w))
		}
	}
	for c := range declined[0] {
		form := make([]string, len(words))
		for i := range words {
			form[i] = declined[i][c]
		}
		add(form)
		if last := len(words) - 1; last > 0 {
			form[last] = words[last]
			add(form)
		}
	}
	return all
}

// casesOf are the genitive, dative, accusative, instrumental and prepositional
// of words by their last letters, the longest first. Each row is a way, and some
// ends have two: Айгуль gives Айгули as a woman's name, Игорь Игоря as a man's.
var casesOf = []struct {
	end  string
	cut  int // letters that the endings stand for
	rows [2]string
	last bool // of a surname alone
}{
	{"ская", 2, [2]string{"ой ой ую ой ой"}, true}, {"цкая", 2, [2]string{"ой ой ую ой ой"}, true},
	{"ский", 2, [2]string{"ого ому ого им ом"}, true}, {"цкий", 2, [2]string{"ого ому ого им ом"}, true},
	{"ова", 1, [2]string{"ой ой у ой ой"}, true}, {"ева", 1, [2]string{"ой ой у ой ой"}, true}, {"ёва", 1, [2]string{"ой ой у ой ой"}, true},
	{"ина", 1, [2]string{"ой ой у ой ой", "ы е у ой е"}, true}, {"ына", 1, [2]string{"ой ой у ой ой", "ы е у ой е"}, true},
	{"ов", 0, [2]string{"а у а ым е", "а у а ом е"}, true}, {"ев", 0, [2]string{"а у а ым е", "а у а ом е"}, true}, {"ёв", 0, [2]string{"а у а ым е"}, true},
	{"ин", 0, [2]string{"а у а ым е", "а у а ом е"}, true}, {"ын", 0, [2]string{"а у а ым е", "а у а ом е"}, true},
	{"ия", 1, [2]string{"и и ю ей и"}, false}, {"ий", 1, [2]string{"я ю я ем и"}, false},
	{"я", 1, [2]string{"и е ю ей е"}, false}, {"й", 1, [2]string{"я ю я ем е"}, false},
	{"ь", 1, [2]string{"я ю я ем е", "и и ь ью и"}, false},
}

// russianCases gives a word in five cases, the ways one after another in two
// rows of five, so that words of one name can be put side by side.
func russianCases(word string, surname bool) []string {
	letters := []rune(word)
	if len(letters) < shortestStem {
		return unchanged(word)
	}
	for _, c := range casesOf {
		if strings.HasSuffix(word, c.end) && (surname || !c.last) {
			stem := string(letters[:len(letters)-c.cut])
			first := ended(stem, c.rows[0])
			if c.rows[1] == "" {
				return append(first, first...)
			}
			return append(first, ended(stem, c.rows[1])...)
		}
	}
	last, stem := letters[len(letters)-1], string(letters[:len(letters)-1])
	switch {
	case last == 'а' && strings.ContainsRune("гкх", before(letters)):
		return twice(stem, "и е у ой е")
	case last == 'а' && strings.ContainsRune("жшщчц", before(letters)):
		return append(ended(stem, "и е у ей е"), ended(stem, "и е у ой е")...)
	case last == 'а':
		return twice(stem, "ы е у ой е")
	case strings.ContainsRune("жшщчц", last):
		return append(ended(word, "а у а ем е"), ended(word, "а у а ом е")...)
	case strings.ContainsRune("бвгғдзкқлмнңпрстфхһ", last):
		return twice(word, "а у а ом е")
	}
	return unchanged(word)
}

func before(letters []rune) rune { return unicode.ToLower(letters[len(letters)-2]) }

func ended(stem, endings string) (all []string) {
	for e := range strings.FieldsSeq(endings) {
		all = append(all, stem+e)
	}
	return all
}

func twice(stem, endings string) []string {
	row := ended(stem, endings)
	return append(row, row...)
}

// unchanged is a word that is alike in all cases.
func unchanged(word string) []string {
	all := make([]string, 10)
	for i := range all {
		all[i] = word
	}
	return all
}
