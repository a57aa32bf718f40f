package writing

var ordinalUnits = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30}

// ordinalWord reads first to thirty-first.
func (r *dateReader) ordinalWord(i int) (n, end int, ok bool) {
	if n, ok = ordinalUnits[r.c.at(i).text]; ok {
		return n, i + 1, true
	}
	tens := map[string]int{"twenty": 20, "thirty": 30}[r.c.at(i).text]
	if tens == 0 {
		return 0, 0, false
	}
	at := i + 1
	if r.c.is(at, "-") {
		at++
	}
	if n, ok = ordinalUnits[r.c.at(at).text]; !ok {
		w := numberWords()[r.c.at(at).text]
		n, ok = int(w.value), w.language == "en" && w.value > 0
	}
	if ok && n < 10 && tens+n < 32 {
		return tens + n, at + 1, true
	}
	return 0, 0, false
}

// ordinalDay reads the second of August 2017.
func (r *dateReader) ordinalDay(i int) (stamp, bool) {
	n, at, ok := r.ordinalWord(i)
	if !ok {
		return stamp{}, false
	}
	if r.c.is(at, "of") {
		at++
	}
	m, end, ok := r.monthAt(at)
	if !ok || m.language != "en" {
		return stamp{}, false
	}
	s := stamp{start: i, end: end, day: day{0, m.month, n}, rule: "en day in words and month"}
	r.yearAfter(&s)
	return s, true
}
