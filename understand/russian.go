package understand

import (
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/understand/lexicon"
)

// What stands in or beside Russian and Kazakh names: the beginnings of words,
// whose ends change with their case.
var (
	ruTitle = stems(`президент премьер министр секретар председател директор начальник глав губернатор мэр депутат сенатор генерал полковник
		майор капитан лейтенант судь прокурор профессор доктор академик товарищ господин госпож гражданин гражданк писател актёр актер актрис режиссёр
		режиссер певец певиц тренер игрок журналист адвокат следовател инспектор император королев корол принц князь царь папа епископ имам
		представител сотрудник эксперт аналитик учён комиссар посол помощник заместител руководител төраға бастығы министрі президенті әкім`)
	ruOrganisation = stems(`университет институт академи министерств ведомств комитет комисси совет бюро управлени департамент агентств служб
		парти банк компани корпораци ассоциаци фонд союз федераци обществ центр суд полици прокуратур правительств парламент конгресс сенат
		дум собрани организаци завод фабрик школ колледж больниц музе театр клуб команд сборн газет журнал телеканал радио издательств концерн холдинг
		групп арми войск флот бригад дивизи полк батальон лаборатори инспекци канцеляри администраци кабинет гарнизон колхоз совхоз трест`)
	ruPlace = stems(`област край район округ республик город село деревн посёл посел станци остров полуостров рек озер озёр гор долин море
		океан залив пролив улиц площад проспект шоссе пустын перевал уезд провинци штат графств аул ауыл ауданы облысы қаласы көлі өзені губерни канал побереж`)
	ruSide    = stems(`северн южн восточн западн центральн нов верхн нижн больш мал стар велик северо юго`)
	ruIn      = set(`в во из под близ около возле через`)
	ruCountry = set(`сша ссср кнр рф фрг гдр оаэ юар кндр снг рсфср тайвань тайване тайваня`)
	ruNoName  = set(`и а но или да не ни же бы ли в во на с со к ко по за из от до у о об при для без под над между через после перед если
		что как когда где кто чем это этот эта эти того этого тем тому там тут так также тоже только уже ещё еще более менее все всё весь вся он она оно они
		я мы вы ты его её ее их наш ваш свой мой твой который которая которые один одна два три четыре пять шесть семь восемь девять десять первый второй
		однако хотя поэтому потому чтобы пока затем сегодня вчера завтра сейчас теперь здесь согласно несмотря вместо кроме вместе среди многие некоторые
		некоторых такие такой такая другой другие другая каждый каждая любой самый сам сама можно нужно надо есть был была было были будет будут будто
		например кстати впрочем причем причём иногда часто всегда никогда нет давно вскоре наконец действительно возможно вероятно во-первых во-вторых
		январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь января февраля марта апреля мая июня июля августа сентября октября
		ноября декабря понедельник вторник среда четверг пятница суббота воскресенье рождество пасха бог интернет земля земли земле землю землей солнце луна первой первого первая самой самого самая независимой wi-fi вам вас нам нас им ему ей
		осы бұл сол ол олар біз сіз мен және бірақ немесе үшін деп бар жоқ қазір бүгін кеше ал әрі сонымен содан егер бірінші екінші`)
)

// stems keeps words whose ends change.
func stems(words string) []string { return strings.Fields(words) }

// stemmed reports whether a word begins with one of the stems and goes on for
// no more than an ending.
func stemmed(word string, of []string) bool {
	for _, s := range of {
		if rest, ok := strings.CutPrefix(word, s); ok && utf8.RuneCountInString(rest) <= 4 {
			return true
		}
	}
	return false
}

// cyrillic finds the names in Cyrillic letters among the words of a text.
type cyrillic struct {
	words []worded
	lex   lexicon.Words
	kk    lexicon.Words
	named map[string]bool
	found []vidimus.Mention
	asked []asked
}

