package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vidimus/writing"
)

// written gives text as it is compared by =: composed, without what cannot be
// seen, its white space one space each, and none between Han.
func written(text string) string {
	var b strings.Builder
	var last rune
	space := false
	for _, r := range norm.NFC.String(text) {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			continue
		}
		if space && b.Len() > 0 && !(writing.IsHan(last) && writing.IsHan(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, space = r, false
	}
	return b.String()
}

// trimmed gives text from its first token to its last: signs around words are
// no part of what is lit.
func trimmed(text string) string {
	tokens := slices.Collect(writing.Tokens(text))
	return text[tokens[0].Start:tokens[len(tokens)-1].End]
}

// Texts gives the text of a page.
type Texts func(page int64) (string, error)

// Resolve answers what an index cannot say from its tokens: how a word is
// written on a page. It reads the pages that have the word in any writing.
func Resolve(ctx context.Context, index Index, q Query, texts Texts) (Query, error) {
	if !slices.ContainsFunc(q.Clauses, func(c Clause) bool { return c.Exact != "" && c.Filter == nil }) {
		return q, nil
	}
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if c.Exact == "" || c.Pages != nil || c.Filter != nil {
			continue
		}
		any := c
		any.Exact = ""
		found, err := index.Query(ctx, Query{Leaf(0), []Clause{any}}, Window{Limit: allPages, Sort: ByNumber})
		if err != nil {
			return Query{}, err
		}
		q.Clauses[i].Pages = &Pages{}
		for _, p := range found.Pages {
			if err := ctx.Err(); err != nil {
				return Query{}, err
			}
			text, err := texts(p.Page)
			if err != nil {
				return Query{}, fmt.Errorf("read a page to see how a word is written: %w", err)
			}
			if len(c.find(text, slices.Collect(writing.Tokens(text)), i)) > 0 {
				q.Clauses[i].Pages.Numbers = append(q.Clauses[i].Pages.Numbers, p.Page)
			}
		}
	}
	return q, nil
}

// allPages is more than any index has.
const allPages = 1 << 40
