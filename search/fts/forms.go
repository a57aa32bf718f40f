package fts

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/search"
	"vidimus/writing"
)

// maxTried is how many tokens are looked at for the forms of one clause.
const maxTried = 100_000

// vocabulary gives the tokens that the index has. It keeps all of them once
// they were needed: reading them walks over the whole index.
type vocabulary struct {
	position int64
	all      []string // sorted; nil until needed
}

// tokens gives those that fit, sorted.
func (x *Index) tokens(ctx context.Context, tx *sql.Tx, p *search.Pattern) ([]string, error) {
	if p.Begins != "" {
		return listed(ctx, tx, p, `SELECT term FROM vocabulary WHERE term >= ? AND term < ?`, p.Begins, p.Begins+"\U0010FFFF")
	}
	all, err := x.vocabulary(ctx, tx)
	if err != nil {
		return nil, err
	}
	var found []string
	for i, t := range all {
		if i%10_000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if p.Fits(t) {
			found = append(found, t)
		}
	}
	return found, nil
}

func listed(ctx context.Context, tx *sql.Tx, p *search.Pattern, query string, args ...any) ([]string, error) {
	all, err := collect(ctx, tx, query, args, func(rows *sql.Rows) (t string, err error) { return t, rows.Scan(&t) })
	if p != nil {
		all = slices.DeleteFunc(all, func(t string) bool { return !p.Fits(t) })
	}
	return all, err
}

func (x *Index) vocabulary(ctx context.Context, tx *sql.Tx) ([]string, error) {
	var position int64
	if err := tx.QueryRowContext(ctx, `SELECT position FROM state`).Scan(&position); err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.words.all == nil || x.words.position != position {
		all, err := listed(ctx, tx, nil, `SELECT term FROM vocabulary`)
		if err != nil {
			return nil, err
		}
		x.words = vocabulary{position, all}
	}
	return x.words.all, nil
}

// literal puts in the place of patterns what they stand for in this index.
func (x *Index) literal(ctx context.Context, tx *sql.Tx, q search.Query) (search.Query, error) {
	q.Clauses = slices.Clone(q.Clauses)
	for i, c := range q.Clauses {
		if !slices.ContainsFunc(c.Ways, patterned) {
			continue
		}
		f := former{at: c.At}
		for _, w := range c.Ways {
			if !patterned(w) {
				f.ways = append(f.ways, w)
				continue
			}
			// Of several parts, near each other, none has a pattern.
			tokens, err := x.alternatives(ctx, tx, w.Parts[0])
			if err != nil {
				return q, err
			}
			if err := f.walk(tokens, nil); err != nil {
				return q, err
			}
		}
		if len(f.ways) == 0 {
			f.ways = []search.Way{{Parts: [][]search.Term{{{Text: noToken}}}}}
		}
		q.Clauses[i].Ways = f.ways
	}
	return q, nil
}

// noToken is on no page.
const noToken = "\x01"

func patterned(w search.Way) bool {
	return slices.ContainsFunc(w.Parts, func(part []search.Term) bool {
		return slices.ContainsFunc(part, func(t search.Term) bool { return t.Pattern != nil })
	})
}

// alternatives gives for each term the terms that it stands for.
func (x *Index) alternatives(ctx context.Context, tx *sql.Tx, part []search.Term) ([][]search.Term, error) {
	all := make([][]search.Term, len(part))
	for i, t := range part {
		if t.Pattern == nil {
			all[i] = []search.Term{t}
			continue
		}
		tokens, err := x.tokens(ctx, tx, t.Pattern)
		if err != nil {
			return nil, err
		}
		for _, token := range tokens {
			all[i] = append(all[i], search.Term{Text: token})
		}
	}
	return all, nil
}

// former makes phrases of alternatives.
type former struct {
	at    int // of the clause
	ways  []search.Way
	tried int
}

func (f *former) walk(rest [][]search.Term, before []search.Term) error {
	if len(rest) == 0 {
		f.ways = append(f.ways, search.Way{Parts: [][]search.Term{slices.Clone(before)}})
		if len(f.ways) > search.MaxForms {
			return f.tooMany()
		}
		return nil
	}
	next := rest[0]
	if n := len(before); n > 0 {
		next = following(before[n-1].Text, next)
	}
	for _, t := range next {
		if f.tried++; f.tried > maxTried {
			return f.tooMany()
		}
		if err := f.walk(rest[1:], append(before, t)); err != nil {
			return err
		}
	}
	return nil
}

// following leaves out the pairs of Han that do not go on from the one before:
// its second character is their first. Terms are sorted.
func following(before string, next []search.Term) []search.Term {
	_, size := utf8.DecodeRuneInString(before)
	if len(next) < 2 || !isPair(next[0].Text) || !isPair(before) {
		return next
	}
	second := before[size:]
	from, _ := slices.BinarySearchFunc(next, second, func(t search.Term, s string) int { return strings.Compare(t.Text, s) })
	to := from
	for to < len(next) && strings.HasPrefix(next[to].Text, second) {
		to++
	}
	return next[from:to]
}

func isPair(token string) bool {
	r, size := utf8.DecodeRuneInString(token)
	return writing.IsHan(r) && size < len(token)
}

func (f *former) tooMany() error {
	return vidimus.WithHint(&search.ParseError{At: f.at, Message: "this stands for more than 1,000 different words of the case"},
		"write more of its letters")
}

// Words gives for each clause that has patterns the words of this index that
// they stand for: of a phrase, its words joined by spaces.
func (x *Index) Words(ctx context.Context, q search.Query) (words [][]string, err error) {
	words = make([][]string, len(q.Clauses))
	err = x.db.Read(ctx, func(tx *sql.Tx) error {
		literal, err := x.literal(ctx, tx, q)
		if err != nil {
			return err
		}
		for i, c := range literal.Clauses {
			if !slices.ContainsFunc(q.Clauses[i].Ways, patterned) {
				continue
			}
			for _, w := range c.Ways {
				if text := search.JoinTerms(w.Parts[0]); text != noToken {
					words[i] = append(words[i], text)
				}
			}
		}
		return nil
	})
	return words, wrap("ask the index for its words", err)
}