func russian(words []worded) []vidimus.Mention {
	c := &cyrillic{words: words, lex: lexicon.Russian(), kk: lexicon.Kazakh(), named: map[string]bool{}}
	seqs := sequences(words)
	for _, s := range seqs {
		if words[s[0]].cyrillic {
			c.sequence(s[0], s[1])
		}
	}
	for _, a := range c.asked {
		if c.named[ruStem(c.words[a.at].lower)] && a.how.Kind != vidimus.Locality {
			a.how.Kind, a.how.Confidence, a.how.Rule = vidimus.Person, 75, "named in full elsewhere on the page"
		}
		if a.how.Kind != "" {
			c.found = append(c.found, a.how)
		}
	}
	return c.found
}

func (c *cyrillic) add(kind vidimus.MentionKind, i, j, confidence int, rule string) {
	c.found = append(c.found, vidimus.Mention{Start: c.words[i].start, End: c.words[j-1].end, Kind: kind, Confidence: confidence, Rule: rule})
	if kind == vidimus.Person && j-i > 1 {
		c.named[ruStem(c.words[j-1].lower)] = true
	}
}

// endings of names in Russian and Kazakh cases, longest first.
var endings = stems(`ғандарға тарының дарының ларының лардың тардың дардың лерінің терінің дерінің ларына лерінде ларында
	ының інің ындағы індегі дағы дегі тағы тегі ыма іне ына ында інде ынан інен ыны ның нің дың дің тың тің мен бен пен нан нен дан ден тан тен
	ында ями ами ого его ому ему ыми ими ой ей ою ею ом ем ым им ах ях ам ям ов ев ую юю ая яя ое ее ые ие
	ға ге қа ке да де та те на не ды ді ты ті ны ні сы сі а я у ю ы и е о ь й`)

// ruStem takes an ending off, so that the cases of a name are alike.
func ruStem(w string) string {
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return w
}

// place reports a place of the lists, in a Russian or a Kazakh case.
func (c *cyrillic) place(w string) bool {
	if c.lex.Is(w, lexicon.Place) || c.kk.Is(w, lexicon.Place) {
		return true
	}
	for _, e := range endings {
		rest, ok := strings.CutSuffix(w, e)
		if !ok || utf8.RuneCountInString(rest) < 3 {
			continue
		}
		for _, nominative := range []string{"", "а", "я", "ия", "о", "е", "ь", "й", "ы", "и"} {
			if full := rest + nominative; utf8.RuneCountInString(full) > 3 && (c.kk.Is(full, lexicon.Place) || strings.Contains(w, "-") && c.lex.Is(full, lexicon.Place)) {
				return true
			}
		}
	}
	return false
}

func (c *cyrillic) first(w string) bool { return c.lex.Is(w, lexicon.First) }

// last reports a family name: of the list, or formed as one.
func (c *cyrillic) last(w string) bool {
	if c.lex.Is(w, lexicon.Last) {
		return true
	}
	n := utf8.RuneCountInString(w)
	for _, s := range []string{"ов", "ев", "ёв", "ова", "ева", "ову", "еву", "ову", "овым", "евым", "овой", "евой", "ова", "ско́го", "енко", "швили", "баев", "беков", "дзе", "ұлы", "қызы"} {
		if strings.HasSuffix(w, s) && n > utf8.RuneCountInString(s)+2 {
			return true
		}
	}
	return false
}

// patronymic reports a name after the father's, in any case.
func patronymic(w string) bool {
	for _, s := range []string{"ович", "евич", "ьич", "ович", "овна", "евна", "ична", "ұлы", "қызы"} {
		stem := strings.TrimRight(s, "а")
		if i := strings.LastIndex(w, stem); i > 4 && utf8.RuneCountInString(w[i+len(stem):]) <= 2 {
			return true
		}
	}
	return false
}

func (c *cyrillic) before(i int) string {
	if i > 0 && (c.words[i].joined || c.words[i-1].end+2 >= c.words[i].start) {
		return c.words[i-1].lower
	}
	return ""
}

func (c *cyrillic) after(j int) string {
	if j < len(c.words) && c.words[j].joined {
		return c.words[j].lower
	}
	return ""
}

// known reports a word that is in any list of names.
func (c *cyrillic) known(w string) bool { return c.first(w) || c.last(w) || c.place(w) }

