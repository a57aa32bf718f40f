package writing

import (
	"strings"
	"sync"
)

// boundRows are the turns that bound a number, before it and after it.
var boundRows = []struct {
	bound         Bound
	before, after string
}{
	{Over, "超过|超|逾|高于|大于|多于|突破|over|more than|above|exceeding|exceeds|exceed|exceeded|surpass|surpasses|surpassed|surpassing|greater than|larger than|bigger than|higher than|>|более|более чем|свыше|больше|больше чем|превышает|превысило|превысил|превысила",
		"多|余|с лишним|астам|аса|артық|көп|استام|ارتىق|ئارتۇق|ئارتۇقراق|ئاشىدۇ|ئاشقان|ئاشتى|ئاشىدىغان|كۆپ|كۆپرەك"},
	{AtLeast, "至少|不少于|不低于|最少|起码|at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of|≥|>=|greater than or equal to|more than or equal to|higher than or equal to|greater or equal than|more or equal than|higher or equal than|larger or equal than|bigger or equal than|" +
		"equal to or more than|equal to or greater than|greater or equal to|more or equal to|at least or equal to|" +
		"не менее|не менее чем|не меньше|как минимум|по меньшей мере|по крайней мере|минимум|кемінде|ең кемі|ең аз дегенде|كەمىندە|ئاز دېگەندە|كەم دېگەندە|ئەڭ ئاز|ئەڭ ئاز بولغاندا",
		"以上|及以上|或以上|or more|or greater|or above|or over|or higher|and more|and above|and over|+|и более|или более|и выше|и больше|кем емес|аз емес|كەم ئەمەس|ئاز ئەمەس|يۇقىرى"},
	{AtMost, "不超过|至多|最多|不高于|不多于|up to|at most|no more than|not more than|a maximum of|maximum of|≤|<=|less than or equal to|fewer than or equal to|lower than or equal to|less or equal than|lower or equal than|smaller or equal than|equal to or less than|" +
		"less or equal to|smaller or equal to|at most or equal to|не более|не более чем|не больше|максимум|не свыше|ең көбі|ең көп дегенде|ئەڭ كۆپ بولغاندا|ئەڭ كۆپ",
		"以内|之内|及以下|or less|or fewer|or below|or under|and below|или менее|и менее|дейін|артық емес|көп емес|ئارتۇق ئەمەس|ئاشمايدۇ"},
	{Under, "低于|不足|少于|未满|小于|不到|未达|less than|fewer than|under|below|smaller than|lower than|<|менее|менее чем|меньше|меньше чем|ниже", "以下|кем|аз|төмен|كەم|ئاز|تۆۋەن|يەتمەيدۇ"},
	{Nearly, "近|将近|接近|几近|nearly|almost|close to|почти|без малого|чуть менее", "жуық|жақын|جۋىق|جاقىن|يېقىن"},
	{About, "约|大约|大概|约为|左右|上下|估计|about|around|approximately|approx|roughly|some|circa|около|примерно|приблизительно|порядка|ориентировочно|шамамен|مولشەرمەن|شامامەن|تەخمىنەن",
		"左右|上下|来|ориентировочно|or so|шамасында|шамалы|шақты|جۋىق شاما|ئەتراپىدا|چامىسىدا"},
}

type boundPhrase struct {
	words []string
	bound Bound
}

type boundTable struct{ before, after map[string][]boundPhrase }

// boundPhrases lists them by the word next to the number.
var boundPhrases = sync.OnceValue(func() boundTable {
	t := boundTable{make(map[string][]boundPhrase), make(map[string][]boundPhrase)}
	for _, row := range boundRows {
		for text := range strings.SplitSeq(row.before, "|") {
			p := boundPhrase{pieces(text), row.bound}
			last := p.words[len(p.words)-1]
			t.before[last] = longestFirst(t.before[last], p)
		}
		for text := range strings.SplitSeq(row.after, "|") {
			p := boundPhrase{pieces(text), row.bound}
			t.after[p.words[0]] = longestFirst(t.after[p.words[0]], p)
		}
	}
	return t
})

func longestFirst(list []boundPhrase, p boundPhrase) []boundPhrase {
	at := 0
	for at < len(list) && len(list[at].words) >= len(p.words) {
		at++
	}
	list = append(list, boundPhrase{})
	copy(list[at+1:], list[at:])
	list[at] = p
	return list
}

// pieces gives the texts of a phrase's lexemes.
func pieces(phrase string) []string {
	var all []string
	for _, x := range lexemes(phrase) {
		all = append(all, x.text)
	}
	return all
}

// boundBefore takes the bound that stands before a number into its span.
func (r *numberReader) boundBefore(q *quantity) {
	if q.bound != Exactly || r.c.at(q.start).space > 2 {
		return
	}
	last := r.c.at(q.start - 1)
	for _, p := range boundPhrases().before[last.text] {
		from := q.start - len(p.words)
		if from < r.end {
			continue
		}
		n := 0
		for n < len(p.words) && r.c.is(from+n, p.words[n]) {
			n++
		}
		if n == len(p.words) {
			q.bound, q.start = p.bound, from
			return
		}
	}
}

// boundAfter takes the bound that stands after a number or its unit.
func (r *numberReader) boundAfter(q *quantity) {
	if q.bound != Exactly || r.c.at(q.end).space > 2 {
		return
	}
	at := q.end
	if next := boundPhrases().after[r.c.at(at+1).text]; len(next) > 0 && numberEndings()[r.c.at(at).text] {
		q.end++ // 500 دىن ئارتۇق
		defer func() {
			if q.bound == Exactly {
				q.end = at
			}
		}()
	}
	for _, p := range boundPhrases().after[r.c.at(q.end).text] {
		n := 0
		for n < len(p.words) && r.c.is(q.end+n, p.words[n]) {
			n++
		}
		if n < len(p.words) || len(p.words) > 1 && r.ofTheNext(q.end+n, p.words[0]) {
			continue
		}
		if r.c.is(q.end, "+") && (!r.c.tight(q.end) || r.c.at(q.end+1).kind == lexDigits) || r.c.is(q.end, "多", "余", "来") && !r.c.tight(q.end) && q.unit != "" {
			continue
		}
		if r.c.is(q.end, "多", "余", "来") && q.unit != "" {
			continue
		}
		q.bound, q.end = p.bound, q.end+n
		return
	}
}

// ofTheNext reports that a bound which begins with and, or, belongs to the
// number behind it: above 1000 and below 1500.
func (r *numberReader) ofTheNext(at int, begins string) bool {
	switch begins {
	case "and", "or", "и", "или":
	default:
		return false
	}
	if r.c.is(at, "than", "чем") {
		at++
	}
	_, number := r.read(at)
	return number && r.c.at(at).space < 2
}

// orEqual takes "or equal" behind a bounded number into its bound: more than
// 5000 or equal to it.
func (r *numberReader) orEqual(q *quantity) {
	if !r.c.is(q.end, "or") || !r.c.is(q.end+1, "equal") || r.ofTheNext(q.end+2, "or") || r.c.is(q.end+2, "to") && r.ofTheNext(q.end+3, "or") {
		return
	}
	switch q.bound {
	case Over:
		q.bound, q.end = AtLeast, q.end+2
	case Under:
		q.bound, q.end = AtMost, q.end+2
	}
}
