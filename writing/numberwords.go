package writing

import (
	"math/big"
	"strings"
	"sync"
)

type numberWord struct {
	value    int64
	language string
	plural   bool // thousands: no number by itself
}

// numberRows give the words of numbers by value, each with its forms.
var numberRows = []struct{ language, rows string }{
	{"en", "0 zero|1 one|2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten|11 eleven|12 twelve|13 thirteen|14 fourteen|15 fifteen|" +
		"16 sixteen|17 seventeen|18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty|50 fifty|60 sixty|70 seventy|80 eighty|90 ninety|" +
		"100 hundred|1000 thousand|1000000 million mln|1000000000 billion bln|1000000000000 trillion"},
	{"ru", "1 один одна одно одного одной одному одним одну|2 два две двух двум двумя|3 три трех трем тремя|4 четыре четырех четырем четырьмя|" +
		"5 пять пяти пятью|6 шесть шести шестью|7 семь семи семью|8 восемь восьми восемью|9 девять девяти девятью|10 десять десяти десятью|" +
		"11 одиннадцать одиннадцати|12 двенадцать двенадцати|13 тринадцать тринадцати|14 четырнадцать четырнадцати|15 пятнадцать пятнадцати|" +
		"16 шестнадцать шестнадцати|17 семнадцать семнадцати|18 восемнадцать восемнадцати|19 девятнадцать девятнадцати|" +
		"20 двадцать двадцати|30 тридцать тридцати|40 сорок сорока|50 пятьдесят пятидесяти|60 шестьдесят шестидесяти|70 семьдесят семидесяти|" +
		"80 восемьдесят восьмидесяти|90 девяносто девяноста|100 сто ста|200 двести двухсот двумстам|300 триста трехсот|400 четыреста четырехсот|" +
		"500 пятьсот пятисот|600 шестьсот шестисот|700 семьсот семисот|800 восемьсот восьмисот|900 девятьсот девятисот|" +
		"1000 тысяча тысячу тысячей -тысячи -тысяч -тысячам -тысячами -тыс|1000000 миллион миллиона -миллионов -миллионы -млн|" +
		"1000000000 миллиард миллиарда -миллиардов -млрд|1000000000000 триллион триллиона -триллионов -трлн"},
	{"kk", "1 бір|2 екі|3 үш|4 төрт|5 бес|6 алты|7 жеті|8 сегіз|9 тоғыз|10 он|20 жиырма|30 отыз|40 қырық|50 елу|60 алпыс|70 жетпіс|80 сексен|90 тоқсан|" +
		"100 жүз|1000 мың|1000000 миллион|1000000000 миллиард|1000000000000 триллион"},
	{"kk", "1 ءبىر ٴبىر|2 ەكى|3 ءۇش ٴۇش|4 ءتورت ٴتورت|5 بەس|6 التى|7 جەتى|8 سەگىز|9 توعىز|10 ون|20 جيىرما|30 وتىز|40 قىرىق|50 ەلۋ|60 الپىس|70 جەتپىس|80 سەكسەن|90 توقسان|" +
		"100 ءجۇز ٴجۇز|1000 مىڭ|1000000 ميلليون|1000000000 ميلليارد"},
	{"ug", "1 بىر|2 ئىككى|3 ئۈچ|4 تۆت|5 بەش|6 ئالتە|7 يەتتە|8 سەككىز|9 توققۇز|10 ئون|20 يىگىرمە|30 ئوتتۇز|40 قىرىق|50 ئەللىك|60 ئاتمىش|70 يەتمىش|80 سەكسەن|90 توقسان|" +
		"100 يۈز|1000 مىڭ|1000000 مىليون|1000000000 مىليارد"},
}

// The endings that the numbers of Kazakh and Uyghur take.
const (
	kazakhNumberEndings = " ға ге қа ке дан ден тан тен нан нен дай дей тай тей ды ді ты ті ны ні ның нің дың дің тың тің да де та те"
	uyghurNumberEndings = " غا گە قا كە دىن تىن دەك تەك چە نى نىڭ دا دە تا تە"
	arabicKazakhNumber  = " عا گە قا كە دان دەن تان تەن نان نەن داي دەي تاي تەي دى تى نى"
)

var numberWords = sync.OnceValue(func() map[string]numberWord {
	table := make(map[string]numberWord)
	for n, row := range numberRows {
		endings := map[string]string{"kk": kazakhNumberEndings, "ug": uyghurNumberEndings}[row.language]
		if n == 3 {
			endings = arabicKazakhNumber
		}
		for group := range strings.SplitSeq(row.rows, "|") {
			words := strings.Fields(group)
			for _, w := range words[1:] {
				w, plural := strings.CutPrefix(w, "-")
				value, _ := new(big.Int).SetString(words[0], 10)
				for _, form := range inflected(w, endings) {
					if _, taken := table[form]; !taken {
						table[form] = numberWord{value.Int64(), row.language, plural}
					}
				}
			}
		}
	}
	return table
})

