package writing

// Month and day of a Chinese date.

var hanMonthWords = map[string]struct {
	anchor anchor
	months int
}{
	"本月": {fromWritten, 0}, "上月": {fromWritten, -1}, "下月": {fromWritten, 1},
	"同月": {fromBefore, 0}, "当月": {fromBefore, 0}, "该月": {fromBefore, 0}, "次月": {fromBefore, 1},
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
