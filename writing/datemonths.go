package writing

// Months and days in languages with letters.

// monthAt reads the name of a month and the full stop of a short one.
func (r *dateReader) monthAt(i int) (m monthWord, end int, ok bool) {
	if r.c.at(i).kind != lexWord || r.c.at(i).space > 2 {
		return monthWord{}, 0, false
	}
	m, ok = monthWords()[r.c.at(i).text]
	end = i + 1
	if ok && r.c.is(end, ".") && r.c.tight(end) && len([]rune(r.c.at(i).text)) <= 4 && r.c.at(end+1).space < 2 {
		end++
	}
	return m, end, ok
}

// dayAt reads a day of the month with its ordinal ending.
func (r *dateReader) dayAt(i int) (n, end int, ok bool) {
	x := r.c.at(i)
	if x.kind != lexDigits || len(x.text) > 2 || atoi(x.text) < 1 || atoi(x.text) > 31 || x.space > 2 {
		return 0, 0, false
	}
	v, end := datesVocabulary(), i+1
	if r.c.is(end, "-") && r.c.tight(end) && v.ordinal[r.c.at(end+1).text] {
		end += 2
	} else if v.ordinal[r.c.at(end).text] && r.c.tight(end) {
		end++
	}
	return atoi(x.text), end, true
}

// dayMonth reads 12 October 2017, 12 октября 2017 г., 12-ئۆكتەبىر.
func (r *dateReader) dayMonth(i int) (stamp, bool) {
	n, at, ok := r.dayAt(i)
	if !ok || r.joinedBefore(i) {
		return stamp{}, false
	}
	for n := 0; n < 2 && r.c.is(at, "of", "-", ".", "/"); n++ {
		at++
	}
	m, end, ok := r.monthAt(at)
	if !ok {
		return stamp{}, false
	}
	s := stamp{start: i, end: end, day: day{0, m.month, n}, rule: m.language + " day and month"}
	r.yearAfter(&s)
	return s, true
}

// dayOfPhrase reads the 20th of next month.
func (r *dateReader) dayOfPhrase(i int) (stamp, bool) {
	n, at, ok := r.dayAt(i)
	if !ok || !r.c.is(at, "of") {
		return stamp{}, false
	}
	p, ok := r.c.phraseAt(at + 1)
	if !ok || p.unit != 'm' {
		return stamp{}, false
	}
	s := stamp{start: i, end: at + 1 + len(p.words), day: day{day: n}}
	s.refer(p)
	s.rule = "day of " + s.rule
	return s, true
}

// monthFirst reads October 12, 2017, October 2017, October alone after "in".
func (r *dateReader) monthFirst(i int) (stamp, bool) {
	m, at, ok := r.monthAt(i)
	if !ok {
		return stamp{}, false
	}
	s := stamp{start: i, end: at, day: day{0, m.month, 0}, rule: m.language + " month"}
	from := at
	if r.c.is(at, "-", "/", "the", ".") {
		at++
	}
	n, end, isDay := r.dayAt(at)
	if !isDay && m.language == "en" {
		n, end, isDay = r.ordinalWord(at)
	}
	if isDay && m.language == "en" && !(r.c.is(end, ":") && r.c.tight(end)) {
		s.day.day, s.end, s.rule = n, end, "en month and day"
		r.yearAfter(&s)
		return s, true
	}
	s.end = from
	r.monthWord(&s)
	r.yearAfter(&s)
	worded := s.end > at && r.c.is(s.end-1, "айы", "айында", "айында", "айының")
	alone := s.day.year == 0 && s.anchor == fromNothing
	if alone && !worded && (!r.prepositionBefore(i) || r.c.is(i, "may", "march", "mar", "мае", "мая", "май")) {
		return stamp{}, false
	}
	return s, true
}

// monthWord reads the word for month that Kazakh puts after its name.
func (r *dateReader) monthWord(s *stamp) {
	if r.c.is(s.end, "айы", "айында", "айының", "айынан", "айына", "ايىندا", "ايى") {
		s.end++
	}
}

// prepositionBefore reports a word after which a month or year stands alone.
func (r *dateReader) prepositionBefore(i int) bool {
	return r.c.at(i).space < 3 && r.c.is(i-1, "in", "since", "until", "till", "by", "during", "from", "early", "late", "mid", "before", "after",
		"в", "с", "до", "к", "начале", "конце", "середине")
}

// monthAfterYear reads what follows a year that was named first.
func (r *dateReader) monthAfterYear(s *stamp) {
	at := s.end
	if r.c.is(at, ",") {
		at++
	}
	if r.c.at(at).space > 2 {
		return
	}
	rule := s.rule
	if u, ok := r.uyghurMonth(at); ok {
		s.day.month, s.day.day, s.end = u.day.month, u.day.day, u.end
		s.rule = rule + ", ug month"
		return
	}
	n, end, hasDay := r.dayAt(at)
	if hasDay {
		for k := 0; k < 2 && r.c.is(end, "-", "."); k++ {
			end++
		}
		at = end
	}
	m, end, ok := r.monthAt(at)
	if !ok || m.language == "en" {
		r.seasonAfterYear(s)
		return
	}
	s.day.month, s.end, s.rule = m.month, end, rule+", "+m.language+" month"
	r.monthWord(s)
	if hasDay {
		s.day.day = n
		return
	}
	if v := datesVocabulary(); m.language == "ug" {
		if n, e, ok := r.dayAt(end); ok && r.c.is(e, "-") && v.uyghurDay[r.c.at(e+1).text] {
			s.day.day, s.end = n, e+2
		}
	}
}

// uyghurMonth reads 10-ئاي and 10-ئاينىڭ 12-كۈنى.
func (r *dateReader) uyghurMonth(i int) (stamp, bool) {
	v, x := datesVocabulary(), r.c.at(i)
	at := i + 1
	if x.kind != lexDigits || len(x.text) > 2 || atoi(x.text) < 1 || atoi(x.text) > 12 || !r.c.is(at, "-") || !v.uyghurMonth[r.c.at(at+1).text] {
		return stamp{}, false
	}
	s := stamp{start: i, end: at + 2, day: day{month: atoi(x.text)}, rule: "ug month"}
	d := r.c.at(s.end)
	if d.kind == lexDigits && len(d.text) <= 2 && r.c.is(s.end+1, "-") && v.uyghurDay[r.c.at(s.end+2).text] {
		s.day.day, s.rule = atoi(d.text), "ug month and day"
		s.end += 3
	}
	return s, true
}
