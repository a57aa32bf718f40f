package writing

import "math/big"

// han reads a number in Han numerals: 一万二千, 十余万, 百分之五, 负三.
func (r *numberReader) han(i int) (quantity, bool) {
	if r.c.is(i, "负") {
		q, ok := r.part(i + 1)
		if !ok || r.c.at(i+1).space > 1 {
			return quantity{}, false
		}
		q.start, q.value = i, new(big.Rat).Neg(q.value)
		return q, true
	}
	if q, ok := r.neighbours(i); ok {
		return q, true
	}
	if r.c.is(i, "万", "亿") && r.c.is(i-1, "近", "上", "逾", "超", "约", "过", "达") && (hanMeasures[r.c.at(i+1).text] || r.c.is(i+1, "余")) {
		return quantity{start: i, end: i + 1, value: big.NewRat(hanMyriads[r.c.at(i).text], 1), rule: "zh numerals"}, true
	}
	h, ok := readHan(r.c, i, longestNumber)
	if !ok || r.noNumber(i, h) {
		return quantity{}, false
	}
	q := quantity{start: i, end: h.end, value: h.value, rule: "zh numerals"}
	r.inner(&q, h)
	r.points(&q)
	return r.partsOf(q), true
}

// neighbours reads 三四百 and 七八个: from the one to the other.
func (r *numberReader) neighbours(i int) (quantity, bool) {
	a, one := hanDigits[r.c.at(i).text]
	b, two := hanDigits[r.c.at(i+1).text]
	if !one || !two || a == 0 || b != a+1 || !r.c.tight(i+1) || r.c.is(i-1, "十") {
		return quantity{}, false
	}
	if _, third := hanDigits[r.c.at(i+2).text]; third {
		return quantity{}, false
	}
	high, ok := readHan(r.c, i+1, longestNumber)
	if !ok || high.one && !hanMeasures[r.c.at(high.end).text] {
		return quantity{}, false
	}
	short := append(cursor{r.c[i]}, r.c[i+2:min(high.end, len(r.c))]...)
	low, ok := readHan(short, 0, longestNumber)
	if !ok {
		return quantity{}, false
	}
	return quantity{start: i, end: high.end, value: low.value, high: high.value, bound: About, rule: "zh numerals, two neighbours", language: "zh"}, true
}

// noNumber tells the words that are written with numerals.
func (r *numberReader) noNumber(i int, h hanNumber) bool {
	next, before := r.c.at(h.end), r.c.at(i-1)
	joined := next.kind == lexHan && next.space < 2
	switch {
	case hanWords[r.c.at(i).text+r.c.at(i+1).text] || hanWords[before.text+r.c.at(i).text]:
		return true
	case h.plain && h.end-i == 2 && !hanMeasures[next.text]:
		return true
	case h.one && r.c.is(i, "〇"):
		_, point := hanDigits[r.c.at(h.end+1).text]
		return !point || !r.c.is(h.end, "点")
	case r.c.is(h.end, "分") && r.c.is(h.end+1, "之"):
		return false
	case h.one && hanTens[r.c.at(i).text] > 10, r.c.is(i, "千", "百") && r.c.is(i+1, "万"):
		return !h.over && !r.c.is(h.end, "余", "多", "名", "人") || r.c.is(i-1, "数", "几", "上")
	case h.one && joined && !r.counted(i, h.end):
		return true
	case h.one && !joined && before.kind == lexHan && r.c.at(i).space < 2:
		return !hanBeforeNumber[before.text]
	}
	return false
}

// counted reports that a single numeral counts something, or is pointed at.
func (r *numberReader) counted(i, end int) bool {
	return hanMeasures[r.c.at(end).text] || r.c.is(end, "余", "多", "点", "分") || hanBeforeNumber[r.c.at(i-1).text]
}

