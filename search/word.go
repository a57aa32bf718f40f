package search

import (
	"slices"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/writing"
)

// phrase reads on from an opening quotation mark. Nothing in it is an operator.
func (p *parser) phrase() (Node, error) {
	from := p.at
	terms, err := p.quoted()
	if err != nil {
		return nil, err
	}
	return p.leaf(from, Clause{Ways: phrase(terms)}), nil
}

// closing gives where the mark stands that closes the one here.
func (p *parser) closing() (int, error) {
	marks := closers(p.look(0))
	n := slices.IndexFunc(p.text[p.at+1:], func(r rune) bool { return strings.ContainsRune(marks, ascii(r)) })
	if n < 0 {
		return 0, &ParseError{p.at, "this quotation mark is not closed"}
	}
	return p.at + 1 + n, nil
}

func (p *parser) quoted() ([]Term, error) {
	open := p.at
	end, err := p.closing()
	if err != nil {
		return nil, err
	}
	p.at = end + 1
	terms := terms(string(p.text[open+1 : p.at-1]))
	if len(terms) == 0 {
		return nil, &ParseError{open, "this phrase has no words"}
	}
	return terms, nil
}

// word reads up to what stops a word.
func (p *parser) word() (Node, error) {
	from := p.at
	if field, err := p.fieldHere(); err != nil {
		return nil, err
	} else if field != "" {
		return p.filtered(from, field)
	}
	for p.at++; !p.stops(0); p.at++ {
	}
	if err := unbuilt(p.text[from:p.at], from); err != nil {
		return nil, err
	}
	terms := terms(string(p.text[from:p.at]))
	if len(terms) == 0 {
		return nil, nil
	}
	return p.leaf(from, Clause{Ways: phrase(terms)}), nil
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
	switch {
	case is(0, "=/"):
		name = string(ascii(word[0]))
	default:
		where = slices.IndexFunc(word, func(r rune) bool { return strings.ContainsRune("*?~", ascii(r)) })
		if where >= 0 {
			name = string(ascii(word[where]))
		} else if where = dots(word); where >= 0 {
			name = "a range with .."
		}
	}
	if name == "" {
		return nil
	}
	return vidimus.WithHint(&ParseError{at + where, name + " is not built yet"},
		"put it in quotation marks to look for the characters themselves")
}

// dots gives where the dots of 2014..2017 stand, or -1.
func dots(word []rune) int {
	for i := 1; i+2 < len(word); i++ {
		if unicode.IsDigit(word[i-1]) && word[i] == '.' && word[i+1] == '.' {
			return i
		}
	}
	return -1
}
