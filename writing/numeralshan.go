package writing

import (
	"math/big"
	"strings"
)

// hanDigits are the digits as they stand after plainNumeral.
var hanDigits = map[string]int64{"〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
	"幺": 1}

var hanTens = map[string]int64{"十": 10, "百": 100, "千": 1000}

var hanMyriads = map[string]int64{"万": 1e4, "亿": 1e8, "兆": 1e12}

// hanNumber is a number read from Han numerals, or digits mixed with them.
type hanNumber struct {
	value *big.Rat
	end   int  // index after it
	over  bool // 余 or 多 stands in it: more than the value
	about bool // 几 stands in it
	plain bool // digits one after the other: 二〇一七
	one   bool // a single Han digit
}

// hanReader adds up the parts of a number: 四千五百六十九万八千三百一十一亿.
type hanReader struct {
	c       cursor
	i       int
	parts   []myriad // what stood before 万, 亿 and 兆, the largest first
	section *big.Rat // below the next myriad
	pending *big.Rat // a digit that waits for its unit
	counted bool     // pending is one Han digit
	unit    int64    // the unit last read, for 四百五
	zero    bool
	any     bool
	out     hanNumber
}

type myriad struct {
	value *big.Rat
	unit  int64
}

// How many pieces a number may have: of a year, and of any.
const (
	longestYear   = 10
	longestNumber = 40
)

// readHan reads a whole number at i, of at most longest pieces.
func readHan(c cursor, i, longest int) (hanNumber, bool) {
	if n, ok := readHanDigits(c, i, longest); ok {
		return n, true
	}
	r := hanReader{c: c, i: i, section: new(big.Rat)}
	for r.i < i+longest && (r.i == i || c.at(r.i).space < 2) && r.step() {
		r.any = true
	}
	return r.finish(i)
}

// readHanDigits reads a row of two and more bare digits.
func readHanDigits(c cursor, i, longest int) (hanNumber, bool) {
	var row strings.Builder
	n := i
	for ; n < i+longest && (n == i || c.tight(n)); n++ {
		d, ok := hanDigits[c.at(n).text]
		if !ok || c.is(n, "两") {
			break
		}
		row.WriteByte(byte('0' + d))
	}
	_, ten := hanTens[c.at(n).text]
	_, large := hanMyriads[c.at(n).text]
	if n-i < 2 || ten && c.at(n).space < 2 || large && n-i == 2 && c.is(i, "〇") || ten {
		return hanNumber{}, false
	}
	value, _ := new(big.Rat).SetString(row.String())
	return hanNumber{value: value, end: n, plain: true}, !large
}

func (r *hanReader) step() bool {
	x := r.c.at(r.i)
	switch x.kind {
	case lexDigits:
		return r.digits(x)
	case lexHan:
		return r.han(x)
	}
	return false
}

func (r *hanReader) digits(x lexeme) bool {
	if r.pending != nil || len(x.text) > 30 || r.any && x.space > 0 && !r.smaller() {
		return false
	}
	text, end := x.text, r.i+1
	if r.c.is(end, ".") && r.c.tight(end) && r.c.at(end+1).kind == lexDigits && r.c.tight(end+1) {
		text, end = text+"."+r.c.at(end+1).text, end+2
	}
	if len(text) > 40 {
		return false
	}
	r.pending, _ = new(big.Rat).SetString(text)
	r.i, r.counted = end, false
	return true
}

// smaller reports that the digits here have a unit, and a smaller one than
// was read: 7万 5千.
func (r *hanReader) smaller() bool {
	u := hanTens[r.c.at(r.i+1).text]
	return u > 0 && u < r.unit && r.c.at(r.i).space == 1
}

func (r *hanReader) han(x lexeme) bool {
	if d, ok := hanDigits[x.text]; ok {
		return r.digit(x.text, d)
	}
	if u, ok := hanTens[x.text]; ok {
		return r.tens(u)
	}
	if u, ok := hanMyriads[x.text]; ok {
		return r.myriad(u)
	}
	_, goesOn := hanMyriads[r.c.at(r.i+1).text]
	if goesOn && r.any {
		switch x.text {
		case "余", "多":
			r.out.over = true
			r.i++
			return true
		case "几":
			r.out.about = true
			r.i++
			return true
		}
	}
	return false
}

