package writing

import "strings"

// letterRow is one letter of a language in its scripts: Cyrillic, Arabic, and
// Latin spellings, of which the first is the standard's.
type letterRow struct{ cyrillic, arabic, latin string }

// Uyghur: the alphabets of the Xinjiang University's table (ULY, 2008).
var uyghurLetters = []letterRow{
	{"а", "ا", "a"}, {"ә", "ە", "e"}, {"б", "ب", "b"}, {"п", "پ", "p"}, {"т", "ت", "t"}, {"җ", "ج", "j"}, {"ч", "چ", "ch"}, {"х", "خ", "x"},
	{"д", "د", "d"}, {"р", "ر", "r"}, {"з", "ز", "z"}, {"ж", "ژ", "zh"}, {"с", "س", "s"}, {"ш", "ش", "sh"}, {"ғ", "غ", "gh"}, {"ф", "ف", "f"},
	{"қ", "ق", "q"}, {"к", "ك", "k"}, {"г", "گ", "g"}, {"ң", "ڭ", "ng"}, {"л", "ل", "l"}, {"м", "م", "m"}, {"н", "ن", "n"}, {"һ", "ھ", "h"},
	{"о", "و", "o"}, {"у", "ۇ", "u"}, {"ө", "ۆ", "ö"}, {"ү", "ۈ", "ü"}, {"в", "ۋ", "w"}, {"е", "ې", "ë"}, {"и", "ى", "i"}, {"й", "ي", "y"},
}

// Kazakh: the alphabets in Cyrillic, in Arabic letters as in Xinjiang, and the
// Latin of 2021; then those of 2018.
var kazakhLetters = []letterRow{
	{"а", "ا", "a"}, {"ә", "ٵ", "ä"}, {"б", "ب", "b"}, {"в", "ۆ", "v"}, {"г", "گ", "g"}, {"ғ", "ع", "ğ"}, {"д", "د", "d"}, {"е", "ە", "e"},
	{"ж", "ج", "j"}, {"з", "ز", "z"}, {"и", "ي", "i"}, {"й", "ي", "i"}, {"к", "ك", "k"}, {"қ", "ق", "q"}, {"л", "ل", "l"}, {"м", "م", "m"},
	{"н", "ن", "n"}, {"ң", "ڭ", "ñ"}, {"о", "و", "o"}, {"ө", "ٶ", "ö"}, {"п", "پ", "p"}, {"р", "ر", "r"}, {"с", "س", "s"}, {"т", "ت", "t"},
	{"у", "ۋ", "u"}, {"ұ", "ۇ", "ū"}, {"ү", "ٷ", "ü"}, {"ф", "ف", "f"}, {"х", "ح", "h"}, {"һ", "ھ", "h"}, {"ц", "تس", "ts"}, {"ч", "چ", "ch"},
	{"ш", "ش", "ş"}, {"щ", "شش", "şş"}, {"ы", "ى", "y"}, {"і", "ٸ", "ı"}, {"э", "ە", "e"}, {"ю", "يۋ", "iu"}, {"я", "يا", "ia"}, {"ь", "", ""}, {"ъ", "", ""},
}

var kazakh2018 = map[string]string{"ә": "á", "ғ": "ǵ", "и": "ı", "й": "ı", "ң": "ń", "ө": "ó", "у": "ý", "ұ": "u", "ү": "ú", "ч": "ch", "ш": "sh", "ы": "y", "і": "i"}

