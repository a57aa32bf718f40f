package understand

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/understand/lexicon"
	"vidimus/writing"
)

// What stands in or beside Chinese names.
var (
	zhTitle = set(`书记 主席 主任 县长 市长 省长 州长 区长 镇长 乡长 村长 局长 部长 厅长 处长 科长 所长 院长 校长 总理 总统 教授 博士 医生 律师 记者 警官 委员
		同志 先生 女士 小姐 太太 夫人 老师 司令 将军 上校 中校 少校 队长 组长 经理 总裁 董事长 代表 发言人 议员 参议员 首相 大臣 法官 检察长 政委 常委 副书记 副主席 副主任
		副县长 副局长 副部长 秘书 助理 主编 作家 导演 演员 球员 教练 主教 教皇 国王 女王 王子 公主 皇帝 专员 大使 分析师 创始人 首席执行官 校友 学生 村民 居民 被告 嫌疑人`)
	zhSays     = set(`说 称 表示 指出 强调 认为 介绍 告诉 回答 问 讲话 讲 写道 透露 宣布 解释 补充 出生 去世 任 担任 当选 同志 先生 女士 某`)
	zhPlaceEnd = set(`省 市 县 区 州 镇 乡 村 河 江 山 岛 湖 海 路 街 湾 港 洲 国 城 郡 盟 旗 屯 庄 寨 峰 谷 沟 滩 桥 寺 宫 站 地区 自治区 自治州 自治县 半岛 海峡 群岛
		大街 大道 公路 机场 车站 盆地 高原 山脉 沙漠 海湾 王国 共和国 联邦 水库 街道 社区 大厦 广场 公园 教堂 火车站 地铁站 监狱 看守所 大桥 新区 开发区 自治市 县城 河谷 大楼 学区 酒店 医院`)
	zhOrgEnd = set(`大学 学院 中学 小学 学校 公司 集团 银行 委员会 局 部 院 厅 党 法院 检察院 公安局 协会 学会 联盟 政府 办公室 办公厅 研究所 研究院 出版社 报社 电视台 电台 通讯社
		支队 大队 总队 派出所 法庭 基金会 联合会 商会 俱乐部 乐队 球队 联队 军 军队 部队 师 团 旅 兵团 工会 党委 县委 市委 区委 省委 州委 政协 人大 组织 机构 署 处 科 所 司 委 工厂 总部 中心 理事会
		议会 国会 参议院 众议院 内阁 教育局 国防部 外交部 环保局 电影协会 联合国 队 社 会`)
	zhNoPlace = set(`地方 全国 国内 国外 海外 东方 西方 南方 北方 东部 西部 南部 北部 中部 内地 当地 本地 各地 外地 城市 农村 世界 地球 全球 各国 我国 该国 两国 外国 本国 国际
		道路 公路 铁路 街道 社区 机场 车站 港口 河流 山区 地区 沿海 沿线 边境 东西 南北 大地 大陆 陆地 首都 省市 县市 市区 郊区 城乡 乡村 市中心 江山 河山 天下 华人 一带 西南 东北 西北 东南
		大街 马路 桥梁 高原 平原 沙漠 森林 海洋 海上 湖泊 水库 学校 医院 自治区 自治州 直辖市 特区 开发区 人民 王国 共和国 联邦 小镇 小区 老区 灾区 牧区 林区 库区 缅怀 中断 日益壮大 大城市`)
	zhNoName   = set(`令人 博士 先生 女士 小姐 明白 高兴 安全 平安 和平 文明 方便 金钱 黄金 石油 高山 高校 马上 常任 于是 何时 何人 何必`)
	zhNoSound  = runes(`的在和是了与與及或说說从從到向为為以被把将將也都就不有这這那其会會我你他她们們`)
	zhSurnames = `王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤`
	zhCompound = set(`欧阳 司马 上官 诸葛 尉迟 皇甫 东方 令狐 慕容 司徒 公孙 宇文 端木 独孤`)
)

// hanTables are the chances of characters in names, counted in the lexicon.
type hanTables struct {
	lex     lexicon.Han
	begins  *beginnings
	foreign map[rune]float64 // cost of a character in a name written by its sound
	surname map[rune]float64
	given   map[rune]float64
}

