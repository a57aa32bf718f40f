package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/writing"
)

// ugHeads are the words for an organisation that end its name.
var ugHeads = ugSet(`ئىدارىسى كومىتېتى مەكتىپى مىنىستىرلىكى مىنىستىرلىقى ھۆكۈمىتى پارتكومى نازارىتى باشقارمىسى ئىنستىتۇتى ئۇنىۋېرسىتېتى دوختۇرخانىسى مەھكىمىسى شىركىتى بانكىسى
	جەمئىيىتى بۆلۈمى ساقچىخانىسى فوندى نەشرىياتى گېزىتى ژۇرنىلى ئاكادېمىيىسى تەشكىلاتى قۇرۇلتىيى كېڭىشى كومىسسىيىسى زاۋۇتى فابرىكىسى ئىشخانىسى مەركىزى پونكىتى
	پارتىيىسى بىرلەشمىسى ئىتتىپاقى دىۋىزىيىسى پولكى بىڭتۇەنى قورۇسى گۇرۇھى كوللېكتىپى يەسلىسى پىروكۇراتۇراسى تەپتىشى كەنتكومى ئاھالىلەركومى تەكشۈرۈش مەھكىمىسى`)

// ugUnits are what an office is of: the stem of "of the county".
var ugUnits = ugWordsOf(`ناھىيى ناھىيە ۋىلايەت شەھەر رايون يېزا بازار كەنت دۆلەت ئۆلكە ئوبلاست مەھەللە كوچا ئايماق ۋىلايىتى مەملىكەت`)

// ugLevels end it: of the county, of the region.
var ugLevels = ugWordsOf(`لىك لىق لۇق لۈك`)

// ugMatters are what an office of no named place is for.
var ugMatters = ugSet(`مائارىپ سەھىيە جامائەت خەۋپسىزلىك خەۋپسىزلىكى ئەدلىيە مالىيە سوت تەپتىش سودا ساقچى خەلق پارتىيە كوممۇنىستىك مەركىزىي ئوتتۇرا باشلانغۇچ ئالىي سۇ ئىشلىرى دىن ئىشلىرىنى
	باشقۇرۇش قاتناش قۇرۇلۇش ئورمانچىلىق دېھقانچىلىق چارۋىچىلىق مەدەنىيەت تەنتەربىيە مىللەتلەر ئىجتىمائىي كاپالەت خىزمەت سىياسىي قانۇن ئاماللىق باج تەشۋىقات تەشكىلات
	ئىنتىزام تەكشۈرۈش ئاممىۋى ئىنقىلابىي ئىسلاھات تەرەققىيات دۆلەت مەملىكەتلىك تەربىيەلەش كەسپىي تېخنىكا پېداگوگىكا تىببىي ئۇنىۋېرسال`)

// ugWord is a word in Arabic letters.
type ugWord struct {
	fold       string
	start, end int
	joined     bool // only white space parts it from the word before
}

// ugOwn are letters that Uyghur has, and Arabic and Persian do not.
const ugOwn = "ۆۈېەۇۋ"

// uyghur finds organisations and persons in Uyghur in Arabic letters, by the
// words in and beside their names. That has no capitals to go by: what no list
// has is missed, and no person is sure.
func uyghur(text string) []vidimus.Mention {
	if !strings.ContainsAny(text, ugOwn) {
		return nil
	}
	u := &ugFinder{text: text, words: arabicWords(text)}
	for i := range u.words {
		u.organisation(i)
	}
	u.persons()
	return u.found
}

func arabicWords(text string) (all []ugWord) {
	end := -1
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.Is(unicode.Arabic, r) || !unicode.IsLetter(r) {
			i += size
			continue
		}
		start := i
		for i < len(text) && i-start < mostWord {
			r, size := utf8.DecodeRuneInString(text[i:])
			if !unicode.Is(unicode.Arabic, r) && r != '\u0640' && r != '\u200c' || unicode.IsPunct(r) || unicode.IsDigit(r) {
				break
			}
			i += size
		}
		gap := text[max(end, 0):start]
		all = append(all, ugWord{writing.Fold(text[start:i]), start, i, end >= 0 && strings.TrimSpace(gap) == "" && strings.Count(gap, "\n") < 2})
		end = i
	}
	return all
}

type ugFinder struct {
	text  string
	words []ugWord
	found []vidimus.Mention
}

func (u *ugFinder) add(kind vidimus.MentionKind, i, j, confidence int, rule string) {
	u.found = append(u.found, vidimus.Mention{Start: u.words[i].start, End: u.words[j-1].end, Kind: kind, Confidence: confidence, Rule: rule})
}

// ugLongest is how many words the name of an organisation has at most.
const ugLongest = 9

