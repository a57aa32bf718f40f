package ocr

import (
	"slices"
	"strings"
	"unicode"

	"vidimus/read/ocr/ink"
)

// Confidences, in percent of the mean over characters.
const (
	// sure is from where words are believed. Measured: 84 to 97 with the right
	// model, 8 to 60 with one of another script, 80 with Russian's on Kazakh,
	// 90 with Chinese's on English.
	sure = 75
	// doubtful is from where a word is more likely right than wrong.
	doubtful = 50
)

// enoughLetters is from how many letters on a sample tells Russian from Kazakh,
// where one letter in eight is of those that Russian has not.
const enoughLetters = 40

// ours are the models of the languages served, in the order in which they are
// tried first. Others that are installed come after them.
var ours = []string{"chi_sim", "eng", "uig", "rus", "kaz"}

// known lists the models that can be used: all that are installed, a line each,
// but for those that read no language.
func known(installed []string) (all []string) {
	for _, m := range ours {
		if slices.Contains(installed, m) {
			all = append(all, m)
		}
	}
	for _, m := range installed {
		plain := !strings.ContainsFunc(m, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
		if plain && m != "" && m != "osd" && m != "equ" && m != "snum" && len(m) <= 16 && !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	return all
}

// writingOf lists the models of other scripts than Latin.
var writingOf = map[ink.Writing][]string{
	ink.Han:      {packModel, "chi_sim", "chi_tra", "jpn"},
	ink.Arabic:   {"uig", "ara", "fas", "urd", "pus", "snd"},
	ink.Cyrillic: {"rus", "kaz", "ukr", "bel", "bul", "srp", "mkd", "kir", "tgk", "tat", "mon", "uzb_cyrl", "aze_cyrl"},
}

// writes tells the script that a model reads.
func writes(model string) ink.Writing {
	for w, models := range writingOf {
		if slices.Contains(models, model) {
			return w
		}
	}
	return ink.Latin
}

// Model is an installed model of the engine.
type Model struct {
	Name    string // as the engine names it
	Writing string // the script that it reads
	Served  bool   // it is of the languages that this project serves
	Engine  string // whose it is, with its version
}

// Models lists the models that pages are read with, in the order in which they
// are tried where nothing shows another.
func (e *Engine) Models() (all []Model) {
	for _, m := range e.languages {
		model := Model{m, string(writes(m)), slices.Contains(ours, m), "tesseract " + e.version}
		if m == packModel {
			model.Served, model.Engine = true, PackName(e.pack)
		}
		all = append(all, model)
	}
	return all
}

// only gives the model of a script if there is one alone: it needs no sample.
func only(models []string, w ink.Writing) (model string) {
	for _, m := range models {
		if writes(m) == w {
			if model != "" {
				return ""
			}
			model = m
		}
	}
	return model
}

// likely puts the models of a script first, then those of the alphabets, which
// are easily taken for one another.
func likely(models []string, w ink.Writing) []string {
	models = slices.Clone(models)
	if r, k := slices.Index(models, "rus"), slices.Index(models, "kaz"); r >= 0 && r < k {
		models[r], models[k] = "kaz", "rus" // whose letters tell which of them it is
	}
	rank := func(m string) int {
		is := writes(m)
		switch {
		case is == w:
			return 0
		case (is == ink.Latin || is == ink.Cyrillic) && (w == ink.Latin || w == ink.Cyrillic):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(models, func(a, b string) int { return rank(a) - rank(b) })
	return models
}

// russian reports text that the model of Kazakh read well, but for letters of
// its own: it is in Russian where no other model of that script is installed.
func russian(models []string, text string, confidence float64) bool {
	for _, m := range models {
		if writes(m) == ink.Cyrillic && m != "kaz" && m != "rus" {
			return false
		}
	}
	letters, own := owned("kaz", text)
	return slices.Contains(models, "rus") && letters >= enoughLetters && 50*own < letters && confidence >= sure && written(text, ink.Cyrillic)
}

// sureOf is from where a model is believed without asking another.
func sureOf(model string) float64 {
	switch model {
	case "uig", "chi_sim":
		return 80
	case packModel: // reads Chinese with 95 to 99, Uyghur with 40, and Latin with foreign
		return 85
	}
	return 88
}

// marginOf is how much white is left around a line, in letters' heights: the
// engine scales what it is given to one height, and knows letters best in the
// size that it was taught. Measured from 0.05 to 1 on the tuning half and on other
// faces: of Han 0.12 and 0.2 are the best, and at 0.2 the engine is surest.
func marginOf(model string) float64 {
	if writes(model) == ink.Han && model != packModel { // the pack reads either, and narrow margins make its work more
		return 0.2
	}
	return ink.Margin
}

// favour is by how much a model that finds its own letters is preferred to a
// neighbour's that does not know them.
func favour(model, text string) float64 {
	switch letters, own := owned(model, text); {
	case model != "kaz" || 50*own < letters:
		return 0
	case 25*own < letters:
		return 8
	}
	return 16 // Russian hardly looks like so many of them
}

// owned counts a text's letters, and those that are a model's own.
func owned(model, text string) (letters, own int) {
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if ownOf(model, r) {
			own++
		}
	}
	return letters, own
}

// suits reports that words read with a model are in its language beyond doubt.
func suits(model, text string, confidence float64) bool {
	letters, own := owned(model, text)
	switch model {
	case "kaz": // reads Russian nearly as well
		return confidence >= sureOf(model) && 50*own >= letters
	case "rus": // reads Kazakh as Russian letters, a little less sure
		return confidence >= 94
	case "chi_sim", packModel: // reads English nearly as well
		return confidence >= sureOf(model) && 2*own >= letters
	}
	return confidence >= sureOf(model)
}

// ownOf reports letters that show a model's language among its neighbours.
func ownOf(model string, r rune) bool {
	if model == "kaz" {
		return strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІ", r)
	}
	return unicode.Is(unicode.Han, r)
}

// letterOf gives the script of a letter, "" for other characters.
func letterOf(r rune) ink.Writing {
	switch {
	case unicode.Is(unicode.Latin, r):
		return ink.Latin
	case unicode.Is(unicode.Cyrillic, r):
		return ink.Cyrillic
	case unicode.Is(unicode.Arabic, r):
		return ink.Arabic
	case unicode.Is(unicode.Han, r):
		return ink.Han
	}
	return ""
}

// rightToLeft reports text of which most letters are of such a script.
func rightToLeft(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana):
			n++
		case unicode.IsLetter(r):
			n--
		}
	}
	return n > 0
}