// Costs are negative logarithms of chances, as of words in a text.
const (
	costDotted  = 4.0  // a name with a middle dot
	costForeign = 7.5  // a name by its sound, before its characters
	costName    = 11.0 // a Chinese name, before its characters
	costBeside  = 8.0  // less for a name beside a title
	costUnseen  = 9.0  // a character not seen in names, beside a middle dot
	mostForeign = 7
)

var hans = sync.OnceValue(func() *hanTables {
	lex := lexicon.Chinese()
	t := &hanTables{lex: lex, begins: beginningsOf(lex), surname: map[rune]float64{}, given: map[rune]float64{}, foreign: map[rune]float64{}}
	foreign, given := map[rune]int{}, map[rune]int{}
	for word, w := range t.lex.Words {
		r := []rune(word)
		switch {
		case w.Class == lexicon.Foreign && len(r) <= 6:
			for _, c := range r {
				foreign[c]++
			}
		case w.Class == lexicon.Person && len(r) == 3 && strings.ContainsRune(zhSurnames, r[0]):
			given[r[1]]++
			given[r[2]]++
		}
	}
	costs(t.foreign, foreign, 4)
	costs(t.given, given, 1)
	rank := 0
	for _, c := range zhSurnames {
		t.surname[c] = 2.8 + 0.04*float64(rank)
		rank++
	}
	return t
})

// costs turns counts into costs, without characters seen less than least times.
func costs(into map[rune]float64, counts map[rune]int, least int) {
	total := 0
	for _, n := range counts {
		total += n
	}
	for c, n := range counts {
		if n >= least {
			into[c] = -math.Log(float64(n) / float64(total))
		}
	}
}

// piece is a word of a row of Han, as it was cut.
type piece struct {
	start, end int // characters
	text       string
	class      lexicon.Class
	guess      bool // no word of the lexicon
}

func dot(r rune) bool { return r == '·' || r == '•' || r == '‧' || r == '・' || r == '∙' }

// mostRow is how many characters are cut into words at a time.
const mostRow = 2000

// chineseNames finds the names in the Han of a text.
func chineseNames(text string) (all []vidimus.Mention) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.Is(unicode.Han, r) {
			i += size
			continue
		}
		var row []rune
		places := []int{}
		j := i
		for j < len(text) && len(row) < mostRow {
			r, size := utf8.DecodeRuneInString(text[j:])
			if (r == '\n' || r == '\r') && j+size < len(text) { // a line's end within a row is layout
				if next, _ := utf8.DecodeRuneInString(text[j+size:]); unicode.Is(unicode.Han, next) {
					j += size
					continue
				}
			}
			if !unicode.Is(unicode.Han, r) && !dot(r) {
				break
			}
			row, places = append(row, r), append(places, j)
			j += size
		}
		end := func(k int) int { return places[k-1] + utf8.RuneLen(row[k-1]) }
		for _, m := range hanRow(row) {
			m.Start, m.End = places[m.Start], end(m.End)
			all = append(all, m)
		}
		i = j
	}
	return all
}

// hanRow finds the names in a row of Han; places count in characters.
func hanRow(row []rune) []vidimus.Mention {
	simple := []rune(writing.Simplified(string(row)))
	if len(simple) != len(row) {
		simple = row
	}
	t := hans()
	pieces := t.cut(simple)
	return t.names(pieces)
}

// cutter cuts one row of Han.
type cutter struct {
	*hanTables
	row    []rune
	text   string
	at     []int     // where each character begins in the text, and its end
	sounds []float64 // the cost of each character in a name by its sound
	best   []float64
	from   []piece
}

// The costs of characters that are no character of a name's table.
const (
	noSound = -1 // stands in no name by its sound
	unheard = -2 // seen in none
)

func (t *hanTables) cutter(row []rune) *cutter {
	n := len(row)
	c := &cutter{hanTables: t, row: row, text: string(row), at: make([]int, n+1), sounds: make([]float64, n), best: make([]float64, n+1), from: make([]piece, n+1)}
	for i, r := range row {
		c.at[i+1] = c.at[i] + utf8.RuneLen(r)
		c.best[i+1] = math.Inf(1)
		cost, there := t.foreign[r]
		switch {
		case zhNoSound[r]:
			cost = noSound
		case !there:
			cost = unheard
		}
		c.sounds[i] = cost
	}
	return c
}

