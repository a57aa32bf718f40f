package understand

import (
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
)

// pattern is a rule that a regular expression states. Where it has a group,
// the group is what is mentioned.
type pattern struct {
	kind       vidimus.MentionKind
	rule       string
	confidence int
	expr       *regexp.Regexp
	needs      needs
	// holds looks closer at the words; nil for what the expression alone says.
	holds func(words string) bool
}

// needs is what a stretch of text must have for a pattern to find anything in
// it: so much is looked at before the pattern is, which costs more.
type needs struct {
	digits int    // figures in all, at least
	row    int    // figures in a row, at least
	words  string // any of these, parted by spaces, in lower case
}

func rule(kind vidimus.MentionKind, name string, confidence int, n needs, expr string, holds func(string) bool) pattern {
	return pattern{kind, name, confidence, regexp.MustCompile(expr), n, holds}
}

// stretch is a part of a text that is looked at: its figures are counted once.
type stretch struct {
	from, to    int
	lower       string // in lower case, each character as long as it was
	digits, row int
}

func newStretch(text string, from, to int) stretch {
	s := stretch{from: from, to: to, lower: lowered(text[from:to])}
	row := 0
	for i := range len(s.lower) {
		if c := s.lower[i]; c < '0' || c > '9' {
			row = 0
			continue
		}
		row++
		s.digits, s.row = s.digits+1, max(s.row, row)
	}
	return s
}

// lowered is strings.ToLower for the characters whose length it keeps.
func lowered(text string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, text)
}

// meets reports whether the stretch has what is needed.
func (s stretch) meets(n needs) bool {
	if s.digits < n.digits || s.row < n.row {
		return false
	}
	if n.words == "" {
		return true
	}
	for w := range strings.SplitSeq(n.words, " ") {
		if strings.Contains(s.lower, w) {
			return true
		}
	}
	return false
}

// Pieces of the patterns. RE2 knows no boundary between Han and digits, so
// digits are bounded by hand in find.
const (
	colon     = `[ \t]*[:：№#]?[ \t]*`
	plateHan  = `[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]`
	plateRus  = `[АВЕКМНОРСТУХABEKMHOPCTYX]`
	hanStreet = `[\p{Han}]{1,8}(?:路|街|大街|大道|巷|弄|胡同)`
)

