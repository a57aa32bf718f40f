// Package lexicon holds tables of names that well-kept libraries ship: what
// the words of each language can be. They are made by lexicon/build and read
// when a text first needs them.
package lexicon

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strconv"
	"strings"
	"sync"
)

var (
	//go:embed zh.gz
	zh []byte
	//go:embed en.gz
	en []byte
	//go:embed ru.gz
	ru []byte
	//go:embed kk.gz
	kk []byte
	//go:embed ug.gz
	ug []byte
)

// Class is what a word can be.
type Class uint8

// The classes; a word can be of several.
const (
	First        Class = 1 << iota // a given name
	Last                           // a family name
	Person                         // the name of a person, whole
	Foreign                        // the name of a person in another script, as Han write it
	Place                          // a place
	Organisation                   // an organisation
	Demonym                        // of a place: Chinese, Russian
	Common                         // an ordinary word
)

var classes = map[string]Class{
	"first": First, "last": Last, "person": Person, "foreign": Foreign, "place": Place,
	"organisation": Organisation, "demonym": Demonym, "common": Common,
}

// Words are the words of a language in lower case, with their classes.
type Words map[string]Class

// Is reports whether a word can be of a class.
func (w Words) Is(word string, c Class) bool { return w[word]&c != 0 }

// The tables of words, read once.
var (
	English = sync.OnceValue(func() Words { return words(en) })
	Russian = sync.OnceValue(func() Words { return words(ru) })
	Kazakh  = sync.OnceValue(func() Words { return words(kk) })
	Uyghur  = sync.OnceValue(func() Words { return words(ug) })
	Chinese = sync.OnceValue(chinese)
)

func words(packed []byte) Words {
	all := Words{}
	for line := range strings.Lines(unpack(packed)) {
		class, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		for w := range strings.SplitSeq(rest, "\t") {
			all[strings.ToLower(w)] |= classes[class]
		}
	}
	return all
}

// unpack reads what is embedded: damage to it is damage to the program.
func unpack(packed []byte) string {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("lexicon: an embedded table is damaged")
	}
	text, err := io.ReadAll(r)
	if err != nil {
		panic("lexicon: an embedded table is damaged")
	}
	return string(text)
}

// Han are the words of Chinese with how often they were counted.
type Han struct {
	Words   map[string]Word
	Total   int // of all counts
	Longest int // in characters
}

// Word is a word of Chinese.
type Word struct {
	Count int32
	Class Class
}

func chinese() Han {
	h := Han{Words: make(map[string]Word, 210_000)}
	for line := range strings.Lines(unpack(zh)) {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		count, class, _ := strings.Cut(rest, "\t")
		n, err := strconv.ParseInt(count, 10, 32)
		if err != nil {
			panic("lexicon: an embedded table is damaged")
		}
		h.Words[word] = Word{int32(n), classes[class]}
		h.Total += int(n)
		h.Longest = max(h.Longest, len([]rune(word)))
	}
	return h
}
