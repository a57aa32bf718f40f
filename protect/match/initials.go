package match

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// initial is the beginning of a word: what can stand for it before a stop is
// its first letter, or the first two, as in Sh., Ю. and ئۇ.
type initial struct{ first, second rune } // in capitals, where there are

// initialOf gives what stands for a word, which begins the text.
func initialOf(text string) initial {
	first, size := letterOf(text)
	second, _ := letterOf(text[size:])
	return initial{first, second}
}

// letterOf gives the first letter of a text with its marks, composed and in
// capitals, and its length; 0 and 0 where no letter stands first.
func letterOf(text string) (rune, int) {
	r, size := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(r) {
		return 0, 0
	}
	for size < len(text) {
		m, n := utf8.DecodeRuneInString(text[size:])
		if !unicode.Is(unicode.M, m) {
			break
		}
		size += n
	}
	if size > utf8.RuneLen(r) {
		r, _ = utf8.DecodeRuneInString(norm.NFC.String(text[:size]))
	}
	return unicode.ToUpper(r), size
}

// base is the letter that a text has before the marks of an initial.
func (i initial) base() rune {
	r, _ := utf8.DecodeRuneInString(norm.NFD.String(string(i.first)))
	return r
}

// learnInitials notes the forms of several words by their first letters, as
// they may stand in a text.
func (l *List) learnInitials() {
	l.initials = map[rune][]*form{}
	for i, f := range l.forms {
		if f.kind != whole || len(f.first) < 2 {
			continue
		}
		first := f.first[0]
		l.initials[first.first] = append(l.initials[first.first], &l.forms[i])
		if b := first.base(); b != first.first {
			l.initials[b] = append(l.initials[b], &l.forms[i])
		}
	}
}

// inInitials finds the initials of names of several words: capitals with a
// stop behind each.
func (l *List) inInitials(text string) (hits []Hit) {
	before := rune(0)
	for i, r := range text {
		forms := l.initials[r] // few have any: asked first, for it is cheap
		if len(forms) > 0 && before != '.' && (unicode.IsUpper(r) || unicode.Is(unicode.Lo, r)) && !unicode.IsLetter(before) {
			for _, form := range forms {
				if end, ok := initialsAt(text[i:], form.first); ok {
					hits = append(hits, Hit{form.person, i, i + end, Review, "initials"})
				}
			}
		}
		before = r
	}
	return hits
}

func initialsAt(text string, words []initial) (int, bool) {
	at := 0
	for _, want := range words {
		for at > 0 && at < len(text) && (text[at] == ' ' || text[at] == '\n') {
			at++
		}
		size := want.at(text[at:])
		if at += size; size == 0 || at == len(text) || text[at] != '.' {
			return 0, false
		}
		at++
	}
	next, _ := utf8.DecodeRuneInString(text[at:])
	return at, !unicode.IsLetter(next)
}

// at gives how long what stands for the word is, 0 where it does not stand
// first in the text.
func (i initial) at(text string) int {
	r, size := letterOf(text)
	if size == 0 || r != i.first {
		return 0
	}
	if c, _ := utf8.DecodeRuneInString(text); unicode.IsLower(c) {
		return 0
	}
	if r, more := letterOf(text[size:]); more > 0 {
		if r != i.second {
			return 0
		}
		size += more
	}
	return size
}
