package writing

import "sync"

// seasons gives the EDTF number of a season's name.
var seasons = sync.OnceValue(func() map[string]int {
	table := make(map[string]int)
	for i, words := range []string{
		"spring весна весной весну весны көктем көктемде көктемі көктемінде ئەتىياز ئەتىيازدا ئەتىيازى",
		"summer лето летом лета жаз жазда жазы жазында ياز يازدا يازى",
		"autumn fall осень осенью осени күз күзде күзі күзінде كۈز كۈزدە كۈزى",
		"winter зима зимой зиму зимы қыс қыста қысы қысында قىش قىشتا قىشى",
	} {
		for w := range wordSet(words, "") {
			table[w] = 21 + i
		}
	}
	for i, words := range []string{"first i первый первом первого", "second ii второй втором второго", "third iii третий третьем третьего", "fourth iv четвертый четвертом четвертого"} {
		for w := range wordSet(words, "") {
			table["quarter "+w] = 33 + i
		}
	}
	return table
})

// seasonFirst reads summer 2016, весной 2017 года, Q3 2017, III квартал 2017.
func (r *dateReader) seasonFirst(i int) (stamp, bool) {
	sub, at := seasons()[r.c.at(i).text], i+1
	if sub == 0 {
		sub, at = r.quarter(i)
	}
	if sub == 0 {
		return stamp{}, false
	}
	if r.c.is(at, "of", "in", ",") {
		at++
	}
	s := stamp{start: i, end: at, sub: sub, rule: "season"}
	if sub > 24 {
		s.rule = "quarter"
	}
	if y, end, _, ok := r.year(at); ok && r.c.at(at).space < 3 {
		s.day.year, s.end = y, end
		return s, true
	}
	if p, ok := r.c.phraseAt(at); ok && p.unit == 'y' {
		rule := s.rule
		s.refer(p)
		s.rule, s.end = rule+" of "+s.rule, at+len(p.words)
		return s, true
	}
	return stamp{}, false
}

func (r *dateReader) quarter(i int) (sub, end int) {
	if n := r.c.at(i + 1); r.c.is(i, "q") && n.kind == lexDigits && len(n.text) == 1 && n.space == 0 && n.text >= "1" && n.text <= "4" {
		return 32 + atoi(n.text), i + 2
	}
	if sub = seasons()["quarter "+r.c.at(i).text]; sub != 0 && r.c.is(i+1, "quarter", "квартал", "квартале", "квартала") {
		return sub, i + 2
	}
	return 0, i
}

// seasonAfterYear reads 2017 жылдың көктемінде, 2017-يىلى كۈزدە.
func (r *dateReader) seasonAfterYear(s *stamp) {
	if sub := seasons()[r.c.at(s.end).text]; sub != 0 && s.sub == 0 && r.c.at(s.end).space < 2 {
		s.sub, s.rule, s.end = sub, "season", s.end+1
	}
}
