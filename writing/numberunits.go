package writing

import (
	"strings"
	"sync"
)

// unitRows name what is counted, each in one spelling for all languages. A
// phrase of several words has them parted by an underline.
var unitRows = []struct{ unit, words, kazakh, uyghur string }{
	{"%", "% ％ percent per_cent pct процент процента процентов проц", "пайыз", "پىرسەنت"},
	{"people", "人 名 位 口 名_学_员 people persons person individuals detainees prisoners residents inmates students человек человека людей лиц жителей " +
		"заключенных задержанных", "адам кісі тұрғын", "ئادەم كىشى نەپەر"},
	{"households", "户 households household families семей семья семьи домохозяйств хозяйств дворов", "отбасы үй шаңырақ", "ئائىلە ئۆيلۈك"},
	{"ha", "公_顷 ha hectare hectares га гектар гектара гектаров", "гектар", "گېكتار"},
	{"mu", "亩 mu му", "му", "مو"},
	{"km2", "平_方_公_里 平_方_千_米 square_kilometers square_kilometres square_km кв_км квадратных_километров", "шаршы_километр", "كۋادرات_كىلومېتىر"},
	{"m2", "平_方_米 平_米 square_meters square_metres кв_м квадратных_метров", "шаршы_метр", "كۋادرات_مېتىر"},
	{"km", "公_里 千_米 km kilometers kilometres kilometer kilometre км километр километра километров", "километр шақырым км", "كىلومېتىر"},
	{"m", "米 meters metres meter metre м метр метра метров", "метр", "مېتىر"},
	{"kg", "公_斤 千_克 kg kilograms kilogram кг килограмм килограмма килограммов", "килограмм", "كىلوگرام"},
	{"t", "吨 t tons tonnes ton tonne т тонн тонна тонны", "тонна", "توننا"},
	{"CNY", "元 块 人_民_币 yuan rmb cny юань юаня юаней", "юань", "يۈەن"},
	{"USD", "美_元 美_圆 usd dollars dollar доллар доллара долларов", "доллар", "دوللار"},
	{"EUR", "欧_元 euro euros eur евро", "еуро", "ياۋرو"},
	{"RUB", "卢_布 rubles roubles ruble rouble rub рубль рубля рублей руб", "рубль", "رۇبلى"},
	{"KZT", "坚_戈 tenge kzt тенге", "теңге", "تەڭگە"},
	{"JPY", "日_元 yen jpy иен", "", ""},
	{"HKD", "港_元 港_币 hkd", "", ""},
	{"years old", "岁 周_岁 years_old", "жаста жасар", "ياش"},
	{"years", "年 years year лет года", "жыл", "يىل"},
	{"months", "个_月 months month месяцев месяца месяц", "ай", "ئاي"},
	{"weeks", "周 weeks week недель недели неделя", "апта", "ھەپتە"},
	{"days", "天 日 days day дней дня день суток", "күн", "كۈن"},
	{"hours", "小_时 hours hour час часа часов", "сағат", "سائەت"},
	{"minutes", "分_钟 minutes minute минут минуты минута", "минут", "مىنۇت"},
	{"villages", "村 个_村 villages village сел села деревень", "ауыл", "كەنت"},
	{"vehicles", "辆 vehicles vehicle cars автомобилей машин", "көлік", "ماشىنا"},
	{"cases", "起 cases case дел", "", ""},
	{"copies", "份 册 copies copy экземпляров", "дана", "نۇسخا"},
}

const (
	kazakhUnitEndings = " ға ге қа ке дан ден тан тен нан нен ды ді ты ті ны ні ның нің дың дің тың тің ы і сы сі дық дік тық тік лық лік"
	uyghurUnitEndings = " غا گە قا كە دىن تىن نى نىڭ ى سى لىق لىك لۇق لۈك دا دە تا تە"
)

type unitPhrase struct {
	words []string
	unit  string
}

var unitPhrases = sync.OnceValue(func() map[string][]unitPhrase {
	table := make(map[string][]unitPhrase)
	add := func(form, unit string) {
		words := strings.Split(form, "_")
		list := table[words[0]]
		if len(list) > 0 && len(words) > len(list[0].words) {
			list = append([]unitPhrase{{words, unit}}, list...)
		} else {
			list = append(list, unitPhrase{words, unit})
		}
		table[words[0]] = list
	}
	for _, row := range unitRows {
		for w := range strings.FieldsSeq(row.words) {
			add(foldParts(w), row.unit)
		}
		for w := range strings.FieldsSeq(row.kazakh) {
			for _, form := range inflected(w, kazakhUnitEndings) {
				add(form, row.unit)
			}
		}
		for w := range strings.FieldsSeq(row.uyghur) {
			for _, form := range inflected(w, uyghurUnitEndings) {
				add(form, row.unit)
			}
		}
	}
	return table
})

// foldParts folds Han characters one by one, as they stand in a text's pieces.
func foldParts(w string) string {
	parts := strings.Split(w, "_")
	for i, p := range parts {
		parts[i] = Fold(p)
	}
	return strings.Join(parts, "_")
}

// unitAt reads a unit at i; its end is i if there is none.
func (r *numberReader) unitAt(i int) (unit string, end int) {
	if r.c.at(i).space > 2 {
		return "", i
	}
	for _, p := range unitPhrases()[r.c.at(i).text] {
		n, at := 0, i
		for n < len(p.words) && r.c.is(at, p.words[n]) {
			n, at = n+1, at+1
			if n < len(p.words) && r.c.is(at, ".") {
				at++
			}
		}
		if n == len(p.words) {
			return p.unit, at
		}
	}
	return "", i
}

// unitAfter reads what a number counts: 1200名学员, 12 тысяч человек.
func (r *numberReader) unitAfter(q *quantity) {
	if q.unit != "" {
		return
	}
	at := q.end
	if r.c.is(at, "余", "多", "来", "几") && r.c.at(at).space < 2 {
		at++
	}
	if r.c.is(at, "-") && r.c.tight(at) {
		at++
	}
	unit, end := r.unitAt(at)
	if end == at || unit == "years" && r.datesYear(q, at) {
		return
	}
	if at > q.end && !r.c.is(q.end, "-") && q.bound == Exactly {
		q.bound = Over
		if r.c.is(q.end, "来", "几") {
			q.bound = About
		}
	}
	q.unit, q.end = unit, end
}

// datesYear reports four digits that a word for year behind them makes a date:
// 2017年, 2017-يىلى. "2000 years" and "1500 лет" are counted.
func (r *numberReader) datesYear(q *quantity, at int) bool {
	x := r.c.at(q.start)
	if x.kind != lexDigits || len(x.text) != 4 || q.end != q.start+1 || !q.value.IsInt() {
		return false
	}
	return r.c.at(at).kind == lexHan || at > q.end && datesVocabulary().uyghurYear[r.c.at(at).text]
}

// unitBefore reads a sign of money before the figure.
func (r *numberReader) unitBefore(q *quantity) {
	unit := map[string]string{"$": "USD", "€": "EUR", "¥": "CNY", "￥": "CNY", "₽": "RUB", "₸": "KZT", "%": "%"}[r.c.at(q.start-1).text]
	if unit == "" || r.c.at(q.start).space > 0 || q.start-1 < r.end || unit == "%" && r.c.at(q.start-2).kind == lexDigits {
		return
	}
	q.start, q.unit = q.start-1, unit
}
