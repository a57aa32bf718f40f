package search

import (
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/writing"
)

// hanWild reads a run of Han with ? in it, each one character. A run goes on in
// both directions anyway, so that * at an end says nothing.
func hanWild(word []rune, from int) ([]Way, error) {
	first := slices.IndexFunc(word, func(r rune) bool { return r != '*' })
	last := len(word) - 1
	for word[last] == '*' {
		last--
	}
	run := word[first : last+1]
	for i, r := range run {
		switch {
		case r == '*':
			return nil, vidimus.WithHint(&ParseError{from + first + i, "between Chinese characters * can mean nothing"},
				"use ? for each character, or \"乌 市\"~5 for any few between")
		case r != '?' && !writing.IsHan(r):
			return nil, vidimus.WithHint(&ParseError{from + first + i, "a sign between Chinese characters and wildcards"}, quoteHint)
		}
	}
	return phrase(hanTerms(run)), nil
}

// hanTerms turns a run with ? in it into its pairs.
func hanTerms(run []rune) []Term {
	if len(run) == 1 || !slices.Contains(run, '?') {
		return terms(string(run))
	}
	var all []Term
	for i := range len(run) - 1 {
		pair := string(foldHan(run[i])) + string(foldHan(run[i+1]))
		if !strings.Contains(pair, "?") {
			all = append(all, Term{Text: pair})
			continue
		}
		all = append(all, Term{Text: pair, Pattern: wildcards(pair, true)})
	}
	return all
}

func foldHan(r rune) rune { return []rune(writing.Fold(string(r)))[0] }

// hanTilde reads a run of Han with ~, ~1 or ~2 after it.
func hanTilde(run []rune, after string, from int) ([]Way, error) {
	if i := slices.IndexFunc(run, func(r rune) bool { return !writing.IsHan(r) }); i >= 0 {
		return nil, &ParseError{from + i, "~ stands after one word, or after Chinese characters alone"}
	}
	for i, r := range run {
		run[i] = foldHan(r)
	}
	var runs []string
	if after == "" {
		runs = misreadRuns(string(run), writing.MisreadMost(len(run)))
	} else {
		most := int(after[0] - '0')
		if len(run) < most+2 {
			return nil, vidimus.WithHint(&ParseError{from + len(run), fmt.Sprintf("%d characters at least are needed for this", most+2)},
				"a ? stands for one character")
		}
		runs = []string{string(run)}
		for range most {
			runs = editedRuns(runs)
		}
	}
	if len(runs) > MaxForms {
		return nil, &ParseError{from + len(run), "these characters stand for too many others"}
	}
	var ways []Way
	for _, r := range runs {
		ways = append(ways, Way{Parts: [][]Term{hanTerms([]rune(r))}})
	}
	return ways, nil
}

// editedRuns adds to each run those with a character less, another one, or one
// more inside. At an end a character less finds what another one would.
func editedRuns(runs []string) []string {
	all := slices.Clone(runs)
	for _, s := range runs {
		r := []rune(s)
		for i := range r {
			all = append(all, string(slices.Delete(slices.Clone(r), i, i+1)))
			if i > 0 {
				all = append(all, string(slices.Insert(slices.Clone(r), i, '?')))
			}
			if i > 0 && i < len(r)-1 {
				another := slices.Clone(r)
				another[i] = '?'
				all = append(all, string(another))
			}
		}
	}
	all = slices.DeleteFunc(all, func(s string) bool { return strings.HasPrefix(s, "?") || strings.HasSuffix(s, "?") })
	slices.Sort(all[len(runs):])
	return slices.Compact(all)
}

// misreadRuns gives the runs that so many characters, taken for others, make.
func misreadRuns(run string, most int) []string {
	all := []string{run}
	for from := 0; most > 0; most-- {
		made := all[from:]
		from = len(all)
		for _, s := range made {
			r := []rune(s)
			for i := range r {
				for _, other := range writing.MisreadHan(r[i]) {
					one := slices.Clone(r)
					one[i] = other
					if !slices.Contains(all, string(one)) {
						all = append(all, string(one))
					}
				}
			}
		}
	}
	return all
}
