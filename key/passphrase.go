package key

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sethvargo/go-diceware/diceware"
	"golang.org/x/text/unicode/norm"
)

// Words is how many words a proposed passphrase has.
const Words = 7

// Bounds of Weak.
const (
	enoughWords      = 6
	enoughCharacters = 20
	enoughDifferent  = 8
)

// Propose gives seven different words of the EFF's large list (7,776 words),
// drawn by the system's random source: 90 bits.
func Propose() (string, error) {
	words, err := diceware.Generate(Words)
	if err != nil {
		return "", fmt.Errorf("draw words for a passphrase: %w", err)
	}
	return strings.Join(words, " "), nil
}

// Weak says why a passphrase should not protect a case. It is weak
//
//   - with fewer than 20 characters,
//   - with fewer than 8 different characters,
//   - when it is one thing said over and over, or
//   - when it has spaces and fewer than six different words.
//
// The rule keeps out the short and the repeated. It knows no dictionary: it
// takes a quotation, which a guesser takes too. What [Propose] gives is never
// weak.
func Weak(passphrase string) (reason string, weak bool) {
	p := normalise(passphrase)
	words, different := set(strings.Fields(p)), set([]rune(p))
	switch {
	case utf8.RuneCountInString(p) < enoughCharacters:
		return fmt.Sprintf("it has fewer than %d characters", enoughCharacters), true
	case len(different) < enoughDifferent:
		return fmt.Sprintf("it has fewer than %d different characters", enoughDifferent), true
	case repeats([]rune(p)):
		return "it says one thing over and over", true
	case strings.Contains(p, " ") && len(words) < enoughWords:
		return fmt.Sprintf("it has fewer than %d different words", enoughWords), true
	}
	return "", false
}

func set[T comparable](all []T) map[T]bool {
	m := make(map[T]bool)
	for _, x := range all {
		m[x] = true
	}
	return m
}

// repeats tells whether p is its own beginning again, at least twice.
func repeats(p []rune) bool {
	for period := 1; period <= len(p)/2; period++ {
		if string(p[period:]) == string(p[:len(p)-period]) {
			return true
		}
	}
	return false
}

// normalise makes a passphrase the same from every keyboard and file: NFC, no
// white space around it, single spaces within.
func normalise(passphrase string) string {
	return strings.Join(strings.Fields(norm.NFC.String(passphrase)), " ")
}
