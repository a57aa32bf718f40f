package understand

import (
	"strings"
	"unicode/utf8"

	"vidimus"
)

// numbered are the rules for document numbers.
var numbered = []pattern{
	rule(vidimus.DocumentNumber, "office, year in brackets, number", 95, needs{row: 4, words: `〔 [ （ ( 【`}, `[\p{Han}]{1,10}[〔\[（(【][12]\d{3}[〕\]）)】](?:第)?\d{1,5}号`, nil),
	rule(vidimus.DocumentNumber, "number of a year", 85, needs{row: 4, words: `〔 [ （ ( 【`}, `[〔\[（(【][12]\d{3}[〕\]）)】]年?(?:第)?\d{1,5}号`, nil),
	rule(vidimus.DocumentNumber, "number in a series", 70, needs{words: `第`}, `第[\d一二三四五六七八九十百]{1,5}号(?:令|文件|文|公告|决定|指示|通知)?`, nil),
	rule(vidimus.DocumentNumber, "sign № and a number with letters", 90, needs{digits: 1}, `(?:№|N[oº°]\.?)[ \t]?\d{1,6}(?:[-/][\p{L}\d]{1,6})+`, nil),
	rule(vidimus.DocumentNumber, "word for a document, and its number", 85, needs{digits: 1, words: `приказ указ распоряжени постановлени закон протокол письм дел директив бұйры қаулы жарлы хаттама order directive decree resolution circular memorandum file case act`},
		`(?:приказ\p{L}*|указ\p{L}*|распоряжени\p{L}*|постановлени\p{L}*|закон\p{L}*|протокол\p{L}*|письм\p{L}*|дел[оауе]|директив\p{L}*|бұйры\p{L}*|қаулы\p{L}*|жарлы\p{L}*|хаттама\p{L}*|order|directive|decree|resolution|circular|memorandum|file|case|act)[ \t]+((?:№|n[oº°]?\.?)[ \t]?\d{1,6}(?:[-/][\p{L}\d]{1,6})*)`, nil),
	rule(vidimus.DocumentNumber, "word for a document, and its number", 75, needs{digits: 1},
		`(?:Directive|Order|Decree|Resolution|Circular|Document|Bulletin)[ \t]+(\d{1,5}(?:[-/][\p{L}\d]{1,6})*)`, nil),
	rule(vidimus.DocumentNumber, "number, and the word for one", 85, needs{digits: 1, words: `نومۇر سانلىق`}, `(\d{1,5})-?\s?(?:نومۇرلۇق|سانلىق)`, nil),
}

func documentNumbers(text string) (all []vidimus.Mention) {
	all = search(text, numbered)
	for i := range all {
		all[i].Value = oneSpace(text[all[i].Start:all[i].End])
	}
	return all
}

func oneSpace(words string) string { return strings.Join(strings.Fields(words), " ") }

// mostQuoted is how long a quotation can be, in bytes. A mark that is opened
// and closed later than that is taken for a slip.
const mostQuoted = 6000

// marks are pairs of quotation marks. The straight one opens and closes.
var marks = map[rune]rune{'“': '”', '「': '」', '『': '』', '«': '»', '„': '“', '"': '"', '＂': '＂', '‘': '’'}

// speaking are words that stand before quoted speech, or after it.
var speaking = []string{
	"说", "称", "表示", "指出", "强调", "问", "答", "道", "讲", "写", "說", "稱", "指出", "強調", "問",
	"сказал", "заяв", "говор", "отмет", "подчерк", "ответ", "спрос", "пиш", "напис", "добав",
	"said", "says", "told", "asked", "wrote", "writes", "answered", "replied", "stated", "according", "added", "warned",
	"деді", "айтты", "дейді", "жазды", "сұрады", "دېدى", "دەيدۇ", "يازدى", "سورىدى",
}

// quotations finds what stands between quotation marks: the words within, of
// the outermost pair. Sure are those beside a word of speaking, and those with
// a sentence's end. A blank line ends what is open.
func quotations(text string) []vidimus.Mention {
	open := map[rune][]int{} // by the closing mark: where the words begin
	var all []vidimus.Mention
	newlines := 0
	for i, r := range text {
		switch {
		case r == '\n':
			if newlines++; newlines > 1 {
				clear(open)
			}
			continue
		case r == ' ' || r == '\t' || r == '\r':
			continue
		}
		newlines = 0
		closing, opens := marks[r]
		if starts := open[r]; len(starts) > 0 {
			from := starts[len(starts)-1]
			open[r] = starts[:len(starts)-1]
			if from < i && i-from <= mostQuoted {
				for n := len(all); n > 0 && all[n-1].Start > from; n-- {
					all = all[:n-1] // it stands within
				}
				all = append(all, quotation(text, from, i, from-utf8.RuneLen(r)))
			}
			continue
		}
		if opens {
			open[closing] = append(open[closing], i+utf8.RuneLen(r))
		}
	}
	return all
}

func quotation(text string, start, end, mark int) vidimus.Mention {
	m := vidimus.Mention{Start: start, End: end, Kind: vidimus.Quotation, Rule: "quotation marks", Confidence: 50}
	before := text[max(0, mark-60):mark]
	after := text[end:min(len(text), end+80)]
	for _, w := range speaking {
		if strings.Contains(before, w) || strings.Contains(after, w) {
			m.Rule, m.Confidence = "quotation marks beside a word of speaking", 85
			return m
		}
	}
	if strings.ContainsAny(text[start:end], ".!?。！？؟") {
		m.Rule, m.Confidence = "quotation marks around a sentence", 75
	}
	return m
}
