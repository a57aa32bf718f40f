package writing

// connects reports that what stands at i joins two dates to a span of time.
func (r *dateReader) connects(i int) (end int, ok bool) {
	if r.c.at(i).space > 2 {
		return i, false
	}
	if r.c.is(i, "-", "~", "至", "到", "to", "until", "till", "through", "thru", "по", "до", "…") {
		if r.c.is(i, "-") && r.c.is(i+1, "-") {
			return i + 2, true
		}
		return i + 1, true
	}
	return i, false
}

// rangeTo reads the second end of a span after s.
func (r *dateReader) rangeTo(s stamp) (stamp, bool) {
	at, ok := r.connects(s.end)
	if !ok && r.c.is(s.end, "and") && r.c.is(s.start-1, "between") || !ok && r.c.is(s.end, "и") && r.c.is(s.start-1, "между") {
		at, ok = s.end+1, true
	}
	if !ok || s.anchor != fromNothing || s.unknown != "" || s.swapped {
		return stamp{}, false
	}
	to, ok := r.readEnd(at, s)
	if !ok || to.anchor != fromNothing || to.swapped || to.unknown != "" || to.lunar != s.lunar {
		return stamp{}, false
	}
	return to, true
}

// readEnd reads a whole date, or a bare year or day that s completes.
func (r *dateReader) readEnd(at int, s stamp) (stamp, bool) {
	if r.c.at(at).space > 2 {
		return stamp{}, false
	}
	if to, ok := r.read(at); ok && to.start == at {
		return to, true
	}
	x := r.c.at(at)
	if x.kind == lexDigits && len(x.text) == 4 && s.day.month == 0 && atoi(x.text) >= s.day.year && atoi(x.text) < 2200 && !r.countsThings(at+1) {
		return stamp{start: at, end: at + 1, day: day{year: atoi(x.text)}, rule: "year"}, true
	}
	if n, end, ok := r.dayAt(at); ok && s.day.day != 0 && n > s.day.day && !r.countsThings(end) && r.c.at(end).kind != lexWord {
		to := stamp{start: at, end: end, day: day{0, 0, n}, rule: "day"}
		r.yearAfter(&to)
		return to, true
	}
	return stamp{}, false
}

// addRange completes the ends from each other and writes the span.
func (r *dateReader) addRange(from, to stamp) {
	switch {
	case to.day.year == 0:
		to.day.year = from.day.year
		if to.day.month == 0 {
			to.day.month = from.day.month
		}
	case from.day.year == 0:
		from.day.year = to.day.year
	}
	first := r.resolve(&from)
	r.remember(from, first)
	last := r.resolve(&to)
	if first.Resolved() != last.Resolved() || first.Resolved() && last.Last < first.First || first.EDTF == "" || last.EDTF == "" {
		r.add(from)
		r.add(to)
		return
	}
	d := Date{Span: r.span(from.start, to.end), EDTF: first.EDTF + "/" + last.EDTF, First: first.First, Last: last.Last,
		Rule: "span: " + first.Rule + "; " + last.Rule, From: first.From}
	if from.third != 0 || to.third != 0 || from.lunar {
		d.EDTF = d.First + "/" + d.Last
	}
	r.remember(to, Date{First: last.First, Span: d.Span})
	r.all = append(r.all, d)
}

// lead reads a span whose first end is a bare number: 10–12 октября 2017,
// 2014-2017年, с 10 по 12 октября.
func (r *dateReader) lead(i int) (stamp, bool) {
	x := r.c.at(i)
	at, ok := r.connects(i + 1)
	if !ok || len(x.text) > 4 || len(x.text) == 3 || r.touches(i) {
		return stamp{}, false
	}
	var s stamp
	n := atoi(x.text)
	if y := r.c.at(at); len(x.text) == 4 {
		s, ok = r.yearLead(at)
		if !ok && y.kind == lexDigits && len(y.text) == 4 && y.space < 2 && n > 1800 && atoi(y.text) < 2100 && n < atoi(y.text) && !r.countsThings(at+1) && r.yearsAlone(i, at) {
			s, ok = stamp{start: at, end: at + 1, day: day{year: atoi(y.text)}}, true
		}
		if !ok || s.day.month != 0 || n < 1000 || n > s.day.year || s.day.year-n > 400 {
			return stamp{}, false
		}
		return stamp{start: i, end: i + 1, day: day{year: n}, rule: "year"}, true
	}
	if s, ok = r.dayMonth(at); !ok {
		if s, ok = r.han(at); !ok || s.day.month != 0 || s.day.day == 0 {
			return stamp{}, false
		}
	}
	if s.day.day <= n || n < 1 || r.c.at(at).kind != lexDigits {
		return stamp{}, false
	}
	return stamp{start: i, end: i + 1, day: day{s.day.year, s.day.month, n}, rule: s.rule, anchor: s.anchor}, true
}

// yearsAlone lets a pair of bare years stand only between brackets, commas,
// or words that date: 1998-2003 can be a number of a paper.
func (r *dateReader) yearsAlone(i, at int) bool {
	return r.c.is(i-1, "(", "[", "in", "from", "between", "during", "of", ",", ":", "is", "period", "с", "за", "в", "（") || i == 0 && at+1 >= len(r.c)
}

// yearLead reads the second year of a pair.
func (r *dateReader) yearLead(at int) (stamp, bool) {
	if s, ok := r.yearFirst(at); ok {
		return s, true
	}
	return r.han(at)
}

// monthLead reads the first month of January–March 2017.
func (r *dateReader) monthLead(i int) (stamp, bool) {
	m, end, ok := r.monthAt(i)
	if !ok {
		return stamp{}, false
	}
	at, ok := r.connects(end)
	if !ok {
		return stamp{}, false
	}
	s, ok := r.monthFirst(at)
	if !ok || s.day.year == 0 || s.day.day != 0 || s.day.month <= m.month {
		return stamp{}, false
	}
	return stamp{start: i, end: end, day: day{s.day.year, m.month, 0}, rule: s.rule}, true
}
