package understand

import (
	"strings"

	"vidimus"
	"vidimus/understand/lexicon"
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// runes gives the characters of a text as a set.
func runes(text string) map[rune]bool {
	all := map[rune]bool{}
	for _, r := range text {
		all[r] = true
	}
	return all
}

// What stands in or beside English names.
var (
	enTitle = set(`mr mrs ms dr prof professor president chairman chairwoman minister secretary judge justice general colonel captain lieutenant
		sergeant sir lord lady dame king queen prince princess pope bishop archbishop father sister brother senator congressman governor mayor
		chief commissioner director chancellor ambassador spokesman spokeswoman spokesperson inspector officer detective singer actor actress
		author writer artist player coach manager emperor comrade deputy head imam sheikh sultan premier`)
	enOrganisation = set(`university college school academy institute committee party bank ministry department council association corporation
		inc ltd llc company co union court police army navy force forces agency bureau office commission foundation federation congress parliament
		senate assembly league club society group team fc news times post press magazine service services authority board trust museum
		hospital airlines airways records studios pictures media network television radio fund church centre center organisation organization
		administration government administration brigade division regiment laboratory lab journal institution conservatory orchestra band
		coalition alliance front movement cabinet treasury guard guards companies holdings partners industries motors`)
	enPlace = set(`river sea lake ocean island islands isle mountain mountains mount hill hills valley bay gulf peninsula street road avenue
		square park city town village county province state states republic kingdom district region territory coast desert forest airport
		station bridge tower building house hall palace castle cape strait canal creek falls beach border highway square plaza garden gardens
		basin plateau heights oblast prefecture empire hotel stadium cathedral temple mosque prison camp`)
	enInside = set(`of for`)
	enIn     = set(`in at from near to outside around across through throughout toward towards into via between inside within off`)
	enSpeak  = set(`said says told asked wrote writes added replied argued announced explained believes believed thinks claimed noted insisted
		tweeted denied was is has had will would who became died won lost began`)
	enNoName = set(`i a an the he she it we they his her its their our my your this that these those there here what who when where why how if
		while although but and or nor so yet for as at by in on to of from with without within after before since until during despite because
		however moreover meanwhile then now today yesterday tomorrow also even just only not no yes some many most all both each every several
		one two three four five six seven eight nine ten first second third last next new old such other another more less much few according
		ok tv pm am ceo cfo dna gps it's i'm god internet web christmas easter ramadan english french german russian chinese latin greek
		january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
		sunday mr mrs ms dr bc ad bce ce gmt utc usd eur pdf html id vs etc moon sun`)
	enCountry = set(`us u.s. u.s usa u.s.a. uk u.k. uae ussr prc`)
)

// latin finds the names in Latin letters among the words of a text.
type latin struct {
	words []worded
	lex   lexicon.Words
	named map[string]bool // family names and given names of persons found in this text
	found []vidimus.Mention
	asked []asked // single words that nothing tells
	guest bool    // the text around is in other letters
}

// asked is a word that may be a person's, once it is known who is named.
type asked struct {
	at  int
	how vidimus.Mention
}

func english(words []worded) []vidimus.Mention {
	l := &latin{words: words, lex: lexicon.English(), named: map[string]bool{}}
	others := 0
	for _, w := range words {
		if w.cyrillic {
			others++
		}
	}
	l.guest = 2*others > len(words)
	seqs := sequences(words)
	for n := 0; n < len(seqs); n++ {
		i, j := seqs[n][0], seqs[n][1]
		if words[i].cyrillic {
			continue
		}
		end := l.sequence(i, j)
		for n+1 < len(seqs) && seqs[n+1][0] < end {
			n++ // it went on into the next one
		}
	}
	l.regions()
	for _, a := range l.asked {
		if l.named[l.words[a.at].lower] && !enIn[l.before(a.at)] {
			a.how.Kind, a.how.Confidence, a.how.Rule = vidimus.Person, 75, "named in full elsewhere on the page"
		}
		if a.how.Kind != "" {
			l.found = append(l.found, a.how)
		}
	}
	return l.found
}

// regions puts a city and the region behind its comma together.
func (l *latin) regions() {
	for n := 0; n+1 < len(l.asked); n++ {
		a, b := &l.asked[n], &l.asked[n+1]
		if a.how.Kind == vidimus.Locality && b.how.Kind == vidimus.Locality && b.at == a.at+1 && b.how.Start-a.how.End == len(", ") {
			b.how.Start, a.how.Kind = a.how.Start, ""
		}
	}
}

// add notes words[i:j] as a name.
func (l *latin) add(kind vidimus.MentionKind, i, j, confidence int, rule string) {
	l.found = append(l.found, vidimus.Mention{Start: l.words[i].start, End: l.words[j-1].end, Kind: kind, Confidence: confidence, Rule: rule})
	if kind == vidimus.Person && j-i > 1 {
		l.named[l.words[j-1].lower] = true
		l.named[l.words[i].lower] = true
	}
}

func (l *latin) phrase(i, j int) string {
	var all []string
	for _, w := range l.words[i:j] {
		all = append(all, w.lower)
	}
	return strings.Join(all, " ")
}

// ordinary reports a word that is no name: at a sentence's beginning any
// common word, elsewhere only the words that are never one.
func (l *latin) ordinary(i int) bool {
	w := l.words[i]
	if w.capitals && len(w.text) > 1 && !enNoName[w.lower] {
		return false
	}
	if enNoName[w.lower] || contracted(w.lower) || w.opens && strings.HasSuffix(w.lower, "ly") || l.lex.Is(w.lower, lexicon.Demonym) && !l.lex.Is(w.lower, lexicon.Place) {
		return true
	}
	return w.opens && l.lex.Is(w.lower, lexicon.Common) && !l.lex.Is(w.lower, lexicon.First|lexicon.Last|lexicon.Place|lexicon.Organisation)
}

// contracted reports a word such as we've.
func contracted(w string) bool {
	_, tail, cut := strings.Cut(strings.ReplaceAll(w, "’", "'"), "'")
	return cut && (tail == "d" || tail == "m" || tail == "ve" || tail == "re" || tail == "ll" || tail == "t")
}

// sequence tells what a row of words with capitals names, and gives where it
// ends.
func (l *latin) sequence(i, j int) int {
	end := j
	for i < j && l.ordinary(i) && !enOrganisation[l.words[j-1].lower] {
		i++
	}
	for i < j && enNoName[l.words[i].lower] {
		i++
	}
	for j > i && enNoName[l.words[j-1].lower] {
		j--
	}
	titled := l.titled(i)
	for j-i > 1 && enTitle[l.words[i].lower] {
		titled, i = true, i+1
	}
	if i >= j || j-i == 1 && (enTitle[l.words[i].lower] || l.ordinary(i)) {
		return end
	}
	if last := l.inside(i, j); last > j && !titled {
		return last
	}
	l.name(i, j, titled)
	return end
}

// titled reports a title right before words[i].
func (l *latin) titled(i int) bool {
	return i > 0 && i < len(l.words) && enTitle[l.words[i-1].lower] && (l.words[i].joined || endsAbbreviation(l.words[i-1]))
}

// inside goes on over "of" and the name behind it: Bank of Scotland, Republic
// of China. It gives the end, or j where there is none.
func (l *latin) inside(i, j int) int {
	k := j
	if k >= len(l.words) || !enInside[l.words[k].lower] || !l.words[k].joined {
		return j
	}
	k++
	if k < len(l.words) && l.words[k].lower == "the" && l.words[k].joined {
		k++
	}
	from := k
	for k < len(l.words) && l.words[k].upper && l.words[k].joined && !l.words[k].cyrillic {
		k++
	}
	if k == from {
		return j
	}
	switch head := l.words[j-1].lower; {
	case enOrganisation[head] || enOrganisation[l.words[i].lower]:
		l.add(vidimus.Organisation, i, k, 80, "word for an organisation, and of whom")
	case enPlace[head] || l.lex.Is(l.phrase(i, k), lexicon.Place):
		l.add(vidimus.Locality, i, k, 80, "word for a place, and of what")
	default:
		return j
	}
	return k
}

// name tells what words[i:j] name.
func (l *latin) name(i, j int, titled bool) {
	words := l.words[i:j]
	last, phrase := words[len(words)-1], l.phrase(i, j)
	place := enIn[l.before(i)] || l.before(i) == "of"
	switch {
	case titled && !l.lex.Is(phrase, lexicon.Place):
		l.add(vidimus.Person, i, j, 85, "title before it")
	case enCountry[phrase]:
		l.add(vidimus.Locality, i, j, 90, "word list of places")
	case len(words) > 1 && enOrganisation[last.lower]:
		l.add(vidimus.Organisation, i, j, 80, "word for an organisation")
	case l.lex.Is(phrase, lexicon.Place) && (len(words) > 1 || !l.lex.Is(phrase, lexicon.First|lexicon.Last|lexicon.Common) || place):
		l.asked = append(l.asked, asked{j - 1, vidimus.Mention{Start: words[0].start, End: last.end, Kind: vidimus.Locality,
			Confidence: 85, Rule: "word list of places"}})
	case len(words) > 1 && enPlace[last.lower] || len(words) > 1 && enPlace[words[0].lower]:
		l.add(vidimus.Locality, i, j, 75, "word for a place")
	case l.lex.Is(phrase, lexicon.Organisation):
		l.add(vidimus.Organisation, i, j, 80, "word list of organisations")
	case l.lex.Is(phrase, lexicon.Person):
		l.add(vidimus.Person, i, j, 85, "word list of persons")
	case len(words) == 1:
		l.single(i, place)
	default:
		l.several(i, j)
	}
}

func (l *latin) before(i int) string {
	for i > 0 {
		w := l.words[i-1].lower
		if w != "the" {
			return w
		}
		i--
	}
	return ""
}

func (l *latin) after(j int) string {
	if j < len(l.words) {
		return l.words[j].lower
	}
	return ""
}

// single tells what one word names that is in no list of places.
func (l *latin) single(i int, place bool) {
	w := l.words[i]
	m := vidimus.Mention{Start: w.start, End: w.end}
	switch {
	case l.lex.Is(w.lower, lexicon.First) && !l.lex.Is(w.lower, lexicon.Common):
		m.Kind, m.Confidence, m.Rule = vidimus.Person, 70, "word list of given names"
	case w.capitals:
		m.Kind, m.Confidence, m.Rule = vidimus.Organisation, 60, "capitals of an abbreviation"
	case w.opens && l.lex.Is(w.lower, lexicon.Common):
	case l.lex.Is(w.lower, lexicon.Last):
		m.Kind, m.Confidence, m.Rule = vidimus.Person, 65, "word list of family names"
	case place && !l.lex.Is(w.lower, lexicon.Common):
		m.Kind, m.Confidence, m.Rule = vidimus.Locality, 55, "unknown name behind a word of place"
	case l.lex.Is(w.lower, lexicon.Common) || i > 0 && l.words[i-1].lower == "the" && w.joined:
	case l.guest:
		m.Kind, m.Confidence, m.Rule = vidimus.Organisation, 40, "Latin letters among others"
	case !w.opens || enSpeak[l.after(i+1)] && !strings.HasSuffix(w.lower, "s"):
		m.Kind, m.Confidence, m.Rule = vidimus.Person, 45, "unknown name"
	}
	l.asked = append(l.asked, asked{i, m})
}

// several tells what two words or more name.
func (l *latin) several(i, j int) {
	words := l.words[i:j]
	first, last := words[0], words[len(words)-1]
	known := l.lex.Is(first.lower, lexicon.First) || first.initial || l.lex.Is(last.lower, lexicon.Last)
	common := 0
	for _, w := range words {
		if l.lex.Is(w.lower, lexicon.Common) && !l.lex.Is(w.lower, lexicon.First|lexicon.Last) || enOrganisation[w.lower] {
			common++
		}
	}
	switch {
	case known && common < len(words) && len(words) <= 4:
		l.add(vidimus.Person, i, j, 85, "given name or family name in word lists")
	case common > 0:
		l.add(vidimus.Organisation, i, j, 45, "row of capitals with ordinary words")
	case l.lex.Is(first.lower, lexicon.Place) && l.lex.Is(last.lower, lexicon.Place):
		l.add(vidimus.Locality, i, j, 50, "word list of places")
	case len(words) <= 3 && !(i > 0 && l.words[i-1].lower == "the" && first.joined):
		l.add(vidimus.Person, i, j, 55, "row of unknown names")
	default:
		l.add(vidimus.Organisation, i, j, 40, "row of capitals")
	}
}
