package mail

import (
	"bytes"
	"fmt"
	"io"
	"regexp"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// MailboxFormat reads mailboxes: files of messages, each after a line that
// begins with "From ".
func MailboxFormat() read.Format {
	return read.PartsFormat([]string{read.TypeMailbox}, func(f *sandbox.File) (read.Parts, error) {
		return &mailbox{lines: newLines(f, 0, f.Size)}, nil
	})
}

// mailbox gives one message after another, read once from start to end.
type mailbox struct {
	lines  *lines
	number int
	blank  bool     // the line before was empty
	open   *mailing // whose bytes are still to be read
}

// Next gives the next message. Text before the first is a file of its own.
func (b *mailbox) Next() (read.Part, error) {
	if b.open != nil {
		if _, err := io.Copy(io.Discard, b.open); err != nil {
			return read.Part{}, err
		}
	}
	l, more := b.lines.read()
	if !more {
		if b.lines.err != nil && b.lines.err != io.EOF {
			return read.Part{}, fmt.Errorf("walk over a mailbox: %w", b.lines.err)
		}
		return read.Part{}, io.EOF
	}
	b.number++
	if !(mailboxLine(l.text) && !l.goes) {
		b.lines.unread()
	}
	b.blank, b.open = false, &mailing{box: b}
	return read.Part{Child: &read.Child{Name: fmt.Sprintf("message %d.eml", b.number), Body: b.open}}, nil
}

// mailing is one message of a mailbox. Lines that begin with >From lose one >,
// which was put there so that they part no messages.
type mailing struct {
	box   *mailbox
	rest  []byte
	ended bool
}

var quotedFrom = regexp.MustCompile(`^>+From `)

func (m *mailing) Read(p []byte) (int, error) {
	for len(m.rest) == 0 {
		if m.ended {
			return 0, io.EOF
		}
		l, more := m.box.lines.read()
		if !more {
			m.ended = true
			if err := m.box.lines.err; err != nil && err != io.EOF {
				return 0, &vidimus.Fault{Reason: vidimus.Damaged}
			}
			continue
		}
		if m.box.blank && !l.goes && bytes.HasPrefix(l.text, []byte("From ")) {
			if m.box.lines.fieldNext(false) {
				m.box.lines.unread()
				m.ended = true
				continue
			}
			l = m.box.lines.last
		}
		m.box.blank = len(l.text) == 0 && !l.goes
		m.rest = append(m.rest, l.text...)
		if !l.goes && quotedFrom.Match(l.text) {
			m.rest = m.rest[1:]
		}
		m.rest = append(m.rest, m.box.lines.ending()...)
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}
