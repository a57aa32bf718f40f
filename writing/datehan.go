package writing

// Dates in Chinese: [历法] 年 月 日, with parts left out, and the words that
// refer to other dates.

var hanDayWords = map[string]struct {
	anchor anchor
	days   int
}{
	"今天": {fromWritten, 0}, "今日": {fromWritten, 0}, "昨天": {fromWritten, -1}, "昨日": {fromWritten, -1}, "明天": {fromWritten, 1},
	"明日": {fromWritten, 1}, "前天": {fromWritten, -2}, "后天": {fromWritten, 2}, "大后天": {fromWritten, 3}, "大前天": {fromWritten, -3},
	"同日": {fromBefore, 0}, "当日": {fromBefore, 0}, "当天": {fromBefore, 0}, "该日": {fromBefore, 0}, "次日": {fromBefore, 1}, "翌日": {fromBefore, 1},
}

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
