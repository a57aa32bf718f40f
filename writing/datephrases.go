package writing

import (
	"strings"
	"sync"
)

// phrase is a turn that refers to another date.
type phrase struct {
	words  []string
	anchor anchor
	unit   byte // y, m, d
	n      int
}

// phraseRows: the unit, how many, what it counts from (b: the date before, w:
// the day of writing), and the phrases.
var phraseRows = []struct {
	unit   byte
	n      int
	anchor anchor
	texts  string
}{
	{'y', 0, fromBefore, "that year|that same year|the same year|same year|том же году|того же года|тот же год|в том году|того года|" +
		"сол жылы|сол жылғы|сол жылдың|сол жылдан|дәл сол жылы|سول جىلى|سول جىلعى|شۇ يىلى|شۇ يىل|شۇ يىلدا|شۇ يىلنىڭ|شۇ يىلدىكى|ئەينى يىلى|ئوخشاش يىلى"},
	{'y', 1, fromBefore, "the following year|the year after|в следующий год|келесі жылы сол|ئىككىنچى يىلى|كېيىنكى يىلى"},
	{'y', -1, fromBefore, "the previous year|the year before|годом ранее|годом раньше|бір жыл бұрын сол"},
	{'y', -1, fromWritten, "last year|past year|прошлом году|прошлого года|прошлый год|минувшем году|минувшего года|" +
		"былтыр|былтырғы|өткен жылы|өткен жылғы|өткен жылдың|өткен жыл|بىلتىر|وتكەن جىلى|ئۆتكەن يىلى|ئۆتكەن يىل|ئۆتكەن يىلنىڭ|بۇلتۇر|بۇلتۇرقى"},
	{'y', 0, fromWritten, "this year|current year|этом году|этого года|текущем году|текущего года|нынешнем году|нынешнего года|" +
		"биыл|биылғы|осы жылы|осы жылғы|осы жылдың|ағымдағы жылдың|ағымдағы жылғы|ағымдағы жылы|بيىل|وسى جىلى|بۇ يىل|بۇ يىلى|بۇ يىلنىڭ|بۇ يىلقى|مۇشۇ يىلى|مۇشۇ يىل"},
	{'y', 1, fromWritten, "next year|следующем году|следующего года|будущем году|будущего года|" +
		"келесі жылы|келесі жылғы|келесі жылдың|келер жылы|келер жылғы|كەلەسى جىلى|كېلەر يىلى|كېلەر يىل|كېلەركى يىلى|كېلەركى يىل"},
	{'y', -2, fromWritten, "the year before last|позапрошлом году|позапрошлого года|алдыңғы жылы|ئالدىنقى يىلى|ئالدىنقى يىل"},
	{'m', 0, fromBefore, "that month|the same month|same month|том же месяце|того же месяца|сол айда|сол айдың|شۇ ئايدا|شۇ ئاينىڭ|شۇ ئاي"},
	{'m', -1, fromWritten, "last month|прошлом месяце|прошлого месяца|өткен айда|өткен айдың|ئۆتكەن ئاي|ئۆتكەن ئايدا|ئۆتكەن ئاينىڭ"},
	{'m', 0, fromWritten, "this month|этом месяце|этого месяца|текущего месяца|осы айда|осы айдың|بۇ ئاي|بۇ ئايدا|بۇ ئاينىڭ"},
	{'m', 1, fromWritten, "next month|следующем месяце|следующего месяца|келесі айда|келесі айдың|كېلەر ئاي|كېلەر ئايدا|كېلەر ئاينىڭ"},
	{'d', 0, fromBefore, "that day|that same day|the same day|same day|тот же день|того же дня|этот же день|сол күні|شۇ كۈنى|شۇ كۈن"},
	{'d', 1, fromBefore, "the next day|the following day|следующий день|ертеңіне|ертесіне|келесі күні|ئەتىسى|ئىككىنچى كۈنى"},
	{'d', -1, fromBefore, "the previous day|накануне"},
	{'d', 0, fromWritten, "today|this day|сегодня|бүгін|بۇگىن|بۈگۈن"},
	{'d', -1, fromWritten, "yesterday|last day|past day|вчера|кеше|كەشە|تۈنۈگۈن"},
	{'d', 1, fromWritten, "tomorrow|next day|tmrw|завтра|ертең|ەرتەڭ|ئەتە"},
	{'d', -2, fromWritten, "the day before yesterday|day before yesterday|позавчера|алдыңғы күні|ئالدىنقى كۈنى"},
	{'d', 2, fromWritten, "the day after tomorrow|day after tomorrow|the day after tmrw|послезавтра|бүрсігүні|ئۆگۈن|ئۆگۈنلۈككە"},
}

// phrases lists them by their first word, the longest first.
var phrases = sync.OnceValue(func() map[string][]phrase {
	table := make(map[string][]phrase)
	for _, row := range phraseRows {
		for text := range strings.SplitSeq(row.texts, "|") {
			words := strings.Fields(Fold(text))
			list := table[words[0]]
			at := 0
			for at < len(list) && len(list[at].words) >= len(words) {
				at++
			}
			list = append(list, phrase{})
			copy(list[at+1:], list[at:])
			list[at] = phrase{words, row.anchor, row.unit, row.n}
			table[words[0]] = list
		}
	}
	return table
})

// phraseAt gives the longest phrase that stands at i.
func (c cursor) phraseAt(i int) (phrase, bool) {
	if c.at(i).kind != lexWord {
		return phrase{}, false
	}
	for _, p := range phrases()[c.at(i).text] {
		n := 0
		for n < len(p.words) && c.is(i+n, p.words[n]) && (n == 0 || c.at(i+n).space < 3) {
			n++
		}
		if n == len(p.words) {
			return p, true
		}
	}
	return phrase{}, false
}

// refer makes a stamp count as a phrase says.
func (s *stamp) refer(p phrase) {
	s.anchor = p.anchor
	switch p.unit {
	case 'y':
		s.years, s.countYears = p.n, true
	case 'm':
		s.months, s.countMonths = p.n, true
	case 'd':
		s.days, s.countDays = p.n, true
	}
	s.rule = strings.Join(p.words, " ")
}
