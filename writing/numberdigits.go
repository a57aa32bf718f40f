package writing

import (
	"math/big"
	"unicode/utf8"
)

// longestFigure bounds the digits of a number.
const longestFigure = 30

// digits reads a number that begins with a digit: 12,000; 12 000; 1,2 млн;
// 1.2万; 7万5千; 3/5.
func (r *numberReader) digits(i int) (quantity, bool) {
	q, grouped, ok := r.figure(i)
	if !ok {
		return quantity{}, false
	}
	if n := r.c.at(q.end); n.kind == lexHan && n.space < 2 {
		return r.mixed(q, grouped), true
	}
	if f, ok := r.fraction(q); ok {
		return f, true
	}
	r.suffix(&q)
	r.multiplied(&q)
	return q, true
}

// figure reads digits with their groups and decimals.
func (r *numberReader) figure(i int) (q quantity, grouped, ok bool) {
	x := r.c.at(i)
	text, end := x.text, i+1
	if len(text) > longestFigure {
		return quantity{}, false, false
	}
	for _, sep := range []string{" ", ",", ".", "'"} {
		if whole, e := r.groups(i, sep); e > end {
			text, end, grouped = whole, e, true
			break
		}
	}
	if p := r.c.at(end); r.c.is(end, ".", ",") && p.space == 0 && r.c.at(end+1).kind == lexDigits && r.c.tight(end+1) {
		d := r.c.at(end + 1)
		again := r.c.is(end+2, ".", ",") && r.c.tight(end+2) && r.c.at(end+3).kind == lexDigits && r.c.tight(end+3)
		if len(d.text) <= longestFigure && !again && (p.text == "." || len(d.text) != 3 || grouped || text == "0") {
			text, end = text+"."+d.text, end+2
		}
	}
	value, ok := new(big.Rat).SetString(text)
	return quantity{start: i, end: end, value: value, rule: "digits"}, grouped, ok
}

// groups joins groups of three digits that sep parts. One full stop is a
// decimal sign; white space must be a single character.
func (r *numberReader) groups(i int, sep string) (string, int) {
	x := r.c.at(i)
	text, end, n := x.text, i+1, 0
	if len(text) > 3 || text[0] == '0' {
		return "", 0
	}
	for n < 8 {
		at := end
		if sep != " " {
			if !r.c.is(at, sep) || r.c.at(at).space > 0 {
				break
			}
			at++
		}
		g := r.c.at(at)
		if g.kind != lexDigits || len(g.text) != 3 || sep != " " && g.space != 0 || sep == " " && !r.oneSpace(at) {
			break
		}
		text, end, n = text+g.text, at+1, n+1
	}
	if n == 0 || sep == "." && n < 2 || r.c.is(end, sep) && r.c.tight(end) && r.c.at(end+1).kind == lexDigits && r.c.tight(end+1) {
		return "", 0
	}
	return text, end
}

func (r *numberReader) oneSpace(i int) bool {
	if i == 0 || r.c.at(i).space != 1 {
		return false
	}
	return utf8.RuneCountInString(r.text[r.c[i-1].End:r.c[i].Start]) == 1
}

// mixed goes on with Han units: 1.2万, 1,100万, 5万4千6百, 16分之5.
func (r *numberReader) mixed(q quantity, grouped bool) quantity {
	if grouped {
		for u := int64(0); r.c.at(q.end).space < 2; q.end++ {
			if u = hanMyriads[r.c.at(q.end).text]; u == 0 {
				u = hanTens[r.c.at(q.end).text]
			}
			if u == 0 {
				break
			}
			q.value = new(big.Rat).Mul(q.value, big.NewRat(u, 1))
		}
		q.language = "zh"
		return q
	}
	if h, ok := readHan(r.c, q.start, longestNumber); ok && h.end > q.end {
		q.value, q.end, q.rule = h.value, h.end, "zh digits and numerals"
		r.inner(&q, h)
	} else {
		r.multiMany(&q)
	}
	return r.partsOf(q)
}

// inner takes over the 余 or 几 that stood inside.
func (r *numberReader) inner(q *quantity, h hanNumber) {
	q.language = "zh"
	switch {
	case h.over:
		q.bound = Over
	case h.about:
		q.bound = About
	}
}

// multiMany reads 500余万 and 10几万.
func (r *numberReader) multiMany(q *quantity) {
	u, ok := hanMyriads[r.c.at(q.end+1).text]
	if !ok || !r.c.is(q.end, "余", "多", "几") {
		return
	}
	q.bound = Over
	if r.c.is(q.end, "几") {
		q.bound = About
	}
	q.value = new(big.Rat).Mul(q.value, big.NewRat(u, 1))
	q.end, q.language = q.end+2, "zh"
}

// fraction reads 3/5 and 1 3/5, where nothing goes on with more signs.
func (r *numberReader) fraction(q quantity) (quantity, bool) {
	whole := new(big.Rat)
	at := q.start
	if n := r.c.at(q.end); n.kind == lexDigits && n.space == 1 && q.end == q.start+1 {
		whole, at = q.value, q.end
	} else if q.end != q.start+1 {
		return quantity{}, false
	}
	a, b := r.c.at(at), r.c.at(at+2)
	if !r.c.is(at+1, "/") || !r.c.tight(at+1) || b.kind != lexDigits || !r.c.tight(at+2) || len(a.text) > 2 || len(b.text) > 2 || atoi(b.text) < 2 {
		return quantity{}, false
	}
	if r.c.is(at+3, "/", "-", ".") && r.c.tight(at+3) && r.c.at(at+4).kind == lexDigits ||
		r.c.is(at-1, "/", "-") && r.c.tight(at-1) && r.c.at(at-2).kind == lexDigits {
		return quantity{}, false
	}
	q.value = new(big.Rat).Add(whole, big.NewRat(int64(atoi(a.text)), int64(atoi(b.text))))
	q.end, q.rule = at+3, "fraction"
	return q, true
}

// suffix reads 40k and 2.5M, and skips the ending of 12 000-нан.
func (r *numberReader) suffix(q *quantity) {
	x := r.c.at(q.end)
	scale := map[string]int64{"k": 1e3, "m": 1e6, "bn": 1e9}[x.text]
	if scale != 0 && (x.space == 0 || r.text[x.Start] == 'M' && x.text == "m" && r.c.is(q.end+1, "$")) && !(x.text == "m" && r.text[x.Start] != 'M') {
		q.value = new(big.Rat).Mul(q.value, big.NewRat(scale, 1))
		q.end++
	}
	if r.c.is(q.end, "-") && r.c.tight(q.end) && numberEndings()[r.c.at(q.end+1).text] {
		q.end += 2
	}
}

// multiplied reads the word of magnitude after a figure: 12 тысяч, 1.2
// million, 12 мың, مىڭ.
func (r *numberReader) multiplied(q *quantity) {
	for n := 0; n < 2 && r.c.at(q.end).space < 3; n++ {
		w, ok := numberWords()[r.c.at(q.end).text]
		if !ok || w.value < 1000 && !(w.value == 100 && w.language == "en") {
			return
		}
		q.value = new(big.Rat).Mul(q.value, big.NewRat(w.value, 1))
		q.end++
		q.language = w.language
		q.rule = "digits and words"
		if r.c.is(q.end, ".") && r.c.tight(q.end) && isShort(r.c.at(q.end-1).text) {
			q.end++
		}
		if w.value >= 1000 {
			return
		}
	}
}

func isShort(w string) bool {
	return w == "тыс" || w == "млн" || w == "млрд" || w == "трлн"
}
