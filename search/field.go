package search

import (
	"slices"
	"strings"

	"vidimus"
)

// fieldHere steps over the name of a field and its colon, if they stand here.
// A name that is none is an error: what it could mean later it must not mean
// otherwise today.
func (p *parser) fieldHere() (Field, error) {
	n := 0
	for r := p.look(0); r|0x20 >= 'a' && r|0x20 <= 'z'; r = p.look(n) {
		n++
	}
	if n == 0 || p.look(n) != ':' {
		return "", nil
	}
	name := make([]rune, n)
	for i := range name {
		name[i] = p.look(i)
	}
	field := Field(strings.ToLower(string(name)))
	if !slices.Contains(Fields, field) {
		return "", vidimus.WithHint(&ParseError{p.at, "there is no such field"},
			"the fields are "+listed(Fields)+"; put it in quotation marks to look for the characters themselves")
	}
	p.at += n + 1
	return field, nil
}

// filtered reads what follows a field's colon: one value, or several in
// brackets, where AND, OR and NOT mean what they do elsewhere.
func (p *parser) filtered(from int, field Field) (Node, error) {
	if p.look(0) == '(' {
		before := p.field
		p.field = field
		n, err := p.bracket()
		p.field = before
		return n, err
	}
	switch field {
	case Date:
		return p.date(from)
	case Number:
		return p.number(from)
	}
	if r := p.look(0); r == '[' || r == '{' || r == '<' || r == '>' {
		return nil, &ParseError{p.at, "only date: and number: have ranges"}
	}
	at := p.at
	exactly := field == Place && p.look(0) == '='
	if exactly {
		p.at++
	}
	value, quoted, err := p.value()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(value) == "" {
		return nil, &ParseError{from, string(field) + ": needs a value right after it"}
	}
	f, err := filterOf(field, value, quoted, at)
	if err != nil {
		return nil, err
	}
	c := Clause{Filter: f}
	if exactly {
		c.Exact = written(trimmed(value))
	}
	return p.leaf(from, c), nil
}

// value reads a word as it stands, or what quotation marks hold.
func (p *parser) value() (value string, quoted bool, err error) {
	from := p.at
	if closing := closers(p.look(0)); closing != "" && p.at < len(p.text) {
		end, err := p.closing()
		if err != nil {
			return "", false, err
		}
		p.at = end + 1
		return string(p.text[from+1 : end]), true, nil
	}
	for !p.stops(0) {
		p.at++
	}
	return string(p.text[from:p.at]), false, nil
}

// filterOf makes the filter for one value.
func filterOf(field Field, value string, quoted bool, at int) (*Filter, error) {
	f := &Filter{Field: field}
	switch field {
	case PathName:
		return f, f.path(value, quoted, at)
	case Place, Official:
		f.Names = []string{strings.TrimSpace(value)}
		if len(terms(value)) == 0 {
			return nil, &ParseError{at, "there is no name here"}
		}
		return f, nil
	case Folder:
		f.Values = []string{FoldPath(value)}
		if f.Values[0] == "" {
			return nil, &ParseError{at, "this names no folder"}
		}
		return f, nil
	}
	word := strings.ToLower(strings.TrimSpace(strings.Map(ascii, value)))
	if field == Type && strings.Contains(word, "/") {
		f.Values = []string{strings.TrimSuffix(word, "*")}
		return f, nil
	}
	if f.Values = known[field][word]; f.Values == nil {
		return nil, vidimus.WithHint(&ParseError{at, "there is no such " + string(field)}, knownHint(field))
	}
	return f, nil
}

// path reads what is asked of a path: words in it or, where it has wildcards,
// the whole of it or its last part.
func (f *Filter) path(value string, quoted bool, at int) error {
	plain := strings.Map(ascii, value)
	if !quoted && strings.ContainsAny(plain, "*?") {
		f.Glob = FoldPath(plain)
		return nil
	}
	terms := terms(value)
	if len(terms) == 0 {
		return &ParseError{at, "there is no word to look for in a path"}
	}
	f.Ways = phrase(terms)
	return nil
}

func listed[T ~string](words []T) string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return strings.Join(all, ", ")
}
