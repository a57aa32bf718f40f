//go:build linux

package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// forms are the ways in which a word can stand in a file. ASCII letters are
// compared without case in all of them.
var forms = map[string]func(word string) [][]byte{
	"UTF-8":    func(w string) [][]byte { return [][]byte{[]byte(w)} },
	"folded":   func(w string) [][]byte { return [][]byte{[]byte(strings.ToLower(w)), []byte(strings.ToUpper(w))} },
	"UTF-16LE": func(w string) [][]byte { return [][]byte{wide(w, binary.LittleEndian)} },
	"UTF-16BE": func(w string) [][]byte { return [][]byte{wide(w, binary.BigEndian)} },
	"GB18030":  func(w string) [][]byte { return [][]byte{gb18030(w)} },
	"base64":   func(w string) [][]byte { return slices.Concat(base64Of([]byte(w)), base64Of(gb18030(w))) },
	"hex": func(w string) [][]byte {
		return [][]byte{hexOf([]byte(w)), hexOf(gb18030(w)), hexOf(wide(w, binary.BigEndian))}
	},
	"percent":      func(w string) [][]byte { return [][]byte{each("%%%02x", w), percentWhereNeeded(w)} },
	"Go escapes":   func(w string) [][]byte { return [][]byte{each(`\x%02x`, w), each(`\x%02x`, string(gb18030(w)))} },
	"JSON escapes": func(w string) [][]byte { return [][]byte{jsonEscapes(w)} },
	"Han pairs":    pairs,
}

// rawForms are those of a digest or a key.
var rawForms = map[string]func(word string) [][]byte{
	"bytes":  func(w string) [][]byte { return [][]byte{[]byte(w)} },
	"hex":    func(w string) [][]byte { return [][]byte{hexOf([]byte(w))} },
	"base64": func(w string) [][]byte { return base64Of([]byte(w)) },
	// As the Go runtime prints an argument of a function on the stack.
	"stack": func(w string) [][]byte {
		return [][]byte{fmt.Appendf(nil, "%#x, %#x, %#x, %#x", w[0], w[1], w[2], w[3])}
	},
}

func wide(w string, order binary.ByteOrder) []byte {
	b := []byte{}
	for _, u := range utf16.Encode([]rune(w)) {
		b, _ = binary.Append(b, order, u)
	}
	return b
}

func gb18030(w string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(w))
	if err != nil {
		panic(err)
	}
	return b
}

func hexOf(b []byte) []byte { return []byte(hex.EncodeToString(b)) }

// base64Of gives what a word becomes in the middle of base64, for each of the
// three places at which it can begin: without the letters at its two ends,
// which neighbours change.
func base64Of(w []byte) [][]byte {
	var all [][]byte
	for before := range 3 {
		s := base64.StdEncoding.EncodeToString(append(make([]byte, before), w...))
		from, to := (before*8+5)/6, (before+len(w))*8/6
		s = s[from:to]
		all = append(all, []byte(s))
		if url := strings.NewReplacer("+", "-", "/", "_").Replace(s); url != s {
			all = append(all, []byte(url))
		}
	}
	return all
}

func each(format, w string) []byte {
	var b []byte
	for i := range len(w) {
		b = fmt.Appendf(b, format, w[i])
	}
	return b
}

func percentWhereNeeded(w string) []byte {
	var b []byte
	for i := range len(w) {
		if w[i] < 0x80 {
			b = append(b, w[i])
		} else {
			b = fmt.Appendf(b, "%%%02x", w[i])
		}
	}
	return b
}

func jsonEscapes(w string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(w)) {
		b = fmt.Appendf(b, `\u%04x`, u)
	}
	return b
}

// pairs are what a search index makes of a run of Han.
func pairs(w string) (all [][]byte) {
	runes := []rune(w)
	for i := range len(runes) - 1 {
		if unicode.Is(unicode.Han, runes[i]) && unicode.Is(unicode.Han, runes[i+1]) {
			all = append(all, []byte(string(runes[i:i+2])))
		}
	}
	return all
}
