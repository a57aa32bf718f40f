package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// lexicon gives texts of made-up words as often as words are used: the first
// few everywhere, most of them seldom. No word means anything.
type lexicon struct {
	draw  *rand.Rand
	often *rand.Zipf
	words map[string][]string // by writing
}

const (
	lexiconWords = 30_000 // of each alphabet
	lexiconHan   = 6_000  // words of two characters
)

// writings are drawn from with these shares of a hundred.
var writings = []struct {
	name  string
	share int
}{{"latin", 60}, {"han", 20}, {"cyrillic", 10}, {"arabic", 10}}

// syllables of the alphabets; a word has two to four.
var syllables = map[string][2]string{
	"latin":    {"b c d f g h l m n p r s t v st tr pl", "a e i o u ai ou"},
	"cyrillic": {"б в г д з к л м н п р с т ш ст пр", "а е и о у я ы"},
	"arabic":   {"ب پ ت ج خ د ر س ش غ ق ك ل م ن ي", "ا ە ې ى و ۇ ۆ"},
}

func newLexicon(seed uint64) *lexicon {
	l := &lexicon{draw: rand.New(rand.NewPCG(seed, 2)), words: map[string][]string{}}
	l.often = rand.NewZipf(l.draw, 1.1, 8, lexiconWords-1)
	for name, parts := range syllables {
		heads, tails := strings.Fields(parts[0]), strings.Fields(parts[1])
		for range lexiconWords {
			var b strings.Builder
			for range 2 + l.draw.IntN(3) {
				b.WriteString(heads[l.draw.IntN(len(heads))] + tails[l.draw.IntN(len(tails))])
			}
			l.words[name] = append(l.words[name], b.String())
		}
	}
	for range lexiconHan {
		l.words["han"] = append(l.words["han"], string([]rune{rune(0x4e00 + l.draw.IntN(3000)), rune(0x4e00 + l.draw.IntN(3000))}))
	}
	return l
}

// rare gives words that stand in no text unless they are put there.
func (l *lexicon) rare(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("zq%cx%cvj%d", 'a'+rune(i%26), 'a'+rune(i/26%26), i))
	}
	return all
}

// writing draws one.
func (l *lexicon) writing() string {
	at := l.draw.IntN(100)
	for _, w := range writings {
		if at -= w.share; at < 0 {
			return w.name
		}
	}
	return writings[0].name
}

// paragraphs gives at least n bytes in one writing, with the words given put
// between the others.
func (l *lexicon) paragraphs(n int, put []string) (all []string) {
	name := l.writing()
	words := l.words[name]
	for done := 0; done < n; {
		var b strings.Builder
		for want := 200 + l.draw.IntN(500); b.Len() < want; {
			b.WriteString(words[int(l.often.Uint64())%len(words)])
			if name == "han" && l.draw.IntN(8) > 0 {
				continue
			}
			b.WriteByte(' ')
		}
		if len(put) > 0 {
			b.WriteString(" " + put[0] + " ")
			put = put[1:]
		}
		done += b.Len()
		all = append(all, strings.TrimSpace(b.String()))
	}
	return append(all, put...)
}
