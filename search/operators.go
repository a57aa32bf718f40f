package search

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/writing"
)

const quoteHint = "put it in quotation marks to look for the characters themselves"

// clause makes what the word typed as text[from:to] asks for. It has no ways
// where there is no word in it.
func (p *parser) clause(from, to int) (Clause, error) {
	word := make([]rune, 0, to-from)
	for _, r := range p.text[from:to] {
		if a := ascii(r); strings.ContainsRune("*?~.<>=", a) {
			r = a
		}
		word = append(word, r)
	}
	if at := ranged(word); at >= 0 {
		return Clause{}, vidimus.WithHint(&ParseError{from + at, "a range needs a field"}, "date:2014..2017; or "+quoteHint)
	}
	if i := slices.Index(word, '~'); i >= 0 {
		return p.tilde(word, from, i)
	}
	if slices.Contains(word, '*') || slices.Contains(word, '?') {
		ways, err := wild(word, from)
		return Clause{Ways: ways}, err
	}
	if terms := terms(string(word)); len(terms) > 0 {
		return Clause{Ways: phrase(terms)}, nil
	}
	return Clause{}, nil
}

// ranged gives where a range stands in a word, 2014..2017 or >=5, or -1.
func ranged(word []rune) int {
	for i := 1; i+2 < len(word); i++ {
		if unicode.IsDigit(word[i-1]) && word[i] == '.' && word[i+1] == '.' {
			return i
		}
	}
	if strings.HasPrefix(string(word), ">=") || strings.HasPrefix(string(word), "<=") {
		return 0
	}
	return -1
}

// tilde reads word~, word~1 and word~2.
func (p *parser) tilde(word []rune, from, i int) (Clause, error) {
	after := string(word[i+1:])
	if after != "" && after != "1" && after != "2" {
		return Clause{}, vidimus.WithHint(&ParseError{from + i, "~ ends a word, or 1 or 2 follows it"}, quoteHint)
	}
	if j := slices.IndexFunc(word[:i], func(r rune) bool { return r == '*' || r == '?' }); j >= 0 {
		return Clause{}, vidimus.WithHint(&ParseError{from + j, "a word has ~ or wildcards, not both"}, quoteHint)
	}
	tokens := slices.Collect(writing.Tokens(string(word[:i])))
	if len(tokens) == 0 {
		return Clause{}, &ParseError{from + i, "~ needs a word before it"}
	}
	if tokens[0].Han {
		ways, err := hanTilde(word[:i], after, from)
		return Clause{Ways: ways}, err
	}
	if len(tokens) > 1 {
		return Clause{}, &ParseError{from + i, "~ stands after one word, and these are several"}
	}
	text, most := tokens[0].Text, 0
	if after != "" {
		most = int(after[0] - '0')
	}
	if len([]rune(text)) <= most+1 {
		return Clause{}, &ParseError{from + i, fmt.Sprintf("a word needs %d letters at least for this", most+2)}
	}
	like := misread(text)
	if most > 0 {
		like = edited(text, most)
	}
	return Clause{Ways: phrase([]Term{{Text: like.Shown, Pattern: like}})}, nil
}

// Letters that stand for wildcards while tokens are made: of a script that no
// page has.
const (
	standsForMany = '\U00010000'
	standsForOne  = '\U00010001'
)

// wild reads a word with * and ? in it.
func wild(word []rune, from int) ([]Way, error) {
	han, other := -1, -1
	for i, r := range word {
		switch {
		case writing.IsHan(r):
			han = i
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			other = i
		}
	}
	if han >= 0 && other >= 0 {
		return nil, vidimus.WithHint(&ParseError{from + max(han, other), "wildcards go with words or with Chinese characters, not with both at once"},
			"put a space between them, or "+quoteHint)
	}
	if han >= 0 {
		return hanWild(word, from)
	}
	masked := strings.NewReplacer("*", string(standsForMany), "?", string(standsForOne)).Replace(string(word))
	all := terms(masked)
	for i, t := range all {
		shown := strings.NewReplacer(string(standsForMany), "*", string(standsForOne), "?").Replace(t.Text)
		if shown == t.Text {
			continue
		}
		if strings.Trim(shown, "*?") == "" {
			at := slices.IndexFunc(word, func(r rune) bool { return r == '*' || r == '?' })
			return nil, vidimus.WithHint(&ParseError{from + at, "a wildcard needs a letter beside it"}, quoteHint)
		}
		if prefix := strings.TrimSuffix(shown, "*"); i == len(all)-1 && !strings.ContainsAny(prefix, "*?") {
			all[i] = Term{Text: prefix, Prefix: true}
			continue
		}
		all[i] = Term{Text: shown, Pattern: wildcards(shown, false)}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return phrase(all), nil
}

// regex reads /pattern/, which must fit a word from its beginning to its end.
func (p *parser) regex() (Node, error) {
	from := p.at
	end := from + 1
	for end < len(p.text) && ascii(p.text[end]) != '/' {
		if p.text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(p.text) {
		return nil, vidimus.WithHint(&ParseError{from, "this pattern is not closed: it needs another /"}, quoteHint)
	}
	body := p.text[from+1 : end]
	p.at = end + 1
	if !p.stops(0) {
		return nil, vidimus.WithHint(&ParseError{p.at, "a pattern ends at its second /"}, quoteHint)
	}
	if i := slices.IndexFunc(body, writing.IsHan); i >= 0 {
		return nil, vidimus.WithHint(&ParseError{from + 1 + i, "a pattern is for words; Chinese is not written in words"}, "use ? for one character: 乌?木齐")
	}
	like, err := patterned(body)
	if err != nil {
		return nil, vidimus.WithHint(&ParseError{from, "this pattern cannot be read: " + err.Error()}, "patterns are those of RE2, without the / around them")
	}
	return p.leaf(from, Clause{Ways: phrase([]Term{{Text: like.Shown, Pattern: like}})}), nil
}

// patterned compiles a pattern whose letters are folded as those of pages are.
func patterned(body []rune) (*Pattern, error) {
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] == '\\' && i+1 < len(body) {
			b.WriteString(string(body[i : i+2]))
			i++
			continue
		}
		if folded := writing.Fold(string(body[i])); unicode.IsLetter(body[i]) && folded != "" {
			b.WriteString(folded)
		} else {
			b.WriteRune(body[i])
		}
	}
	loose, err := regexp.Compile(b.String())
	if err != nil {
		if e, ok := err.(*syntax.Error); ok {
			return nil, fmt.Errorf("%s", e.Code)
		}
		return nil, fmt.Errorf("it is too large")
	}
	whole := regexp.MustCompile(`^(?:` + b.String() + `)$`)
	if whole.MatchString("") {
		return nil, fmt.Errorf("it fits a word without letters")
	}
	begins, _ := loose.LiteralPrefix()
	return &Pattern{Begins: begins, Shown: "/" + b.String() + "/", Why: "pattern", fits: whole.MatchString}, nil
}