// points reads decimals in words: 五点七, 二点五万.
func (r *numberReader) points(q *quantity) {
	if !r.c.is(q.end, "点") || r.c.at(q.end).space > 1 {
		return
	}
	digits, at := "", q.end+1
	for at < q.end+20 && r.c.at(at).space < 2 {
		d, ok := hanDigits[r.c.at(at).text]
		if !ok || r.c.is(at, "两") {
			break
		}
		digits += string(rune('0' + d))
		at++
	}
	if digits == "" || r.c.is(at, "分", "钟", "十") {
		return
	}
	part, _ := new(big.Rat).SetString("0." + digits)
	q.value = new(big.Rat).Add(q.value, part)
	q.end = at
	for u, ok := hanMyriads[r.c.at(q.end).text]; ok; u, ok = hanMyriads[r.c.at(q.end).text] {
		q.value = new(big.Rat).Mul(q.value, big.NewRat(u, 1))
		q.end++
	}
}

// partsOf reads 五分之一 and 三又二分之一; 百分之 is a unit.
func (r *numberReader) partsOf(q quantity) quantity {
	at := q.end
	if r.c.is(at, "又") {
		part, ok := r.part(at + 1)
		if ok && part.rule == "zh fraction" && part.start == at+1 {
			if q.value.Sign() < 0 {
				part.value.Neg(part.value)
			}
			q.value = new(big.Rat).Add(q.value, part.value)
			q.end, q.rule = part.end, "zh fraction"
		}
		return q
	}
	if !r.c.is(at, "分") || !r.c.is(at+1, "之") || q.value.Sign() == 0 {
		return q
	}
	over, ok := r.part(at + 2)
	if !ok {
		return q
	}
	q.end, q.language = over.end, "zh"
	if r.c.is(q.start, "百") && at == q.start+1 {
		q.value, q.unit, q.rule = over.value, "%", "zh percent"
		return q
	}
	q.value, q.rule = new(big.Rat).Quo(over.value, q.value), "zh fraction"
	return q
}

// part reads a number that stands within another, where one numeral is enough.
func (r *numberReader) part(i int) (quantity, bool) {
	if r.c.at(i).kind != lexHan {
		q, ok := r.read(i)
		return q, ok && q.start == i
	}
	negative := r.c.is(i, "负")
	if negative {
		i++
	}
	h, ok := readHan(r.c, i, longestNumber)
	if !ok {
		return quantity{}, false
	}
	q := quantity{start: i, end: h.end, value: h.value, rule: "zh numerals"}
	r.points(&q)
	q = r.partsOf(q)
	if negative {
		q.value = new(big.Rat).Neg(q.value)
	}
	return q, true
}

// percentBefore reads 百分之 where the bare 百 is no number of its own.
func (r *numberReader) percentBefore(q *quantity) {
	at := q.start
	if q.unit == "" && r.c.is(at-1, "之") && r.c.is(at-2, "分") && r.c.is(at-3, "百") && at-3 >= r.end {
		q.start, q.unit, q.rule = at-3, "%", "zh percent"
	}
}

var hanWords = pairSet("一切 一些 一样 一般 一直 一定 一起 一看 一下 一旦 一律 一致 统一 唯一 万一 十足 四川 四处 三亚 百姓 百货 千方 千古 九寨 五台 六安 七台 八路 " +
	"三江 三角 两两 两会 两岸 第一 一带 一路 一体 一贯 一时 一面 进一 专一 同一 单一 之一 单一 四平 一流 一线 二线 三线 双十 十堰 三门 三明 三峡 一向 一再 一概 一经 一度 一边 一方 九江 百色 万一")

func pairSet(words string) map[string]bool { return wordSet(words, "") }

// hanMeasures follow a number that counts.
var hanMeasures = runeSet("个名人户位次件年月日天岁元块只条家所期周号批份张台辆头匹亩套处间座级类项章节款村乡镇县区市省国种倍成斤公千米里小分秒美角对双吨平顷万亿折刃塊刀%口厘旬队组班连排营团师架艘把枚发门本册篇页封场届代层楼幢栋")

var hanBeforeNumber = runeSet("第前共约超近逾达仅是为又有各每的和与至到含另余足满到")

func runeSet(s string) map[string]bool {
	set := make(map[string]bool)
	for _, r := range s {
		set[string(r)] = true
	}
	return set
}