// numberEndings are those that a hyphen joins to digits.
var numberEndings = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for _, list := range []string{kazakhNumberEndings, uyghurNumberEndings, arabicKazakhNumber} {
		for w := range strings.FieldsSeq(list) {
			set[Fold(w)] = true
		}
	}
	return set
})

// words reads a number in words: двенадцать тысяч, он екі мың, twelve thousand.
func (r *numberReader) words(i int) (quantity, bool) {
	for _, read := range []func(int) (quantity, bool){r.halves, r.parts, r.negative} {
		if q, ok := read(i); ok {
			return q, true
		}
	}
	at, a := i, r.c.is(i, "a", "an")
	if a {
		at++
	}
	s := wordSum{}
	first, ok := numberWords()[r.c.at(at).text]
	if !ok || a && first.value < 100 || first.plural || !a && first.language == "en" && first.value >= 100 {
		return quantity{}, false
	}
	if a {
		s.current = 1
	}
	end := at
	for end < at+longestNumber && (end == at || r.c.at(end).space < 3) {
		next := end
		if end > at && (r.c.is(next, "and") && s.language == "en" || r.c.is(next, "-") && r.c.tight(next)) {
			next++
		}
		w, ok := numberWords()[r.c.at(next).text]
		if !ok || end > at && !first.with(w) || !s.add(w) {
			break
		}
		end = next + 1
		if r.c.is(end, ".") && isShort(r.c.at(next).text) && r.c.tight(end) {
			end++
		}
	}
	if end == at {
		return quantity{}, false
	}
	q := quantity{start: i, end: end, value: big.NewRat(s.total+s.current, 1), rule: first.language + " words", language: first.language}
	return q, !r.article(q)
}

// with reports that two words can stand in one number: Kazakh and Uyghur in
// Arabic letters share some.
func (w numberWord) with(next numberWord) bool {
	turkic := func(l string) bool { return l == "kk" || l == "ug" }
	return w.language == next.language || next.value >= 1000 || turkic(w.language) && turkic(next.language)
}

// article leaves out words that are numbers only before what they count: one,
// один, بىر, and Kazakh он, which is Russian for he.
func (r *numberReader) article(q quantity) bool {
	if q.end-q.start != 1 {
		return false
	}
	if q.value.Cmp(big.NewRat(1, 1)) != 0 && !r.c.is(q.start, "он", "ون", "сто", "елу", Fold("يۈز"), "жүз") {
		return false
	}
	_, unit := r.unitAt(q.end)
	return unit <= q.end
}

// wordSum adds the words of a number, the larger before the smaller.
type wordSum struct {
	total, current int64
	language       string
	smallest       int64 // magnitude last multiplied with
}

func (s *wordSum) add(w numberWord) bool {
	switch {
	case w.value >= 1000:
		if s.smallest != 0 && w.value >= s.smallest || s.current == 0 && s.total > 0 {
			return false
		}
		s.total += max(s.current, 1) * w.value
		s.current, s.smallest = 0, w.value
	case w.value == 100:
		if s.current > 9 && s.current != 0 {
			return false
		}
		s.current = max(s.current, 1) * 100
	case w.value > 100:
		if s.current != 0 {
			return false
		}
		s.current = w.value
	case w.value >= 10:
		if s.current%100 != 0 {
			return false
		}
		s.current += w.value
	default:
		if s.current%10 != 0 || s.current%100 == 10 && (w.language == "en" || w.language == "ru") || w.value == 0 && s.current > 0 {
			return false
		}
		s.current += w.value
	}
	s.language = w.language
	return true
}

// halves reads полторы тысячи, полмиллиона, half a million.
func (r *numberReader) halves(i int) (quantity, bool) {
	halves, at := int64(1), i+1
	switch {
	case r.c.is(i, "полтора", "полторы", "полутора"):
		halves = 3
	case r.c.is(i, "полмиллиона"):
		return quantity{start: i, end: at, value: big.NewRat(500_000, 1), rule: "ru words", language: "ru"}, true
	case r.c.is(i, "half") && r.c.is(i+1, "a"):
		at = i + 2
	default:
		return quantity{}, false
	}
	w, ok := numberWords()[r.c.at(at).text]
	if !ok || w.value < 100 {
		return quantity{}, false
	}
	return quantity{start: i, end: at + 1, value: big.NewRat(halves*w.value, 2), rule: w.language + " words", language: w.language}, true
}
