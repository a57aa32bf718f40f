package writing

import "strings"

// Years in languages with letters, and what is named after one.

// lastBareYear is the last one that four digits by themselves are taken for:
// later ones are far oftener quantities, "in 3000 households".
const lastBareYear = 2200

// year reads four digits, and the word for year after them if there is one.
func (r *dateReader) year(i int) (year, end int, worded, ok bool) {
	year, end, worded, ok = r.anyYear(i)
	return year, end, worded, ok && (worded || year <= lastBareYear)
}

// anyYear reads a year however late it is.
func (r *dateReader) anyYear(i int) (year, end int, worded, ok bool) {
	x := r.c.at(i)
	if x.kind != lexDigits || len(x.text) != 4 || atoi(x.text) < 1000 || r.joinedBefore(i) {
		return 0, 0, false, false
	}
	end = i + 1
	if w, e := r.yearWord(end); w != "" {
		return atoi(x.text), e, true, true
	}
	return atoi(x.text), end, false, r.c.at(end).kind != lexWord || !r.c.tight(end)
}

// lateYear reads one that ends what is said of a day: "9 April 3017." is a
// date, "on 9 April 3017 people left" none of that year.
func (r *dateReader) lateYear(i int, s *stamp) (year, end int, ok bool) {
	year, end, _, ok = r.anyYear(i)
	next := r.c.at(end)
	alone := next.kind == lexNone || next.kind == lexPoint && !r.countsThings(end) || next.space > 1
	return year, end, ok && alone && s.day.day != 0 && s.day.month != 0
}

// joinedBefore reports digits that go on from a sign and a digit before them:
// the end of another number.
func (r *dateReader) joinedBefore(i int) bool {
	return r.c.tight(i) && r.c.is(i-1, ".", ",", ":", "№", "#") && r.c.at(i-2).kind == lexDigits && r.c.tight(i-1)
}

// yearWord reads год, жылы, يىلى, with the hyphen and ending before it.
func (r *dateReader) yearWord(i int) (language string, end int) {
	v := datesVocabulary()
	if r.c.is(i, "-") && r.c.at(i+1).space == 0 {
		i++
		if v.ordinal[r.c.at(i).text] && !r.c.is(i+1, "-") {
			i++
		}
	} else if r.c.is(i, "-") {
		i++
	}
	if r.c.at(i).space > 2 {
		return "", i
	}
	w := r.c.at(i).text
	switch {
	case v.russianYear[w] && (len(w) > 4 || !r.c.is(i+1, "'")):
		if end = i + 1; len([]rune(w)) <= 2 && r.c.is(end, ".") && r.c.tight(end) {
			end++
		}
		return "ru", end
	case v.kazakhYear[w]:
		if end = i + 1; len([]rune(w)) <= 2 && r.c.is(end, ".") && r.c.tight(end) {
			end++
		}
		return "kk", end
	case v.uyghurYear[w]:
		return "ug", i + 1
	}
	return "", i
}

// yearAfter reads the year that follows a month: given, or referred to.
func (r *dateReader) yearAfter(s *stamp) {
	at := s.end
	for n := 0; n < 2 && r.c.is(at, ",", "-", ".", "/", "of") && r.c.at(at).space < 2; n++ {
		at++
	}
	if y, end, _, ok := r.year(at); ok && r.c.at(at).space < 3 && !(r.c.is(end, "-") && r.c.tight(end) && r.c.at(end+1).kind == lexDigits && r.c.is(at-1, ",")) {
		s.day.year, s.end = y, end
		return
	}
	if y, end, ok := r.lateYear(at, s); ok && r.c.at(at).space < 3 {
		s.day.year, s.end = y, end
		return
	}
	if y, end, ok := r.yearInWords(at); ok && r.c.at(at).space < 3 && strings.HasPrefix(s.rule, "en") {
		s.day.year, s.end = y, end
		return
	}
	if p, ok := r.c.phraseAt(at); ok && p.unit == 'y' {
		rule := s.rule
		s.refer(p)
		s.rule = rule + " of " + s.rule
		s.end = at + len(p.words)
	}
}

