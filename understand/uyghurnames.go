package understand

import (
	"strings"
	"unicode/utf8"

	"vidimus/writing"
)

// ugNames are given names that people bear in Uyghur, of men and of women, as
// anybody who reads the language knows them. A father's name follows the own.
var ugNames = ugSet(`مەمەت مۇھەممەت مۇھەممەد ئەھمەت ئەخمەت ئەھمەد ئىبراھىم ئىسمائىل ئىسھاق ياقۇپ يۈسۈپ يۇسۇپ مۇسا ئىسا داۋۇت سۇلايمان ئابدۇللا ئابدۇراخمان ئابدۇرېھىم
	ئابدۇرېشىت ئابدۇقادىر ئابدۇكېرىم ئابدۇغېنى ئابدۇۋەلى ئابدۇسالام ئابدۇسەمەت ئابدۇۋاھىت ئابدۇجېلىل ئابدۇخالىق ئابلىكىم ئابلىمىت ئابلىز ئابلەت ئابلا ئەبەيدۇللا ئوبۇلقاسىم
	ئوسمان ئۆمەر ئەلى ھەسەن ھۈسەن ھۈسەيىن قادىر كېرىم رېھىم راخمان ھەمدۇللا ھەبىبۇللا نەسرۇللا ئىمىن ئىدرىس ئىلياس زۇنۇن يۇنۇس ئايۇپ 
	ئەيسا ياسىن ساۋۇت سەمەت سېيىت سالىھ سىدىق سىراجىدىن شەمسىدىن نىزامىدىن ئەخەت ئەكبەر ئەنۋەر ئەسقەر ئەلىشىر ئىلشات دىلشات دىلمۇرات مۇرات مۇختار مۇتەللىپ
	مەخمۇت مەمتىمىن مەمتىلى مەتتۇرسۇن نىياز نۇرمۇھەممەت نۇرئەھمەت نەبى نەسىردىن ھاشىم ھەمىت ھېزىم جاپپار جېلىل جۈرئەت پەرھات پازىل تاشپولات تەلئەت زاھىر زاكىر زوردۇن
	كامىل قاسىم قاھار قېيۇم غۇپۇر غېنى ۋاھىت ۋەلى ئاتاۋۇللا ئۆركەش شىرئەلى شاۋكەت مەتسېيىت ئوبۇل تۇردىمەمەت ئېمەت ھاببىلىم
	ئايشە ئائىشە پاتىمە پاتەم خەدىچە زەينەپ زۇلپىيە زۆھرە مەريەم رىزۋان رابىيە رەھىلە سارە سانىيە شەھىدە ھەلىمە ئامىنە ئاسىيە بۇۋى بۇسارەم بۇمەريەم پەرىدە جەمىلە دىلارە
	 مەھبۇبە خالىدە رۇقىيە گۈلنار گۈلمىرە گۈلچېھرە گۈلسۈم ئايتۇرسۇن تۇرسۇنئاي ھۆرىيەت`)

// ugWordNames are names that are words too. They count beside another name or
// a title only.
var ugWordNames = ugSet(`ئازات ئەركىن ئىلھام غەيرەت قۇدرەت پولات تۆمۈر ھېيت بارات قۇربان جۈمە روزى كۈرەش شۆھرەت يالقۇن ئالىم ھاكىم ھاپىز سادىق غالىپ سابىت تاھىر رەنا زىبا
	شېرىن سەنەم ئادىل دىلبەر مىھرىبان ئۈمۈت كامال نۇر نۇرى رەيھان سەئادەت تۇرسۇن تۇرغۇن توختى تۇردى مۇنەۋۋەر`)

// ugNameEnds are what names end in: those of which the rest is long enough are
// names, whatever it is.
var ugNameEnds = ugWordsOf(`ئاخۇن ئاخۇنۇم نىياز نىسا مۇھەممەت مەمەت ئەھمەت تۇرسۇن بەگ گۈل جان نۇر خان`)

// ugNoNames end like names and are none.
var ugNoNames = ugSet(`ئەتىرگۈل دەستۇرخان مەرجان ھەيۋان زىندان`)

// ugPlaces behind a name say that it is a place's.
var ugPlaces = ugSet(`كەنتى كەنت يېزىسى يېزا ناھىيىسى ناھىيە شەھىرى شەھەر رايونى كوچىسى دەرياسى تېغى كۆلى بازىرى مەھەللىسى ۋىلايىتى`)

// ugTitles stand before a name, ugCalls behind one.
var (
	ugTitles = ugSet(`يولداش رەئىس شۇجى مۇدىر ھاكىم ۋالىي مىنىستىر دوكتور پروفېسسور ئاكادېمىك دوتسېنت شائىر يازغۇچى ئۇستاز مۇئەللىم مۇخبىر ئىمام قارىي رەئىسى شۇجىسى مۇدىرى
		ھاكىمى ۋالىيسى مىنىستىرى سېكرېتارى باشلىقى دېرىكتورى پرەزىدېنتى پروكۇرورى سودىيەسى ۋەكىلى ئەزاسى`)
	ugCalls = ugSet(`ئەپەندى ئەپەندىم خانىم ئاكا ئاچا ھاجى ھاجىم قارى قارىم داموللا داموللام مۇئەللىم ئاخۇن ئاخۇنۇم بەگ`)
)

// ugCases are the endings that a name takes, folded, longest first.
var ugCases = ugWordsOf(`لارنىڭ لەرنىڭ لارغا لەرگە نىڭكى دىكى تىكى نىڭ غىچە گىچە دىن تىن لار لەر چە غا گە قا كە دا دە تا تە نى مۇ`)

func ugSet(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range ugWordsOf(words) {
		all[w] = true
	}
	return all
}

func ugWordsOf(words string) (all []string) {
	for w := range strings.FieldsSeq(words) {
		all = append(all, writing.Fold(w))
	}
	return all
}

// ugAmong reports a word of a list, in whatever case.
func ugAmong(w string, list map[string]bool) bool {
	if list[w] {
		return true
	}
	for _, e := range ugCases {
		if rest, ok := strings.CutSuffix(w, e); ok && list[rest] {
			return true
		}
	}
	return false
}

// ugName reports a word that is built as names are.
func ugName(w string) bool {
	if ugAmong(w, ugNoNames) {
		return false
	}
	if ugAmong(w, ugNames) {
		return true
	}
	for _, end := range ugNameEnds {
		for _, e := range append([]string{""}, ugCases...) {
			rest, cased := strings.CutSuffix(w, e)
			if rest, ok := strings.CutSuffix(rest, end); cased && ok && utf8.RuneCountInString(rest) >= 3 {
				return true
			}
		}
	}
	return false
}
