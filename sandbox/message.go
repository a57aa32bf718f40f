package sandbox

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

const (
	maxName = 32
	// messageOverhead is what a message costs without its content: the length
	// of its name, and the counts of its text, integers and bytes.
	messageOverhead = 1 + 3*4
)

var (
	errMessage = errors.New("message: its lengths do not add up")
	errName    = errors.New("message: its name is not lower-case ASCII of at most 32 bytes")
	errUTF8    = errors.New("message: its text is not UTF-8")
)

// check is what both sides demand of a message beside its size.
func (m Message) check() error {
	if !validName(m.Name) {
		return errName
	}
	if !utf8.ValidString(m.Text) {
		return errUTF8
	}
	return nil
}

func validName(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return len(s) <= maxName
}

// encode gives the two pieces of a message's payload: all but its bytes, and
// its bytes, which may be many and are not copied.
func (m Message) encode() (front, bytes []byte) {
	b := make([]byte, 0, messageOverhead+len(m.Name)+len(m.Text)+8*len(m.Ints))
	b = append(append(b, byte(len(m.Name))), m.Name...)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(m.Text))), m.Text...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.Ints)))
	for _, n := range m.Ints {
		b = binary.LittleEndian.AppendUint64(b, uint64(n))
	}
	return binary.LittleEndian.AppendUint32(b, uint32(len(m.Bytes))), m.Bytes
}

// parseMessage takes a message apart and charges it to left before it copies
// anything. The message's Bytes are a part of b.
func parseMessage(b []byte, left *budget) (Message, error) {
	p := parser{rest: b}
	name, text := p.take(p.uint8()), p.take(p.uint32())
	ints := p.take(8 * p.uint32())
	m := Message{Bytes: p.take(p.uint32())}
	if p.short || len(p.rest) > 0 {
		return Message{}, errMessage
	}
	if len(text) > left.limits.MessageText || len(ints)/8 > left.limits.MessageInts {
		return Message{}, errTooMuch
	}
	m.Name, m.Text, m.Ints = string(name), string(text), parseInts(ints)
	if err := left.spend(m); err != nil {
		return Message{}, err
	}
	return m, m.check()
}

func parseInts(b []byte) []int64 {
	if len(b) == 0 {
		return nil
	}
	ints := make([]int64, len(b)/8)
	for i := range ints {
		ints[i] = int64(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return ints
}

// parser cuts pieces off the front of a payload. Once a piece is not there,
// it is short and gives nothing more.
type parser struct {
	rest  []byte
	short bool
}

func (p *parser) take(n int) []byte {
	if n < 0 || n > len(p.rest) || p.short {
		p.short, p.rest = true, nil
		return nil
	}
	piece := p.rest[:n:n]
	p.rest = p.rest[n:]
	return piece
}

func (p *parser) uint8() int {
	if b := p.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (p *parser) uint32() int {
	if b := p.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}
