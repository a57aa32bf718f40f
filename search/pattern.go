package search

import (
	"strings"
	"unicode/utf8"

	"vidimus/writing"
)

// Pattern stands for every token that it fits. One of Han is for pairs of
// characters, every other for words.
type Pattern struct {
	Begins string // what each of the tokens begins with
	Han    bool
	Shown  string // as people read it
	Why    string // what it fits counts
	fits   func(token string) bool
}

// Fits reports whether the pattern stands for a token.
func (p *Pattern) Fits(token string) bool {
	first, _ := utf8.DecodeRuneInString(token)
	return writing.IsHan(first) == p.Han && strings.HasPrefix(token, p.Begins) && p.fits(token)
}

// wildcards is a pattern in which ? is one character and * any number of them.
func wildcards(shown string, han bool) *Pattern {
	begins := shown
	if i := strings.IndexAny(shown, "*?"); i >= 0 {
		begins = shown[:i]
	}
	return &Pattern{Begins: begins, Han: han, Shown: shown, Why: "wildcard", fits: func(token string) bool { return glob(shown, token) }}
}

// edited is a pattern of the words that so many edits lead to: a letter more,
// less or another, or two neighbours exchanged.
func edited(word string, most int) *Pattern {
	letters := []rune(word)
	return &Pattern{Shown: word + "~" + string(rune('0'+most)), Why: "a letter or two apart", fits: func(token string) bool {
		if n := utf8.RuneCountInString(token); n > len(letters)+most || n < len(letters)-most {
			return false
		}
		return edits(letters, []rune(token)) <= most
	}}
}

// edits counts how many edits lead from a to b.
func edits(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	var twice []int // the row before the one before
	for j := range row {
		row[j] = j
	}
	for i := range a {
		twice, before, row = before, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			row[j+1] = min(before[j+1]+1, row[j]+1, before[j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], twice[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

// misread is a pattern of the words that a program may have read for a word.
func misread(word string) *Pattern {
	most := writing.MisreadMost(utf8.RuneCountInString(word))
	return &Pattern{Shown: word + "~", Why: "may have been misread", fits: func(token string) bool {
		return len(token) <= 4*len(word)+4 && writing.Misread(word, token, most)
	}}
}
