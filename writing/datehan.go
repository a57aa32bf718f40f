package writing

// Dates in Chinese: [历法] 年 月 日, with parts left out, and the words that
// refer to other dates.

var hanYearWords = map[string]struct {
	anchor anchor
	years  int
}{
	"去年": {fromWritten, -1}, "今年": {fromWritten, 0}, "明年": {fromWritten, 1}, "前年": {fromWritten, -2}, "后年": {fromWritten, 2},
	"本年": {fromWritten, 0}, "上年": {fromWritten, -1},
	"同年": {fromBefore, 0}, "当年": {fromBefore, 0}, "该年": {fromBefore, 0}, "是年": {fromBefore, 0}, "那年": {fromBefore, 0},
	"次年": {fromBefore, 1}, "翌年": {fromBefore, 1},
}

var hanMonthWords = map[string]struct {
	anchor anchor
	months int
}{
	"本月": {fromWritten, 0}, "上月": {fromWritten, -1}, "下月": {fromWritten, 1},
	"同月": {fromBefore, 0}, "当月": {fromBefore, 0}, "该月": {fromBefore, 0}, "次月": {fromBefore, 1},
}

var hanDayWords = map[string]struct {
	anchor anchor
	days   int
}{
	"今天": {fromWritten, 0}, "今日": {fromWritten, 0}, "昨天": {fromWritten, -1}, "昨日": {fromWritten, -1}, "明天": {fromWritten, 1},
	"明日": {fromWritten, 1}, "前天": {fromWritten, -2}, "后天": {fromWritten, 2}, "大后天": {fromWritten, 3}, "大前天": {fromWritten, -3},
	"同日": {fromBefore, 0}, "当日": {fromBefore, 0}, "当天": {fromBefore, 0}, "该日": {fromBefore, 0}, "次日": {fromBefore, 1}, "翌日": {fromBefore, 1},
}

// hanEras are the reigns whose years are counted from the one before theirs.
// Dates in them are of the lunar calendar.
var hanEras = map[string]int{"顺治": 1643, "康熙": 1661, "雍正": 1722, "乾隆": 1735, "嘉庆": 1795, "嘉慶": 1795,
	"道光": 1820, "咸丰": 1850, "咸豐": 1850, "同治": 1861, "光绪": 1874, "光緒": 1874, "宣统": 1908, "宣統": 1908}

// hanStarts are the characters that a date can begin with.
var hanStarts = runeSet("〇一二两三四五六七八九幺十百千去今明前后本上下同当该是那次翌昨大这农阴旧夏公西阳新中民顺康雍乾嘉道咸光宣正冬腊臘闰初廿卅")

// datedHan reports that a number at i is followed by a sign of dates, and
// true for what is no number.
func (c cursor) datedHan(i int) bool {
	at := i
	for at < i+longestYear && hanNumeral(c.at(at)) {
		at++
	}
	return at == i || c.is(at, "年", "月", "日", "号", "世")
}

func hanNumeral(x lexeme) bool {
	if x.kind == lexDigits {
		return true
	}
	_, digit := hanDigits[x.text]
	_, ten := hanTens[x.text]
	return x.kind == lexHan && (digit || ten)
}

// hanReads reads a Chinese date piece by piece.
type hanReads struct {
	c  cursor
	i  int
	s  stamp
	ok bool // enough was read to call it a date
}

func (r *dateReader) han(i int) (stamp, bool) {
	if r.c.at(i).kind == lexHan && !hanStarts[r.c.at(i).text] || !r.c.datedHan(i) {
		return stamp{}, false
	}
	h := hanReads{c: r.c, i: i, s: stamp{start: i, rule: "zh"}}
	if h.relativeDay() || h.century() {
		return h.done()
	}
	h.calendar()
	h.year()
	h.yearPart()
	h.calendar()
	h.month()
	h.monthPart()
	h.dayOfMonth()
	return h.done()
}

func (h *hanReads) done() (stamp, bool) {
	h.s.end = h.i
	return h.s, h.ok
}

// word reports that the characters of w stand here, close together.
func (h *hanReads) word(w string) bool {
	n := 0
	for _, r := range w {
		if h.c.at(h.i+n).text != string(r) || n > 0 && h.c.at(h.i+n).space > 1 {
			return false
		}
		n++
	}
	return true
}

func (h *hanReads) skip(words ...string) bool {
	for _, w := range words {
		if h.word(w) {
			h.i += len([]rune(w))
			return true
		}
	}
	return false
}

func (h *hanReads) relativeDay() bool {
	for _, n := range []int{3, 2} {
		w := h.run(n)
		if d, ok := hanDayWords[w]; ok {
			h.i += n
			h.s.anchor, h.s.days, h.s.countDays, h.s.rule = d.anchor, d.days, true, "zh "+w
			h.ok = true
			return true
		}
	}
	return h.weekdayWord()
}

// run gives the next n Han characters.
func (h *hanReads) run(n int) string {
	w := ""
	for k := range n {
		x := h.c.at(h.i + k)
		if x.kind != lexHan {
			return ""
		}
		w += x.text
	}
	return w
}