// bareYear reads a year of four digits after a word that makes it one.
func (r *dateReader) bareYear(i int) (stamp, bool) {
	if !r.c.is(i, "in", "since", "until", "till", "by", "during", "from", "early", "late", "mid", "before", "after", "year", "around", "circa", "between", "of", "to", "and", "summer") {
		return stamp{}, false
	}
	at := i + 1
	if r.c.is(at, "-") {
		at++
	}
	y, end, worded, ok := r.year(at)
	if !ok || worded || y < 1500 || y > 2100 || r.c.at(at).space > 2 || r.countsThings(end) {
		return stamp{}, false
	}
	if r.c.is(i, "of", "to", "and", "between") && !r.c.is(i-1, "end", "beginning", "start", "middle", "autumn", "fall", "spring", "summer", "winter", "quarter", "half") {
		return stamp{}, false
	}
	return stamp{start: at, end: end, day: day{year: y}, rule: "en year", approximate: r.c.is(i, "around", "circa")}, true
}

// countsThings reports that what stands at i makes the digits before it a
// quantity: a unit, or more digits.
func (r *dateReader) countsThings(i int) bool {
	x := r.c.at(i)
	switch {
	case x.kind == lexDigits && x.space < 2:
		return true
	case r.c.is(i, "%", "people", "persons", "households", "detainees", "students", "km", "ha", "yuan", "usd", "members", "cases", "meters", "metres", "tons", "tonnes", "men", "women", "officers", "hectares", "kilometers", "kilometres", "acres", "dollars"):
		return true
	}
	return r.c.is(i, ".", ",") && r.c.tight(i) && r.c.at(i+1).kind == lexDigits && r.c.tight(i+1)
}

// yearFirst reads 2017 жылғы 12 қазан, 2017-يىلى 10-ئاي, 2017 год, 1990-е годы.
func (r *dateReader) yearFirst(i int) (stamp, bool) {
	if s, ok := r.decade(i); ok {
		return s, true
	}
	y, end, worded, ok := r.year(i)
	if !ok {
		return stamp{}, false
	}
	s := stamp{start: i, end: end, day: day{year: y}, rule: "year"}
	r.circa(&s)
	if worded && r.otherEra(end) {
		s.unknown = "of a calendar that is not known"
		return s, true
	}
	if worded {
		r.monthAfterYear(&s)
		return s, true
	}
	at := end
	if r.c.is(at, "-", "/", ",") {
		at++
	}
	m, e, ok := r.monthAt(at)
	if !ok {
		return stamp{}, false
	}
	s.day.month, s.end, s.rule = m.month, e, m.language+" year and month"
	if r.c.is(e, "-", "/") {
		e++
	}
	if n, e, ok := r.dayAt(e); ok && r.c.at(e-1).space < 2 && !(r.c.is(e, ":") && r.c.tight(e)) {
		s.day.day, s.end = n, e
	}
	return s, true
}

func (r *dateReader) otherEra(i int) bool {
	return r.c.is(i, "хиджры", "хижра", "эры", "ah", "h", "по") && !r.c.is(i+1, "григорианскому") && (!r.c.is(i, "по") || r.c.is(i+2, "календарю", "летоисчислению"))
}

// circa reads the word before that makes a date about so.
func (r *dateReader) circa(s *stamp) {
	s.approximate = r.c.is(s.start-1, "около", "примерно", "приблизительно", "шамамен", "around", "circa", "تهخمينهن")
}

// decade reads 1990s, 1990-е годы, 1990-жылдары, 90-يىللار.
func (r *dateReader) decade(i int) (stamp, bool) {
	x := r.c.at(i)
	y, at := atoi(x.text), i+1
	if y%10 != 0 || len(x.text) != 4 && len(x.text) != 2 || len(x.text) == 4 && (y < 1000 || y > 2100) {
		return stamp{}, false
	}
	if r.c.is(at, "-", "'") {
		at++
	}
	word := r.c.at(at).text
	switch {
	case word == "s" && len(x.text) == 4 && r.c.tight(at):
		at++
	case (word == "е" || word == "х" || word == "ые" || word == "ых") && r.c.is(at+1, "годы", "годов", "годах", "гг"):
		at += 2
	case datesVocabulary().years[word] && at > i+1:
		at++
	default:
		return stamp{}, false
	}
	if len(x.text) == 2 {
		if y < 10 {
			return stamp{}, false
		}
		y += 1900
	}
	return stamp{start: i, end: at, day: day{year: y}, decade: true, rule: "decade"}, true
}
