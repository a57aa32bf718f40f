package writing

import (
	"strings"
	"sync"
	"unicode"
)

// stemEndings are the endings that names take: Russian cases, and the
// suffixes of Kazakh and Uyghur, folded, the longest first.
var stemEndings = sync.OnceValue(func() map[string][]string {
	all := make(map[string][]string)
	for script, list := range map[string]string{
		"Cyrl": "а у ом е ы и ой ою ем ю я ов ам ами ах ской ский ского ском скому ским " +
			"да де та те ға ге қа ке дан ден тан тен нан нен ның нің дың дің тың тің ды ді ты ті ны ні дағы дегі тағы тегі лық лік дық дік тық тік лар лер дар дер",
		"Arab": "دا دە تا تە غا گە قا كە دىن تىن نىڭ نى لىق لىك لۇق لۈك لار لەر لىرى دىكى تىكى غىچە گىچە مۇ نىڭكى " +
			"عا دان دەن تان تەن نان نەن دىڭ تىڭ داعى دەگى",
		"Latn": "da de ta te gha ge qa ke din tin ning ni liq lik luq lük lar ler diki tiki 's s",
	} {
		for e := range strings.FieldsSeq(list) {
			e = strings.ReplaceAll(Fold(e), "'", "")
			at := 0
			for at < len(all[script]) && len(all[script][at]) >= len(e) {
				at++
			}
			all[script] = append(all[script][:at], append([]string{e}, all[script][at:]...)...)
		}
	}
	return all
})

// shortestStem is how many letters of a name are left at least.
const shortestStem = 3

// NameStems gives what a word may be without the ending it took in its
// sentence, the word itself not among it: Кашгаре, قەشقەردىن, Қашқарда. A
// Russian word is given with the ending of the first case too.
func NameStems(word string) []string {
	folded := Fold(word)
	script := scriptOf(folded)
	var all []string
	for _, e := range stemEndings()[script] {
		stem, ok := strings.CutSuffix(folded, e)
		if !ok || len([]rune(stem)) < shortestStem {
			continue
		}
		all = append(all, stem)
		if last := []rune(e)[0]; script == "Cyrl" && unicode.Is(unicode.Cyrillic, last) && len([]rune(e)) < 3 {
			all = append(all, stem+"а", stem+"ь", stem+"я", stem+"й")
		}
	}
	return all
}

// caseForms gives a name in the cases and with the suffixes that sentences
// give it, for a search that knows words as they are written.
func caseForms(name, script string) []string {
	if strings.ContainsAny(name, " -") || len([]rune(name)) < shortestStem {
		return nil
	}
	last := []rune(name)[len([]rune(name))-1]
	cut := strings.TrimSuffix(name, string(last))
	with := func(stem, endings string) []string {
		var all []string
		for e := range strings.FieldsSeq(endings) {
			all = append(all, stem+e)
		}
		return all
	}
	switch {
	case script == "Arab":
		return with(name, turkicEndings(name, "دا دىن غا نىڭ", "دە دىن گە نىڭ", "ەۆۈې"))
	case script != "Cyrl":
		return nil
	case strings.ContainsAny(name, "қғңәөұүһі"):
		return with(name, turkicEndings(name, "да дан ға ның", "де ден ге нің", "әөүіе"))
	case last == 'а':
		return with(cut, "ы е у ой")
	case last == 'ь':
		return with(cut, "я ю е ем")
	case strings.ContainsRune("бвгджзклмнпрстфхцчшщ", last):
		return with(name, "а у е ом")
	}
	return nil
}

// turkicEndings chooses by the last vowel of the name, a back one or a front.
func turkicEndings(name, back, front, fronts string) string {
	letters := []rune(name)
	for i := len(letters) - 1; i >= 0; i-- {
		if strings.ContainsRune(fronts, letters[i]) {
			return front
		}
		if strings.ContainsRune("аоұыاوۇ", letters[i]) {
			return back
		}
	}
	return back
}
