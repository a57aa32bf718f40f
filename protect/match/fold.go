package match

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vidimus/writing"
)

// folded is a text as a row of letters.
type folded struct {
	text    string
	letters []letter
}

// letter is one folded letter and the bytes that it stands for.
type letter struct {
	r          rune
	start, end int32
	gap        gap // what stood before it
}

// gap is what parts two letters, the widest of it.
type gap uint8

const (
	none   gap = iota // nothing, or what cannot be seen
	hyphen            // punctuation
	line              // a line's end
	space
)

// fold gives the letters of a text.
func fold(text string) folded {
	f := folded{text, make([]letter, 0, len(text))}
	t := table()
	between := none
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		out, single := t.look(r)
		switch {
		case single != 0:
			f.push(single, i, i+size, between)
			between = none
		case len(out) > 0:
			for _, r := range out {
				f.push(r, i, i+size, between)
				between = none
			}
		default:
			between = wider(between, gapOf(r))
		}
		i += size
	}
	return f
}

// push adds a letter. What OCR takes for one letter is one: rn is m, vv is w.
func (f *folded) push(r rune, start, end int, before gap) {
	if n := len(f.letters); n > 0 && before == none {
		last := &f.letters[n-1]
		switch {
		case r == 'n' && last.r == 'r':
			last.r, last.end = 'm', int32(end)
			return
		case r == 'v' && last.r == 'v':
			last.r, last.end = 'w', int32(end)
			return
		}
	}
	f.letters = append(f.letters, letter{r, int32(start), int32(end), before})
}

func gapOf(r rune) gap {
	switch {
	case r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return line
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.Cf, unicode.M, unicode.Cc) || r == 0x0640:
		return none
	}
	return hyphen
}

// wider joins two gaps: a line's end takes the spaces and the hyphen at it.
func wider(a, b gap) gap {
	if a == line || b == line {
		return line
	}
	return max(a, b)
}

// foldName gives a name as it is looked for.
func foldName(name string) form {
	f := folded{text: name}
	var out form
	inWord := false
	whole := fold(name)
	f.letters = whole.letters
	for i, l := range f.letters {
		out.letters = append(out.letters, l.r)
		fresh := i == 0 || l.gap == space || l.gap == line || l.gap == hyphen
		out.breaks = append(out.breaks, i > 0 && fresh)
		if fresh || !inWord {
			out.first = append(out.first, initialOf(name[l.start:]))
		}
		inWord = true
		out.han = out.han || isHan(l.r)
	}
	return out
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r >= 0x20000 && r <= 0x3FFFD }

// folds is what every character of the first plane folds to: one letter,
// several, or nothing.
type folds struct {
	single [0x10000]rune
	many   map[rune][]rune
}

var table = sync.OnceValue(func() *folds {
	t := &folds{many: map[rune][]rune{}}
	for r := range rune(0x10000) {
		if out := foldRune(r); len(out) == 1 {
			t.single[r] = out[0]
		} else if len(out) > 1 {
			t.many[r] = out
		}
	}
	return t
})

func (t *folds) look(r rune) ([]rune, rune) {
	if r < 0x10000 {
		if s := t.single[r]; s != 0 {
			return nil, s
		}
		return t.many[r], 0
	}
	return foldRune(r), 0
}

// foldRune takes a character apart and folds what is left of it.
func foldRune(r rune) (out []rune) {
	if l, ok := capitals[r]; ok {
		return []rune{l}
	}
	for _, part := range norm.NFKD.String(string(r)) {
		if l, ok := capitals[part]; ok {
			out = append(out, l)
			continue
		}
		if !unicode.In(part, unicode.L, unicode.Nd) || part == 0x0640 {
			continue
		}
		for _, l := range simple(part) {
			if c, ok := alike[l]; ok {
				l = c
			}
			out = append(out, l)
		}
	}
	return out
}

// simple folds case, and letters that keyboards and readers put for others.
func simple(r rune) string {
	switch r = unicode.ToLower(r); {
	case isHan(r):
		return writing.Simplified(string(r))
	case unicode.Is(unicode.Nd, r):
		return writing.Fold(string(r)) // the digits of every script
	case unicode.Is(unicode.Arabic, r):
		return writing.Fold(string(r))
	}
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ς':
		return "σ"
	}
	return string(r)
}

// alike are letters that look like others, folded to those, and the classes of
// letters and digits that OCR takes for each other. UTS 39 has the first.
var alike = pairs(
	"авекмнорстухіјѕһԁԛԝѵӏґ", "abekmhopctyxljshdqwvlг",
	"αοκνιυρχτβεηɑɡıɩօսոհʟ", "aokvlupxtbenagllounhl",
	"iI1058692", "lllosbbgz",
)

// capitals look like letters that their small forms do not look like.
var capitals = pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhlkmnoptyx")

// pairs reads rows of characters and what each of them folds to.
func pairs(rows ...string) map[rune]rune {
	m := map[rune]rune{}
	for i := 0; i < len(rows); i += 2 {
		from, to := []rune(rows[i]), []rune(strings.TrimSpace(rows[i+1]))
		for n, r := range from {
			m[r] = to[n]
		}
	}
	return m
}
