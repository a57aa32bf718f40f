package search

import (
	"errors"
	"fmt"
	"strings"

	"vidimus"
)

// MaxQuery is how many characters a query can have.
const MaxQuery = 1000

// ParseError says what is wrong with a query, and where.
type ParseError struct {
	At      int // in characters from 0
	Message string
}

func (e *ParseError) Error() string { return fmt.Sprintf("character %d: %s", e.At+1, e.Message) }

// AtCharacter gives where in the query err points, if it does.
func AtCharacter(err error) (int, bool) {
	if p, ok := errors.AsType[*ParseError](err); ok {
		return p.At, true
	}
	return 0, false
}

// Parse reads a query as a person types it. docs/search.md has the language.
// An error wraps a ParseError.
func Parse(typed string) (Query, error) {
	p := parser{text: []rune(strings.ToValidUTF8(typed, "\uFFFD"))}
	if len(p.text) > MaxQuery {
		return Query{}, &ParseError{MaxQuery, fmt.Sprintf("the query ends here, after %d characters", MaxQuery)}
	}
	root, err := p.any()
	if err != nil {
		return Query{}, err
	}
	if root == nil {
		return Query{}, vidimus.WithHint(&ParseError{0, "there is no word to look for"}, "type a word, a \"phrase\" or Chinese characters")
	}
	return Query{root, p.clauses}, nil
}

// parser reads by descent: any is what OR parts, all what AND or nothing but
// space parts, one a word, a phrase or what brackets hold. Each gives nil for
// text without a word.
type parser struct {
	text    []rune
	at      int
	clauses []Clause
	depth   int // of brackets and NOT around here
	open    int // brackets around here
	negated bool
	field   Field // of the values that the brackets around here hold
}

func (p *parser) any() (Node, error) {
	var nodes Any
	for last := -1; ; {
		n, err := p.all()
		if err != nil {
			return nil, err
		}
		at := p.at
		more := p.keyword("OR")
		if n == nil && (more || last >= 0) {
			if last < 0 {
				last = at
			}
			return nil, &ParseError{last, "OR needs a word on either side"}
		}
		if n != nil {
			nodes = append(nodes, n)
		}
		if !more {
			break
		}
		last = at
	}
	switch len(nodes) {
	case 0:
		return nil, nil
	case 1:
		return nodes[0], nil
	}
	return nodes, nil
}

func (p *parser) all() (Node, error) {
	var nodes All
	and := -1 // where an AND waits for its right side
	for p.skip(); !p.ends(); p.skip() {
		at := p.at
		if p.keyword("AND") {
			if and >= 0 || len(nodes) == 0 {
				return nil, &ParseError{at, "AND needs a word on either side"}
			}
			and = at
			continue
		}
		n, err := p.one()
		if err != nil {
			return nil, err
		}
		if n != nil {
			nodes, and = append(nodes, n), -1
		}
	}
	if and >= 0 {
		return nil, &ParseError{and, "AND needs a word on either side"}
	}
	switch len(nodes) {
	case 0:
		return nil, nil
	case 1:
		return nodes[0], nil
	}
	return nodes, nil
}

func (p *parser) one() (Node, error) {
	switch at, r := p.at, p.look(0); {
	case p.keyword("NOT"):
		return p.not(at, "NOT")
	case p.keyword("AND") || p.keyword("OR"):
		return nil, &ParseError{at, "this stands where a word is needed"}
	case r == '-' && p.signs():
		p.at++
		return p.not(at, "-")
	case r == '+' && p.signs():
		p.at++
		return p.one()
	case r == '(':
		return p.bracket()
	case r == ')':
		return nil, &ParseError{at, "this bracket closes nothing"}
	case p.field != "":
		return p.filtered(p.at, p.field)
	case closers(r) != "":
		return p.phrase()
	}
	return p.word()
}

// not reads what NOT or - stands before.
func (p *parser) not(at int, sign string) (Node, error) {
	if err := p.deeper(at); err != nil {
		return nil, err
	}
	p.negated = !p.negated
	defer func() { p.depth, p.negated = p.depth-1, !p.negated }()
	p.skip()
	if p.ends() {
		return nil, &ParseError{at, sign + " needs a word after it"}
	}
	n, err := p.one()
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, &ParseError{at, sign + " needs a word after it"}
	}
	return Not{n}, nil
}

func (p *parser) bracket() (Node, error) {
	at := p.at
	if err := p.deeper(at); err != nil {
		return nil, err
	}
	p.at++
	p.open++
	n, err := p.any()
	p.depth, p.open = p.depth-1, p.open-1
	switch {
	case err != nil:
		return nil, err
	case p.at == len(p.text):
		return nil, &ParseError{at, "this bracket is not closed"}
	case n == nil:
		return nil, &ParseError{at, "there is no word in these brackets"}
	}
	p.at++
	return n, nil
}

func (p *parser) deeper(at int) error {
	if p.depth == maxDepth {
		return &ParseError{at, fmt.Sprintf("brackets and NOT can lie %d deep in each other", maxDepth)}
	}
	p.depth++
	return nil
}

// leaf adds a clause that was typed as text[from:p.at].
func (p *parser) leaf(from int, c Clause) Node {
	c.At, c.Typed, c.Negated = from, string(p.text[from:p.at]), p.negated
	p.clauses = append(p.clauses, c)
	return Leaf(len(p.clauses) - 1)
}
