package search

import (
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/writing"
)

const numberHint = `write 7000, 1.2万 or "12 тысяч"; 100..200, [100 TO 200], >=7000 for a range; "7000 people" for a unit`

// number reads a number or a range of them: >=a, a..b, [a TO b], {a TO b}.
func (p *parser) number(from int) (Node, error) {
	f := &Filter{Field: Number, Numbers: &archive.Numbers{WithFrom: true, WithTo: true}}
	if err := p.between(from, rangeOf{"number:", "a number", numberHint, f.numbers}); err != nil {
		return nil, err
	}
	return p.leaf(from, Clause{Filter: f}), nil
}

// numbers sets the range from a to b. A unit beside either is that of both.
func (f *Filter) numbers(a, b string, atA, atB int, withA, withB bool) error {
	n := f.Numbers
	for _, end := range []struct {
		text string
		at   int
		with bool
		key  *string
		in   *bool
	}{{a, atA, withA, &n.From, &n.WithFrom}, {b, atB, withB, &n.To, &n.WithTo}} {
		if strings.TrimSpace(end.text) == open {
			continue
		}
		key, unit, ok := askedNumber(end.text)
		if !ok {
			return vidimus.WithHint(&ParseError{end.at, "this is no number that can be asked for"}, numberHint)
		}
		if unit != "" && n.Unit != "" && unit != n.Unit {
			return vidimus.WithHint(&ParseError{end.at, "the two ends have different units"}, numberHint)
		}
		if unit != "" {
			n.Unit = unit
		}
		*end.key, *end.in = key, end.with
	}
	if n.From != "" && n.To != "" && (n.From > n.To || n.From == n.To && !(n.WithFrom && n.WithTo)) {
		return vidimus.WithHint(&ParseError{atB, "this range ends before it begins"}, numberHint)
	}
	return nil
}

// askedNumber reads a number as a person types it into a question, in any
// writing, with a unit or without.
func askedNumber(s string) (key, unit string, ok bool) {
	s = strings.TrimSpace(s)
	all := writing.Numbers(s)
	if len(all) != 1 || all[0].Bound != writing.Exactly || all[0].High != "" || strings.TrimSpace(s[:all[0].Start]+s[all[0].End:]) != "" {
		return "", "", false
	}
	key, ok = writing.NumberKey(all[0].Value)
	return key, all[0].Unit, ok
}