// try takes row[i:j] for a word if the row is likelier with it.
func (c *cutter) try(i, j int, cost float64, class lexicon.Class, guess bool) {
	if cost += c.best[i]; cost < c.best[j] {
		c.best[j], c.from[j] = cost, piece{start: i, end: j, class: class, guess: guess}
	}
}

// cut parts a row into words so that the row is likeliest.
func (t *hanTables) cut(row []rune) []piece {
	c := t.cutter(row)
	total := math.Log(float64(t.lex.Total))
	for i := range row {
		c.try(i, i+1, total+2, 0, true)
		c.words(i, total)
		c.foreignNames(i)
		c.chineseNames(i)
	}
	var pieces []piece
	for i := len(row); i > 0; i = c.from[i].start {
		p := c.from[i]
		p.text = c.text[c.at[p.start]:c.at[p.end]]
		pieces = append(pieces, p)
	}
	slices.Reverse(pieces)
	return pieces
}

// longestWord is how many characters a word of the lexicon has that is tried.
const longestWord = 8

// words tries the words of the lexicon that begin at i.
func (c *cutter) words(i int, total float64) {
	begun := beginning(0)
	for j := i + 1; j <= min(len(c.row), i+longestWord); j++ {
		if begun = begun.and(c.row[j-1]); !c.begins.any(begun) {
			return
		}
		if w, there := c.lex.Words[c.text[c.at[i]:c.at[j]]]; there {
			c.try(i, j, total-math.Log(float64(max(w.Count, 1))), w.Class, false)
		}
	}
}

// foreignNames tries names that are written by their sound, from i on.
func (c *cutter) foreignNames(i int) {
	cost, dots, since := 0.0, 0, 0
	for j := i; j < len(c.row) && j < i+16; j++ {
		if dot(c.row[j]) {
			if since == 0 {
				return
			}
			dots, since = dots+1, 0
			continue
		}
		sound := c.sounds[j]
		switch {
		case sound == noSound:
			return
		case sound != unheard:
		case dots > 0 || dotSoon(c.row, j):
			sound = costUnseen
		default:
			return
		}
		cost += sound
		if since++; since > mostForeign {
			return
		}
		switch {
		case dots > 0:
			c.try(i, j+1, costDotted+0.8*cost, lexicon.Foreign, true)
		case j-i >= 1:
			c.try(i, j+1, costForeign+cost, lexicon.Foreign, true)
		}
	}
}

// dotSoon reports a middle dot within the next characters of a name.
func dotSoon(row []rune, j int) bool {
	for k := j + 1; k < len(row) && k <= j+4; k++ {
		if dot(row[k]) {
			return true
		}
	}
	return false
}

// chineseNames tries a family name with a given name of one or two characters.
func (c *cutter) chineseNames(i int) {
	row := c.row
	given, cost := i+1, 0.0
	if i+1 < len(row) && zhCompound[string(row[i:i+2])] {
		given, cost = i+2, 4
	} else if family, there := c.surname[row[i]]; there {
		cost = family
	} else {
		return
	}
	for j := given + 1; j <= min(given+2, len(row)); j++ {
		sound, there := c.given[row[j-1]]
		if row[j-1] == '某' {
			sound, there = 2, true
		}
		if !there {
			return
		}
		cost += sound
		less := 0.0
		if besideTitle(row, i, j) {
			less = costBeside
		}
		if j == given+1 {
			less -= 3 // one character is less sure
		}
		c.try(i, j, costName+cost-less, lexicon.Person, true)
	}
}

// besideTitle reports a title before row[i:j], or one behind it.
func besideTitle(row []rune, i, j int) bool {
	for n := 2; n <= 4; n++ {
		if i >= n && zhTitle[string(row[i-n:i])] {
			return true
		}
	}
	for n := 1; n <= 3; n++ {
		if j+n <= len(row) && (zhTitle[string(row[j:j+n])] || zhSays[string(row[j:j+n])]) {
			return true
		}
	}
	return false
}
