package protect

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blocks sets pages anew: lines are joined into paragraphs, pages into one
// text, and neighbouring withheld lines of one class into one mark. Where the
// source broke its lines and pages is lost on purpose: a line's length, a
// page's number and what stood at its foot can single out a copy.
func blocks(pages []Source, areas []Area) []Block {
	var j joiner
	for _, p := range pages {
		lines := strings.Split(p.Page.Text, "\n")
		usual := usualLength(lines)
		at := 0
		for i, l := range lines {
			start, end := at, at+len(l)
			at = end + 1
			switch class, hidden := withheld(areas, p.Reading, p.Page.Number, start, end); {
			case hidden:
				j.withhold(class)
			case strings.TrimSpace(l) == "":
				j.end(i > 0 && i < len(lines)-1)
			case edge(lines, i) && pageNumber.MatchString(l):
			default:
				j.line(Publishable(l), utf8.RuneCountInString(strings.TrimSpace(l)), usual)
			}
		}
	}
	j.flush()
	return j.out
}

// pageNumber is a line that only counts pages.
var pageNumber = regexp.MustCompile(`^[\s\-–—·.|/]*(?i:page|стр\.?|бет|с\.|第|-)?\s*\d{1,4}\s*(?:页|頁|-?بەت|бет)?\s*(?:(?:/|of|из|共)\s*\d{1,4}\s*页?)?[\s\-–—·.|/]*$`)

// edge reports the first or last line of a page that has anything on it.
func edge(lines []string, i int) bool {
	blank := func(all []string) bool { return strings.TrimSpace(strings.Join(all, "")) == "" }
	return blank(lines[:i]) || blank(lines[i+1:])
}

// usualLength is the length that full lines of a page have: the longest but
// for one in ten.
func usualLength(lines []string) int {
	var n [201]int
	count := 0
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			n[min(utf8.RuneCountInString(l), 200)]++
			count++
		}
	}
	seen := 0
	for length := 200; length > 0; length-- {
		if seen += n[length]; seen*10 >= count {
			return length
		}
	}
	return 0
}

// joiner puts lines together.
type joiner struct {
	out       []Block
	paragraph strings.Builder
}

// fullLine is how long the lines of running text are at least.
const fullLine = 20

// line adds a line. A short one that ends a sentence ends its paragraph, and so
// does any of less than half the usual length, as headings and signatures are.
func (j *joiner) line(text string, length, usual int) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if j.paragraph.Len() > 0 {
		last, _ := utf8.DecodeLastRuneInString(j.paragraph.String())
		first, _ := utf8.DecodeRuneInString(text)
		if !(wide(last) && wide(first)) {
			j.paragraph.WriteByte(' ')
		}
	}
	j.paragraph.WriteString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	if usual >= fullLine && length < usual/2 || length < usual*7/10 && strings.ContainsRune(".!?。！？؟۔:：;；…", last) {
		j.flush()
	}
}

// wide reports characters of text that is written without spaces.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff65
}

// end ends a paragraph at an empty line within a page.
func (j *joiner) end(within bool) {
	if within {
		j.flush()
	}
}

func (j *joiner) flush() {
	if j.paragraph.Len() > 0 {
		j.out = append(j.out, Block{Text: j.paragraph.String()})
		j.paragraph.Reset()
	}
}

// withhold puts the mark of a class, once for neighbouring lines.
func (j *joiner) withhold(c Class) {
	j.flush()
	if n := len(j.out); n == 0 || j.out[n-1].Withheld != c {
		j.out = append(j.out, Block{Withheld: c})
	}
}
