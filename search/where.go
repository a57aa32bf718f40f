package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus/writing"
)

// Where gives the stretches of text that are these words: as written, or else
// by the tokens that search compares, whatever lies between them.
func Where(text, quote string) []Range {
	if found := asWritten(text, quote); len(found) > 0 {
		return found
	}
	return byTokens(text, quote)
}

// Everywhere gives the stretches that are these words in either way: where all
// of them are wanted, other capitals are no less the words.
func Everywhere(text, quote string) []Range {
	all := asWritten(text, quote)
	for _, r := range byTokens(text, quote) {
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return all
}

func asWritten(text, quote string) (found []Range) {
	quote = strings.TrimSpace(quote)
	if quote == "" {
		return nil
	}
	for at := 0; ; {
		i := strings.Index(text[at:], quote)
		if i < 0 {
			return found
		}
		found = append(found, Range{Start: at + i, End: at + i + len(quote)})
		at += i + len(quote)
	}
}

func byTokens(text, quote string) (found []Range) {
	want, have := slices.Collect(writing.Tokens(quote)), slices.Collect(writing.Tokens(text))
	if len(want) == 0 {
		return nil
	}
	for i := 0; i+len(want) <= len(have); i++ {
		if slices.EqualFunc(want, have[i:i+len(want)], sameToken) {
			found = append(found, Range{Start: have[i].Start, End: ends(text, want[len(want)-1], have[i+len(want)-1])})
			i += len(want) - 1
		}
	}
	return found
}

// sameToken compares folded text. The last character of a quoted Han run need
// not end one on the page.
func sameToken(want, have writing.Token) bool {
	if want.Last && have.Han {
		return strings.HasPrefix(have.Text, want.Text)
	}
	return want.Text == have.Text
}

// ends gives where a match ends: a pair of Han of which only the first was
// quoted ends behind that.
func ends(text string, want, have writing.Token) int {
	if want.Last && !have.Last {
		_, size := utf8.DecodeRuneInString(text[have.Start:])
		return have.Start + size
	}
	return have.End
}
