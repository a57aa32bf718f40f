package search

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/writing"
)

// MaxQuery is how many characters a query can have.
const MaxQuery = 1000

// ParseError says what is wrong with a query, and where.
type ParseError struct {
	At      int // in characters from 0
	Message string
}

func (e *ParseError) Error() string { return fmt.Sprintf("character %d: %s", e.At+1, e.Message) }

// Parse reads a query as a person types it: words and phrases, all of which
// must be on a page. docs/search.md has the language. An error wraps a
// ParseError.
func Parse(typed string) (Query, error) {
	p := parser{text: []rune(strings.ToValidUTF8(typed, "\uFFFD")), and: -1}
	if err := p.query(); err != nil {
		return Query{}, err
	}
	return Query{All: p.clauses}, nil
}

type parser struct {
	text    []rune
	at      int
	clauses []Clause
	and     int // where an AND waits for its right side, or -1
}

func (p *parser) query() error {
	if len(p.text) > MaxQuery {
		return &ParseError{MaxQuery, fmt.Sprintf("the query ends here, after %d characters", MaxQuery)}
	}
	for p.at < len(p.text) {
		var err error
		switch r := ascii(p.text[p.at]); {
		case parts(r):
			p.at++
		case closers(r) != "":
			err = p.phrase(closers(r))
		default:
			err = p.word()
		}
		if err != nil {
			return err
		}
	}
	if p.and >= 0 {
		return &ParseError{p.and, "AND needs a word on either side"}
	}
	if len(p.clauses) == 0 {
		return vidimus.WithHint(&ParseError{0, "there is no word to look for"}, "type a word, a \"phrase\" or Chinese characters")
	}
	return nil
}

// phrase reads on from an opening quotation mark. Nothing in it is an operator.
func (p *parser) phrase(closers string) error {
	open := p.at
	n := slices.IndexFunc(p.text[open+1:], func(r rune) bool { return strings.ContainsRune(closers, ascii(r)) })
	if n < 0 {
		return &ParseError{open, "this quotation mark is not closed"}
	}
	p.at = open + n + 2
	if !p.clause(open+1, p.at-1, open, p.at) {
		return &ParseError{open, "this phrase has no words"}
	}
	return nil
}

// word reads up to white space, a quotation mark or Chinese punctuation.
func (p *parser) word() error {
	from := p.at
	for p.at < len(p.text) {
		if r := ascii(p.text[p.at]); parts(r) || closers(r) != "" {
			break
		}
		p.at++
	}
	if string(p.text[from:p.at]) == "AND" {
		return p.conjunction(from)
	}
	if err := unbuilt(p.text[from:p.at], from); err != nil {
		return err
	}
	p.clause(from, p.at, from, p.at)
	return nil
}

func (p *parser) conjunction(at int) error {
	if p.and >= 0 || len(p.clauses) == 0 {
		return &ParseError{at, "AND needs a word on either side"}
	}
	p.and = at
	return nil
}

// clause adds text[from:to], typed as text[at:end], and reports whether it has
// any word.
func (p *parser) clause(from, to, at, end int) bool {
	terms := terms(string(p.text[from:to]))
	if len(terms) == 0 {
		return false
	}
	p.clauses = append(p.clauses, Clause{Terms: terms, At: at, Typed: string(p.text[at:end])})
	p.and = -1
	return true
}

// terms turns tokens into what must follow each other. The last character of
// a run of Han is a token by itself only where the run ends; at the end of a
// clause the run on the page may go on, so there it is left out, or, if it is
// all there is, begins a pair.
func terms(text string) []Term {
	tokens := slices.Collect(writing.Tokens(text))
	var all []Term
	for i, t := range tokens {
		if !t.Last || i < len(tokens)-1 {
			all = append(all, Term{Text: t.Text})
			continue
		}
		if alone := i == 0 || !tokens[i-1].Han || tokens[i-1].Last; alone {
			all = append(all, Term{Text: t.Text, Prefix: true})
		}
	}
	return all
}

// unbuilt finds the operators of the language that are not built yet: what
// they mean later they must not mean otherwise today.
func unbuilt(word []rune, at int) error {
	is := func(i int, set string) bool {
		return i >= 0 && i < len(word) && strings.ContainsRune(set, ascii(word[i]))
	}
	name, where := "", 0
	switch s := string(word); {
	case s == "OR" || s == "NOT":
		name = s
	case is(0, "-+=/"):
		name = string(ascii(word[0]))
	default:
		where = slices.IndexFunc(word, func(r rune) bool { return strings.ContainsRune("()*?~", ascii(r)) })
		if where >= 0 {
			name = string(ascii(word[where]))
		} else if where = field(word); where >= 0 {
			name = "field:value"
		} else if where = span(word); where >= 0 {
			name = "a range with .."
		}
	}
	if name == "" {
		return nil
	}
	return vidimus.WithHint(&ParseError{at + where, name + " is not built yet"},
		"put it in quotation marks to look for the characters themselves")
}

// field gives where the colon of field:value stands, or -1.
func field(word []rune) int {
	for i, r := range word {
		r = ascii(r)
		if r == ':' && i > 0 {
			return i
		}
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return -1
		}
	}
	return -1
}

// span gives where the dots of 2014..2017 stand, or -1.
func span(word []rune) int {
	for i := 1; i+2 < len(word); i++ {
		if unicode.IsDigit(word[i-1]) && word[i] == '.' && word[i+1] == '.' {
			return i
		}
	}
	return -1
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
	}
	return r
}

// AtCharacter gives where in the query err points, if it does.
func AtCharacter(err error) (int, bool) {
	if p, ok := errors.AsType[*ParseError](err); ok {
		return p.At, true
	}
	return 0, false
}
