package search

import (
	"strings"

	"vidimus"
)

// lastDay comes after all others.
const lastDay = 99991231

const dateHint = "write 2017, 2017-10, 2017-10-12 or a date in words; 2014..2017, [2014 TO 2017], >=2014 for a range"

// date reads a date or a range of them: >=a, a..b, [a TO b], {a TO b}.
func (p *parser) date(from int) (Node, error) {
	f := &Filter{Field: Date, Last: lastDay}
	if err := p.between(from, rangeOf{"date:", "a date", dateHint, f.between}); err != nil {
		return nil, err
	}
	return p.leaf(from, Clause{Filter: f}), nil
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
