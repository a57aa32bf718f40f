package protect

import (
	"iter"
	"slices"
	"strings"

	"vidimus/writing"
)

// runLength is how many words, or Han characters, in a row are a quotation.
const runLength = 8

// Paragraphs parts a text at its empty lines.
func Paragraphs(text string) (all []string) {
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// Runs gives every run of eight words, or of eight Han characters, of a text,
// as it stands there. A shorter text has none.
func Runs(text string) iter.Seq[string] {
	tokens := slices.DeleteFunc(slices.Collect(writing.Tokens(text)), func(t writing.Token) bool { return t.Last })
	return func(yield func(string) bool) {
		for i := range tokens {
			n, have, at := 0, 0, i
			for ; at < len(tokens) && have < runLength; at++ {
				n++
				have++
				if tokens[at].Han && (at == i || !tokens[at-1].Han || tokens[at-1].End <= tokens[at].Start) {
					have++ // a pair is two characters where it does not overlap the one before
				}
			}
			if have < runLength {
				return
			}
			if !yield(text[tokens[i].Start:tokens[i+n-1].End]) {
				return
			}
		}
	}
}
