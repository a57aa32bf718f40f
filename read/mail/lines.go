package mail

import (
	"bufio"
	"bytes"
	"io"
)

// lines walks over a file by line, and knows where each one stands.
type lines struct {
	r    *bufio.Reader
	rest []byte // of what was read last
	at   int64
	mid  bool // rest goes on in a line that has begun
	back bool // last is to be given again
	last line
	eol  []byte // how the last line ended
	err  error
}

// line is one line without its end, or a stretch of a very long one. The text
// is valid until the next one is read.
type line struct {
	text  []byte
	start int64
	stop  int64 // where its text ends
	next  int64 // where the next line starts
	goes  bool  // it goes on from the stretch before
}

const stretch = 64 << 10

func newLines(r io.ReaderAt, start, end int64) *lines {
	return &lines{r: bufio.NewReaderSize(io.NewSectionReader(r, start, end-start), stretch), at: start}
}

// unread gives the last line again.
func (l *lines) unread() { l.back = true }

// read gives the next line. Lines end in \n, \r\n, \r\r\n or \r.
func (l *lines) read() (line, bool) {
	if l.back {
		l.back = false
		return l.last, true
	}
	if len(l.rest) == 0 {
		l.rest, l.err = l.r.ReadSlice('\n')
		if len(l.rest) == 0 {
			return line{}, false
		}
	}
	n := bytes.IndexAny(l.rest, "\r\n")
	ended := n >= 0
	if !ended {
		n = len(l.rest)
	}
	width := 0
	if ended {
		width = ending(l.rest[n:])
	}
	l.last = line{text: l.rest[:n], start: l.at, stop: l.at + int64(n), next: l.at + int64(n+width), goes: l.mid}
	l.eol = l.rest[n : n+width]
	l.rest, l.at, l.mid = l.rest[n+width:], l.last.next, !ended
	return l.last, true
}

// ending gives the bytes that ended the last line.
func (l *lines) ending() []byte { return l.eol }

func ending(b []byte) int {
	n := 0
	for n < len(b) && b[n] == '\r' {
		n++
	}
	if n < len(b) && b[n] == '\n' {
		return n + 1
	}
	return 1
}

// fieldNext reports whether the next line could be a field of a header, or the
// end of one if that will do, without taking it.
func (l *lines) fieldNext(orEnd bool) bool {
	b := l.rest
	if len(b) == 0 {
		// What was read last stands in the buffer that now moves.
		l.last.text, l.eol = bytes.Clone(l.last.text), bytes.Clone(l.eol)
		b, _ = l.r.Peek(200)
	}
	if len(b) == 0 {
		return false
	}
	return orEnd && (b[0] == '\r' || b[0] == '\n') || fieldName(b) > 0
}

// fieldName gives the length of a header field's name, up to the colon, or 0.
func fieldName(b []byte) int {
	for i, c := range b {
		switch {
		case c == ':':
			return i
		case c == ' ' || c == '\t':
			rest := bytes.TrimLeft(b[i:], " \t")
			if i > 0 && len(rest) > 0 && rest[0] == ':' {
				return i
			}
			return 0
		case c < 33 || c > 126:
			return 0
		}
	}
	return 0
}
