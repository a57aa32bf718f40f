package writing

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Undetermined is the BCP 47 tag of a text whose language we do not tell.
const Undetermined = "und"

// Language gives the BCP 47 tag of the language that most of text is in: zh,
// ug, ru, kk or en, and Undetermined for every other, for a mixture without
// a clear majority, and for too few letters. It looks at letters that only one
// of these languages has and, for English and Russian, at their most frequent
// words; of languages that it does not know it can only say that they are
// none of these.
func Language(text string) string {
	n := countLetters(text)
	total := n.han*hanWeight + n.arabic + n.cyrillic + n.latin + n.other
	switch {
	case total < leastLetters:
		return Undetermined
	case n.han*hanWeight*2 > total:
		return n.chinese()
	case n.arabic*2 > total:
		return n.arabicScript()
	case n.cyrillic*2 > total:
		return n.cyrillicScript()
	case n.latin*2 > total && frequent(text, englishWords) > 0.15:
		return "en"
	}
	return Undetermined
}

const (
	hanWeight    = 3 // a Han character says about as much as three letters
	leastLetters = 12
)

// letterCounts says how many letters of each script a text has, and how many
// of them are telling.
type letterCounts struct {
	han, kana, arabic, cyrillic, latin, other int

	uyghur  int // ې ۈ ۆ ئ: frequent in Uyghur and Kurdish only
	turkic  int // ە ڭ ۋ
	kazakhA int // the high hamza of Kazakh in Arabic letters
	kurdish int // ێ ڕ ڵ
	kazakhC int // қ ғ ұ
	dotted  int // і
	east    int // ә ө ү ң һ: Kazakh and its neighbours
	foreign int // Cyrillic letters of neither Russian nor Kazakh
	russian int // ы э ъ щ ё
}

func countLetters(text string) letterCounts {
	var n letterCounts
	for _, r := range text {
		switch {
		case r < 0x80:
			if l := r | 0x20; l >= 'a' && l <= 'z' {
				n.latin++
			}
		case r >= 0x4E00 && r <= 0x9FFF:
			n.han++
		case r >= 0x0430 && r <= 0x044F: // the small letters of Russian
			n.countCyrillic(r)
		case r >= 0x0671 && r <= 0x06D3 || r >= 0x0620 && r <= 0x064A && r != 0x0640: // letters of Arabic script
			n.countArabic(r)
		case !unicode.IsLetter(r):
		case isHan(r):
			n.han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			n.kana++
			n.other++
		case unicode.Is(unicode.Arabic, r):
			n.countArabic(plainArabic(r))
		case unicode.Is(unicode.Cyrillic, r):
			n.countCyrillic(unicode.ToLower(r))
		case unicode.Is(unicode.Latin, r):
			n.latin++
		default:
			n.other++
		}
	}
	return n
}

// plainArabic gives the letter of a presentation form, which is what some
// programs write into a PDF.
func plainArabic(r rune) rune {
	if r < 0xFB50 {
		return r
	}
	plain, _ := utf8.DecodeRuneInString(norm.NFKC.String(string(r)))
	return plain
}

func (n *letterCounts) countArabic(r rune) {
	n.arabic++
	switch r {
	case 'ې', 'ۈ', 'ۆ', 'ئ':
		n.uyghur++
	case 'ە', 'ڭ', 'ۋ':
		n.turkic++
	case 0x0674, 0x0675, 0x0676, 0x0677, 0x0678:
		n.kazakhA++
	case 'ێ', 'ڕ', 'ڵ':
		n.kurdish++
	}
}

func (n *letterCounts) countCyrillic(r rune) {
	n.cyrillic++
	switch r {
	case 'қ', 'ғ', 'ұ':
		n.kazakhC++
	case 'і':
		n.dotted++
	case 'ә', 'ө', 'ү', 'ң', 'һ':
		n.east++
	case 'ы', 'э', 'ъ', 'щ', 'ё':
		n.russian++
	default:
		if r < 'а' || r > 'я' {
			n.foreign++
		}
	}
}

func (n letterCounts) chinese() string {
	if n.kana*10 > n.han {
		return Undetermined
	}
	return "zh"
}

func (n letterCounts) arabicScript() string {
	switch {
	case n.kurdish*100 > n.arabic:
		return Undetermined
	case n.kazakhA*100 > n.arabic:
		return "kk"
	case n.uyghur*100 >= n.arabic && (n.uyghur+n.turkic)*100 > 5*n.arabic:
		return "ug"
	}
	return Undetermined
}

func (n letterCounts) cyrillicScript() string {
	switch {
	case n.foreign*100 > n.cyrillic:
		return Undetermined
	case n.kazakhC*100 > 2*n.cyrillic && n.dotted > 0:
		return "kk"
	case (n.kazakhC+n.dotted+n.east)*200 < n.cyrillic && n.russian*100 > n.cyrillic:
		return "ru"
	}
	return Undetermined
}

// longestFrequent is the length of the longest word of englishWords.
const longestFrequent = 5

// frequent gives the share of the words of text that common knows: runs of
// letters, of which only short ones of ASCII need a closer look.
func frequent(text string, common func(string) bool) float64 {
	words, known := 0, 0
	var word [longestFrequent]byte
	length, plain := 0, true // of the word so far
	end := func() {
		if length > 0 {
			words++
			if plain && length <= longestFrequent && common(string(word[:length])) {
				known++
			}
		}
		length, plain = 0, true
	}
	for _, r := range text {
		switch l := r | 0x20; {
		case r < 0x80 && (l >= 'a' && l <= 'z' || r >= '0' && r <= '9'):
			if length < longestFrequent {
				word[length] = byte(l)
			}
			length++
		case r < 0x80:
			end()
		case unicode.IsLetter(r):
			length++
			plain = false
		case !unicode.Is(unicode.M, r):
			end()
		}
	}
	end()
	return float64(known) / float64(max(words, 1))
}

func englishWords(word string) bool {
	switch word {
	case "the", "of", "and", "to", "in", "is", "that", "for", "it", "with", "as", "was", "on", "are",
		"be", "by", "this", "have", "from", "or", "not", "which", "has", "at", "an", "his", "their", "they", "he", "we":
		return true
	}
	return false
}