func (c *cyrillic) sequence(i, j int) {
	for i < j && (ruNoName[c.words[i].lower] || c.words[i].opens && j-i > 1 && !c.words[i].initial &&
		!c.known(c.words[i].lower) && !stemmed(c.words[i].lower, ruSide) && !stemmed(c.words[i].lower, ruOrganisation) && !c.words[i].capitals && !adjective(c.words[i].lower) && !c.first(c.words[i+1].lower) && utf8.RuneCountInString(c.words[i].lower) < 4) {
		i++
	}
	for i+1 < j && stemmed(c.words[i].lower, ruTitle) {
		i++
	}
	for i < j {
		k := c.cut(i, j)
		if k-i == 1 {
			c.single(i)
		} else {
			c.several(i, k)
		}
		i = k
	}
}

// cut gives the end of the name that begins at i: a place that is no part of
// another name stands alone, and so does the word that opens a sentence before
// a name that is known.
func (c *cyrillic) cut(i, j int) int {
	if j-i > 1 && ruLong[c.words[i].lower+" "+c.words[i+1].lower] {
		return i + 2
	}
	alone := func(k int) bool {
		w := c.words[k].lower
		return ruCountry[w] || c.place(w) && !c.first(w) && !c.last(w)
	}
	joinsPlace := func(k int) bool {
		return stemmed(c.words[k].lower, ruSide) || adjective(c.words[k].lower) || c.place(c.words[k].lower)
	}
	if alone(i) && (i+1 == j || !joinsPlace(i+1)) && !stemmed(c.words[i].lower, ruSide) {
		return i + 1
	}
	if w := c.words[i]; w.opens && j-i > 2 && !c.known(w.lower) && c.first(c.words[i+1].lower) {
		return i + 1
	}
	for k := i + 1; k < j; k++ {
		if alone(k) && !joinsPlace(k-1) && !stemmed(c.words[k-1].lower, ruOrganisation) {
			return k
		}
	}
	return j
}

// ruLong are places of two words that no list of words has, in their cases.
var ruLong = func() map[string]bool {
	all := map[string]bool{}
	for _, forms := range []string{
		"соединенные соединенных соединенным соединенными соединённые соединённых соединённым соединёнными/штаты штатов штатам штатах штатами",
		"соединенное соединенного соединенному соединенном соединённое соединённого соединённому соединённом/королевство королевства королевству королевстве королевством",
		"дальний дальнего дальнему дальнем дальним/восток востока востоку востоке востоком",
		"ближний ближнего ближнему ближнем ближним/восток востока востоку востоке востоком",
		"средняя средней среднюю центральная центральной центральную/азия азии азию азией",
	} {
		first, second, _ := strings.Cut(forms, "/")
		for _, a := range strings.Fields(first) {
			for _, b := range strings.Fields(second) {
				all[a+" "+b] = true
			}
		}
	}
	return all
}()

