package writing

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// IsHan reports a character that Tokens takes for Han.
func IsHan(r rune) bool { return isHan(r) }

// confusions are groups of folded letters, or of short strings of them, that
// programs which read pictures take for each other. A group is of one script.
// They were put together from what the shapes are: a dot more or less, strokes
// that touch, strokes that are lost.
var confusions = []string{
	// Latin and digits.
	"l 1 i", "0 o", "5 s", "8 b", "6 b", "9 g q", "2 z", "rn m", "ri n", "nn m", "cl d", "vv w", "li h", "ii u", "ll u", "in m", "c e", "e o",
	"c o", "a o", "a e", "u v", "v y", "h b", "h n", "n u", "f t", "i j", "g q", "1 7", "3 8", "6 8", "0 8", "4 9", "ti n", "tt n",
	// Cyrillic.
	"и н", "и п", "н п", "ш щ", "ш ui", "ц щ", "ц и", "е с", "е о", "с о", "а о", "ы ьі", "ы ьl", "ь ъ", "ь б", "в б", "в з", "з э", "3 з", "л п",
	"л д", "г т", "г р", "т ш", "й и", "і l", "і ї", "к қ", "н ң", "г ғ", "о ө", "у ү", "у ұ", "ү ұ", "х һ", "а ә", "э ә", "ж х",
	// Arabic script: letters of one shape that dots tell apart, and their like.
	"ب پ ت ث ن ي ې ئ", "ج چ ح خ", "د ذ", "ر ز ژ و", "س ش", "ص ض", "ط ظ", "ع غ", "ف ق", "ك گ ڭ", "و ۇ ۆ ۈ ۋ", "ا ل", "ه م", "لا ا",
}

// confusedHan are groups of Han characters that look alike.
var confusedHan = strings.Fields(`
	未末 己已巳 土士工 人入八 日曰目白 干千于 王玉主 木本术 大太犬 天夫无 力刀 万方 甲申由田 贝见 今令 午牛 石右 乌鸟 住往 性姓 候侯 拔拨 折拆 析折
	戊戌戍 辛幸 晴睛 请清情 治冶 州洲 县具 官宫 宣宜 间问闻 第弟 车东 东乐 沙莎 克兑 阿啊 新亲 疆强 喀客 什计 伊尹 吐叶 哈啥 密蜜 尔东
	族旅 教数 育肓 培陪 训川 营菅 监临 押抻 拘构 捕铺 会合 代伐 书节 记纪 委季 员贡 党堂 政攻 府俯 公么 厅斤 局居 长张 部陪 处外 办为 村忖
	户尸 口囗 名各 收牧 检捡 查杏 告吿 表衣 命合 通道 函亟 件仵 文丈 号另 年牛 月用 一二三 二三 十千 百白 零雾`)

// maxMisread is the longest string in confusions, in bytes.
const maxMisread = 4

// confusionTable maps each string to those that it is taken for.
var confusionTable = sync.OnceValue(func() map[string][]string {
	t := map[string][]string{}
	add := func(group []string) {
		for _, a := range group {
			for _, b := range group {
				if a != b && !slices.Contains(t[a], b) {
					t[a] = append(t[a], b)
				}
			}
		}
	}
	for _, g := range confusions {
		add(strings.Fields(g))
	}
	for _, g := range confusedHan {
		add(strings.Split(g, ""))
	}
	return t
})

// MisreadMost is how many confusions a word of so many letters can hold and
// still be found: one in four, one at least.
func MisreadMost(letters int) int { return max(1, min(3, letters/4)) }

// Misread reports whether a folded word can have been read as another, with at
// most so many confusions and no other change.
func Misread(word, read string, most int) bool {
	if word == read {
		return true
	}
	if most == 0 {
		return false
	}
	// Where both are the same they may still have been confused.
	for i := 0; ; {
		for n := 1; n <= maxMisread && i+n <= len(word); n++ {
			for _, other := range confusionTable()[word[i:i+n]] {
				if strings.HasPrefix(read[i:], other) && Misread(word[i+n:], read[i+len(other):], most-1) {
					return true
				}
			}
		}
		if i >= len(word) || i >= len(read) || word[i] != read[i] {
			return false
		}
		_, size := utf8.DecodeRuneInString(word[i:])
		if i+size > len(read) || word[i:i+size] != read[i:i+size] {
			return false
		}
		i += size
	}
}

// MisreadHan gives the characters that a Han character is taken for.
func MisreadHan(r rune) (all []rune) {
	for _, other := range confusionTable()[string(r)] {
		if o, _ := utf8.DecodeRuneInString(other); isHan(o) {
			all = append(all, o)
		}
	}
	return all
}
