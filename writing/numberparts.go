package writing

import "math/big"

// englishParts are the words for parts of one, by what they part it in.
var englishParts = map[string]int64{
	"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
	"sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}

// parts reads two thirds, three-quarters, one quarter, a half; and half where
// it bounds, or is of something: more than half, half of the pupils. A third by
// itself is as often one in a row.
func (r *numberReader) parts(i int) (quantity, bool) {
	count, at := int64(1), i+1
	switch w := numberWords()[r.c.at(i).text]; {
	case r.c.is(i, "half"):
		if at = i; !r.c.is(i+1, "of") && !r.bounded(i) {
			return quantity{}, false
		}
	case r.c.is(i, "a"):
		if !r.c.is(i+1, "half") || !r.bounded(i) && !r.c.is(i+2, "of") {
			return quantity{}, false
		}
	case w.language == "en" && w.value > 0 && w.value < 10:
		count = w.value
		if r.c.is(at, "-") && r.c.tight(at) {
			at++
		}
	default:
		return quantity{}, false
	}
	in, ok := englishParts[r.c.at(at).text]
	if !ok || count >= in || r.c.at(at).space > 2 {
		return quantity{}, false
	}
	return quantity{start: i, end: at + 1, value: big.NewRat(count, in), rule: "en parts", language: "en"}, true
}

// bounded reports that a bound stands before a piece.
func (r *numberReader) bounded(i int) bool {
	q := quantity{start: i, end: i + 1}
	r.boundBefore(&q)
	return q.bound != Exactly
}

// negative reads negative ten, minus 5, минус пять.
func (r *numberReader) negative(i int) (quantity, bool) {
	if !r.c.is(i, "negative", "minus", "минус") || r.c.at(i+1).space != 1 {
		return quantity{}, false
	}
	q, ok := r.read(i + 1)
	if !ok || q.value.Sign() <= 0 {
		return quantity{}, false
	}
	q.start, q.value = i, new(big.Rat).Neg(q.value)
	return q, true
}
