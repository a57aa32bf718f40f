package sandbox

import (
	"cmp"
	"errors"
	"time"
)

// Limits bound what one file may cost. A field left at zero takes its value
// from DefaultLimits.
type Limits struct {
	Wall   time.Duration // for Open, and for each Ask; the time that hear takes is not counted
	Memory int64         // bytes of address space above what the worker had after Ready

	// What one message may hold: bytes of text, integers, opaque bytes.
	MessageText, MessageInts, MessageBytes int

	// What all messages of one answer may hold together.
	AnswerMessages, AnswerText, AnswerInts, AnswerBytes int
}

// DefaultLimits are the limits of ordinary work. One message can hold a
// picture of 4,000 by 4,000 pixels in four bytes each.
func DefaultLimits() Limits {
	return Limits{
		Wall:           time.Minute,
		Memory:         512 << 20,
		MessageText:    16 << 20,
		MessageInts:    4 << 20,
		MessageBytes:   64 << 20,
		AnswerMessages: 1 << 20,
		AnswerText:     64 << 20,
		AnswerInts:     16 << 20,
		AnswerBytes:    1 << 30,
	}
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	return Limits{
		Wall:           cmp.Or(l.Wall, d.Wall),
		Memory:         cmp.Or(l.Memory, d.Memory),
		MessageText:    cmp.Or(l.MessageText, d.MessageText),
		MessageInts:    cmp.Or(l.MessageInts, d.MessageInts),
		MessageBytes:   cmp.Or(l.MessageBytes, d.MessageBytes),
		AnswerMessages: cmp.Or(l.AnswerMessages, d.AnswerMessages),
		AnswerText:     cmp.Or(l.AnswerText, d.AnswerText),
		AnswerInts:     cmp.Or(l.AnswerInts, d.AnswerInts),
		AnswerBytes:    cmp.Or(l.AnswerBytes, d.AnswerBytes),
	}
}

// longestMessage is the size of the largest message frame that keeps to l.
func (l Limits) longestMessage() int {
	return messageOverhead + maxName + l.MessageText + 8*l.MessageInts + l.MessageBytes
}

// budget is what is left of one answer. Both sides keep one: the worker's
// tells an honest reader in time, the parent's is the wall.
type budget struct {
	limits                      Limits
	messages, text, ints, bytes int
}

func (l Limits) budget() *budget {
	return &budget{l, l.AnswerMessages, l.AnswerText, l.AnswerInts, l.AnswerBytes}
}

// errTooMuch is a fault of the file when the worker sees it first, and the
// worker's death when the parent does.
var errTooMuch = errors.New("more than a reader may give back")

// spend takes m from the budget, or says that m is too much.
func (b *budget) spend(m Message) error {
	b.messages--
	b.text -= len(m.Text)
	b.ints -= len(m.Ints)
	b.bytes -= len(m.Bytes)
	if len(m.Text) > b.limits.MessageText || len(m.Ints) > b.limits.MessageInts || len(m.Bytes) > b.limits.MessageBytes ||
		min(b.messages, b.text, b.ints, b.bytes) < 0 {
		return errTooMuch
	}
	return nil
}
