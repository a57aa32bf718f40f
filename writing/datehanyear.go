package writing

// The year of a Chinese date: calendars and reigns, decades and centuries, and
// parts of a year.

var hanYearWords = map[string]struct {
	anchor anchor
	years  int
}{
	"去年": {fromWritten, -1}, "今年": {fromWritten, 0}, "明年": {fromWritten, 1}, "前年": {fromWritten, -2}, "后年": {fromWritten, 2},
	"本年": {fromWritten, 0}, "上年": {fromWritten, -1},
	"同年": {fromBefore, 0}, "当年": {fromBefore, 0}, "该年": {fromBefore, 0}, "是年": {fromBefore, 0}, "那年": {fromBefore, 0},
	"次年": {fromBefore, 1}, "翌年": {fromBefore, 1},
}

// hanEras are the reigns whose years are counted from the one before theirs.
// Dates in them are of the lunar calendar.
var hanEras = map[string]int{"顺治": 1643, "康熙": 1661, "雍正": 1722, "乾隆": 1735, "嘉庆": 1795, "嘉慶": 1795,
	"道光": 1820, "咸丰": 1850, "咸豐": 1850, "同治": 1861, "光绪": 1874, "光緒": 1874, "宣统": 1908, "宣統": 1908}

// hanCalendars begin the names of calendars and reigns.
var hanCalendars = runeSet("农阴旧夏公西阳新中民顺康雍乾嘉道咸同光宣")

// calendar reads the name of one: 农历, 公历, 民国, a reign, or another's.
func (h *hanReads) calendar() {
	from := h.i
	if !hanCalendars[h.c.at(h.i).text] {
		return
	}
	switch {
	case h.skip("农历", "阴历", "旧历", "夏历"):
		h.s.lunar = true
		h.s.rule = "zh lunar calendar"
	case h.skip("公历", "公元", "西元", "西历", "阳历", "新历"):
		if h.c.is(h.i, "前") {
			h.s.unknown = "before our era"
			h.i++
		}
	case h.s.day.year == 0 && h.skip("中华民国", "中華民国", "民国"):
		if !h.eraYear(1911, "zh Republic calendar") {
			h.i = from
		}
	case h.s.day.year == 0:
		if base, ok := hanEras[h.run(2)]; ok {
			h.i += 2
			if !h.eraYear(base, "zh reign, lunar calendar") {
				h.i = from
				return
			}
			h.s.lunar = true
		}
	}
}

// eraYear reads the year of an era: 三十八年, 元年.
func (h *hanReads) eraYear(base int, rule string) bool {
	n, end := 0, h.i
	if x := h.c.at(h.i); x.kind == lexDigits && len(x.text) <= 3 {
		n, end = atoi(x.text), h.i+1
	} else if h.c.is(h.i, "元") {
		n, end = 1, h.i+1
	} else if v, ok := readHan(h.c, h.i, longestYear); ok && v.value.IsInt() && v.value.Num().Int64() < 200 {
		n, end = int(v.value.Num().Int64()), v.end
	}
	if n == 0 || !h.c.is(end, "年") {
		return false
	}
	h.i, h.s.day.year, h.s.rule, h.ok = end+1, base+n, rule, true
	return true
}

// foreignCalendars mark a year that is not of ours: 回历, 藏历, or an invented one.
func (h *hanReads) foreignCalendar(at int) bool {
	before := h.c.at(at - 1)
	if before.kind != lexHan || h.c.at(at).space > 1 {
		return false
	}
	switch two := h.c.at(at-2).text + before.text; {
	case two == "公历" || two == "西历" || two == "阳历" || two == "新历" || two == "农历" || two == "阴历" || two == "旧历" || two == "夏历":
		return false
	case two == "经历" || two == "学历" || two == "简历" || two == "病历" || two == "履历" || two == "世纪":
		return false
	}
	return before.text == "历" || before.text == "纪"
}

