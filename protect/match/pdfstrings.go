package match

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf16"
)

// shown is what the strings of a PDF say, in their order: each string apart,
// and all of them in one, for a name can be cut anywhere.
type shown struct{ apart, joined []byte }

// wordGap is how far back, in thousandths, a piece of a row must be moved for
// the next to be another word.
const wordGap = 180

// ofPDF are marks of a page's drawing, and of objects.
var ofPDF = []string{"Tj", "TJ", "<< /", "<</", "<<\n/"}

// longest is the most that one string holds: an open parenthesis in bytes that
// are no string ends there.
const longest = 32 << 10

// pdfStrings reads the literal and hexadecimal strings of something like a PDF:
// a page's drawing, or its objects. It gives nothing for other bytes.
func pdfStrings(b []byte) (s shown, ok bool) {
	return stringsOf(b, false, func(_ string, word []byte) []byte { return unicodeOf(word) })
}

// stringsOf gives strings as read reads them, in the font that is set. Each
// stream is looked at by itself: what is packed has parentheses by chance. There
// is none within a stream.
func stringsOf(b []byte, stream bool, read func(font string, word []byte) []byte) (s shown, ok bool) {
	if !slices.ContainsFunc(ofPDF, func(mark string) bool { return bytes.Contains(b, []byte(mark)) }) {
		return s, false
	}
	row := false // within [ ]
	name, font := "", ""
	for i := 0; i < len(b); {
		var word []byte
		next := i + 1
		switch {
		case b[i] == '[':
			row = true
		case b[i] == ']':
			row = false
			s.apart = append(s.apart, ' ')
		case !stream && streamAt(b[i:]):
			n := bytes.Index(b[i:], []byte("endstream"))
			if stream = n < 0; !stream {
				inner, _ := stringsOf(b[i+len("stream"):i+n], true, read)
				s.joined, s.apart = append(s.joined, inner.joined...), append(s.apart, inner.apart...)
				next = i + n + len("endstream")
			}
		case b[i] == '(':
			word, next = literal(b, i+1)
		case b[i] == '<' && next < len(b) && b[next] == '<':
			next++
		case b[i] == '<':
			word, next = hexString(b, i+1)
		case b[i] == '/':
			name, next = nameAt(b, next)
			if strings.Contains(name, "#") {
				s.apart = append(append(s.apart, plainName(name)...), ' ')
			}
		case bytes.HasPrefix(b[i:], []byte("Tf")):
			font = name
		case row && b[i] == '-':
			if n, end := number(b, next); n >= wordGap {
				s.apart, next = append(s.apart, ' '), end
			}
		}
		if i = next; word != nil {
			word = read(font, word)
			s.joined = append(s.joined, word...)
			s.apart = append(s.apart, word...)
			if !row {
				s.apart = append(s.apart, ' ')
			}
		}
	}
	return s, true
}

func streamAt(b []byte) bool {
	return bytes.HasPrefix(b, []byte("stream\n")) || bytes.HasPrefix(b, []byte("stream\r\n"))
}

func nameAt(b []byte, at int) (string, int) {
	end := at
	for end < len(b) && b[end] > ' ' && !bytes.ContainsRune([]byte("/<>[]()"), rune(b[end])) {
		end++
	}
	return string(b[at:end]), end
}

// plainName resolves the #XX of a name.
func plainName(name string) string {
	var w strings.Builder
	for i := 0; i < len(name); i++ {
		if n, ok := hexNumber(name, i+1, 2); name[i] == '#' && ok {
			w.WriteByte(byte(n))
			i += 2
			continue
		}
		w.WriteByte(name[i])
	}
	return w.String()
}

var plainEscapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a string in parentheses, which may hold others.
func literal(b []byte, at int) (word []byte, next int) {
	word = []byte{}
	for open := 1; at < len(b) && len(word) < longest; at++ {
		c := b[at]
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return word, at + 1
			}
		case '\\':
			if at++; at == len(b) {
				return word, at
			}
			if c = b[at]; c >= '0' && c <= '7' {
				c, at = octal(b, at)
			} else if c == '\n' {
				continue
			} else if plain, ok := plainEscapes[c]; ok {
				c = plain
			}
		}
		word = append(word, c)
	}
	return word, at
}

// octal reads up to three digits, and gives the place of the last.
func octal(b []byte, at int) (c byte, last int) {
	end := min(at+3, len(b))
	for last = at; last < end && b[last] >= '0' && b[last] <= '7'; last++ {
		c = c<<3 | (b[last] - '0')
	}
	return c, last - 1
}

// hexString reads a string in angle brackets; what is none ends at its first
// other character.
func hexString(b []byte, at int) (word []byte, next int) {
	var digits []byte
	for ; at < len(b); at++ {
		if v := hexValue(b[at]); v >= 0 {
			digits = append(digits, byte(v))
		} else if b[at] != ' ' && b[at] != '\n' && b[at] != '\r' {
			break
		}
	}
	if at == len(b) || b[at] != '>' || len(digits) == 0 {
		return nil, at
	}
	if len(digits)%2 == 1 {
		digits = append(digits, 0)
	}
	for i := 0; i < len(digits); i += 2 {
		word = append(word, digits[i]<<4|digits[i+1])
	}
	return word, at + 1
}

func number(b []byte, at int) (n, next int) {
	for next = at; next < len(b) && b[next] >= '0' && b[next] <= '9' && n < 1<<20; next++ {
		n = n*10 + int(b[next]-'0')
	}
	return n, next
}

// unicodeOf turns a string that says it is UTF-16 into UTF-8, and leaves others
// as they are.
func unicodeOf(word []byte) []byte {
	little := bytes.HasPrefix(word, []byte("\xff\xfe"))
	if !little && !bytes.HasPrefix(word, []byte("\xfe\xff")) {
		return word
	}
	var units []uint16
	for i := 2; i+1 < len(word); i += 2 {
		u := uint16(word[i])<<8 | uint16(word[i+1])
		if little {
			u = u<<8 | u>>8
		}
		units = append(units, u)
	}
	return []byte(string(utf16.Decode(units)))
}