// organisation notes the name that ends at i: from the place before the
// outermost "of the county", or from what the office is for.
func (u *ugFinder) organisation(i int) {
	if !ugAmong(u.words[i].fold, ugHeads) {
		return
	}
	from, level, matter := i, -1, i
	for k := i; k > 0 && u.words[k].joined && i-k < ugLongest; k-- {
		from = k - 1
		w := u.words[from].fold
		if ugOfUnit(w) {
			level = from
		}
		if ugMatters[w] && matter == from+1 {
			matter = from
		}
	}
	switch {
	case level >= 0:
		for n := 0; n < 3 && level > 0 && u.words[level].joined; n++ {
			level--
			if !ugOfUnit(u.words[level+1].fold) && u.words[level+1].fold != ugSelf && u.words[level+1].fold != ugPeople {
				level++
				break
			}
		}
		u.add(vidimus.Organisation, level, i+1, 70, "of a county or the like, and a word for an organisation")
	case matter < i:
		u.add(vidimus.Organisation, matter, i+1, 55, "what it is for, and a word for an organisation")
	}
}

// In the name of an autonomous region these stand before its "of the region".
var (
	ugSelf   = writing.Fold("ئاپتونوم")
	ugPeople = writing.Fold("ئۇيغۇر")
)

// ugOfUnit reports "of the county" and the like.
func ugOfUnit(w string) bool {
	for _, level := range ugLevels {
		rest, ok := strings.CutSuffix(w, level)
		for _, unit := range ugUnits {
			if ok && rest == unit {
				return true
			}
		}
	}
	return false
}

// persons notes names: two after each other, one beside a title, two words
// before "male" or "female" in a form; and what is so named where it stands
// again.
func (u *ugFinder) persons() {
	named := map[[2]string]bool{}
	for i := 0; i < len(u.words); i++ {
		j, confidence, rule := u.person(i)
		if j == i {
			continue
		}
		u.add(vidimus.Person, i, j, confidence, rule)
		if j-i == 2 {
			named[[2]string{u.words[i].fold, ugPlain(u.words[i+1].fold)}] = true
		}
		i = j - 1
	}
	for i := 0; i+1 < len(u.words); i++ {
		if u.words[i+1].joined && named[[2]string{u.words[i].fold, ugPlain(u.words[i+1].fold)}] {
			u.add(vidimus.Person, i, i+2, 50, "named elsewhere on the page")
		}
	}
}

// ugPlain is a word without the ending of its case.
func ugPlain(w string) string {
	for _, e := range ugCases {
		if rest, ok := strings.CutSuffix(w, e); ok && utf8.RuneCountInString(rest) >= 4 {
			return rest
		}
	}
	return w
}

// person gives where a name that begins at i ends, i where none begins.
func (u *ugFinder) person(i int) (end, confidence int, rule string) {
	sure, maybe := ugName(u.words[i].fold), ugAmong(u.words[i].fold, ugWordNames)
	if i+1 < len(u.words) && u.words[i+1].joined && ugAmong(u.words[i+1].fold, ugPlaces) {
		return i, 0, ""
	}
	titled := i > 0 && u.words[i].joined && ugTitles[u.words[i-1].fold]
	if next := i + 1; next < len(u.words) && u.words[next].joined {
		second, secondMaybe := ugName(u.words[next].fold), ugAmong(u.words[next].fold, ugWordNames)
		switch {
		case sure && second, sure && secondMaybe, maybe && second:
			return next + 1, 55, "own name, and the father's"
		case (sure || maybe) && titled && secondMaybe:
			return next + 1, 55, "title, and a name"
		case (sure || maybe) && ugAmong(u.words[next].fold, ugCalls):
			return next, 50, "name before a form of address"
		case u.sexed(next):
			return next + 1, 50, "name before the sex in a form"
		}
	}
	switch {
	case (sure || maybe) && titled:
		return i + 1, 50, "title, and a name"
	case ugAmong(u.words[i].fold, ugNames):
		return i + 1, 40, "word list of given names"
	}
	return i, 0, ""
}

// sexed reports that "male" or "female" follows between commas.
func (u *ugFinder) sexed(i int) bool {
	if i+1 >= len(u.words) || u.words[i+1].fold != ugMale && u.words[i+1].fold != ugFemale {
		return false
	}
	gap := strings.TrimSpace(u.text[u.words[i].end:u.words[i+1].start])
	after := strings.TrimSpace(head(u.text[u.words[i+1].end:], 4))
	comma := func(s string) bool { return strings.HasPrefix(s, "،") || strings.HasPrefix(s, ",") }
	return comma(gap) && comma(after)
}

var ugMale, ugFemale = writing.Fold("ئەر"), writing.Fold("ئايال")

// head gives the first bytes of a text, in whole characters.
func head(s string, n int) string {
	for n = min(n, len(s)); n < len(s) && !utf8.RuneStart(s[n]); {
		n--
	}
	return s[:n]
}
