package writing

import (
	"strings"
	"sync"
)

// The words of dates in the languages served, with the endings that they take.
const (
	russianEndings = " а у ом е"
	kazakhEndings  = " ы і да де та те дың дің тың тің ның нің ға ге қа ке дан ден тан тен нан нен ында інде ына іне ынан інен ының інің ғы гі дағы дегі ындағы індегі сы сында сының сынан сына"
	arabicKazakh   = " ى دا دە تا تە دىڭ تىڭ نىڭ عا گە قا كە دان دەن تان تەن نان نەن ىندا ىنە ىنا ىنان ىنىڭ عى گى داعى ىنداعى"
	uyghurEndings  = " ى دا دە تا تە نىڭ غا گە قا كە دىن تىن ىدا ىنىڭ ىغا ىدىن دىكى تىكى ىدىكى لىق نى ىنى ىدە ىگە"
)

// monthRows names the months in order, "/" between names of one month.
var monthRows = []struct{ language, endings, rows string }{
	{"en", "", "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec"},
	{"ru", " ь я ю ем е", "январ/янв феврал/фев/февр - апрел/апр - июн июл - сентябр/сен/сент октябр/окт ноябр/ноя/нояб декабр/дек"},
	{"ru", russianEndings, "- - март - - - - август/авг - - - -"},
	{"ru", "", "- - мар - май/мая/мае/маю/маем - - - - - - -"},
	{"kk", kazakhEndings, "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек/қыркүйег қазан қараша желтоқсан"},
	{"kk", arabicKazakh, "قاڭتار اقپان ناۋرىز ٴساۋىر/ساۋىر مامىر ماۋسىم شىلدە تامىز قىركۇيەك قازان قاراشا جەلتوقسان"},
	{"ug", uyghurEndings, "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر"},
}

type monthWord struct {
	month    int
	language string
}

// inflected gives every form of a word, folded as text is.
func inflected(stem, endings string) []string {
	var all []string
	for e := range strings.SplitSeq(endings, " ") {
		all = append(all, Fold(stem+e))
	}
	return all
}

var monthWords = sync.OnceValue(func() map[string]monthWord {
	table := make(map[string]monthWord)
	for _, row := range monthRows {
		for i, names := range strings.Fields(row.rows) {
			for name := range strings.SplitSeq(names, "/") {
				for _, form := range inflected(name, row.endings) {
					if form != "-" {
						table[form] = monthWord{i + 1, row.language}
					}
				}
			}
		}
	}
	return table
})

// wordSet folds words, each with each of the endings.
func wordSet(words, endings string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		for _, form := range inflected(w, endings) {
			set[form] = true
		}
	}
	return set
}

// dateWords are the words that stand beside numbers in dates.
type dateWords struct {
	russianYear, kazakhYear, uyghurYear map[string]bool
	uyghurMonth, uyghurDay, kazakhDay   map[string]bool
	ordinal, years                      map[string]bool
}

var datesVocabulary = sync.OnceValue(func() *dateWords {
	return &dateWords{
		russianYear: wordSet("год года году годом годы годов годам годах годами г гг", ""),
		kazakhYear:  union(wordSet("жыл ж жж", kazakhEndings+" ғы дары дар дардың дарда дардан ғы"), wordSet("жылғы жылдары жылдардың жылдарда", ""), wordSet("جىل", arabicKazakh+" عى دارى")),
		uyghurYear:  wordSet("يىل", uyghurEndings+" لار لارى لىرى لاردا لاردىن"),
		uyghurMonth: wordSet("ئاي", uyghurEndings),
		uyghurDay:   wordSet("كۈن چىسلا", uyghurEndings+" سى سىدا سىنىڭ"),
		kazakhDay:   wordSet("күн күні күнгі", kazakhEndings),
		years:       wordSet("жылдары жылдардың жылдарда жылдар جىلدارى يىللار يىللاردا يىللىرى يىللاردىن", ""),
		ordinal:     wordSet("st nd rd th го ое е й ого ом м му х ші шы", ""),
	}
})

func union(sets ...map[string]bool) map[string]bool {
	all := make(map[string]bool)
	for _, s := range sets {
		for w := range s {
			all[w] = true
		}
	}
	return all
}

// dateStarts are the words that a date can begin with.
var dateStarts = sync.OnceValue(func() map[string]bool {
	set := wordSet("in since until till by during from early late mid before after year around circa between of to and summer q twenty thirty", "")
	for w := range monthWords() {
		set[w] = true
	}
	for w := range seasons() {
		set[strings.TrimPrefix(w, "quarter ")] = true
	}
	for w := range phrases() {
		set[w] = true
	}
	for w := range ordinalUnits {
		set[w] = true
	}
	for w := range weekdays() {
		set[w] = true
	}
	for w := range weekWords {
		set[w] = true
	}
	for w := range numberWords() {
		set[w] = true
	}
	set["a"], set["an"] = true, true
	return set
})
