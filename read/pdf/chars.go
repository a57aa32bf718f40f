package pdf

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
)

// char is one character as the engine gives it.
type char struct {
	r         rune
	generated bool // white space that the engine made up
	hyphen    bool // at the end of a line, inside a word
	box       vidimus.Box
}

// chunk is how many characters are read at once.
const chunk = 2048

// chars reads the characters of a page in the engine's order.
func (r *reader) chars(s *sheet) ([]char, error) {
	e := r.engine
	text := e.call("FPDFText_LoadPage", s.handle)
	if text == 0 {
		return nil, r.fault()
	}
	defer e.call("FPDFText_ClosePage", text)
	n := int(int32(e.call("FPDFText_CountChars", text)))
	if n > read.MaxText {
		return nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	chars := make([]char, 0, max(n, 0))
	for from := 0; from < n; from += chunk {
		count := min(chunk, n-from)
		e.result(e.chars.Call(e.ctx, text, uint64(from), uint64(count), r.buffer))
		records, ok := e.module.Memory().Read(uint32(r.buffer), uint32(count*charBytes))
		if e.broken || !ok {
			return nil, r.fault()
		}
		for at := 0; at < len(records); at += charBytes {
			chars = append(chars, s.char(records[at:at+charBytes]))
		}
	}
	return joinSurrogates(chars), nil
}

func (s *sheet) char(record []byte) char {
	flags := binary.LittleEndian.Uint32(record[4:])
	f := func(at int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(record[at:])) }
	return char{
		r:         rune(binary.LittleEndian.Uint32(record)),
		generated: flags&1 != 0,
		hyphen:    flags&2 != 0,
		box:       s.seen(f(8), f(12), f(16), f(20)),
	}
}

// joinSurrogates makes one character of two halves, which some files' own
// tables give apart, and drops what is no character.
func joinSurrogates(chars []char) []char {
	out := chars[:0]
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if utf16.IsSurrogate(c.r) && i+1 < len(chars) {
			if whole := utf16.DecodeRune(c.r, chars[i+1].r); whole != utf8.RuneError {
				c.r, c.box = whole, c.box.Union(chars[i+1].box)
				i++
			}
		}
		if c.r != 0 && utf8.ValidRune(c.r) {
			out = append(out, c)
		}
	}
	return out
}
