package search

import (
	"strings"

	"vidimus"
)

// Days before and after all others.
const (
	firstDay = 0
	lastDay  = 99991231
)

const dateHint = "write 2017, 2017-10, 2017-10-12 or a date in words; 2014..2017, [2014 TO 2017], >=2014 for a range"

// date reads a date or a range of them: >=a, a..b, [a TO b], {a TO b}.
func (p *parser) date(from int) (Node, error) {
	f := &Filter{Field: Date, Last: lastDay}
	var err error
	switch r := p.look(0); r {
	case '[', '{':
		err = p.bracketedDates(f)
	case '<', '>':
		err = p.comparedDate(f)
	default:
		at := p.at
		var value string
		if value, _, err = p.value(); err == nil {
			err = f.dates(value, at, p.text[at:p.at])
		}
		if strings.TrimSpace(value) == "" && err == nil {
			err = &ParseError{from, "date: needs a value right after it"}
		}
	}
	if err != nil {
		return nil, err
	}
	return p.leaf(from, Clause{Filter: f}), nil
}

// dates reads one date, or two with dots between them, of which one may be
// left out.
func (f *Filter) dates(value string, at int, typed []rune) error {
	a, b, ranged := strings.Cut(value, "..")
	if !ranged {
		if strings.TrimSpace(value) == "" {
			return nil
		}
		return f.between(value, value, at, at, true, true)
	}
	second := at
	for i := 0; i+1 < len(typed); i++ {
		if typed[i] == '.' && typed[i+1] == '.' {
			second = at + i + 2
			break
		}
	}
	if strings.TrimSpace(a+b) == "" {
		return vidimus.WithHint(&ParseError{at, "a range needs a date on one side at least"}, dateHint)
	}
	return f.between(orOpen(a), orOpen(b), at, second, true, true)
}

// open stands for a side of a range that is left out.
const open = "*"

func orOpen(s string) string {
	if strings.TrimSpace(s) == "" {
		return open
	}
	return s
}

// between sets the range from a to b, each counted or not, which stand at the
// characters given.
func (f *Filter) between(a, b string, atA, atB int, withA, withB bool) error {
	if strings.TrimSpace(a) != open {
		first, last, ok := askedDays(a)
		if !ok {
			return noDate(atA)
		}
		if f.First = first; !withA {
			f.First = last + 1
		}
	}
	if strings.TrimSpace(b) != open {
		first, last, ok := askedDays(b)
		if !ok {
			return noDate(atB)
		}
		if f.Last = last; !withB {
			f.Last = first - 1
		}
	}
	if f.First > f.Last {
		return vidimus.WithHint(&ParseError{atB, "this range ends before it begins"}, dateHint)
	}
	return nil
}

func noDate(at int) error {
	return vidimus.WithHint(&ParseError{at, "this is no date that can be asked for"}, dateHint)
}

// comparedDate reads >=a, >a, <=a and <a.
func (p *parser) comparedDate(f *Filter) error {
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
		return f.between(value, open, at, at, with, true)
	}
	return f.between(open, value, at, at, true, with)
}

// bracketedDates reads [a TO b]; a curly bracket leaves its date out.
func (p *parser) bracketedDates(f *Filter) error {
	at, withA := p.at, p.look(0) == '['
	end, to := -1, -1
	for i := at + 1; i < len(p.text) && end < 0; i++ {
		switch r := ascii(p.text[i]); {
		case r == ']' || r == '}':
			end = i
		case to < 0 && i+3 < len(p.text) && strings.TrimSpace(strings.Map(ascii, string(p.text[i:i+4]))) == "TO":
			to = i + 1
		}
	}
	switch {
	case end < 0:
		return &ParseError{at, "this bracket is not closed"}
	case to < 0 || to > end-2:
		return vidimus.WithHint(&ParseError{at, "a range is written with TO between two dates"}, dateHint)
	}
	withB := ascii(p.text[end]) == ']'
	a, b := string(p.text[at+1:to-1]), string(p.text[to+2:end])
	p.at = end + 1
	return f.between(a, b, at+1, to+3, withA, withB)
}
