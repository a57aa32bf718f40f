package office

import (
	"strconv"
	"strings"
)

// maxLevels of a list, as Word has.
const maxLevels = 9

// lists counts the numbered paragraphs of a Word file, from its numbering and
// styles parts (ECMA-376 part 1, 17.9).
type lists struct {
	abstract map[string]*list  // by abstractNumId
	nums     map[string]string // numId → abstractNumId
	styles   map[string]style
	list     *list
	level    *level
	num      string
	style    string
}

type list struct {
	levels [maxLevels]level
	counts [maxLevels]int
}

type level struct {
	start        int
	format, text string
}

type style struct{ num, level, based string }

func newLists() *lists {
	return &lists{abstract: map[string]*list{}, nums: map[string]string{}, styles: map[string]style{}}
}

func (l *lists) start(e element) (bool, error) {
	val := e.attr("val")
	switch e.Name.Local {
	case "abstractNum":
		l.list = &list{}
		l.abstract[e.attr("abstractNumId")] = l.list
	case "lvl":
		l.level = nil
		if n, err := strconv.Atoi(e.attr("ilvl")); err == nil && l.list != nil && n >= 0 && n < maxLevels {
			l.level = &l.list.levels[n]
		}
	case "start", "numFmt", "lvlText":
		l.define(e.Name.Local, val)
	case "num":
		l.num, l.list, l.level = e.attr("numId"), nil, nil
	case "abstractNumId":
		l.nums[l.num] = val
	case "style":
		l.style = e.attr("styleId")
	case "basedOn", "numId", "ilvl":
		l.inherit(e.Name.Local, val)
	}
	return true, nil
}

func (l *lists) define(name, val string) {
	if l.level == nil {
		return
	}
	switch name {
	case "start":
		l.level.start, _ = strconv.Atoi(val)
	case "numFmt":
		l.level.format = val
	case "lvlText":
		l.level.text = val
	}
}

func (l *lists) inherit(name, val string) {
	if l.style == "" {
		return
	}
	s := l.styles[l.style]
	switch name {
	case "basedOn":
		s.based = val
	case "numId":
		s.num = val
	case "ilvl":
		s.level = val
	}
	l.styles[l.style] = s
}

func (l *lists) end(string) error  { return nil }
func (l *lists) text(string) error { return nil }

// label counts a paragraph and gives the number that Word shows before it.
func (l *lists) label(p *para) string {
	num, lvl := p.num, p.level
	for name, n := p.style, 0; name != "" && n < 20; n++ {
		s := l.styles[name]
		if num == "" {
			num = s.num
		}
		if lvl == "" {
			lvl = s.level
		}
		name = s.based
	}
	list := l.abstract[l.nums[num]]
	at, _ := strconv.Atoi(lvl)
	if list == nil || num == "0" || at < 0 || at >= maxLevels {
		return ""
	}
	return list.next(at)
}

// next counts at a level, and begins those below it again.
func (l *list) next(at int) string {
	if l.counts[at] == 0 {
		l.counts[at] = l.levels[at].start
	} else {
		l.counts[at]++
	}
	for i := at + 1; i < maxLevels; i++ {
		l.counts[i] = 0
	}
	v := l.levels[at]
	switch v.format {
	case "bullet":
		return "• "
	case "none":
		return ""
	}
	text := v.text
	for i := range at + 1 {
		n := l.counts[i]
		if n == 0 {
			n = max(l.levels[i].start, 1)
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), numeral(l.levels[i].format, n))
	}
	if text == "" {
		return ""
	}
	return text + " "
}

// numeral writes a number as a list shows it.
func numeral(format string, n int) string {
	letter := func(from rune, count int) string {
		if n < 1 || n > 20*count {
			return strconv.Itoa(n)
		}
		return strings.Repeat(string(from+rune((n-1)%count)), (n-1)/count+1)
	}
	switch format {
	case "lowerLetter":
		return letter('a', 26)
	case "upperLetter":
		return letter('A', 26)
	case "russianLower":
		return letter('а', 32)
	case "russianUpper":
		return letter('А', 32)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand":
		return han(n)
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	s := ""
	for _, d := range []struct {
		n int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.n; n -= d.n {
			s += d.s
		}
	}
	return s
}

// han writes numbers to 99 as Chinese lists do.
func han(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 1 || n > 99:
		return strconv.Itoa(n)
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}
