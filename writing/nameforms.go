package writing

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Form is one way in which a name is written.
type Form struct {
	Text   string
	Script string // ISO 15924: Hans, Hant, Latn, Cyrl, Arab
	Source string // the system, or the table, that gives it
	// Suggested marks a form that is likely and not sure: a Latin name read
	// as Uyghur, or the Russian of a name whose language is not known.
	Suggested bool
}

// formLimit bounds the forms of one name.
const formLimit = 40

// longestName bounds what is taken for a name, in bytes and in words.
const (
	longestName  = 200
	longestWords = 6
)

// NameForms gives the forms of a name in other spellings and scripts, by rule
// alone, those that are sure first. The name itself is not among them.
func NameForms(name string) []Form {
	words := nameWords(name)
	if len(words) == 0 {
		return nil
	}
	f := formList{name: strings.Join(words, " "), seen: map[string]bool{Fold(name): true}}
	switch scriptOf(name) {
	case "Hani":
		f.fromHan(strings.Join(words, ""))
	case "Latn":
		f.fromLatin(words)
	case "Cyrl":
		f.fromCyrillic(words)
	case "Arab":
		f.fromArabic(words)
	}
	return f.all
}

// nameWords parts a name at white space, hyphens and middle dots, in lower
// case and composed. Nothing is given for what is too long for a name.
func nameWords(name string) []string {
	if len(name) > longestName || !utf8.ValidString(name) {
		return nil
	}
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(r rune) bool {
		return unicode.IsSpace(r) || r == '-' || r == '·' || r == '•' || r == '・' || r == '.' || r == ',' || r == 0x2010 || r == 0x2013
	})
	if len(words) > longestWords {
		return nil
	}
	for i, w := range words {
		words[i] = strings.Map(func(r rune) rune {
			switch {
			case isApostrophe(r):
				return '\''
			case unicode.Is(unicode.Cf, r) || r == 0x0640:
				return -1
			}
			return r
		}, w)
	}
	return words
}

// scriptOf gives the script of all letters of a name: Hani, Latn, Cyrl, Arab,
// or "" for a mixture and for others.
func scriptOf(name string) string {
	script := ""
	for _, r := range name {
		s := ""
		switch {
		case isHan(r):
			s = "Hani"
		case !unicode.IsLetter(r) || r >= 0x02B0 && r <= 0x02FF:
			continue
		case unicode.Is(unicode.Latin, r):
			s = "Latn"
		case unicode.Is(unicode.Cyrillic, r):
			s = "Cyrl"
		case unicode.Is(unicode.Arabic, r):
			s = "Arab"
		}
		if s == "" || script != "" && s != script {
			return ""
		}
		script = s
	}
	return script
}

// formList gathers forms, each once.
type formList struct {
	name string
	all  []Form
	seen map[string]bool
}

func (f *formList) add(text, script, source string, suggested bool) {
	key := Fold(text)
	if text == "" || f.seen[key] || len(f.all) >= formLimit {
		return
	}
	f.seen[key] = true
	f.all = append(f.all, Form{text, script, source, suggested})
}

func (f *formList) fromHan(name string) {
	f.add(Simplified(name), "Hans", "simplified", false)
	for _, t := range traditionalForms(name, 4) {
		f.add(t, "Hant", "traditional", false)
	}
	for i, reading := range HanReadings(name) {
		f.fromReading(strings.Fields(reading), cutOf(name), i > 3)
	}
}

// cutOf says after how many syllables the surname of a Han name ends.
func cutOf(name string) int {
	all := []rune(Simplified(name))
	if len(all) > 2 && doubleSurnames[string(all[:2])] != "" {
		return 2
	}
	return 1
}

// fromReading adds the spellings of a Chinese name whose surname has cut
// syllables.
func (f *formList) fromReading(said []string, cut int, unsure bool) {
	if cut >= len(said) {
		cut = 0
	}
	surname, given := said[:cut], said[cut:]
	for _, w := range []struct {
		source, script, gap string
		system              *system
	}{
		{"pinyin", "Latn", "", pinyinSystem()}, {"pinyin", "Latn", " ", pinyinSystem()}, {"Palladius", "Cyrl", "", palladiusSystem()}, {"Wade-Giles", "Latn", "-", wadeSystem()},
	} {
		text, ok := w.system.write(surname, given, w.gap)
		if !ok {
			continue
		}
		f.add(text, w.script, w.source, unsure)
		if w.source == "Wade-Giles" {
			f.add(strings.NewReplacer("'", "", "ü", "u").Replace(text), "Latn", "newspaper spelling", unsure)
		}
	}
}

// write spells a name; syllables of the given name are joined by gap, and by
// an apostrophe or hard sign where they would run together.
func (s *system) write(surname, given []string, gap string) (string, bool) {
	parts := make([]string, 0, 2)
	for _, syllables := range [][]string{surname, given} {
		word := ""
		for _, p := range syllables {
			w, ok := s.to[p]
			if !ok {
				return "", false
			}
			if word != "" {
				word += joint(word, w, gap)
			}
			if word == "" || gap == " " {
				w = titled(w)
			}
			word += w
		}
		if word != "" {
			parts = append(parts, word)
		}
	}
	return strings.Join(parts, " "), true
}

func joint(before, after, gap string) string {
	if gap != "" {
		return gap
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	switch {
	case last == 'н' && strings.ContainsRune("аоэуияюе", first):
		return "ъ"
	case unicode.Is(unicode.Latin, first) && strings.ContainsRune("aoe", first):
		return "'"
	}
	return ""
}

func titled(w string) string {
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[size:]
}

// titledAll joins words with capitals; "" if one is empty.
func titledAll(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		if w == "" {
			return ""
		}
		out[i] = titled(w)
	}
	return strings.Join(out, " ")
}

