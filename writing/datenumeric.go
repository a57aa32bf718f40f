package writing

// numeric reads dates of digits and signs: 2017-10-12, 12.10.2017, 12/10/2017.
func (r *dateReader) numeric(i int) (stamp, bool) {
	if r.touches(i) {
		return stamp{}, false
	}
	p, end, sep := r.parts(i)
	switch {
	case len(p) == 3 && len(p[0]) == 4:
		return r.checked(stamp{start: i, end: end, day: day{atoi(p[0]), atoi(p[1]), atoi(p[2])}, rule: "digits, year first"})
	case len(p) == 3 && len(p[2]) == 4:
		return r.dayFirst(i, end, sep, p, atoi(p[2]))
	case len(p) == 3 && len(p[0]) == 2 && atoi(p[0]) > 31:
		return r.checked(stamp{start: i, end: end, day: day{shortYear(atoi(p[0])), atoi(p[1]), atoi(p[2])}, rule: "digits, year of two digits first"})
	case len(p) == 3 && len(p[2]) == 2 && (sep != "." || len(p[0]) == 2 && len(p[1]) == 2):
		return r.dayFirst(i, end, sep, p, shortYear(atoi(p[2])))
	case len(p) == 2 && len(p[0]) == 4 && len(p[1]) == 2 && (sep != "." || r.c.at(end).kind != lexHan):
		return r.checked(stamp{start: i, end: end, day: day{atoi(p[0]), atoi(p[1]), 0}, rule: "digits, year and month"})
	case len(p) == 2 && len(p[1]) == 4 && atoi(p[1]) >= 1500 && len(p[0]) <= 2:
		return r.checked(stamp{start: i, end: end, day: day{atoi(p[1]), atoi(p[0]), 0}, rule: "digits, month and year"})
	case len(p) == 2 && r.c.is(i-1, "on") && sep != ".":
		return r.monthDay(i, end, p)
	case len(p) == 2 && sep == "/" && r.c.is(end, ",") && r.c.tight(end) && (len(r.c.at(end+1).text) == 4 || len(r.c.at(end+1).text) == 2) && r.c.at(end+1).kind == lexDigits && r.c.tight(end+1):
		y := atoi(r.c.at(end + 1).text)
		if y < 100 {
			y = shortYear(y)
		}
		return r.dayFirst(i, end+2, sep, p, y)
	case len(p) == 1 && len(p[0]) == 8:
		return r.compact(i, p[0])
	}
	return stamp{}, false
}

// touches reports that the digits at i go on from something before them.
func (r *dateReader) touches(i int) bool {
	if !r.c.tight(i) || i == 0 {
		return false
	}
	before := r.c.at(i - 1)
	if before.kind == lexWord || before.kind == lexDigits {
		return true
	}
	return r.c.is(i-1, ".", "-", "/", ",", ":", "№", "#") && (r.c.at(i-2).kind == lexDigits || r.c.at(i-2).kind == lexWord) && r.c.tight(i-1)
}

// parts gives up to three runs of digits with one sign between them; more of
// the same make it something else.
func (r *dateReader) parts(i int) (parts []string, end int, sep string) {
	parts, end = []string{r.c.at(i).text}, i+1
	for len(parts) < 4 {
		if x := r.c.at(end); !r.c.is(end, "-", "/", ".") || sep != "" && x.text != sep || r.spaced(end, sep, parts) {
			break
		}
		n := r.c.at(end + 1)
		if n.kind != lexDigits || n.space > 1 || n.space == 1 && r.c.at(end).space == 0 && r.c.is(end, ".", "-") && len(parts[0]) != 4 || len(n.text) > 4 {
			break
		}
		sep = r.c.at(end).text
		parts, end = append(parts, n.text), end+2
	}
	if len(parts) == 1 && r.isoSpaced(i) {
		return []string{parts[0], r.c.at(i + 1).text, r.c.at(i + 2).text}, i + 3, " "
	}
	if len(parts) == 4 || r.c.at(end).kind == lexWord && r.c.tight(end) && !datesVocabulary().ordinal[r.c.at(end).text] && !r.timeFollows(end) {
		return nil, 0, ""
	}
	return parts, end, sep
}

