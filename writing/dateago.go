package writing

import (
	"strings"
	"sync"
)

// agoUnits give d, w, m or y.
var agoUnits = sync.OnceValue(func() map[string]byte {
	table := make(map[string]byte)
	for unit, words := range map[byte]string{
		'd': "day days день дня дней күн كۈن 天 日",
		'w': "week weeks неделя неделю недели недель апта ھەپتە 周",
		'm': "month months месяц месяца месяцев ай ئاي 月",
		'y': "year years год года лет жыл يىل 年",
	} {
		for w := range strings.FieldsSeq(words) {
			table[Fold(w)] = unit
		}
	}
	return table
})

var agoWords = wordSet("ago назад earlier бұрын ілгеріде ئىلگىرى بۇرۇن 前", "")
var laterWords = wordSet("later hence спустя кейін كېيىن 后", "")

// ago reads how long before or after the day of writing something was. Years
// give a year, months a month: no more was said.
func (r *dateReader) ago(i int) (stamp, bool) {
	s := stamp{start: i, anchor: fromWritten, rule: "counted"}
	at, years, months, days, finest := i, 0, 0, 0, byte(0)
	for n := 0; n < 4; n++ {
		count, end, ok := r.count(at)
		if !ok {
			break
		}
		if r.c.is(end, "个") {
			end++
		}
		u, ok := agoUnits()[r.c.at(end).text]
		if !ok || r.c.at(end).space > 2 {
			return stamp{}, false
		}
		switch u {
		case 'y':
			years += count
		case 'm':
			months += count
		case 'w':
			days += 7 * count
		case 'd':
			days += count
		}
		if finest == 0 || strings.IndexByte("dwmy", u) < strings.IndexByte("dwmy", finest) {
			finest = u
		}
		at = end + 1
		if r.c.is(at, "and", ",") && agoCounts(r.c, at+1) {
			at++
		}
	}
	sign := 0
	switch {
	case finest == 0 || r.c.at(at).space > 2:
	case agoWords[r.c.at(at).text]:
		sign = -1
	case laterWords[r.c.at(at).text] || r.c.is(at, "from") && r.c.is(at+1, "now", "today"):
		sign = 1
	}
	if finest != 0 && sign == 0 {
		return r.fromDay(s, at, days, finest)
	}
	if sign == 0 || r.c.at(at).kind == lexHan && r.c.is(at+1, "后", "面", "进", "线", "提", "的") {
		return stamp{}, false
	}
	s.end = at + 1
	if r.c.is(at, "from") {
		s.end++
	}
	s.years, s.months, s.days = sign*years, sign*months, sign*days
	s.countYears, s.countMonths, s.countDays = true, finest != 'y', finest == 'd' || finest == 'w'
	return s, true
}

// fromDay reads two days after tomorrow, two days before yesterday.
func (r *dateReader) fromDay(s stamp, at, days int, finest byte) (stamp, bool) {
	sign := map[string]int{"after": 1, "from": 1, "before": -1}[r.c.at(at).text]
	p, ok := r.c.phraseAt(at + 1)
	if sign == 0 || !ok || p.unit != 'd' || p.anchor != fromWritten || finest != 'd' && finest != 'w' {
		return stamp{}, false
	}
	s.days, s.countDays = p.n+sign*days, true
	s.end = at + 1 + len(p.words)
	return s, true
}

// inDays reads in 3 weeks.
func (r *dateReader) inDays(i int) (stamp, bool) {
	count, end, ok := r.count(i + 1)
	u := agoUnits()[r.c.at(end).text]
	if !r.c.is(i, "in") || !ok || u != 'd' && u != 'w' {
		return stamp{}, false
	}
	if u == 'w' {
		count *= 7
	}
	return stamp{start: i, end: end + 1, anchor: fromWritten, countDays: true, days: count, rule: "counted"}, true
}

// weekdayTheDay reads Thursday the 21st: the nearest such day to that of
// writing.
func (r *dateReader) weekdayTheDay(i int) (stamp, bool) {
	day, at := weekdays()[r.c.at(i).text], i+1
	if day == 0 || !r.c.is(at, "the") || r.written.day == 0 {
		return stamp{}, false
	}
	n, end, ok := r.dayAt(at + 1)
	if !ok {
		if n, end, ok = r.ordinalWord(at + 1); !ok {
			return stamp{}, false
		}
	}
	if _, _, month := r.monthAt(end); month || r.c.is(end, "of") {
		return stamp{}, false
	}
	for days := 0; days < 200; days++ {
		for _, d := range []int{-days, days} {
			if t := r.written.add(d); t.day == n && t.weekday() == day {
				return stamp{start: i, end: end, anchor: fromWritten, countDays: true, days: d, rule: "weekday and day, the nearest"}, true
			}
		}
	}
	return stamp{}, false
}