func each(words []string, spell func(string) string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = spell(w)
	}
	return titledAll(out)
}

func (f *formList) fromLatin(words []string) {
	ways := 0
	if !aspirated(words) {
		ways = f.chinese(words, pinyinSystem())
	}
	if ways == 0 {
		ways = f.chinese(words, wadeSystem())
	}
	unsure := true // Latin letters do not say which language's they are
	f.add(each(words, func(w string) string { return uyghurToArabic(w, latinOf) }), "Arab", "Uyghur Arabic from Latin (ULY)", unsure || ways > 0)
	f.add(each(words, func(w string) string {
		if a := uyghurToArabic(w, latinOf); a != "" {
			return uyghurFromArabic(a, cyrillicOf)
		}
		return ""
	}), "Cyrl", "Uyghur Cyrillic from Latin (ULY)", unsure)
	f.add(each(words, russianFromLatin), "Cyrl", "Russian from Latin", unsure)
	f.add(each(words, kazakhFromLatin), "Cyrl", "Kazakh Cyrillic from Latin (2021)", unsure)
}

// chinese adds the other spellings of a name that falls into syllables.
func (f *formList) chinese(words []string, from *system) int {
	ways := from.splitName(words)
	cut := 0
	if first := from.split(words[0]); len(words) > 1 && len(first) > 0 {
		cut = len(strings.Fields(first[0]))
	}
	for _, way := range ways {
		f.fromReading(strings.Fields(way), cut, len(ways) > 2)
	}
	return len(ways)
}

func (f *formList) fromCyrillic(words []string) {
	f.chinese(words, palladiusSystem())
	kazakh := strings.ContainsAny(f.name, "әғқңөұүһі")
	for _, s := range russianSystems {
		f.add(each(words, func(w string) string { return spell(w, s.row) }), "Latn", s.name, false)
	}
	if !strings.Contains(f.name, "җ") {
		f.fromKazakh(words, !kazakh)
	}
	uyghur := strings.Contains(f.name, "җ") || strings.ContainsAny(f.name, "әғқңөүһ") && !strings.ContainsAny(f.name, "ұі")
	if uyghur {
		f.add(each(words, func(w string) string { return uyghurToArabic(w, cyrillicOf) }), "Arab", "Uyghur Arabic from Cyrillic", kazakh && !strings.Contains(f.name, "җ"))
		f.add(each(words, func(w string) string { return uyghurFromArabic(uyghurToArabic(w, cyrillicOf), latinOf) }), "Latn", "Uyghur Latin (ULY) from Cyrillic", kazakh)
	}
}

func (f *formList) fromKazakh(words []string, unsure bool) {
	latin := column(kazakhLetters, cyrillicOf, latinOf)
	f.add(each(words, func(w string) string { return spell(w, latin) }), "Latn", "Kazakh Latin (2021)", unsure)
	f.add(each(words, func(w string) string { return spell(w, over(latin, kazakh2018)) }), "Latn", "Kazakh Latin (2018)", unsure)
	f.add(each(words, func(w string) string { return spell(w, over(latin, kazakhEnglish)) }), "Latn", "Kazakh in English", unsure)
	f.add(each(words, kazakhToArabic), "Arab", "Kazakh Arabic", unsure)
}

func over(base, changes map[string]string) map[string]string {
	all := make(map[string]string, len(base))
	for k, v := range base {
		all[k] = v
	}
	for k, v := range changes {
		all[k] = v
	}
	return all
}

func (f *formList) fromArabic(words []string) {
	kazakh := strings.ContainsAny(f.name, "\u0674ٵٶٷٸعء")
	if !kazakh {
		f.add(each(words, func(w string) string { return uyghurFromArabic(w, latinOf) }), "Latn", "Uyghur Latin (ULY)", false)
		f.add(each(words, func(w string) string { return uyghurFromArabic(w, cyrillicOf) }), "Cyrl", "Uyghur Cyrillic", false)
		return
	}
	cyrillic := make([]string, len(words))
	for i, w := range words {
		cyrillic[i] = kazakhFromArabic(w)
	}
	f.add(titledAll(cyrillic), "Cyrl", "Kazakh Cyrillic", false)
	if titledAll(cyrillic) != "" {
		f.fromKazakh(cyrillic, false)
	}
}

// kazakhFromLatin reads the Latin of 2021.
func kazakhFromLatin(w string) string {
	table := make(map[string]string)
	for _, r := range kazakhLetters {
		if _, taken := table[r.latin]; !taken && r.latin != "" && r.cyrillic != "и" {
			table[r.latin] = r.cyrillic
		}
	}
	table["i"], table["w"], table["q"] = "и", "у", "қ"
	return spellLongest(w, table)
}

// russianFromLatin reads the Latin of newspapers.
func russianFromLatin(w string) string {
	return spellLongest(w, latinRussian)
}

var latinRussian = letterPairs("shch щ zh ж kh х ts ц ch ч sh ш yu ю ya я yo ё a а b б v в g г d д e е z з i и y ы k к l л m м n н o о p п r р s с t т u у f ф j дж h х w в x кс q к c к")

// spellLongest writes a word, the longest known letters first.
func spellLongest(w string, table map[string]string) string {
	var b strings.Builder
	letters := []rune(w)
	for i := 0; i < len(letters); {
		n := min(4, len(letters)-i)
		for ; n > 0; n-- {
			if to, ok := table[string(letters[i:i+n])]; ok {
				b.WriteString(to)
				break
			}
		}
		if n == 0 {
			return ""
		}
		i += n
	}
	return b.String()
}