func (h *hanReads) year() {
	if h.s.day.year != 0 {
		return
	}
	if w, ok := hanYearWords[h.run(2)]; ok {
		h.s.anchor, h.s.years, h.s.countYears, h.s.rule = w.anchor, w.years, true, "zh "+h.run(2)
		h.i += 2
		h.ok = true
		h.skip("度")
		return
	}
	n, end, digits, ok := h.yearNumber()
	if !ok || !h.c.is(end, "年") || h.c.at(end).space > 2 {
		return
	}
	_, _, monthFollows := h.monthNumber(end + 1)
	switch {
	case h.foreignCalendar(h.s.start):
		h.s.unknown = "of a calendar that is not known"
	case h.c.is(end+1, "代"):
		h.decade(n, digits, end+2)
		return
	case digits == 2 && monthFollows:
		n = shortYear(n)
		h.s.rule = "zh, year of two digits"
	case digits < 3 || digits == 3 && !monthFollows || !monthFollows && (n < 1500 || n > 2100):
		return
	}
	h.i, h.s.day.year, h.ok = end+1, n, true
	h.skip("度")
}

// yearNumber reads the number before 年 and says how many digits it has.
func (h *hanReads) yearNumber() (n, end, digits int, ok bool) {
	if x := h.c.at(h.i); x.kind == lexDigits {
		return atoi(x.text), h.i + 1, len(x.text), len(x.text) <= 4
	}
	v, ok := readHan(h.c, h.i, longestYear)
	if !ok || !v.value.IsInt() || v.value.Num().BitLen() > 14 || v.over || v.about {
		return 0, 0, 0, false
	}
	n = int(v.value.Num().Int64())
	digits = v.end - h.i
	if !v.plain && n >= 1000 {
		digits = 4
	} else if !v.plain {
		digits = 1
		if n >= 10 && n%10 == 0 && n < 100 {
			digits = 2 // 九十年代
		}
	}
	return n, v.end, digits, true
}

// shortYear places a year of two digits between 1940 and 2039.
func shortYear(n int) int {
	if n < 40 {
		return 2000 + n
	}
	return 1900 + n
}

// decade reads 1990年代, 九十年代 and, after a century, 20世纪90年代.
func (h *hanReads) decade(n, digits, end int) {
	switch {
	case n%10 != 0:
		return
	case h.s.century:
		n += h.s.day.year
		h.s.century = false
	case digits <= 2:
		n = 1900 + n
		if n > 1990 || n < 1910 {
			return
		}
	}
	h.i, h.s.day.year, h.s.decade, h.s.rule, h.ok = end, n, true, "zh decade", true
}

func (h *hanReads) century() bool {
	from := h.i
	if h.skip("上世纪", "上个世纪") {
		h.s.day.year = 1900
	} else if h.skip("本世纪") {
		h.s.day.year = 2000
	} else {
		n, end, _, ok := h.yearNumber()
		if !ok || n < 1 || n > 30 || !h.c.is(end, "世") || !h.c.is(end+1, "纪") {
			h.i = from
			return false
		}
		h.i, h.s.day.year = end+2, 100*(n-1)
	}
	if h.s.day.year < 100 {
		h.i, h.s.day.year = from, 0
		return false
	}
	h.s.century, h.s.rule, h.ok = true, "zh century", true
	if n, end, digits, ok := h.yearNumber(); ok && h.c.is(end, "年") && h.c.is(end+1, "代") && n < 100 {
		h.decade(n, digits, end+2)
	}
	return true
}

// yearPart reads what part of a year is meant; of 年初 and 年底 only the year.
func (h *hanReads) yearPart() {
	if h.s.day.year == 0 && !h.s.countYears || h.s.decade {
		return
	}
	from := h.i
	if h.skip("上半年") {
		h.s.sub = 40
	} else if h.skip("下半年") {
		h.s.sub = 41
	} else if h.skip("春季", "春天", "春") && !h.c.is(h.i, "节", "運", "运") {
		h.s.sub = 21
	} else if h.skip("夏季", "夏天", "夏") && !h.c.is(h.i, "历") {
		h.s.sub = 22
	} else if h.skip("秋季", "秋天", "秋") {
		h.s.sub = 23
	} else if h.skip("冬季", "冬天", "冬") && !h.c.is(h.i, "月", "至") {
		h.s.sub = 24
	} else if !h.quarter() {
		h.i = from
	}
	if h.s.sub == 0 {
		h.i = from
	}
}

func (h *hanReads) quarter() bool {
	h.skip("第")
	n, end, ok := fewHan(h.c, h.i)
	if x := h.c.at(h.i); x.kind == lexDigits {
		n, end, ok = atoi(x.text), h.i+1, true
	}
	if !ok || n < 1 || n > 4 || !h.c.is(end, "季") {
		return false
	}
	h.i = end + 1
	h.skip("度")
	h.s.sub = 32 + n
	return true
}
