package pdf

import (
	"encoding/binary"
	"math"
	"slices"
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

// font is what a text object tells about the height of its characters, in the
// page's own coordinates: from the base line (x, y) up by rise and down by
// fall. The engine's boxes follow the largest glyph of a font, which can be
// twice as high as a line; this follows what the font says of itself.
type font struct {
	x, y       float32
	up         [2]float32 // the direction of up, times the font's size
	rise, fall float32
}

// Bounds of what a font can say of itself, and what is taken where it says
// nothing; as poppler has them.
const (
	maxRise, maxFall = 1.05, 0.4
	anyRise, anyFall = 0.95, 0.35
)

// font asks for the font of character i.
func (r *reader) font(text, i, object uint64) (f font) {
	e := r.engine
	e.call("FPDFText_GetMatrix", text, i, r.buffer)
	m := e.floats4(r.buffer)
	size := float32(math.Float64frombits(e.call("FPDFText_GetFontSize", text, i)))
	e.call("FPDFText_GetCharOrigin", text, i, r.buffer, r.buffer+8)
	f.x, f.y = float32(e.float(r.buffer)), float32(e.float(r.buffer+8))
	f.up = [2]float32{m[2] * size, m[3] * size}
	if m[0] != 0 && m[1] != 0 {
		return font{} // aslant: the engine's box is as good as any
	}
	handle := e.call("FPDFTextObj_GetFont", object)
	one := uint64(math.Float32bits(1))
	e.call("FPDFFont_GetAscent", handle, one, r.buffer)
	e.call("FPDFFont_GetDescent", handle, one, r.buffer+4)
	said := e.floats4(r.buffer)
	f.rise, f.fall = min(said[0], maxRise), min(-said[1], maxFall)
	if f.rise <= 0 {
		f.rise = anyRise
	}
	if f.fall <= 0 {
		f.fall = anyFall
	}
	return f
}

// fit gives the box (left, top, right, bottom) the height that the font says.
func (f font) fit(box [4]float32) [4]float32 {
	switch dx, dy := f.up[0], f.up[1]; {
	case f.rise == 0:
	case dx == 0 && dy != 0:
		a, b := f.y+dy*f.rise, f.y-dy*f.fall
		box[1], box[3] = max(a, b), min(a, b)
	case dy == 0 && dx != 0:
		a, b := f.x+dx*f.rise, f.x-dx*f.fall
		box[0], box[2] = min(a, b), max(a, b)
	}
	return box
}

// chunk is how many characters are read at once.
const chunk = 2048

// chars reads the characters of a page in the engine's order. They are gone
// with the next page.
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
	chars := slices.Grow(r.held[:0], max(n, 0))
	r.held = chars
	object, f := uint64(0), font{}
	for from := 0; from < n; from += chunk {
		count := min(chunk, n-from)
		e.result(e.chars.Call(e.ctx, text, uint64(from), uint64(count), r.buffer))
		raw, ok := e.module.Memory().Read(uint32(r.buffer), uint32(count*charBytes))
		if e.broken || !ok {
			return nil, r.fault()
		}
		r.records = append(r.records[:0], raw...) // asking for fonts uses the same buffer
		for at := 0; at < len(r.records); at += charBytes {
			record := r.records[at : at+charBytes]
			if o := uint64(binary.LittleEndian.Uint32(record[24:])); o != object {
				object, f = o, font{}
				if o != 0 {
					f = r.font(text, uint64(from+at/charBytes), o)
				}
			}
			chars = append(chars, s.char(record, f))
		}
	}
	return joinSurrogates(chars), nil
}

func (s *sheet) char(record []byte, in font) char {
	flags := binary.LittleEndian.Uint32(record[4:])
	f := func(at int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(record[at:])) }
	box := in.fit([4]float32{f(8), f(12), f(16), f(20)})
	return char{
		r:         rune(binary.LittleEndian.Uint32(record)),
		generated: flags&1 != 0,
		hyphen:    flags&2 != 0,
		box:       s.seen(box),
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
