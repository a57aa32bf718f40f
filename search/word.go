package search

import (
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/writing"
)

// maxNear is how far apart near can be.
const maxNear = 1000

// phrase reads on from an opening quotation mark. Nothing in it is an operator.
func (p *parser) phrase() (Node, error) {
	from := p.at
	text, err := p.quoted()
	if err != nil {
		return nil, err
	}
	if p.look(0) == '~' {
		return p.near(from, text)
	}
	return p.leaf(from, Clause{Ways: phrase(terms(text))}), nil
}

// near reads the number after the ~ of "a b"~5. The words, and runs of Han, may
// come in any order.
func (p *parser) near(from int, text string) (Node, error) {
	at := p.at
	n := 0
	for p.at++; p.look(0) >= '0' && p.look(0) <= '9' && n <= maxNear; p.at++ {
		n = n*10 + int(p.look(0)-'0')
	}
	if p.at == at+1 || n > maxNear || !p.stops(0) {
		return nil, vidimus.WithHint(&ParseError{at, fmt.Sprintf("after ~ comes how many words may lie between, %d at most", maxNear)}, `"water level"~5`)
	}
	w := Way{Near: n}
	for _, word := range strings.FieldsFunc(text, parts) {
		if terms := terms(word); len(terms) > 0 {
			w.Parts = append(w.Parts, terms)
		}
	}
	if len(w.Parts) < 2 {
		return nil, vidimus.WithHint(&ParseError{at, "near needs two words at least, with a space between"}, `"water level"~5`)
	}
	return p.leaf(from, Clause{Ways: []Way{w}}), nil
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

// quoted gives what quotation marks hold, which has a word.
func (p *parser) quoted() (string, error) {
	open := p.at
	end, err := p.closing()
	if err != nil {
		return "", err
	}
	p.at = end + 1
	text := string(p.text[open+1 : end])
	if len(terms(text)) == 0 {
		return "", &ParseError{open, "this phrase has no words"}
	}
	return text, nil
}

// word reads up to what stops a word.
func (p *parser) word() (Node, error) {
	from := p.at
	if field, err := p.fieldHere(); err != nil {
		return nil, err
	} else if field != "" {
		return p.filtered(from, field)
	}
	switch p.look(0) {
	case '/':
		return p.regex()
	case '=':
		return p.exact()
	}
	for p.at++; !p.stops(0); p.at++ {
	}
	c, err := p.clause(from, p.at)
	if err != nil || len(c.Ways) == 0 {
		return nil, err
	}
	return p.leaf(from, c), nil
}

// exact reads =word and ="a phrase".
func (p *parser) exact() (Node, error) {
	from := p.at
	p.at++
	text, _, err := p.value()
	if err != nil {
		return nil, err
	}
	terms := terms(text)
	if len(terms) == 0 {
		return nil, vidimus.WithHint(&ParseError{from, "= needs a word right after it"}, quoteHint)
	}
	return p.leaf(from, Clause{Ways: phrase(terms), Exact: written(trimmed(text))}), nil
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