// weekdayWord reads 上周一, 下下星期日, 这个礼拜三.
func (h *hanReads) weekdayWord() bool {
	from, weeks, said := h.i, 0, false
	for h.c.is(h.i, "上", "下", "这", "本") && h.i < from+3 {
		said = true
		switch h.c.at(h.i).text {
		case "上":
			weeks--
		case "下":
			weeks++
		}
		h.i++
	}
	if said {
		h.skip("个")
	}
	if !said || !h.skip("星期", "礼拜", "周") {
		h.i = from
		return false
	}
	day := map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}[h.c.at(h.i).text]
	if day == 0 {
		h.i = from
		return false
	}
	h.i++
	h.s.anchor, h.s.countDays, h.s.days, h.s.weekday, h.s.rule = fromWritten, true, 7*weeks, day, "zh weekday"
	h.ok = true
	return true
}

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

// monthNumber reads N月, and the lunar names.
func (h *hanReads) monthNumber(i int) (n, end int, ok bool) {
	if x := h.c.at(i); x.kind == lexDigits && len(x.text) <= 2 {
		n, end = atoi(x.text), i+1
	} else if v, e, found := fewHan(h.c, i); found {
		n, end = v, e
	}
	if n < 1 || n > 12 || !h.c.is(end, "月") || h.c.at(end).space > 2 {
		return 0, 0, false
	}
	return n, end + 1, true
}

func (h *hanReads) month() {
	if h.s.decade || h.s.sub != 0 {
		return
	}
	if w, ok := hanMonthWords[h.run(2)]; ok && (!h.s.countYears || h.s.anchor == fromWritten) {
		h.s.anchor, h.s.months, h.s.countMonths, h.ok = w.anchor, w.months, true, true
		h.s.rule = "zh " + h.run(2)
		h.i += 2
		return
	}
	from := h.i
	leap := h.skip("闰")
	n, end, ok := h.monthNumber(h.i)
	if !ok && h.skip("大年") {
		h.newYear(from)
		return
	}
	switch {
	case !ok && h.skip("正月"):
		n, end, h.s.lunar = 1, h.i, true
	case !ok && h.skip("冬月"):
		n, end, h.s.lunar = 11, h.i, true
	case !ok && h.skip("腊月", "臘月"):
		n, end, h.s.lunar = 12, h.i, true
	case !ok:
		h.i = from
		return
	}
	if h.c.is(end, "大") && h.s.day.year == 0 || h.c.is(end, "球", "光", "饼", "亮") {
		h.i = from
		return
	}
	h.i, h.s.day.month, h.s.leap, h.ok = end, n, leap, true
	h.s.lunar = h.s.lunar || leap
	h.skip("份")
	if h.s.lunar {
		h.s.rule = "zh lunar calendar"
	}
}

// newYear reads 大年初一 and 大年三十.
func (h *hanReads) newYear(from int) {
	n, end, ok := smallHan(h.c, h.i)
	if !ok || n < 1 || n > 30 {
		h.i = from
		return
	}
	h.i, h.s.lunar, h.ok, h.s.rule = end, true, true, "zh lunar calendar"
	h.s.day.month, h.s.day.day = 1, n
	if n >= 29 {
		h.s.day.month = 12
	}
}

func (h *hanReads) monthPart() {
	if h.s.day.month == 0 && !h.s.countMonths || h.s.lunar {
		return
	}
	switch {
	case h.skip("上旬"):
		h.s.third = 1
	case h.skip("中旬"):
		h.s.third = 2
	case h.skip("下旬"):
		h.s.third = 3
	}
}

// dayOfMonth reads 12日, 十二号, 初一; a day alone only before 日.
func (h *hanReads) dayOfMonth() {
	if h.s.decade || h.s.sub != 0 || h.s.third != 0 || h.s.day.day != 0 {
		return
	}
	hasMonth := h.s.day.month != 0 || h.s.countMonths
	if !hasMonth && h.i != h.s.start || h.c.at(h.i).space > 2 {
		return
	}
	n, end, ok := smallHan(h.c, h.i)
	if x := h.c.at(h.i); x.kind == lexDigits && len(x.text) <= 2 {
		n, end, ok = atoi(x.text), h.i+1, true
	}
	if !ok || n < 1 || n > 31 {
		return
	}
	sign := h.c.is(end, "日") || h.c.is(end, "号") && !h.c.is(end+1, hanAfterNumber...)
	if h.c.at(end).space > 2 {
		sign = false
	}
	first := h.c.is(h.i, "初", "廿")
	switch {
	case sign && hasMonth:
		end++
	case sign && !h.c.is(end+1, "内", "间", "游", "元", "前", "后") && !(h.c.is(end+1, "以", "之") && h.c.is(end+2, "内", "间")) && !h.c.is(h.i-1, "第"):
		end++
	case hasMonth && (h.s.lunar || first || h.c.at(h.i).kind == lexHan && !h.unitFollows(end)):
		h.s.lunar = h.s.lunar || first
		if h.s.lunar {
			h.s.rule = "zh lunar calendar"
		}
	default:
		return
	}
	h.i, h.s.day.day, h.ok = end, n, true
}

// hanAfterNumber follow a 号 that counts houses and papers, not days.
var hanAfterNumber = []string{"楼", "院", "房", "线", "文", "令", "室", "门", "机", "码", "店", "馆", "厂", "井", "坑", "案", "地", "车", "桥", "公", "国", "台", "位", "床", "区", "路"}

// unitFollows reports that a bare number after a month counts something.
func (h *hanReads) unitFollows(end int) bool {
	return h.c.at(end).kind == lexHan || h.c.at(end).kind == lexDigits
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1e8 {
			return n
		}
		n = n*10 + int(r-'0')
	}
	return n
}