// The Latin of passports and maps for Kazakh names, as English writes them.
var kazakhEnglish = map[string]string{"ә": "a", "ғ": "gh", "ж": "zh", "и": "i", "й": "y", "қ": "q", "ң": "ng", "ө": "o", "у": "u", "ұ": "u", "ү": "u",
	"ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "і": "i", "э": "e", "ю": "yu", "я": "ya"}

// Russian: BGN/PCGN, passports since 2013, and the scholarly system.
var russianSystems = []struct {
	name string
	row  map[string]string
}{
	{"Russian, BGN", letterPairs("а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya")},
	{"Russian, passport", letterPairs("а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ ie ы y ь - э e ю iu я ia")},
	{"Russian, scholarly", letterPairs("а a б b в v г g д d е e ё ë ж ž з z и i й j к k л l м m н n о o п p р r с s т t у u ф f х x ц c ч č ш š щ šč ъ - ы y ь - э è ю ju я ja")},
}

func letterPairs(s string) map[string]string {
	table := make(map[string]string)
	f := strings.Fields(s)
	for i := 0; i+1 < len(f); i += 2 {
		table[f[i]] = strings.Trim(f[i+1], "-")
	}
	return table
}

// spell writes a lower-case word letter by letter; "" if one is not known.
func spell(word string, table map[string]string) string {
	var b strings.Builder
	for _, r := range word {
		to, ok := table[string(r)]
		if !ok {
			return ""
		}
		b.WriteString(to)
	}
	return b.String()
}

// column makes a table from one script of a language to another.
func column(rows []letterRow, from, to func(letterRow) string) map[string]string {
	table := make(map[string]string)
	for _, r := range rows {
		if f := from(r); f != "" {
			if _, taken := table[f]; !taken {
				table[f] = to(r)
			}
		}
	}
	return table
}

func cyrillicOf(r letterRow) string { return r.cyrillic }
func arabicOf(r letterRow) string   { return r.arabic }
func latinOf(r letterRow) string    { return r.latin }

// uyghurFromArabic writes ئۈرۈمچى in another script: the carrier ئ before a
// vowel is no letter of its own.
func uyghurFromArabic(word string, to func(letterRow) string) string {
	word = uyghurArabicLetters(word)
	table := column(uyghurLetters, arabicOf, to)
	out := spell(strings.ReplaceAll(word, "ئ", ""), table)
	if to(uyghurLetters[0]) == "а" { // Cyrillic writes я and ю for ya and yu
		out = strings.NewReplacer("йа", "я", "йу", "ю").Replace(out)
	}
	return out
}

// uyghurArabicLetters makes one of the letters that stand for each other.
func uyghurArabicLetters(word string) string {
	word = strings.Map(func(r rune) rune {
		switch {
		case r == 'ه' || r == 'ہ' || r == 'ھ':
			return 'ھ'
		case r == 'ی':
			return 'ى'
		case r == 'ک':
			return 'ك'
		case r == 0x0640 || isSilentMark(r) && r != 0x0654:
			return -1
		}
		return r
	}, word)
	return strings.ReplaceAll(word, "ي\u0654", "ئ")
}

// uyghurToArabic writes a Latin (ULY) or Cyrillic word in Arabic letters. A
// vowel at the beginning or after a vowel takes the carrier.
func uyghurToArabic(word string, from func(letterRow) string) string {
	if from(uyghurLetters[0]) == "а" {
		word = strings.NewReplacer("я", "йа", "ю", "йу", "ё", "йо").Replace(word)
	}
	table := column(uyghurLetters, from, arabicOf)
	var b strings.Builder
	vowelBefore := true
	letters := []rune(word)
	for i := 0; i < len(letters); {
		n := 2
		to, ok := "", false
		if i+1 < len(letters) {
			to, ok = table[string(letters[i:i+2])]
		}
		if !ok {
			n = 1
			to, ok = table[string(letters[i])]
		}
		if letters[i] == '\'' {
			vowelBefore = true
			i++
			continue
		}
		if letters[i] == 'é' {
			to, ok = "ې", true
		}
		if !ok {
			return ""
		}
		vowel := strings.Contains("اەوۇۆۈېى", to)
		if vowel && vowelBefore {
			b.WriteString("ئ")
		}
		b.WriteString(to)
		vowelBefore = vowel
		i += n
	}
	return b.String()
}

// kazakhToArabic writes Kazakh as in Xinjiang: a word with front vowels and
// without к, г and е takes the high hamza at its beginning.
func kazakhToArabic(word string) string {
	soft := strings.ContainsAny(word, "әөүі")
	marked := soft && !strings.ContainsAny(word, "кге")
	plain := strings.NewReplacer("ә", "а", "ө", "о", "ү", "ұ", "і", "ы").Replace(word)
	out := spell(plain, column(kazakhLetters, cyrillicOf, arabicOf))
	if marked && out != "" {
		out = "\u0674" + out
	}
	return out
}

// kazakhFromArabic is its inverse: after the high hamza, and beside كـ, گ and
// ە, the vowels are front ones.
func kazakhFromArabic(word string) string {
	word = strings.NewReplacer("\u0675", "\u0674ا", "\u0676", "\u0674و", "\u0677", "\u0674ۇ", "\u0678", "\u0674ى", "ء", "\u0674", "ك", "ك", "ک", "ك").Replace(word)
	bare := strings.ReplaceAll(word, "\u0674", "")
	soft := bare != word || strings.ContainsAny(bare, "كگە")
	out := spell(bare, kazakhArabicLetters)
	if soft {
		out = strings.NewReplacer("а", "ә", "о", "ө", "ұ", "ү", "ы", "і").Replace(out)
	}
	return out
}

var kazakhArabicLetters = letterPairs("ا а ب б ۆ в گ г ع ғ د д ە е ج ж ز з ي и ك к ق қ ل л م м ن н ڭ ң و о پ п ر р س с ت т ۋ у ۇ ұ ف ф ح х ھ һ چ ч ش ш ى ы")
