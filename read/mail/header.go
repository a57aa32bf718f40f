package mail

import (
	"bytes"
	"strings"
)

// field is a header field as it stands, unfolded.
type field struct{ name, raw string }

// get gives the first field of a name, decoded.
func (p *part) get(name string) string {
	for _, f := range p.header {
		if strings.EqualFold(f.name, name) {
			return f.raw
		}
	}
	return ""
}

// readHeader reads fields up to the empty line. A line that is no field is
// part of the one before when fields go on after it, else the body's first.
func (w *walking) readHeader(top bool) []field {
	var all []field
	for first := true; ; first = false {
		l, more := w.lines.read()
		if !more || len(l.text) == 0 && !l.goes {
			return all
		}
		if level, _ := w.boundary(l); level >= 0 {
			w.lines.unread()
			return all
		}
		n := fieldName(l.text)
		folded := l.goes || l.text[0] == ' ' || l.text[0] == '\t'
		switch {
		case first && top && mailboxLine(l.text):
		case len(all) > 0 && folded && len(bytes.TrimSpace(l.text)) == 0 && !l.goes:
		case len(all) > 0 && folded:
			w.extend(&all[len(all)-1], l)
		case n > 0:
			all = append(all, field{name: string(l.text[:n])})
			after := bytes.TrimLeft(l.text[n:], " \t")
			w.keep(&all[len(all)-1], bytes.TrimPrefix(after, []byte(":")))
		case len(all) > 0 && w.lines.fieldNext(true):
			w.extend(&all[len(all)-1], w.lines.last)
		default:
			w.lines.unread()
			return all
		}
	}
}

func (w *walking) extend(f *field, l line) {
	if !l.goes {
		f.raw += "\n"
	}
	w.keep(f, l.text)
}

// keep adds to a field what the bounds allow.
func (w *walking) keep(f *field, text []byte) {
	room := min(maxField-len(f.raw), maxHeader-w.header)
	if len(text) > room {
		text, w.s.cut = text[:max(room, 0)], true
	}
	w.header += len(text)
	f.raw += string(text)
}

// mailboxLine reports the line that parts the messages of a mailbox.
func mailboxLine(text []byte) bool {
	return bytes.HasPrefix(text, []byte("From ")) || bytes.HasPrefix(text, []byte(">From "))
}

// unfolded is a field's body in one line.
func unfolded(raw string) string {
	if !strings.Contains(raw, "\n") {
		return strings.TrimSpace(raw)
	}
	var b strings.Builder
	for i, l := range strings.Split(raw, "\n") {
		if i > 0 && l != "" && l[0] != ' ' && l[0] != '\t' {
			b.WriteByte(' ')
		}
		b.WriteString(l)
	}
	return strings.TrimSpace(b.String())
}
