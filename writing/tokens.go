package writing

import (
	"iter"
	"unicode/utf8"
)

// MaxToken is how many bytes a token's text can have. A longer word is cut
// into neighbours, in the text and in the question alike.
const MaxToken = 240

// marksTried is how many marks on one letter can make another letter of it.
// No writing system needs more; a hostile text has a million.
const marksTried = 8

// Tokens gives the tokens of text in the order of their Start. Words are runs
// of letters and digits. A run of Han gives each pair of neighbours and then
// its last character alone; white space within a run, a line end included but
// not a blank line, is layout and does not end it. Offsets are those of text.
func Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := scanner{text: text, table: tables(), yield: yield}
		s.scan()
	}
}

// scanner has at most one of a word and a Han character open.
type scanner struct {
	text     string
	table    *classTable
	yield    func(Token) bool
	position int
	done     bool // yield wants no more

	inWord     bool
	start, end int    // of the word
	plain      bool   // the word's bytes are its folded text so far
	folded     []byte // its folded text, unless plain
	marks      int    // since its last letter

	inRun    bool
	prev     ideograph // the run's newest character
	newlines int       // since prev
}

type ideograph struct {
	start, end int
	fold       rune
}

func (s *scanner) scan() {
	for i := 0; i < len(s.text) && !s.done; {
		r, size := rune(s.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s.text[i:])
		}
		e := s.table.look(r)
		if s.inRun && e.class != han {
			s.leaveRun(e.class)
		}
		switch e.class {
		case letter:
			s.letter(i, size, r, e.fold)
		case han:
			s.endWord()
			s.han(ideograph{i, i + size, e.fold}, r)
		case mark:
			s.mark(i, size, r)
		case shy:
			size += s.hyphenated(i + size)
		case control:
		default:
			s.endWord()
		}
		i += size
	}
	s.endWord()
	s.endRun()
}

// leaveRun ends the run of Han unless c is layout or invisible.
func (s *scanner) leaveRun(c class) {
	switch c {
	case newline:
		s.newlines++
		if s.newlines > 1 {
			s.endRun()
		}
	case letter, gap:
		s.endRun()
	}
}

func (s *scanner) letter(i, size int, r, fold rune) {
	if s.inWord && s.length() >= MaxToken-3*utf8.UTFMax {
		s.endWord()
	}
	if !s.inWord {
		s.inWord, s.plain, s.start, s.end = true, true, i, i
	}
	s.marks = 0
	if s.plain && fold == r && s.end == i {
		s.end = i + size
		return
	}
	s.unplain()
	if fold != 0 {
		s.folded = utf8.AppendRune(s.folded, fold)
	} else {
		s.folded = append(s.folded, foldMany(r)...)
	}
	s.end = i + size
}

func (s *scanner) length() int {
	if s.plain {
		return s.end - s.start
	}
	return len(s.folded)
}

func (s *scanner) unplain() {
	if s.plain {
		s.folded = append(s.folded[:0], s.text[s.start:s.end]...)
		s.plain = false
	}
}

func (s *scanner) mark(i, size int, m rune) {
	switch {
	case s.inWord:
		s.unplain()
		if s.marks++; s.marks <= marksTried {
			s.folded = attach(s.folded, m)
		}
		s.end = i + size
	case s.inRun && s.prev.end == i:
		s.prev.end = i + size
	}
}

// hyphenated gives how many bytes of a line's end follow a soft hyphen at
// which a word was broken, 0 if it does not go on.
func (s *scanner) hyphenated(from int) int {
	newlines := 0
	for i, r := range s.text[from:] {
		switch s.table.look(r).class {
		case space:
		case newline:
			newlines++
		case letter:
			if s.inWord && newlines == 1 {
				return i
			}
			return 0
		default:
			return 0
		}
		if newlines > 1 {
			return 0
		}
	}
	return 0
}

func (s *scanner) endWord() {
	if !s.inWord {
		return
	}
	s.inWord = false
	text := s.text[s.start:s.end]
	if !s.plain {
		text = string(s.folded)
	}
	s.emit(Token{Text: text, Start: s.start, End: s.end})
}

func (s *scanner) han(c ideograph, r rune) {
	if s.inRun {
		s.emit(Token{Text: s.pair(c, r), Start: s.prev.start, End: c.end, Han: true})
	}
	s.inRun, s.prev, s.newlines = true, c, 0
}

func (s *scanner) pair(c ideograph, r rune) string {
	if s.prev.end == c.start && c.fold == r {
		if p := s.text[s.prev.start:c.end]; len(p) == utf8.RuneLen(s.prev.fold)+utf8.RuneLen(r) {
			if first, _ := utf8.DecodeRuneInString(p); first == s.prev.fold {
				return p
			}
		}
	}
	return string([]rune{s.prev.fold, c.fold})
}

func (s *scanner) endRun() {
	if !s.inRun {
		return
	}
	s.inRun = false
	s.emit(Token{Text: string(s.prev.fold), Start: s.prev.start, End: s.prev.end, Han: true, Last: true})
}

func (s *scanner) emit(t Token) {
	if s.done {
		return
	}
	t.Position = s.position
	s.position++
	s.done = !s.yield(t)
}
