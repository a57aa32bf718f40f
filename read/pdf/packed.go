package pdf

import (
	"bytes"
	"encoding/binary"
	"strings"

	"vidimus/read"
	"vidimus/read/tags"
)

// mostPacked bounds the packed bytes of a picture that are looked into.
const mostPacked = 64 << 20

// packed tells by which methods a picture is packed.
func (l *looking) packed(object uint64) (s read.PictureSource) {
	e, b := l.r.engine, l.r.buffer
	for i := range uint64(uint32(max(0, int32(e.call("FPDFImageObj_GetImageFilterCount", object))))) {
		if i == 8 {
			break
		}
		e.call("FPDFImageObj_GetImageFilter", object, i, b, filterLength)
		name, _ := e.module.Memory().Read(uint32(b), filterLength)
		switch filter := string(name); {
		case strings.HasPrefix(filter, "DCT"):
			s.AnyLossy, s.Spread = true, max(s.Spread, tags.Spread(bytes.NewReader(l.data(object))))
		case strings.HasPrefix(filter, "JPX"):
			s.AnyLossy, s.Anywhere = true, true
		case strings.HasPrefix(filter, "JBIG2"):
			s.AnyLossy, s.Spread = true, max(s.Spread, 1)
			s.Anywhere = s.Anywhere || sharesSymbols(l.data(object))
		}
	}
	return s
}

// data gives a picture's bytes as its last method packed them; nil where they
// cannot be had.
func (l *looking) data(object uint64) []byte {
	e := l.r.engine
	n := uint64(uint32(e.call("FPDFImageObj_GetImageDataDecoded", object, 0, 0)))
	if n == 0 || n > mostPacked {
		return nil
	}
	at := e.call("malloc", n)
	if at == 0 {
		return nil
	}
	defer e.call("free", at)
	e.call("FPDFImageObj_GetImageDataDecoded", object, at, n)
	b, ok := e.module.Memory().Read(uint32(at), uint32(n))
	if e.broken || !ok {
		return nil
	}
	return bytes.Clone(b)
}

// Kinds of JBIG2 segments (ITU-T T.88, 7.3) whose regions are drawn pixel by
// pixel, and those that draw nothing.
const (
	regionFirst, regionLast = 36, 43
	pageFirst, pageLast     = 48, 53
	extension               = 62
)

// sharesSymbols reports a JBIG2 picture in which a letter may be drawn by
// another's shape, wherever that stands; also one of which nobody can tell.
func sharesSymbols(b []byte) bool {
	if len(b) == 0 {
		return true
	}
	for len(b) > 0 {
		kind, length, rest := segment(b)
		known := kind >= regionFirst && kind <= regionLast || kind >= pageFirst && kind <= pageLast || kind == extension
		if rest == nil || !known || length > len(rest) {
			return true
		}
		b = rest[length:]
	}
	return false
}

// segment reads the head of a segment (T.88, 7.2), and gives what follows it;
// nil where it cannot be read.
func segment(b []byte) (kind, length int, rest []byte) {
	const fixed, counted = 5, 6
	if len(b) < counted {
		return 0, 0, nil
	}
	number, flags, refers := binary.BigEndian.Uint32(b), b[4], int(b[5]>>5)
	at := counted
	if refers == 7 {
		if len(b) < fixed+4 {
			return 0, 0, nil
		}
		refers = int(binary.BigEndian.Uint32(b[fixed:]) & 0x1fffffff)
		at = fixed + 4 + (refers+8)/8
	}
	switch {
	case number <= 256:
		at += refers
	case number <= 65536:
		at += 2 * refers
	default:
		at += 4 * refers
	}
	at++ // of which page
	if flags&0x40 != 0 {
		at += 3
	}
	if len(b) < at+4 {
		return 0, 0, nil
	}
	length = int(binary.BigEndian.Uint32(b[at:]))
	return int(flags & 63), length, b[at+4:]
}
