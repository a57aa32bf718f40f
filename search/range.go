package search

import (
	"strings"

	"vidimus"
)

// rangeOf is a field that has ranges: what its values are called, and what
// takes the ends, each counted or not, which stand at the characters given.
type rangeOf struct {
	field, value, hint string
	set                func(a, b string, atA, atB int, withA, withB bool) error
}

// between reads a value or a range of them: >=a, a..b, [a TO b], {a TO b}.
func (p *parser) between(from int, r rangeOf) error {
	switch p.look(0) {
	case '[', '{':
		return p.bracketed(r)
	case '<', '>':
		return p.compared(r)
	}
	at := p.at
	value, _, err := p.value()
	if err != nil {
		return err
	}
	if strings.TrimSpace(value) == "" {
		return &ParseError{from, r.field + " needs a value right after it"}
	}
	return r.dotted(value, at, p.text[at:p.at])
}

// open stands for a side of a range that is left out.
const open = "*"

func orOpen(s string) string {
	if strings.TrimSpace(s) == "" {
		return open
	}
	return s
}

// dotted reads one value, or two with dots between them, of which one may be
// left out.
func (r rangeOf) dotted(value string, at int, typed []rune) error {
	a, b, ranged := strings.Cut(value, "..")
	if !ranged {
		return r.set(value, value, at, at, true, true)
	}
	second := at
	for i := 0; i+1 < len(typed); i++ {
		if typed[i] == '.' && typed[i+1] == '.' {
			second = at + i + 2
			break
		}
	}
	if strings.TrimSpace(a+b) == "" {
		return vidimus.WithHint(&ParseError{at, "a range needs " + r.value + " on one side at least"}, r.hint)
	}
	return r.set(orOpen(a), orOpen(b), at, second, true, true)
}

// compared reads >=a, >a, <=a and <a.
func (p *parser) compared(r rangeOf) error {
	sign := p.look(0)
	p.at++
	with := p.look(0) == '='
	if with {
		p.at++
	}
	at := p.at
	value, _, err := p.value()
	if err != nil {
		return err
	}
	if sign == '>' {
		return r.set(value, open, at, at, with, true)
	}
	return r.set(open, value, at, at, true, with)
}

// bracketed reads [a TO b]; a curly bracket leaves its value out.
func (p *parser) bracketed(r rangeOf) error {
	at, withA := p.at, p.look(0) == '['
	end, to := -1, -1
	for i := at + 1; i < len(p.text) && end < 0; i++ {
		switch c := ascii(p.text[i]); {
		case c == ']' || c == '}':
			end = i
		case to < 0 && i+3 < len(p.text) && strings.TrimSpace(strings.Map(ascii, string(p.text[i:i+4]))) == "TO":
			to = i + 1
		}
	}
	switch {
	case end < 0:
		return &ParseError{at, "this bracket is not closed"}
	case to < 0 || to > end-2:
		return vidimus.WithHint(&ParseError{at, "a range is written with TO between two values"}, r.hint)
	}
	withB := ascii(p.text[end]) == ']'
	a, b := string(p.text[at+1:to-1]), string(p.text[to+2:end])
	p.at = end + 1
	return r.set(a, b, at+1, to+3, withA, withB)
}
