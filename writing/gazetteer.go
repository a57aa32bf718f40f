package writing

import (
	"embed"
	"strings"
	"sync"
)

// The tables of places, one place a line, each with its source; countries.tsv
// is written by gazetteer/build from the Unicode CLDR, the others by hand. A
// form after "~" is understood when it is typed and looked for nowhere: it is
// another word too.
//
//go:embed gazetteer/*.tsv
var gazetteerFiles embed.FS

// Place is one place of the gazetteer.
type Place struct {
	ID    string // stable: kashgar, country-kz
	Class string // country, region, prefecture, city, county, district, town, water, mountain, land, site, road, historical
	forms []placeForm
}

// Name gives the first Latin form.
func (p *Place) Name() string {
	for _, f := range p.forms {
		if f.script == "Latn" {
			return f.text
		}
	}
	return p.forms[0].text
}

type placeForm struct {
	text, script string
	shown        bool // looked for, and not only understood
	derived      string
}

// gazetteer finds places and office-holders by their folded forms.
type gazetteer struct {
	places    []*Place
	officials []*Official
	byForm    map[string][]*Place
	byName    map[string][]*Official
	byID      map[string]*Place
	starts    map[string][]placePhrase
	heads     map[string]bool // how forms of one word begin
}

// placeKey folds a name for looking it up: its words, parted by spaces.
func placeKey(name string) string {
	var b strings.Builder
	for _, x := range lexemes(Simplified(name)) {
		if x.kind == lexPoint {
			continue
		}
		if b.Len() > 0 && x.kind != lexHan {
			b.WriteByte(' ')
		}
		b.WriteString(x.text)
	}
	return b.String()
}

var theGazetteer = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{byForm: make(map[string][]*Place), byName: make(map[string][]*Official), byID: make(map[string]*Place), starts: make(map[string][]placePhrase), heads: make(map[string]bool)}
	for _, file := range []string{"xinjiang", "china", "tibet", "westward", "countries", "also"} {
		raw, err := gazetteerFiles.ReadFile("gazetteer/" + file + ".tsv")
		if err != nil {
			panic("writing: the program was built without its gazetteer")
		}
		for line := range strings.Lines(string(raw)) {
			if f := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(f) == 8 && !strings.HasPrefix(line, "#") {
				g.read(f)
			}
		}
	}
	for _, p := range g.places {
		g.add(p)
	}
	g.readOfficials()
	return g
})

// read takes a line in: a new place, or more forms of one that is known.
func (g *gazetteer) read(f []string) {
	p := g.byID[f[0]]
	if p == nil {
		p = &Place{ID: f[0], Class: f[1]}
		g.byID[f[0]] = p
		g.places = append(g.places, p)
	}
	p.read(f)
}

func (g *gazetteer) add(p *Place) {
	for _, f := range p.forms {
		key := placeKey(f.text)
		if list := g.byForm[key]; len(list) == 0 || list[len(list)-1] != p {
			g.byForm[key] = append(list, p)
		}
		if f.shown {
			g.phrase(f.text, p)
		}
	}
}

// read reads a line and derives what follows by rule: traditional characters,
// pinyin, Palladius, and the Arabic of Uyghur written in Latin.
func (p *Place) read(f []string) {
	before := len(p.forms)
	p.column(f[2], "")
	p.column(f[3], "")
	p.column(f[4], "Uyghur Latin (ULY)")
	p.column(f[5], "")
	p.column(f[6], "")
	for name := range strings.SplitSeq(f[4], "|") {
		if scriptOf(name) == "Latn" {
			p.addForm(each(nameWords(name), func(w string) string { return uyghurToArabic(w, latinOf) }), true, "Uyghur Arabic")
		}
	}
	for _, form := range p.forms[before:] {
		if form.script == "Hani" {
			p.derive(form)
		}
	}
}

func (p *Place) column(text, derived string) {
	if text == "-" {
		return
	}
	for name := range strings.SplitSeq(text, "|") {
		name, typedOnly := strings.CutPrefix(name, "~")
		p.addForm(name, !typedOnly, derived)
	}
}

func (p *Place) addForm(text string, shown bool, derived string) {
	if text == "" {
		return
	}
	key := Fold(text)
	for _, f := range p.forms {
		if Fold(f.text) == key {
			return
		}
	}
	p.forms = append(p.forms, placeForm{text, scriptOf(text), shown && !ordinaryWords[key], derived})
}

// ordinaryWords are spellings of places that mean something else where a
// text is not about them.
var ordinaryWords = wordSet("guide bay aba men dan li mao jing seni song gar tso ali pari saga", "")

// derive adds the traditional form of a place in Han and the spellings of its
// name without the words for county, city, region.
func (p *Place) derive(f placeForm) {
	for _, t := range traditionalForms(f.text, 2) {
		p.addForm(t, f.shown, "traditional")
	}
	bare := bareHan(f.text)
	readings := HanReadings(bare)
	if f.text != p.forms[0].text || len(readings) == 0 || p.Class == "country" || len([]rune(bare)) < 2 {
		return
	}
	said := strings.Fields(readings[0])
	for _, s := range []struct {
		system *system
		source string
	}{{pinyinSystem(), "pinyin"}, {palladiusSystem(), "Palladius"}} {
		if text, ok := s.system.write(nil, said, ""); ok {
			p.addForm(text, true, s.source)
		}
	}
}

// bareHan takes the word for the kind of a place off its name.
func bareHan(name string) string {
	for _, suffix := range []string{"维吾尔自治区", "蒙古自治州", "回族自治州", "哈萨克自治州", "藏族自治州", "自治区", "自治州", "自治县", "地区", "县", "市", "省", "州", "区", "镇", "乡"} {
		if bare, ok := strings.CutSuffix(name, suffix); ok && len([]rune(bare)) > 1 {
			return bare
		}
	}
	return name
}

// placesNamed gives the places that a typed name can mean.
func (g *gazetteer) placesNamed(name string) []*Place {
	key := placeKey(name)
	if found := g.byForm[key]; len(found) > 0 {
		return found
	}
	for _, other := range bareNames(name) {
		if found := g.byForm[placeKey(other)]; len(found) > 0 {
			return found
		}
	}
	return nil
}

// bareNames gives a name without the words and endings that go with it.
func bareNames(name string) []string {
	var all []string
	if scriptOf(name) == "Hani" {
		if bare := bareHan(Simplified(name)); bare != name {
			all = append(all, bare)
		}
		return all
	}
	words := strings.Fields(BarePlace(name))
	if len(words) == 0 {
		return nil
	}
	all = append(all, strings.Join(words, " "))
	for _, stem := range NameStems(words[len(words)-1]) {
		all = append(all, strings.Join(append(words[:len(words)-1:len(words)-1], stem), " "))
	}
	return all
}

var placeWords = wordSet("county city prefecture district region province town the of oblast lake river mountains mountain range desert basin monastery village mt mount ruins autonomous shehiri nahiyisi rayoni wilayiti oblasti "+
	"город города г уезд уезда округ округа район района область области провинция провинции қаласы ауданы облысы аймағы "+
	"شەھىرى ناھىيەسى ناھىيىسى ۋىلايىتى رايونى ئوبلاستى ئۆلكىسى", "")
