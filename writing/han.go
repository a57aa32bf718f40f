package writing

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// The tables that han/build writes.
var (
	//go:embed han/simplified.txt
	simplifiedText string
	//go:embed han/readings.txt
	readingsText string
)

// hanTable holds what is known of characters. Nothing changes it.
type hanTable struct {
	simple      map[rune]rune
	simples     [lastHan - firstHan]rune // of simple, what lies in the oldest block
	traditional map[rune][]rune
	readings    map[rune][]string
	readBy      map[string][]rune // a reading's characters, those read so first before others
}

var hanCharacters = sync.OnceValue(func() *hanTable {
	t := &hanTable{simple: make(map[rune]rune, 4000), traditional: make(map[rune][]rune, 3000), readings: make(map[rune][]string, 30000), readBy: make(map[string][]rune, 450)}
	for line := range strings.Lines(simplifiedText) {
		r, size := utf8.DecodeRuneInString(line)
		s, _ := utf8.DecodeRuneInString(line[size:])
		t.simple[r] = s
		if r >= firstHan && r < lastHan {
			t.simples[r-firstHan] = s
		}
		t.traditional[s] = append(t.traditional[s], r)
	}
	for _, place := range []string{"1", "2", "3"} {
		for line := range strings.Lines(readingsText) {
			f := strings.Fields(line)
			if len(f) != 3 || f[1] != place {
				continue
			}
			for _, r := range f[2] {
				t.readings[r] = append(t.readings[r], f[0])
				t.readBy[f[0]] = append(t.readBy[f[0]], r)
			}
		}
	}
	return t
})

// Simplified writes Han text in simplified characters, one for one.
func Simplified(text string) string {
	t := hanCharacters()
	return strings.Map(t.simplify, text)
}

// The block of Unicode in which nearly all Han stand.
const (
	firstHan = 0x4E00
	lastHan  = 0xA000
)

// simplify gives the simplified form of a character, or the character.
func (t *hanTable) simplify(r rune) rune {
	if r < 0x2E80 {
		return r
	}
	if r >= firstHan && r < lastHan {
		if s := t.simples[r-firstHan]; s != 0 {
			return s
		}
		return r
	}
	if s, ok := t.simple[r]; ok {
		return s
	}
	return r
}

// traditionalForms gives the traditional forms of a text: of a character with
// several, each; at most limit.
func traditionalForms(text string, limit int) []string {
	t := hanCharacters()
	forms := []string{""}
	for _, r := range Simplified(text) {
		options := t.traditional[r]
		if keepsForm[r] || len(options) == 0 {
			options = append([]rune{r}, options...)
		}
		options = common(options)
		var next []string
		for _, f := range forms {
			for _, o := range options {
				if len(next) < limit {
					next = append(next, f+string(o))
				}
			}
		}
		forms = next
	}
	return forms
}

// keepsForm are simplified characters that stand in traditional names too.
var keepsForm = func() map[rune]bool {
	set := make(map[rune]bool)
	for _, r := range "后里余范云干几于岳沈郁谷台才丑斗困松游布升佑志周制胡姜卷党万杰" {
		set[r] = true
	}
	return set
}()

// common leaves out the rare forms that no name has, and keeps at most three.
func common(options []rune) []rune {
	var kept []rune
	for _, r := range options {
		if r >= 0x4E00 {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return options[:min(len(options), 3)]
	}
	return kept[:min(len(kept), 3)]
}

// surnameReadings are those that a character has as a surname only, or first.
var surnameReadings = map[string][]string{
	"单": {"shan"}, "曾": {"zeng"}, "解": {"xie"}, "仇": {"qiu"}, "区": {"ou"}, "查": {"zha"}, "朴": {"piao"}, "尉": {"wei", "yu"},
	"盖": {"ge", "gai"}, "翟": {"zhai"}, "乐": {"yue", "le"}, "任": {"ren"}, "华": {"hua"}, "召": {"shao"}, "缪": {"miao"}, "冼": {"xian"},
	"员": {"yun"}, "覃": {"qin", "tan"}, "秘": {"bi"}, "种": {"chong"}, "折": {"she"}, "逄": {"pang"}, "黑": {"he"}, "宓": {"mi", "fu"},
	"柏": {"bai"}, "薄": {"bo"}, "葛": {"ge"}, "牟": {"mu", "mou"}, "繁": {"po"}, "谌": {"chen", "shen"}, "石": {"shi"}, "车": {"che"},
	"费": {"fei"}, "纪": {"ji"}, "沈": {"shen"}, "叶": {"ye"}, "隗": {"wei", "kui"}, "贾": {"jia"}, "郇": {"xun", "huan"}, "洗": {"xian"},
	"乜": {"nie"}, "那": {"na"}, "宁": {"ning"}, "长": {"chang"}, "都": {"du"}, "行": {"xing"}, "应": {"ying"}, "哈": {"ha"}, "撒": {"sa"},
	"能": {"nai"}, "令": {"ling"}, "重": {"chong"}, "臧": {"zang"}, "祭": {"zhai"}, "粘": {"nian"}, "曲": {"qu"}, "卜": {"bu"}, "艾": {"ai"},
	"钻": {"zuan"}, "藏": {"zang"}, "晟": {"cheng"}, "郗": {"xi", "chi"}, "俞": {"yu"}, "余": {"yu"}, "褚": {"chu"}, "邵": {"shao"}, "佟": {"tong"},
}

// doubleSurnames are read as one.
var doubleSurnames = map[string]string{"欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "尉迟": "yu chi", "长孙": "zhang sun",
	"万俟": "mo qi", "令狐": "ling hu", "皇甫": "huang fu", "夏侯": "xia hou", "司徒": "si tu", "慕容": "mu rong", "宇文": "yu wen", "公孙": "gong sun",
	"东方": "dong fang", "端木": "duan mu", "独孤": "du gu", "南宫": "nan gong", "西门": "xi men", "呼延": "hu yan", "闻人": "wen ren", "澹台": "tan tai", "鲜于": "xian yu"}

// readingLimit bounds the readings of one name.
const readingLimit = 12

// HanReadings gives the readings of a name in Han, syllables parted by
// spaces, the likeliest first: surnames in their own reading, of other
// characters up to three, and no more than twelve together.
func HanReadings(name string) []string {
	name = Simplified(name)
	all := []rune(name)
	if len(all) == 0 || len(all) > 20 {
		return nil
	}
	rest, readings := all, []string{""}
	if len(all) > 2 {
		if d, ok := doubleSurnames[string(all[:2])]; ok {
			rest, readings = all[2:], []string{d}
		}
	}
	for i, r := range rest {
		options := hanCharacters().readings[r]
		if s, ok := surnameReadings[string(r)]; ok && i == 0 && len(rest) == len(all) && len(all) > 1 && len(all) < 5 {
			options = s
		}
		if len(options) == 0 {
			return nil
		}
		readings = appendEach(readings, options)
	}
	return readings
}

// appendEach joins every start with every next syllable, the first options of
// all characters before the others.
func appendEach(starts, options []string) []string {
	var next []string
	for _, o := range options {
		for _, s := range starts {
			if len(next) < readingLimit {
				next = append(next, strings.TrimSpace(s+" "+o))
			}
		}
	}
	return next
}
