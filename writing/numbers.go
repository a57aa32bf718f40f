package writing

import (
	"math/big"
	"strings"
)

// Bound says how a number bounds what it counts.
type Bound string

// The bounds that a text can put on a number.
const (
	Exactly Bound = ""
	Over    Bound = "over"
	AtLeast Bound = "at least"
	Under   Bound = "under"
	AtMost  Bound = "at most"
	Nearly  Bound = "nearly"
	About   Bound = "about"
)

// Number is a quantity as a text states it.
type Number struct {
	Span
	// Value is its decimal form, exact up to fifteen places: 12000, 0.35.
	Value string
	// High is the other end where two are given: 3–5, 十五至二十.
	High string
	// Bound is what the words beside it say.
	Bound Bound
	// Unit is what it counts, in one spelling for all languages: people,
	// households, %, ha, mu, km, CNY … Empty where no known unit follows.
	Unit string
	// Rule says how it was read.
	Rule string
}

// Float gives the value for comparing.
func (n Number) Float() float64 {
	r, ok := new(big.Rat).SetString(n.Value)
	if !ok {
		return 0
	}
	f, _ := r.Float64()
	return f
}

// Numbers finds the numbers of text in their order, those in dates too.
// Figures of more than thirty digits are none.
func Numbers(text string) []Number { return Parted(text).Numbers() }

// Numbers finds the numbers of the text, as the function does.
func (t *Parts) Numbers() []Number {
	r := numberReader{c: t.pieces, text: t.text}
	for i := 0; i < len(r.c); {
		i = r.next(i)
	}
	return r.all
}

type numberReader struct {
	c    cursor
	text string
	all  []Number
	end  int // pieces before it belong to numbers already found
}

// quantity is a number as read, with the pieces it stands on.
type quantity struct {
	start, end int
	value      *big.Rat
	high       *big.Rat
	bound      Bound
	unit       string
	rule       string
	language   string
}

func (r *numberReader) next(i int) int {
	q, ok := r.read(i)
	if !ok {
		return i + 1
	}
	r.percentBefore(&q)
	r.upTo(&q)
	r.unitBefore(&q)
	r.boundAfter(&q)
	r.unitAfter(&q)
	r.boundAfter(&q)
	r.boundBefore(&q)
	r.orEqual(&q)
	n := Number{Span: Span{r.c[q.start].Start, r.c[q.end-1].End}, Value: decimal(q.value), Bound: q.bound, Unit: q.unit, Rule: q.rule}
	if q.high != nil {
		n.High = decimal(q.high)
	}
	r.all = append(r.all, n)
	r.end = q.end
	return q.end
}

// read reads one number at i, without unit and bound.
func (r *numberReader) read(i int) (quantity, bool) {
	switch r.c.at(i).kind {
	case lexDigits:
		return r.digits(i)
	case lexHan:
		return r.han(i)
	case lexWord:
		return r.words(i)
	case lexPoint:
		return r.signed(i)
	}
	return quantity{}, false
}

// signed reads -5 and .5 where nothing stands before the sign.
func (r *numberReader) signed(i int) (quantity, bool) {
	before := r.c.at(i - 1)
	if before.kind != lexNone && r.c.tight(i) && before.kind != lexPoint && before.kind != lexHan || !r.c.tight(i+1) {
		return quantity{}, false
	}
	if r.c.is(i, ".") && r.c.at(i+1).kind == lexDigits && (before.kind != lexPoint || before.text == "-") && len(r.c.at(i+1).text) < 20 {
		v, _ := new(big.Rat).SetString("0." + r.c.at(i+1).text)
		return quantity{start: i, end: i + 2, value: v, rule: "digits"}, true
	}
	if !r.c.is(i, "-") || before.text == "-" {
		return quantity{}, false
	}
	q, ok := r.digits(i + 1)
	if !ok && r.c.is(i+1, ".") {
		q, ok = r.signed(i + 1)
	}
	if !ok {
		return quantity{}, false
	}
	q.start, q.value = i, q.value.Neg(q.value)
	return q, true
}

// decimal writes a value without an exponent.
func decimal(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	return strings.TrimRight(strings.TrimRight(v.FloatString(15), "0"), ".")
}

// upTo reads the other end of a range: 3-5, 十至二十, from 3 to 5.
func (r *numberReader) upTo(q *quantity) {
	at := q.end
	between := r.c.is(q.start-1, "between", "между")
	switch {
	case r.c.at(at).space > 1 || q.high != nil || q.unit == "%":
		return
	case r.c.is(at, "-", "~", "至", "到", "to", "through") || between && r.c.is(at, "and", "и") || r.c.is(at, "до") && r.c.is(q.start-1, "от", "с"):
	default:
		return
	}
	if r.c.is(at, "-") && r.c.is(at+1, "-") {
		at++
	}
	to, ok := r.read(at + 1)
	if !ok || to.start != at+1 || r.c.at(at+1).space > 1 || to.value.Cmp(q.value) <= 0 || to.high != nil {
		return
	}
	if r.c.is(to.end, "-", "/", ".") && r.c.tight(to.end) && r.c.at(to.end+1).kind == lexDigits {
		return // a number of a paper, or a telephone
	}
	r.scaleLow(q, to)
	q.high, q.end, q.rule = to.value, to.end, q.rule+", range"
}

// scaleLow lets 3–5 万 mean thirty to fifty thousand.
func (r *numberReader) scaleLow(q *quantity, to quantity) {
	if q.end-q.start != 1 || r.c.at(q.start).kind == lexWord {
		return
	}
	thousand := big.NewRat(1000, 1)
	if to.value.Cmp(thousand) < 0 || q.value.Cmp(thousand) >= 0 {
		return
	}
	last := r.c.at(to.end - 1)
	scale := int64(0)
	if u, ok := hanMyriads[last.text]; ok {
		scale = u
	} else if w, ok := numberWords()[last.text]; ok && w.value >= 1000 {
		scale = w.value
	}
	if scale > 0 {
		scaled := new(big.Rat).Mul(q.value, big.NewRat(scale, 1))
		if scaled.Cmp(to.value) < 0 {
			q.value = scaled
		}
	}
}