func (r *hanReader) digit(text string, d int64) bool {
	if r.pending != nil {
		return false
	}
	if r.i++; text == "〇" {
		r.zero = true
		if !r.any {
			_, next := hanTens[r.c.at(r.i).text]
			if !next {
				r.pending, r.counted = new(big.Rat), true
			}
		}
		return true
	}
	r.pending, r.counted = big.NewRat(d, 1), true
	return true
}

func (r *hanReader) tens(u int64) bool {
	n := r.pending
	if n == nil {
		if r.any && !r.zero && r.unit != 0 && r.unit <= u {
			return false
		}
		n = big.NewRat(1, 1)
	}
	r.section.Add(r.section, n.Mul(n, big.NewRat(u, 1)))
	r.pending, r.unit, r.zero = nil, u, false
	r.i++
	return true
}

// myriad closes the section, and takes smaller parts before it along: 一万亿.
func (r *hanReader) myriad(u int64) bool {
	if r.pending != nil {
		r.section.Add(r.section, r.pending)
		r.pending = nil
	} else if !r.any {
		return false
	}
	sum, bare := r.section, r.section.Sign() == 0
	for n := len(r.parts); n > 0 && (r.parts[n-1].unit < u || bare && r.parts[n-1].unit == u); n-- {
		sum.Add(sum, r.parts[n-1].value)
		r.parts = r.parts[:n-1]
	}
	if sum.Sign() == 0 || len(r.parts) > 0 && r.parts[len(r.parts)-1].unit <= u {
		return false
	}
	r.parts = append(r.parts, myriad{new(big.Rat).Mul(sum, big.NewRat(u, 1)), u})
	r.section, r.unit, r.zero = new(big.Rat), u, false
	r.i++
	return true
}

func (r *hanReader) finish(from int) (hanNumber, bool) {
	if !r.any || r.i == from {
		return hanNumber{}, false
	}
	if r.pending != nil {
		if r.counted && r.unit > 1 && !r.zero {
			r.pending.Mul(r.pending, big.NewRat(r.unit, 10))
		}
		r.section.Add(r.section, r.pending)
	}
	for _, p := range r.parts {
		r.section.Add(r.section, p.value)
	}
	r.out.value, r.out.end = r.section, r.i
	r.out.one = r.i == from+1 && r.c.at(from).kind == lexHan
	return r.out, true
}

// smallHan reads a number of at most 99 in a date: 十二, 初一, 廿三, 卅.
func smallHan(c cursor, i int) (value, end int, ok bool) {
	switch {
	case c.is(i, "初"):
		d, found := hanDigits[c.at(i+1).text]
		if c.is(i+1, "十") {
			return 10, i + 2, true
		}
		return int(d), i + 2, found && d > 0
	case c.is(i, "廿", "卅"):
		tens := map[string]int{"廿": 20, "卅": 30}[c.at(i).text]
		if d, found := hanDigits[c.at(i+1).text]; found {
			return tens + int(d), i + 2, true
		}
		return tens, i + 1, true
	}
	if c.at(i).kind != lexHan {
		return 0, 0, false
	}
	return fewHan(c, i)
}

// fewHan reads 一 to 九十九, without units left out.
func fewHan(c cursor, i int) (value, end int, ok bool) {
	if d, found := hanDigits[c.at(i).text]; found {
		value, i, ok = int(d), i+1, true
		if e, found := hanDigits[c.at(i).text]; found {
			return value*10 + int(e), i + 1, true
		}
	}
	if !c.is(i, "十") {
		return value, i, ok
	}
	value, i = max(value, 1)*10, i+1
	if d, found := hanDigits[c.at(i).text]; found && d > 0 {
		return value + int(d), i + 1, true
	}
	return value, i, true
}
