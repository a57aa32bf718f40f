package writing

import "unicode/utf8"

// Span is a stretch of a text, in bytes.
type Span struct{ Start, End int }

type lexKind uint8

const (
	lexNone   lexKind = iota // beyond the ends
	lexDigits                // a run of decimal digits
	lexWord                  // a run of letters of one script with cases or joins
	lexHan                   // one Han character, in its simplified form if it counts or dates
	lexPoint                 // one sign, full width made plain
)

// lexeme is one piece of a text for those who read dates and numbers. Other
// than a token it keeps signs, parts letters from digits, and knows what
// white space stood before it.
type lexeme struct {
	Span
	kind  lexKind
	text  string // folded
	space int    // white space before it: 0 none, 1 some, 2 a line end, 3 a blank line
}

// longestLexeme bounds a piece: nothing that is read here is longer.
const longestLexeme = 64

// lexer cuts a text; every byte is looked at once. What needs no folding is
// not copied.
type lexer struct {
	text   string
	table  *classTable
	all    []lexeme
	folded []byte
	plain  bool // the open piece's bytes are its folded text so far
	open   lexeme
	marks  int
	space  int
}

// Parts is a text taken apart once for all who read dates, numbers and places
// in it.
type Parts struct {
	text   string
	pieces []lexeme
}

// Parted takes a text apart.
func Parted(text string) *Parts { return &Parts{text, lexemes(text)} }

func lexemes(text string) []lexeme {
	l := lexer{text: text, table: tables(), all: make([]lexeme, 0, len(text)/5+8)}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		l.add(r, i, size)
		i += size
	}
	l.close()
	return l.all
}

func (l *lexer) add(r rune, i, size int) {
	e := l.table.look(r)
	switch e.class {
	case control, shy:
	case mark:
		l.mark(r, i+size)
	case space:
		l.close()
		l.space = max(l.space, 1)
	case newline:
		l.close()
		l.space = min(max(l.space+1, 2), 3)
	case letter:
		l.letter(r, e.fold, i, size)
	case han:
		l.close()
		l.push(lexHan, plainNumeral(e.fold), r, i, size)
	default:
		l.close()
		l.push(lexPoint, plainSign(r), r, i, size)
	}
}

// push adds a piece of one character, r in the text and plain in the piece.
func (l *lexer) push(kind lexKind, plain, r rune, i, size int) {
	text := l.text[i : i+size]
	if plain != r {
		text = string(plain)
	}
	l.all = append(l.all, lexeme{Span{i, i + size}, kind, text, l.space})
	l.space = 0
}

func (l *lexer) mark(m rune, end int) {
	if l.open.kind != lexWord {
		return
	}
	if l.marks++; l.marks <= marksTried {
		l.unplain()
		l.folded = attach(l.folded, m)
	}
	l.open.End = end
}

func (l *lexer) letter(r, fold rune, i, size int) {
	kind := lexWord
	if fold >= '0' && fold <= '9' && !isSubscript(r) {
		kind = lexDigits
	}
	if l.open.kind != kind || l.length() >= longestLexeme {
		l.close()
		l.open = lexeme{Span: Span{i, i}, kind: kind, space: l.space}
		l.space, l.plain = 0, true
	}
	l.marks = 0
	if l.plain && fold == r && l.open.End == i {
		l.open.End = i + size
		return
	}
	l.unplain()
	if fold != 0 {
		l.folded = utf8.AppendRune(l.folded, fold)
	} else {
		l.folded = append(l.folded, foldMany(r)...)
	}
	l.open.End = i + size
}

func (l *lexer) length() int {
	if l.plain {
		return l.open.End - l.open.Start
	}
	return len(l.folded)
}

func (l *lexer) unplain() {
	if l.plain {
		l.folded = append(l.folded[:0], l.text[l.open.Start:l.open.End]...)
		l.plain = false
	}
}

func (l *lexer) close() {
	if l.open.kind == lexNone {
		return
	}
	l.open.text = l.text[l.open.Start:l.open.End]
	if !l.plain {
		l.open.text = string(l.folded)
	}
	l.all = append(l.all, l.open)
	l.open = lexeme{}
}

// plainSign makes one of the signs that are written for each other.
func plainSign(r rune) rune {
	switch {
	case r < utf8.RuneSelf && r != '\'' && r != '`':
		return r
	case r > 0xFF00 && r < 0xFF5F:
		return r - 0xFEE0
	case isApostrophe(r):
		return '\''
	case r == 0x3001 || r == 0x060C:
		return '、' // the enumerating comma and the Arabic one
	case r == 0x2012 || r == 0x2013 || r == 0x2014 || r == 0x2015 || r == 0x2212 || r == 0x2010 || r == 0x2011:
		return '-'
	case r == 0x301C || r == 0x223C:
		return '~'
	case r == 0x066A:
		return '%'
	}
	return r
}

// plainNumeral gives the common form of the characters that dates and numbers
// are written with.
func plainNumeral(r rune) rune {
	if p, ok := plainNumerals[r]; ok {
		return p
	}
	return r
}

var plainNumerals = pairRunes("萬万億亿兩两俩两倆两點点號号週周禮礼後后農农曆历歷历個个這这閏闰餘余幾几數数" +
	"間间約约過过達达將将近近" + "壹一贰二貳二叁三參三叄三肆四伍五陆六陸六柒七捌八玖九拾十佰百仟千零〇" +
	"國国紀纪頁页條条張张隻只戶户塊块錢钱雙双對对歲岁噸吨畝亩頃顷顆颗輛辆臺台檔档項项屆届級级類类從从為为於于長长陰阴陽阳" +
	"時时當当該该學学開开現现來来連连裡里裏里樣样總总麼么負负積积超超逾逾佔占發发")

// pairRunes reads a table of neighbours: each second character stands for the
// one before it.
func pairRunes(pairs string) map[rune]rune {
	table := make(map[rune]rune)
	all := []rune(pairs)
	for i := 0; i+1 < len(all); i += 2 {
		table[all[i]] = all[i+1]
	}
	return table
}

// cursor walks over lexemes; beyond the ends stands lexNone.
type cursor []lexeme

func (c cursor) at(i int) lexeme {
	if i < 0 || i >= len(c) {
		return lexeme{}
	}
	return c[i]
}

// is reports that the piece at i has one of the texts.
func (c cursor) is(i int, texts ...string) bool {
	x := c.at(i)
	if x.kind == lexNone {
		return false
	}
	for _, t := range texts {
		if x.text == t {
			return true
		}
	}
	return false
}

// tight reports that no white space stands before the piece at i.
func (c cursor) tight(i int) bool { return c.at(i).kind != lexNone && c.at(i).space == 0 }

// atoi reads digits, as far as they go.
func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1e8 {
			return n
		}
		n = n*10 + int(r-'0')
	}
	return n
}
