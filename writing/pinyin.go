package writing

import (
	"slices"
	"strings"
	"sync"
)

// system is one way of writing Chinese syllables with letters.
type system struct {
	to   map[string]string   // pinyin → this
	from map[string][]string // this, without signs → pinyin
	long int                 // letters of the longest syllable
}

// syllables are those of pinyin that characters have, in order: where there are
// more ways than are kept, the same ones are kept each time.
var syllables = sync.OnceValue(func() []string {
	var all []string
	for s := range hanCharacters().readBy {
		if len(s) > 1 || s == "a" || s == "e" || s == "o" {
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return all
})

func newSystem(write func(pinyin string) []string) *system {
	s := &system{to: make(map[string]string), from: make(map[string][]string)}
	for _, p := range syllables() {
		for i, w := range write(p) {
			if i == 0 {
				s.to[p] = w
			}
			for _, key := range []string{plainLetters(w), w} {
				if !slices.Contains(s.from[key], p) {
					s.from[key] = append(s.from[key], p)
				}
				s.long = max(s.long, len([]rune(key)))
			}
		}
	}
	return s
}

// aspirated reports the apostrophes of Wade-Giles, which stand after a
// syllable's first consonants and not between syllables.
func aspirated(words []string) bool {
	for _, w := range words {
		before, _, found := strings.Cut(w, "'")
		if found && before != "" && !strings.ContainsAny(before, "aeiouü") {
			return true
		}
	}
	return false
}

// plainLetters folds a word and takes its signs out.
func plainLetters(w string) string {
	return strings.Map(func(r rune) rune {
		if r == '\'' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, Fold(w))
}

var pinyinSystem = sync.OnceValue(func() *system {
	return newSystem(func(p string) []string {
		if strings.Contains(p, "v") {
			return []string{strings.ReplaceAll(p, "v", "ü"), strings.ReplaceAll(p, "v", "yu"), p}
		}
		return []string{p}
	})
})

var palladiusSystem = sync.OnceValue(func() *system { return newSystem(palladius) })
var wadeSystem = sync.OnceValue(func() *system { return newSystem(wadeGiles) })

// segmentLimit bounds the ways in which a word can fall into syllables.
const segmentLimit = 6

// split gives the ways in which a word falls into syllables of the system,
// each as pinyin parted by spaces; the longest syllables first. A word with
// the system's own signs is taken at them; else signs part syllables.
func (s *system) split(word string) []string {
	if strings.ContainsAny(word, "'ü") {
		if ways := s.segment(strings.ReplaceAll(word, "ъ", "'")); len(ways) > 0 {
			return ways
		}
	}
	ways := []string{""}
	for part := range strings.FieldsFuncSeq(word, func(r rune) bool { return r == '\'' || r == 'ъ' }) {
		ways = appendEach(ways, s.segment(plainLetters(part)))
	}
	if len(ways) > 0 && ways[0] == "" || len(ways) > segmentLimit {
		return ways[:min(len(ways)-1, segmentLimit)]
	}
	return ways
}

func (s *system) segment(word string) []string {
	letters := []rune(word)
	if len(letters) == 0 || len(letters) > 28 {
		return nil
	}
	dead := make(map[int]bool) // places from which no way leads to the end
	var all []string
	var walk func(from int, said []string)
	walk = func(from int, said []string) {
		if from == len(letters) {
			all = append(all, strings.Join(said, " "))
			return
		}
		before := len(all)
		for n := min(s.long, len(letters)-from); n > 0 && len(all) < segmentLimit; n-- {
			if dead[from+n] {
				continue
			}
			for _, p := range s.from[string(letters[from:from+n])] {
				if len(all) < segmentLimit && len(said) < 8 {
					walk(from+n, append(said[:len(said):len(said)], p))
				}
			}
		}
		if len(all) == before && len(said) < 8 {
			dead[from] = true
		}
	}
	walk(0, nil)
	return all
}

// splitName splits every word of a name and joins what they give.
func (s *system) splitName(words []string) []string {
	ways := []string{""}
	for _, w := range words {
		parts := s.split(w)
		if len(parts) == 0 {
			return nil
		}
		ways = appendEach(ways, parts)
	}
	return ways
}

// palladius writes a syllable in Russian letters.
func palladius(p string) []string {
	if w, ok := palladiusOdd[p]; ok {
		return strings.Fields(w)
	}
	initial, final := cutInitial(p)
	i, ok := palladiusInitials[initial]
	if !ok {
		return nil
	}
	if strings.Contains("j q x", initial) && initial != "" && strings.HasPrefix(final, "u") {
		final = "v" + final[1:]
	}
	f, ok := palladiusFinals[final]
	if !ok {
		return nil
	}
	return []string{i + f}
}

// cutInitial parts a syllable of pinyin.
func cutInitial(p string) (initial, final string) {
	for _, two := range []string{"zh", "ch", "sh"} {
		if strings.HasPrefix(p, two) {
			return two, p[2:]
		}
	}
	if strings.ContainsRune("bpmfdtnlgkhjqxrzcs", rune(p[0])) {
		return p[:1], p[1:]
	}
	return "", p
}

var palladiusInitials = map[string]string{"b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
	"j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с", "": ""}

var palladiusFinals = map[string]string{"a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь",
	"ang": "ан", "eng": "эн", "ong": "ун", "i": "и", "ia": "я", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь", "iang": "ян", "ing": "ин",
	"iong": "юн", "u": "у", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань", "un": "унь", "uang": "уан",
	"v": "юй", "ve": "юэ", "van": "юань", "vn": "юнь"}

var palladiusOdd = map[string]string{
	"zi": "цзы", "ci": "цы", "si": "сы", "hui": "хуэй хуй", "er": "эр", "wu": "у", "wa": "ва", "wo": "во", "wai": "вай", "wei": "вэй вей", "wan": "вань",
	"wen": "вэнь", "wang": "ван", "weng": "вэн", "yi": "и", "ya": "я", "yo": "йо", "ye": "е", "yao": "яо", "you": "ю", "yan": "янь", "yin": "инь",
	"yang": "ян", "ying": "ин", "yong": "юн", "yu": "юй", "yue": "юэ", "yuan": "юань", "yun": "юнь", "lue": "люэ", "nue": "нюэ",
}

// wadeGiles writes a syllable in the older Latin spelling; without its
// apostrophes it is that of newspapers.
func wadeGiles(p string) []string {
	if w, ok := wadeOdd[p]; ok {
		return strings.Fields(w)
	}
	initial, final := cutInitial(p)
	if strings.Contains("j q x", initial) && initial != "" && strings.HasPrefix(final, "u") {
		final = "v" + final[1:]
	}
	i, known := wadeInitials[initial]
	f, ok := wadeFinals[final]
	if !ok {
		f = final
	}
	if !known {
		return nil
	}
	switch {
	case final == "uo" && (initial == "g" || initial == "k" || initial == "h" || initial == "sh"):
		f = "uo"
	case final == "e" && initial != "g" && initial != "k" && initial != "h":
		f = "e"
	case final == "ui" && (initial == "g" || initial == "k"):
		f = "uei"
	}
	return []string{i + f}
}

var wadeInitials = map[string]string{"b": "p", "p": "p'", "m": "m", "f": "f", "d": "t", "t": "t'", "n": "n", "l": "l", "g": "k", "k": "k'", "h": "h",
	"j": "ch", "q": "ch'", "x": "hs", "zh": "ch", "ch": "ch'", "sh": "sh", "r": "j", "z": "ts", "c": "ts'", "s": "s", "": ""}

var wadeFinals = map[string]string{"e": "o", "ie": "ieh", "ian": "ien", "ong": "ung", "iong": "iung", "uo": "o", "v": "ü", "ve": "üeh", "van": "üan", "vn": "ün"}

var wadeOdd = map[string]string{
	"zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu tze", "ci": "tz'u", "si": "ssu szu", "er": "erh", "yi": "i yi", "you": "yu",
	"yu": "yü", "yan": "yen", "ye": "yeh", "yong": "yung", "yue": "yüeh", "yuan": "yüan", "yun": "yün", "e": "o e", "lue": "lüeh", "nue": "nüeh",
	"lv": "lü", "nv": "nü", "ge": "ko ke", "he": "ho", "ke": "k'o",
}
