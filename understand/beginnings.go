package understand

import "vidimus/understand/lexicon"

// beginnings tells of most rows of characters that no word of the lexicon
// begins with them, without looking into it: a Bloom filter with one bit a
// beginning. It is wrong about one row in fifteen, and then a word is looked
// up for nothing.
type beginnings [1 << 16]uint64

// beginning is the digest of the first characters of a word.
type beginning uint64

// and is the beginning that is longer by a character.
func (b beginning) and(r rune) beginning {
	const odd = 0x9E3779B97F4A7C15 // spreads over all bits: 2^64 by the golden ratio
	x := (uint64(b) ^ uint64(r)) * odd
	return beginning(x ^ x>>29)
}

func (b beginning) place() (word, bit uint64) { return uint64(b) >> 6 % (1 << 16), uint64(b) & 63 }

func (s *beginnings) any(b beginning) bool {
	word, bit := b.place()
	return s[word]>>bit&1 == 1
}

func beginningsOf(lex lexicon.Han) *beginnings {
	s := &beginnings{}
	for text := range lex.Words {
		b := beginning(0)
		for _, r := range text {
			b = b.and(r)
			word, bit := b.place()
			s[word] |= 1 << bit
		}
	}
	return s
}
