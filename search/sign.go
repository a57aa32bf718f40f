package search

import (
	"strings"
	"unicode"
)

// skip steps over what parts words.
func (p *parser) skip() {
	for p.at < len(p.text) && parts(ascii(p.text[p.at])) {
		p.at++
	}
}

// ends tells that the present bracket, or one side of an OR, ends here.
func (p *parser) ends() bool {
	return p.at == len(p.text) || p.open > 0 && p.look(0) == ')' || p.sees("OR")
}

// look gives the plain form of the character n further on, 0 at the end.
func (p *parser) look(n int) rune {
	if p.at+n >= len(p.text) {
		return 0
	}
	return ascii(p.text[p.at+n])
}

// sees tells whether this word in capitals stands here by itself.
func (p *parser) sees(word string) bool {
	for i, r := range word {
		if p.look(i) != r {
			return false
		}
	}
	return p.stops(len(word))
}

// keyword steps over the word if it stands here.
func (p *parser) keyword(word string) bool {
	if !p.sees(word) {
		return false
	}
	p.at += len(word)
	return true
}

// signs tells whether a - or + here is one before a word: a dash between
// spaces, or two in a row, are punctuation.
func (p *parser) signs() bool {
	next := p.look(1)
	return next != 0 && !parts(next) && next != '-' && next != '+' && next != ')'
}

// stops tells whether a word that reaches to the character n further on ends
// there.
func (p *parser) stops(n int) bool {
	r := p.look(n)
	return r == 0 && p.at+n >= len(p.text) || parts(r) || closers(r) != "" || r == '(' || r == ')'
}

// parts reports what ends a word: white space, and the punctuation of Chinese,
// which is written without any.
func parts(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("、。\uFF0C；！", r)
}

// closers gives the marks that close a phrase which r opens, "" if it opens
// none. Keyboards and word processors mix the first sort at will.
func closers(r rune) string {
	const quotes = "\"“”„‟«»〝〞〟"
	switch {
	case r == '「' || r == '｢':
		return "」｣"
	case r == '『':
		return "』"
	case strings.ContainsRune(quotes, r):
		return quotes
	}
	return ""
}

// ascii gives the plain form of what a Chinese keyboard writes full width, and
// of minus and tilde, but for the marks that part words.
func ascii(r rune) rune {
	switch {
	case r == '，' || r == '；' || r == '！':
		return r
	case r > 0xFF00 && r < 0xFF5F:
		return r - 0xFEE0
	case r == '\u2212':
		return '-'
	case r == '\u301C':
		return '~'
	case r == '\u3010' || r == '\u3014':
		return '['
	case r == '\u3011' || r == '\u3015':
		return ']'
	}
	return r
}
