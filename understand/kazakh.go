package understand

import (
	"strings"

	"vidimus"
)

// kkHead are the words for an organisation that end its name in Kazakh, as
// they stand with the ending of what belongs to something or without it.
var kkHead = set(`министрлік министрлігі комитеті комитет университеті институты академиясы агенттік агенттігі агентствосы кеңес кеңесі одақ одағы ассамблеясы
	мектебі лицейі гимназиясы колледжі соты прокуратурасы басқармасы басқарма департаменті бөлімі бөлімшесі орталығы қоры компаниясы корпорациясы банкі
	партиясы қозғалысы қауымдастығы қоғамы ұйымы әкімдігі әкімшілігі аппараты альянсы альянс федерациясы конфедерациясы бірлестігі газеті журналы
	редакциясы арнасы телеарнасы радиосы комиссиясы парламенті үкіметі мәжілісі сенаты мәслихаты полициясы кәсіподағы ансамблі театры музейі
	кітапханасы ауруханасы емханасы зауыты фабрикасы кооперативі шаруашылығы инспекциясы қызметі палатасы клубы холдингі концерні кәсіпорны мекемесі
	елшілігі консулдығы штабы дивизиясы полкі бригадасы әскері ұжымы баспасы`)

// kkAlone are organisations that one word with a capital names.
var kkAlone = set(`үкімет мәжіліс сенат парламент ақорда мәслихат`)

// kkCases are the endings that follow, longest first.
var kkCases = strings.Fields(`ларының лерінің тарының терінің дарының дерінің ларында лерінде ларына леріне дағы дегі тағы тегі ндағы ндегі
	ының інің ның нің дың дің тың тің нда нде нан нен дан ден тан тен мен бен пен ға ге қа ке на не да де та те ны ні ды ді ты ті н`)

// kkWord is a word without the ending of its case, where what is left is one
// of the list.
func kkWord(w string, list map[string]bool) bool {
	if list[w] {
		return true
	}
	for _, e := range kkCases {
		if rest, ok := strings.CutSuffix(w, e); ok && list[rest] {
			return true
		}
	}
	return false
}

// Bounds of a name that ends in a word for an organisation: the words before
// that, and those in small letters among them.
const (
	kkLongest = 8
	kkSmall   = 6
)

// kazakhOrganisations finds Сыртқы істер министрлігі: from the capital that the
// name begins with to the word for what it is; and «Хабар» арнасы, what stands
// between quotation marks before such a word.
func kazakhOrganisations(text string, words []worded) (all []vidimus.Mention) {
	for i, w := range words {
		switch {
		case !w.cyrillic:
		case w.upper && kkWord(w.lower, kkAlone):
			all = append(all, vidimus.Mention{Start: w.start, End: w.end, Kind: vidimus.Organisation, Confidence: 70, Rule: "word list of organisations"})
		case kkWord(w.lower, kkHead):
			if from := kkBegins(words, i); from < i {
				all = append(all, vidimus.Mention{Start: words[from].start, End: w.end, Kind: vidimus.Organisation, Confidence: 70, Rule: "word for an organisation"})
			} else if start, end, ok := kkQuoted(text, words, i); ok {
				all = append(all, vidimus.Mention{Start: start, End: end, Kind: vidimus.Organisation, Confidence: 65, Rule: "name in quotation marks before a word for an organisation"})
			}
		}
	}
	return all
}

// kkBegins gives the word with which the name that ends at i begins, and i
// where there is none.
func kkBegins(words []worded, i int) int {
	from, small := i, 0
	for k := i; k > 0 && i-k < kkLongest && words[k].joined && !words[k].opens; k-- {
		w := words[k-1]
		switch {
		case !w.cyrillic || kkStops[w.lower] || w.initial:
			return from
		case w.upper && w.opens && ruNoName[w.lower]:
			return from
		case w.upper:
			from = k - 1
			if k-1 > 0 && !words[k-2].upper {
				return from
			}
		default:
			if small++; from < i || small > kkSmall {
				return from
			}
		}
	}
	return from
}

// kkStops are words that are in no name, and verbs and particles after which one begins.
var kkStops = set(`бұл сол осы ол деп дейді деді айтты болды болған екен емес бар жоқ және мен бен пен да де та те ма ме үшін туралы бойынша кейін дейін бірақ немесе
	әрі бірі тағы енді қазір бүгін кеше өзінің біздің оның олардың барлық кез`)

// kkBetween is how many words may stand between the quotation mark and the
// word for what it names: «Жорға» халықтық би ансамблі.
const kkBetween = 3

func kkQuoted(text string, words []worded, i int) (start, end int, ok bool) {
	for k := i; k >= 0 && i-k < kkBetween; k-- {
		if k == 0 {
			return 0, 0, false
		}
		before := text[words[k-1].end:words[k].start]
		at := strings.IndexAny(before, `»”"`)
		if at < 0 {
			if !words[k].joined {
				return 0, 0, false
			}
			continue
		}
		if strings.TrimSpace(strings.Trim(strings.TrimSpace(before), `»”"`)) != "" {
			return 0, 0, false
		}
		end = words[k-1].end
		for n := k - 1; n >= 0 && k-n <= 4; n-- {
			if !words[n].cyrillic || n == k-1 && !words[n].upper && !words[n].joined {
				return 0, 0, false
			}
			lead := text[:words[n].start]
			lead = strings.TrimRight(lead, " \u00a0")
			if strings.HasSuffix(lead, "«") || strings.HasSuffix(lead, "“") || strings.HasSuffix(lead, `"`) {
				return words[n].start, end, words[n].upper
			}
		}
		return 0, 0, false
	}
	return 0, 0, false
}