// withheld are the rules for what is given by its place alone. They would
// rather mark too much: what they mark is never shown.
var withheld = []pattern{
	rule(vidimus.Identity, "resident identity number, check digit right", 99, needs{row: 17}, `[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXxＸ]`, residentCheck),
	rule(vidimus.Identity, "form of a resident identity number", 80, needs{row: 17}, `[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXxＸ]`, nil),
	rule(vidimus.Identity, "form of a resident identity number of before 1999", 60, needs{row: 15}, `[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}`, nil),
	rule(vidimus.Identity, "form of a personal number of twelve digits", 60, needs{row: 12}, `\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[0-6]\d{5}`, nil),
	rule(vidimus.Identity, "form of an insurance number", 80, needs{digits: 11, row: 3}, `\d{3}-\d{3}-\d{3}[ -]\d{2}`, nil),
	rule(vidimus.Identity, "word for an identity document, and a number", 85, needs{digits: 5, words: `身份证 公民身份号码 证件 护照 居民证 паспорт удостоверени куәлі жсн иин инн снилс passport identity id كىملىك پاسپورت`},
		`(?:身份证|公民身份号码|证件|护照|居民证|паспорт\p{L}*|удостоверени\p{L}*|жеке куәлі\p{L}*|жсн|иин|инн|снилс|passport|identity card|id card|id no\.?|كىملىك|پاسپورت)(?:[ \t]*(?:号码?|编号|номері?|нөмірі?|number|no\.?|نومۇرى))?`+colon+`((?:[a-zа-я]{1,2})?\d(?:[ \-]?\d){4,18}x?)`, nil),
	rule(vidimus.Plate, "form of a Chinese number plate", 90, needs{digits: 2}, plateHan+`[A-Z][·•. -]?[A-Z0-9]{5,6}`, manyDigits(2)),
	rule(vidimus.Plate, "form of a Russian number plate", 85, needs{digits: 5, row: 3}, plateRus+` ?\d{3} ?`+plateRus+`{2} ?\d{2,3}`, nil),
	rule(vidimus.Plate, "word for a number plate, and one", 80, needs{digits: 2, words: `车牌 号牌 госномер гос. plate نومۇر`}, `(?:车牌号?码?|号牌|госномер|гос\. ?номер|license plate|number plate|نومۇر تاختىسى)`+colon+`([\p{L}\d][\p{L}\d ·-]{3,10}[\p{L}\d])`, manyDigits(2)),
	rule(vidimus.Account, "mail address", 99, needs{words: `@`}, `[\p{L}\d][\p{L}\d._%+\-]*@[\p{L}\d\-]+(?:\.[\p{L}\d\-]+)+`, nil),
	rule(vidimus.Account, "word for an account, and its number", 85, needs{digits: 1, words: `账 帐 卡 微信 qq р/с счет счёт карт шот account iban card wechat telegram skype whatsapp ھېسابات`},
		`(?:账号|帐号|账户|帐户|卡号|银行卡|微信号?|qq号?|р/с|расч[её]тный сч[её]т|сч[её]т|лицевой сч[её]т|карт[аы]|шот|account(?: no\.?| number)?|iban|card(?: no\.?| number)|wechat|telegram|skype|whatsapp|ھېسابات نومۇرى)`+colon+`([a-z_@]{0,20}\d[\da-z_ \-]{4,30}\d|[a-z_@][a-z_\d\-]{4,20}\d)`, nil),
	rule(vidimus.Account, "bank account number, check digits right", 99, needs{digits: 10}, `[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?`, ibanCheck),
	rule(vidimus.Account, "card number, check digit right", 90, needs{digits: 13}, `[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{3,7}`, luhnCheck),
	rule(vidimus.Phone, "form of a Chinese mobile number", 90, needs{digits: 11}, `(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}`, nil),
	rule(vidimus.Phone, "form of a Chinese line number", 80, needs{digits: 10, row: 7}, `\(?0\d{2,3}\)?[ -]\d{7,8}(?:-\d{1,5})?`, nil),
	rule(vidimus.Phone, "form of a Russian or Kazakh number", 90, needs{digits: 11}, `(?:\+7|\b8)[ -]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}`, nil),
	rule(vidimus.Phone, "country code and number", 85, needs{digits: 7, words: `+`}, `\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,5}`, nil),
	rule(vidimus.Phone, "form of a number of North America", 75, needs{digits: 10}, `\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4}`, nil),
	rule(vidimus.Phone, "word for a telephone, and a number", 90, needs{digits: 6, words: `电话 手机 联系 传真 тел факс моб ұялы phone mobile tel fax cell تېلې تېلف`},
		`(?:电话|手机|联系方式|传真|тел(?:ефон\p{L}*|\.)|факс|моб\.|ұялы|phone|mobile|tel\.?|fax|cell|تېلېفون|تېلفون)(?:[ \t]*(?:号码?|номері?|number|no\.?|نومۇرى))?`+colon+`(\+?\(?\d[\d ()\-]{4,18}\d)`, nil),
	rule(vidimus.Address, "street and house number", 85, needs{digits: 1, words: `号`}, hanStreet+`\d{1,5}号(?:院|楼|附\d+号)?(?:\d{1,4}(?:号楼|栋|幢|单元|楼|层|室|号))*`, nil),
	rule(vidimus.Address, "village group and house number", 80, needs{words: `村 社区 小区`}, `[\p{Han}]{1,6}(?:村|社区|小区)(?:[一二三四五六七八九十\d]{1,3}(?:组|队|小队))?[\d一二三四五六七八九十百]{1,5}(?:号|室|栋)(?:\d{1,4}(?:室|单元|号))*`, nil),
	rule(vidimus.Address, "street and house number", 85, needs{digits: 1, words: `ул пр пер ш. шоссе наб көше даңғ`}, `(?:ул(?:\.|ица)|пр(?:\.|-т|осп(?:\.|ект))|пер(?:\.|еулок)|ш(?:\.|оссе)|наб\.|көшесі|даңғылы)[ \t]+[\p{L}][\p{L}\d .\-]{1,40}?,?[ \t]*(?:д(?:\.|ом)?|үй)?[ \t]*\d{1,4}\p{L}?(?:,?[ \t]*(?:к(?:орп)?\.|стр\.|кв(?:\.|артира)|пәтер)[ \t]*\d{1,4})*`, nil),
	rule(vidimus.Address, "street and house number", 80, needs{digits: 1}, `\d{1,5}[ \t]+(?:\p{Lu}[\p{L}.']*[ \t]+){1,4}(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Boulevard|Blvd\.?|Drive|Square|Court|Way)(?:,?[ \t]*(?:Apt\.?|Flat|Unit|Suite)[ \t]*\d+\p{L}?)?`, nil),
}

