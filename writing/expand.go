package writing

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Expansion is another form under which a search looks for what was typed.
type Expansion struct {
	Text string // to look for: one word, or words that stand together
	Why  string // 莎车 = Yarkand, gazetteer
	// Known marks a form of a name that a table has, or that falls into the
	// syllables of Chinese; others are spelled by rule from any two words.
	Known bool
}

// expandLimit bounds what one word becomes.
const expandLimit = 40

// Expand gives the other forms of a word or phrase that was typed: of a
// place from the gazetteer, of a published office-holder from its table, and
// of a name in several words or in Han from the rules of spelling. Nothing is
// given for what is none of these.
func Expand(typed string) []Expansion {
	if len(typed) > longestName || len(typed) < 2 {
		return nil
	}
	e := expander{typed: typed, seen: map[string]bool{tokensOf(typed): true}, known: true}
	g := theGazetteer()
	for _, p := range g.placesNamed(typed) {
		e.forms(p.forms, p.Name(), "gazetteer")
	}
	if len(e.all) > 0 {
		return e.all
	}
	for _, o := range g.byName[placeKey(typed)] {
		e.forms(o.forms, o.name(), "published office")
	}
	if len(e.all) > 0 {
		return e.all
	}
	if looksLikeName(typed) {
		e.byRule()
	} else if capitals(typed) && len([]rune(typed)) > shortestStem {
		e.cases(typed) // Сатлан, and no other words with it
	}
	return e.all
}

type expander struct {
	typed string
	all   []Expansion
	seen  map[string]bool
	known bool // of what is added
}

// tokensOf writes a text's tokens, by which a search tells texts apart.
func tokensOf(text string) string {
	var b strings.Builder
	for t := range Tokens(text) {
		b.WriteString(t.Text)
		b.WriteByte(' ')
	}
	return b.String()
}

func (e *expander) add(text, why string) {
	key := tokensOf(text)
	if key == "" || e.seen[key] || len(e.all) >= expandLimit {
		return
	}
	e.seen[key] = true
	e.all = append(e.all, Expansion{text, why, e.known})
}

func (e *expander) forms(forms []placeForm, name, table string) {
	inflect := map[string]bool{} // one form of each script is given its endings
	for _, f := range forms {
		if !f.shown || withinHan(f, forms) {
			continue
		}
		why := f.text + " = " + name
		if f.derived != "" {
			why += ", " + f.derived
		}
		e.add(f.text, why+", "+table)
	}
	for _, f := range forms {
		script := f.script
		if strings.ContainsAny(strings.ToLower(f.text), "қғңәөұүһі") {
			script = "kazakh"
		}
		if !f.shown || inflect[script] || f.derived == "Palladius" {
			continue
		}
		inflect[script] = true
		for _, c := range caseForms(f.text, f.script) {
			e.add(c, c+" = "+name+" with an ending, "+table)
		}
	}
}

// withinHan leaves out 莎车县 where 莎车 is looked for: a phrase of Han finds
// what it is part of.
func withinHan(f placeForm, forms []placeForm) bool {
	if f.script != "Hani" {
		return false
	}
	for _, g := range forms {
		if g.shown && g.script == "Hani" && len(g.text) < len(f.text) && strings.HasPrefix(f.text, g.text) {
			return true
		}
	}
	return false
}

// byRule adds the sure spellings of a name by rule, those that Latin letters
// most likely stand for, and the cases of them that are Russian.
func (e *expander) byRule() {
	e.known = capitals(e.typed)
	e.cases(e.typed)
	chinese := chineseName(e.typed)
	for _, f := range NameForms(e.typed) {
		e.known = !f.Suggested && chinese
		likely := f.Source == "Uyghur Arabic from Latin (ULY)" || f.Source == "Russian from Latin" && !chinese && !strings.Contains(e.typed, "-")
		if !f.Suggested || likely {
			e.add(f.Text, f.Text+" = "+e.typed+", "+f.Source)
		}
		if f.Source == "Russian from Latin" && likely || f.Source == "Palladius" && !f.Suggested {
			e.cases(f.Text)
		}
	}
}

func (e *expander) cases(name string) {
	for _, c := range NameCases(name) {
		e.add(c, c+" = "+e.typed+" with an ending")
	}
}

// looksLikeName reports two to four words of letters, one of Han with a
// surname before it; of languages that write capitals no common word.
func looksLikeName(typed string) bool {
	words := nameWords(typed)
	switch scriptOf(typed) {
	case "Hani":
		all := []rune(Simplified(strings.Join(words, "")))
		return len(all) > 1 && len(all) < 5 && (hanSurnames[string(all[0])] || len(all) > 2 && doubleSurnames[string(all[:2])] != "")
	case "Latn":
		if len(words) == 2 || len(words) == 3 {
			for _, w := range words {
				if englishWords(Fold(w)) {
					return false
				}
			}
			return true
		}
	case "Cyrl", "Arab":
		return len(words) > 1 && len(words) < 5
	}
	return false
}

// chineseName reports words in Latin letters that are written as a Chinese
// name: with capitals, and a surname first.
func chineseName(typed string) bool {
	words := strings.Fields(typed)
	return capitals(typed) && len(words) > 1 && surnameSounds()[Fold(words[0])]
}

// capitals reports words that all begin with one.
func capitals(typed string) bool {
	for _, w := range strings.Fields(typed) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// surnameSounds are the common surnames in pinyin.
var surnameSounds = sync.OnceValue(func() map[string]bool {
	sounds := map[string]bool{}
	for surname := range hanSurnames {
		for _, reading := range HanReadings(surname) {
			sounds[reading] = true
		}
	}
	return sounds
})

// hanSurnames are the common ones: of every hundred people ninety-five have
// one of them.
var hanSurnames = runeSet("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边仇尉闫习郎冀尚栗支")