// nthWeekday reads second Sunday, of the month of writing.
func (r *dateReader) nthWeekday(i int) (stamp, bool) {
	n, at, ok := r.ordinalWord(i)
	weekday, w := weekdays()[r.c.at(at).text], r.written
	if !ok || weekday == 0 || n > 5 || w.month == 0 || r.c.is(at+1, "of", "in") {
		return stamp{}, false
	}
	first := day{w.year, w.month, 1}
	d := day{w.year, w.month, 1 + (weekday-first.weekday()+7)%7 + 7*(n-1)}
	return stamp{start: i, end: at + 1, day: d, rule: "weekday of the month of writing"}, true
}

func agoCounts(c cursor, i int) bool {
	_, words := numberWords()[c.at(i).text]
	return words || c.at(i).kind == lexDigits
}

// count reads a small number in digits, Han or one word.
func (r *dateReader) count(i int) (n, end int, ok bool) {
	x := r.c.at(i)
	switch {
	case x.kind == lexDigits && len(x.text) < 4:
		return atoi(x.text), i + 1, true
	case x.kind == lexHan:
		n, end, ok = fewHan(r.c, i)
		return n, end, ok && n > 0
	case r.c.is(i, "a", "an"):
		return 1, i + 1, true
	case x.kind == lexWord:
		w, ok := numberWords()[x.text]
		return int(w.value), i + 1, ok && w.value < 100
	}
	return 0, 0, false
}

// weekdays name the days from Monday.
var weekdays = sync.OnceValue(func() map[string]int {
	table := make(map[string]int)
	for _, row := range []string{
		"monday tuesday wednesday thursday friday saturday sunday",
		"понедельник вторник среда четверг пятница суббота воскресенье",
		"понедельника вторника среду четверга пятницу субботу воскресенья",
		"дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
		"دۈشەنبە سەيشەنبە چارشەنبە پەيشەنبە جۈمە شەنبە يەكشەنبە",
	} {
		for i, w := range strings.Fields(row) {
			table[Fold(w)] = i + 1
		}
	}
	return table
})

var weekWords = func() map[string]int {
	table := make(map[string]int)
	for n, words := range map[int]string{
		-1: "last previous прошлый прошлую прошлое прошлого прошлой өткен ئۆتكەن",
		0:  "this этот эту это этого этой осы بۇ مۇشۇ",
		1:  "next following следующий следующую следующее следующего следующей келесі كېلەر كېلەركى",
	} {
		for w := range strings.FieldsSeq(words) {
			table[Fold(w)] = n
		}
	}
	return table
}()

// week reads last Friday, next week Sunday, Friday of next week.
func (r *dateReader) week(i int) (stamp, bool) {
	s := stamp{start: i, anchor: fromWritten, countDays: true, rule: "weekday"}
	if day := weekdays()[r.c.at(i).text]; day != 0 {
		at := i + 1
		if r.c.is(at, "of") {
			at++
		}
		n, ok := weekWords[r.c.at(at).text]
		if !ok || !r.c.is(at+1, "week", "недели") {
			return stamp{}, false
		}
		s.end, s.weekday, s.days = at+2, day, 7*n
		return s, true
	}
	n, ok := weekWords[r.c.at(i).text]
	at := i + 1
	if ok && r.c.is(at, "week") {
		if at++; r.c.is(at, "on") {
			at++
		}
	}
	day := weekdays()[r.c.at(at).text]
	if !ok || day == 0 || r.c.at(at).space > 2 {
		return stamp{}, false
	}
	s.end, s.weekday, s.days = at+1, day, 7*n
	return s, true
}

// yearInWords reads nineteen seventy-eight and two thousand and eighteen.
func (r *dateReader) yearInWords(i int) (year, end int, ok bool) {
	word := func(i int) int64 {
		w := numberWords()[r.c.at(i).text]
		if w.language != "en" {
			return 0
		}
		return w.value
	}
	tail := func(i int) (int, int) {
		if r.c.is(i, "-", "and") {
			i++
		}
		tens := word(i)
		if tens < 1 || tens > 99 {
			return 0, i
		}
		at := i + 1
		if r.c.is(at, "-") {
			at++
		}
		if ones := word(at); tens >= 20 && ones > 0 && ones < 10 {
			return int(tens + ones), at + 1
		}
		return int(tens), i + 1
	}
	first := word(i)
	if first == 2 && r.c.is(i+1, "thousand") {
		if n, end := tail(i + 2); n > 0 {
			return 2000 + n, end, true
		}
		return 2000, i + 2, true
	}
	if first < 15 || first > 20 {
		return 0, 0, false
	}
	at := i + 1
	if r.c.is(at, "zero", "oh", "o") {
		if n := word(at + 1); n > 0 && n < 10 {
			return int(first)*100 + int(n), at + 2, true
		}
		return 0, 0, false
	}
	n, end := tail(at)
	return int(first)*100 + n, end, n >= 10
}