// contacts finds what is given by its place alone.
func contacts(text string) []vidimus.Mention { return search(text, withheld) }

// search looks for patterns where there are figures, or signs that stand for
// them: most of a text has none.
func search(text string, patterns []pattern) (all []vidimus.Mention) {
	for from, to := range windows(text) {
		s := newStretch(text, from, to)
		for _, p := range patterns {
			if s.meets(p.needs) {
				all = p.find(all, text, s)
			}
		}
	}
	return all
}

// beside is how many bytes on either side of a figure are looked at.
const beside = 100

// windows gives the stretches of a text with figures in them.
func windows(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		from, to := 0, -1
		for i, r := range text {
			if (r < '0' || r > '9') && r != '@' && r != '号' && r != '號' {
				continue
			}
			if start := i - beside; start > to {
				if to >= 0 && !yield(from, to) {
					return
				}
				from = characterAt(text, start)
			}
			to = characterAt(text, i+beside)
		}
		if to >= 0 {
			yield(from, to)
		}
	}
}

// characterAt gives the nearest place at or after i, within the text, where a
// character begins.
func characterAt(text string, i int) int {
	i = max(0, min(i, len(text)))
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// find adds what the pattern finds in a stretch. A pattern that needs words is
// written in lower case, and so is what it looks at. Digits that go on beside
// what it finds are another number.
func (p pattern) find(all []vidimus.Mention, text string, s stretch) []vidimus.Mention {
	in := text[s.from:s.to]
	if p.needs.words != "" {
		in = s.lower
	}
	for _, at := range p.expr.FindAllStringSubmatchIndex(in, -1) {
		start, end := s.from+at[0], s.from+at[1]
		if len(at) > 2 && at[2] >= 0 {
			start, end = s.from+at[2], s.from+at[3]
		}
		if cutsDigits(text, start, end) || p.holds != nil && !p.holds(text[start:end]) {
			continue
		}
		all = append(all, vidimus.Mention{Start: start, End: end, Kind: p.kind, Rule: p.rule, Confidence: p.confidence})
	}
	return all
}

func cutsDigits(text string, start, end int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	return digit(start-1) && digit(start) || digit(end-1) && digit(end)
}

func digitsOf(words string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, words)
}

func manyDigits(n int) func(string) bool {
	return func(words string) bool { return len(digitsOf(words)) >= n }
}

// residentCheck is the check digit of GB 11643.
func residentCheck(words string) bool {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(words[i]-'0')
	}
	last := words[17:]
	if last == "x" || last == "Ｘ" {
		last = "X"
	}
	return string("10X98765432"[sum%11]) == last
}

// luhnCheck is the check digit of ISO/IEC 7812.
func luhnCheck(words string) bool {
	digits, sum := digitsOf(words), 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// ibanCheck is that of ISO 13616.
func ibanCheck(words string) bool {
	s := strings.ReplaceAll(words, " ", "")
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, r := range s[4:] + s[:4] {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		default:
			rest = (rest*100 + int(r-'A') + 10) % 97
		}
	}
	return rest == 1
}
