package match

import (
	"unicode"
	"unicode/utf8"
)

// inLetters finds names, and what is near to one, in folded text.
func (l *List) inLetters(f folded) (hits []Hit) {
	tried := map[[2]int]bool{} // form and place of pieces that were looked at
	l.machine.run(f.letters, func(i int, p pattern) {
		form := &l.forms[p.form]
		from := i + 1 - int(p.length)
		if p.whole {
			if h, ok := f.whole(form, from, i+1); ok {
				hits = append(hits, h)
			}
			return
		}
		place := [2]int{int(p.form), from - int(p.at)}
		if tried[place] {
			return
		}
		tried[place] = true
		if h, ok := f.near(form, from-int(p.at)); ok {
			hits = append(hits, h)
		}
	})
	return append(hits, l.nearHan(f)...)
}

// whole judges a place where all letters of a form stand.
func (f folded) whole(form *form, from, to int) (Hit, bool) {
	h := f.hit(form, from, to)
	switch {
	case form.kind == part && form.han:
		h.Certainty, h.How = Review, "part"
		return h, true
	case form.kind == part:
		h.Certainty, h.How = Review, "part"
		return h, f.begins(from) && f.endsWell(form, to) && !f.parted(form, from, to)
	case form.han:
		if form.kind == backward {
			h.How = "reversed"
			return h, len(form.letters) > 2
		}
		return h, true
	case form.kind == backward:
		h.How = "reversed"
		return h, len(form.letters) > 4 && f.begins(from) && f.ends(to) && !f.parted(form, from, to)
	case !f.begins(from):
		h.Certainty, h.How = Review, "inside"
		return h, len(form.letters) >= oneError && !f.parted(form, from, to)
	case f.parted(form, from, to):
		h.Certainty, h.How = Review, "parted"
		return h, len(form.letters) >= partLetters && f.ends(to)
	case !f.ends(to):
		if !form.unsure {
			h.How = "ending"
		}
		return h, f.endsWell(form, to)
	}
	return h, true
}

func (f folded) hit(form *form, from, to int) Hit {
	h := Hit{Person: form.person, Start: int(f.letters[from].start), End: int(f.letters[to-1].end), Certainty: Exact, How: "name"}
	if form.unsure {
		h.Certainty, h.How = Review, "spelling"
	}
	return h
}

// begins tells that no letter stands right before the one at from.
func (f folded) begins(from int) bool {
	return from == 0 || f.letters[from].gap != none || other(f.at(f.letters[from-1]), f.at(f.letters[from]))
}

// ends tells that no letter stands right behind.
func (f folded) ends(to int) bool {
	return to == len(f.letters) || f.letters[to].gap != none || other(f.at(f.letters[to-1]), f.at(f.letters[to]))
}

func (f folded) at(l letter) rune { r, _ := utf8.DecodeRuneInString(f.text[l.start:]); return r }

// other tells two characters that do not make one word: a digit and a letter,
// Han and anything else.
func other(a, b rune) bool {
	return unicode.IsLetter(a) != unicode.IsLetter(b) || isHan(a) || isHan(b)
}

// endingLetters bounds what a language adds to a name: -ning, -ға, -ского.
const endingLetters = 6

// endsWell also takes a name with an ending.
func (f folded) endsWell(form *form, to int) bool {
	n := 0
	for !f.ends(to + n) {
		if n++; n > endingLetters {
			return false
		}
	}
	return n == 0 || len(form.letters) >= partLetters
}

// parted tells that spaces stand where the form has none. A name at a line's
// end, or spaced letter by letter, is not parted.
func (f folded) parted(form *form, from, to int) bool {
	gaps, spaces := 0, 0
	for i := from + 1; i < to; i++ {
		if f.letters[i].gap == space {
			spaces++
			if !form.breaks[i-from] {
				gaps++
			}
		}
	}
	return gaps > 0 && spaces < to-from-1
}

// near holds a form against the letters around a place where a piece of it
// stands, by edit distance.
func (f folded) near(form *form, at int) (Hit, bool) {
	k := form.errors()
	best, from, to := k+1, 0, 0
	for start := max(at-k, 0); start <= at+k && start < len(f.letters); start++ {
		if !form.han && !f.begins(start) {
			continue
		}
		end := min(start+len(form.letters)+k, len(f.letters))
		if d, n := distance(form.letters, f.letters[start:end], k); d < best && d > 0 && (n == len(form.letters) && f.letters[start].r == form.letters[0] || form.han || len(form.letters) >= anyError) && (form.han || f.endsWell(form, start+n)) {
			best, from, to = d, start, start+n
		}
	}
	if best > k || to <= from || f.spaced(form, from, to) {
		return Hit{}, false
	}
	h := f.hit(form, from, to)
	h.Certainty, h.How = Review, "near"
	return h, true
}

// spaced tells that a near match has more spaces than the form: two words that
// happen to be like one.
func (f folded) spaced(form *form, from, to int) bool {
	n := 0
	for _, l := range f.letters[from+1 : to] {
		if l.gap == space {
			n++
		}
	}
	for _, b := range form.breaks {
		if b {
			n--
		}
	}
	return n > 0
}

// distance gives the least edit distance, up to k, between a form and a
// beginning of text, and how long that is.
func distance(form []rune, text []letter, k int) (best, length int) {
	row := make([]int, len(form)+1)
	for i := range row {
		row[i] = i
	}
	best, length = k+1, 0
	if row[len(form)] < best {
		best = row[len(form)]
	}
	for j, t := range text {
		diagonal := row[0]
		row[0] = j + 1
		least := row[0]
		for i, r := range form {
			cost := diagonal
			if r != t.r {
				cost++
			}
			diagonal = row[i+1]
			row[i+1] = min(cost, row[i]+1, row[i+1]+1)
			least = min(least, row[i+1])
		}
		if row[len(form)] < best {
			best, length = row[len(form)], j+1
		}
		if least > k {
			break
		}
	}
	return best, length
}

// nearHan finds names of three characters of which the second or third is
// another: the surname stands.
func (l *List) nearHan(f folded) (hits []Hit) {
	byFirst := map[rune][]*form{}
	for i := range l.forms {
		if form := &l.forms[i]; form.kind == whole && form.han && len(form.letters) == 3 {
			byFirst[form.letters[0]] = append(byFirst[form.letters[0]], form)
		}
	}
	for i := 0; i+2 < len(f.letters) && len(byFirst) > 0; i++ {
		for _, form := range byFirst[f.letters[i].r] {
			second, third := f.letters[i+1], f.letters[i+2]
			if !isHan(second.r) || !isHan(third.r) || second.gap == hyphen || third.gap == hyphen {
				continue
			}
			if (second.r == form.letters[1]) != (third.r == form.letters[2]) && !l.countries.within(f.letters, i) {
				h := f.hit(form, i, i+3)
				h.Certainty, h.How = Review, "near"
				hits = append(hits, h)
			}
		}
	}
	return hits
}
