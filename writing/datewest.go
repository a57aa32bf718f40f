package writing

// Dates in words of languages with letters: English, Russian, Kazakh, Uyghur.

// read tries every kind of date at i.
func (r *dateReader) read(i int) (stamp, bool) {
	x := r.c.at(i)
	switch x.kind {
	case lexDigits:
		for _, try := range []func(int) (stamp, bool){r.lead, r.numeric, r.dayMonth, r.dayOfPhrase, r.yearFirst, r.uyghurMonth, r.han, r.ago} {
			if s, ok := try(i); ok {
				return s, true
			}
		}
	case lexHan:
		if s, ok := r.han(i); ok {
			return s, true
		}
		return r.ago(i)
	case lexWord:
		for _, try := range []func(int) (stamp, bool){r.monthLead, r.monthFirst, r.seasonFirst, r.weekdayTheDay, r.week, r.phrase, r.ago, r.inDays, r.bareYear, r.ordinalDay, r.nthWeekday} {
			if s, ok := try(i); ok {
				return s, true
			}
		}
	}
	return stamp{}, false
}

// phrase reads that year, yesterday, прошлом месяце, and a month or day with
// which the phrase goes on: сол жылдың 12 қазаны.
func (r *dateReader) phrase(i int) (stamp, bool) {
	p, ok := r.c.phraseAt(i)
	if !ok {
		return stamp{}, false
	}
	s := stamp{start: i, end: i + len(p.words)}
	s.refer(p)
	if p.unit == 'y' {
		r.monthAfterYear(&s)
	}
	return s, true
}
