package writing

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SkeletonText is a text made so plain that what looks alike is alike.
type SkeletonText struct {
	Text string
	at   []int // the byte of the original that each byte of Text stands for
	end  int
}

// Original gives the bytes of the original that Text[start:end] stands for.
func (s SkeletonText) Original(start, end int) Span {
	if start >= end || end > len(s.at) {
		return Span{s.end, s.end}
	}
	last := s.end
	for i := end; i < len(s.at); i++ {
		if s.at[i] > s.at[end-1] {
			last = s.at[i]
			break
		}
	}
	return Span{s.at[start], last}
}

// Skeleton folds what disguises a name: marks, composed or not, compatibility
// forms, full width, zero-width and other invisible characters, spaces and
// punctuation between letters, small and capital, letters of other scripts
// that look the same, and traditional or variant Han. It is coarser than Fold
// by purpose: equal skeletons may be different words. It is for what must not
// be missed, not for search. Latin, Cyrillic and Greek letters that look alike
// become one Latin letter; digits and signs that look like a letter too.
func Skeleton(text string) SkeletonText {
	s := SkeletonText{end: len(text)}
	out := make([]byte, 0, len(text))
	marks := 0
	for i, r := range text {
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > marksTried {
				continue
			}
		} else {
			marks = 0
		}
		for _, part := range decomposed(r) {
			plain := lookAlike(part)
			if plain == "" {
				continue
			}
			out = append(out, plain...)
			for range len(plain) {
				s.at = append(s.at, i)
			}
		}
	}
	s.Text = string(out)
	return s
}

// decomposed takes a character apart; what is common is not looked up.
func decomposed(r rune) string {
	if r < utf8.RuneSelf {
		return string(r)
	}
	return norm.NFKD.String(string(r))
}

// lookAlike gives the one form of a part; nothing for what is no letter.
func lookAlike(r rune) string {
	r = unicode.ToLower(r)
	if to, ok := lookAlikes[r]; ok {
		return to
	}
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc), r == 0x0640, isApostrophe(r):
		return ""
	case isHan(r):
		return Simplified(string(foldHan(r)))
	case unicode.IsDigit(r):
		d := variant(r)
		if to, ok := lookAlikes[d]; ok {
			return to
		}
		return string(d)
	case unicode.IsLetter(r):
		f := variant(r)
		if to, ok := lookAlikes[f]; ok {
			return to
		}
		return string(f)
	}
	return ""
}

// lookAlikes: Unicode's confusables (UTS 39) as far as names of the languages
// served meet them; checked against what browsers and fonts draw.
var lookAlikes = func() map[rune]string {
	table := make(map[rune]string)
	for _, row := range []string{
		"aаαɑａ", "bвβьЬъ", "cсϲⅽ", "dԁⅾ", "eеёєεҽ℮", "fƒſғ", "gɡցԍ", "hһнηһհ", "jјϳ", "kкκқĸ", "lіι1|!ıɩⅼӏїי", "mмⅿϻ", "nпոռ",
		"oоοσө0օ߀๐", "pрρԥ", "qԛգ", "rгᴦ", "sѕ5ꜱ", "tтτ", "uυцսџ", "vνѵⅴү", "wԝωшщѡ", "xхχ×ⅹж", "yуγўұ", "zᴢʐ3зэ", "2ƻ", "8ȣ",
	} {
		runes := []rune(row)
		for _, r := range runes[1:] {
			table[r] = string(runes[0])
		}
	}
	table['i'] = "l"
	table['æ'], table['œ'], table['ß'] = "ae", "oe", "ss"
	table['ю'], table['я'], table['ы'] = "lo", "r", "bl"
	// Arabic: what differs by dots alone after bad scans stays apart; what is
	// one letter in another keyboard's code is one.
	for from, to := range map[rune]string{'ى': "ي", 'ی': "ي", 'ک': "ك", 'ە': "ه", 'ھ': "ه", 'ہ': "ه", 'ة': "ه", 'أ': "ا", 'إ': "ا", 'آ': "ا", 'ٱ': "ا",
		'ۈ': "و", 'ۇ': "و", 'ۆ': "و", 'ۋ': "و", 'ڭ': "ك", 'گ': "ك", 'ې': "ي", 'ئ': ""} {
		table[from] = to
	}
	return table
}()