// adjective reports a word with the ending of one.
func adjective(w string) bool {
	for _, e := range []string{"ский", "ская", "ское", "ские", "ской", "ского", "скому", "ском", "ских", "скую", "ским", "скими", "цкий", "цкая", "цкой", "цкого", "цком",
		"ный", "ная", "ное", "ной", "ного", "ном", "ных", "ную", "ные"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// several tells what two words or more name.
func (c *cyrillic) several(i, j int) {
	words := c.words[i:j]
	first, last := words[0].lower, words[len(words)-1].lower
	var given, family, patron, initials, org bool
	for _, w := range words {
		given = given || c.first(w.lower)
		patron = patron || patronymic(w.lower)
		initials = initials || w.initial
		org = org || stemmed(w.lower, ruOrganisation)
	}
	family = c.last(last) || c.last(first)
	switch {
	case len(words) == 2 && ruLong[first+" "+last]:
		c.add(vidimus.Locality, i, j, 90, "word list of places")
	case org || stemmed(c.after(j), ruOrganisation) && adjective(last):
		c.organisation(i, j)
	case patron, initials && len(words) <= 4:
		c.add(vidimus.Person, i, j, 95, "initials, or a name after the father's")
	case stemmed(c.after(j), ruPlace) && adjective(last):
		c.add(vidimus.Locality, i, j+1, 80, "word for a place")
	case stemmed(first, ruSide) && (c.place(last) || len(words) == 2 && !given):
		c.add(vidimus.Locality, i, j, 75, "side, and a place")
	case c.place(first) && c.place(last) && !given:
		c.add(vidimus.Locality, i, j, 70, "word list of places")
	case given && len(words) <= 4:
		c.add(vidimus.Person, i, j, 85, "word list of given names")
	case adjective(first) && !c.words[i].opens && !family:
		c.add(vidimus.Locality, i, j, 45, "adjective and a name")
	case len(words) <= 3:
		c.add(vidimus.Person, i, j, 55, "row of unknown names")
	}
}

// organisation notes words with a word for an organisation, and what follows
// in the genitive: Министерство обороны Великобритании.
func (c *cyrillic) organisation(i, j int) {
	if !stemmed(c.words[j-1].lower, ruOrganisation) && stemmed(c.after(j), ruOrganisation) {
		j++
	}
	if stemmed(c.words[j-1].lower, ruOrganisation) {
		j = c.genitives(j)
	}
	if j-i > 1 {
		c.add(vidimus.Organisation, i, j, 70, "word for an organisation")
	}
}

// mostGenitives is how many words can follow the word for an organisation.
const mostGenitives = 6

// genitives gives where the words end that say whose or what for, from j on.
func (c *cyrillic) genitives(j int) int {
	end := j
	for k := j; k < len(c.words) && k < j+mostGenitives && c.words[k].joined && !c.words[k].opens; k++ {
		w := c.words[k]
		switch {
		case w.upper || genitive(w.lower):
			end = k + 1
		case w.lower == "по" || w.lower == "и":
		default:
			return end
		}
	}
	return end
}

// genitive reports a word with the ending of one.
func genitive(w string) bool {
	if ruNoName[w] || utf8.RuneCountInString(w) < 5 {
		return false
	}
	for _, e := range []string{"ов", "ев", "ей", "ой", "ого", "его", "ых", "их", "ии", "ия", "ния", "ства", "ости", "си", "ки", "ти", "ви", "ры", "ны", "мы", "цы", "сти", "ам", "ям"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// single tells what one word names.
func (c *cyrillic) single(i int) {
	w := c.words[i]
	m := vidimus.Mention{Start: w.start, End: w.end}
	place := ruIn[c.before(i)]
	first := utf8.RuneCountInString(w.lower)
	switch {
	case ruNoName[w.lower] || w.initial || first < 2:
		return
	case ruCountry[w.lower]:
		m.Kind, m.Confidence, m.Rule = vidimus.Locality, 90, "word list of places"
	case stemmed(w.lower, ruOrganisation):
		c.organisation(i, i+1)
		return
	case adjective(w.lower) && stemmed(c.after(i+1), ruPlace):
		c.add(vidimus.Locality, i, i+2, 80, "word for a place")
		return
	case adjective(w.lower) && stemmed(c.after(i+1), ruOrganisation):
		c.add(vidimus.Organisation, i, i+2, 60, "word for an organisation")
		return
	case w.capitals && first <= 4:
		m.Kind, m.Confidence, m.Rule = vidimus.Organisation, 60, "capitals of an abbreviation"
	case c.place(w.lower) && (place || !c.first(w.lower)) && !(w.opens && c.lex.Is(w.lower, lexicon.Last)):
		m.Kind, m.Confidence, m.Rule = vidimus.Locality, 85, "word list of places"
	case w.capitals:
		m.Kind, m.Confidence, m.Rule = vidimus.Organisation, 60, "capitals of an abbreviation"
	case stemmed(w.lower, ruTitle) || stemmed(w.lower, ruPlace):
		return
	case c.first(w.lower) && !w.opens:
		m.Kind, m.Confidence, m.Rule = vidimus.Person, 70, "word list of given names"
	case place && !w.opens && !c.last(w.lower) && !adjective(w.lower):
		m.Kind, m.Confidence, m.Rule = vidimus.Locality, 55, "unknown name behind a word of place"
	case w.opens && !c.first(w.lower) && !c.lex.Is(w.lower, lexicon.Last):
	case adjective(w.lower) && !c.last(w.lower):
	case !w.opens || c.lex.Is(w.lower, lexicon.Last):
		m.Kind, m.Confidence, m.Rule = vidimus.Person, 50, "unknown name"
	}
	c.asked = append(c.asked, asked{i, m})
}