// spaced refuses a sign with white space before it, save in 2016 - 11 - 03.
func (r *dateReader) spaced(at int, sep string, parts []string) bool {
	return r.c.at(at).space > 1 || r.c.at(at).space == 1 && !(len(parts[0]) == 4 || r.c.is(at, "/"))
}

// timeFollows reads the T of 2017-10-12T08:00 and the г of 12.10.2017г.
func (r *dateReader) timeFollows(i int) bool {
	return r.c.is(i, "t", "г", "ж", "года")
}

func (r *dateReader) isoSpaced(i int) bool {
	a, b, c := r.c.at(i), r.c.at(i+1), r.c.at(i+2)
	return len(a.text) == 4 && b.kind == lexDigits && c.kind == lexDigits && len(b.text) == 2 && len(c.text) == 2 &&
		b.space == 1 && c.space == 1 && r.c.at(i+3).kind != lexDigits && atoi(a.text) > 1900 && atoi(a.text) < 2100
}

// dayFirst reads day, month and year; with slashes and hyphens their order
// can be the other way round, unless one of them cannot be a month.
func (r *dateReader) dayFirst(i, end int, sep string, p []string, year int) (stamp, bool) {
	a, b := atoi(p[0]), atoi(p[1])
	if len(p[0]) > 2 || len(p[1]) > 2 {
		return stamp{}, false
	}
	s := stamp{start: i, end: end, day: day{year, b, a}, rule: "digits, day first"}
	switch {
	case a <= 12 && b > 12:
		s.day, s.rule = day{year, a, b}, "digits, month first"
	case a > 12 || a == b || sep == "." || r.dayComesFirst():
	default:
		s.swapped, s.rule = true, "digits, day or month first"
	}
	if s.end < len(r.c) && r.timeFollows(s.end) && !r.c.is(s.end, "t") {
		if _, e := r.yearWord(s.end); e > s.end {
			s.end = e
		}
	}
	return r.checked(s)
}

// monthDay reads on 4/22, where one of the two cannot be a month; of others
// nothing is said.
func (r *dateReader) monthDay(i, end int, p []string) (stamp, bool) {
	a, b := atoi(p[0]), atoi(p[1])
	switch {
	case a >= 1 && a <= 12 && b > 12 && b <= 31:
		return stamp{start: i, end: end, day: day{0, a, b}, rule: "digits, month and day"}, true
	case b >= 1 && b <= 12 && a > 12 && a <= 31:
		return stamp{start: i, end: end, day: day{0, b, a}, rule: "digits, day and month"}, true
	}
	return stamp{}, false
}

// dayComesFirst reports a text in Cyrillic, whose languages write the day
// before the month. The first words of the text are looked at.
func (r *dateReader) dayComesFirst() bool {
	cyrillic, other := 0, 0
	for _, x := range r.c[:min(len(r.c), 400)] {
		if x.kind != lexWord {
			continue
		}
		if first := []rune(x.text)[0]; first >= 0x400 && first < 0x530 {
			cyrillic++
		} else {
			other++
		}
	}
	return cyrillic > other
}

// compact reads 20171012.
func (r *dateReader) compact(i int, p string) (stamp, bool) {
	d := day{atoi(p[:4]), atoi(p[4:6]), atoi(p[6:])}
	if d.year < 1949 || d.year > 2049 || d.month == 0 || d.day == 0 || !d.exists() || r.c.tight(i+1) && r.c.at(i+1).kind == lexWord {
		return stamp{}, false
	}
	return stamp{start: i, end: i + 1, day: d, rule: "digits, compact"}, true
}

// checked lets only what a calendar could have; a 30th of February is a date
// that a text states, and is not resolved.
func (r *dateReader) checked(s stamp) (stamp, bool) {
	d := s.day
	if d.month < 1 || d.month > 12 || d.day > 31 || d.year < 1 || d.day == 0 && d.year > 2999 {
		return stamp{}, false
	}
	if d.day == 0 && s.rule[:6] == "digits" && s.end-s.start == 5 {
		return stamp{}, false
	}
	if r.c.is(s.end, "-", "/", ".") && r.c.tight(s.end) && r.c.at(s.end+1).kind == lexDigits && r.c.tight(s.end+1) && !r.c.is(s.end, "-") {
		return stamp{}, false
	}
	return s, true
}
