package mail

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// part is one part of a message: the message itself, a multipart, or a leaf.
type part struct {
	header     []field
	kind       string // media type, lower case
	params     map[string]string
	number     string // as IMAP counts: 1, 1.2; "" for the message
	multi      bool   // opened as a multipart
	tooDeep    bool
	children   []*part
	start, end int64 // of the body
}

// span is text outside of all parts.
type span struct{ start, end int64 }

// structure is a whole message.
type structure struct {
	root   *part
	asides []span // before the first and after the last part of multiparts
	cut    bool   // a bound was reached: something of it is not there
}

// walk finds the parts of a message between two offsets of a file.
func walk(r io.ReaderAt, start, end int64) (*structure, error) {
	w := &walking{lines: newLines(r, start, end), s: &structure{root: &part{}}}
	w.open(w.s.root)
	for {
		l, more := w.lines.read()
		if !more {
			break
		}
		if level, closing := w.boundary(l); level >= 0 {
			w.cross(level, closing, l)
		}
		w.before = l.stop
	}
	w.endCurrent(w.lines.at)
	if err := w.lines.err; err != nil && err != io.EOF {
		return nil, fmt.Errorf("walk over a message: %w", err)
	}
	return w.s, nil
}

type walking struct {
	lines   *lines
	s       *structure
	stack   []*part // multiparts that are open
	current *part   // whose body the lines are; nil after a multipart's end
	aside   int64   // where text outside of parts began
	before  int64   // where the line before ended
	parts   int
	header  int // bytes kept
}

// open reads a part's header and begins its body.
func (w *walking) open(p *part) {
	w.parts++
	p.header = w.readHeader(p == w.s.root)
	p.kind, p.params = mediaType(p.get("Content-Type"), w.fallback(p))
	p.start, p.end = w.lines.at, -1
	if w.lines.back {
		p.start = w.lines.last.start
	}
	w.before, w.current = p.start, p
	if !strings.HasPrefix(p.kind, "multipart/") {
		return
	}
	switch {
	case len(w.stack) >= maxNested:
		p.tooDeep = true
	case p.params["boundary"] != "":
		p.multi = true
		w.stack = append(w.stack, p)
	}
}

// fallback is the type of a part that says none.
func (w *walking) fallback(p *part) string {
	if n := len(w.stack); n > 0 && p != w.s.root && w.stack[n-1].kind == "multipart/digest" {
		return "message/rfc822"
	}
	return "text/plain"
}

// boundary tells which open multipart a line parts, or -1.
func (w *walking) boundary(l line) (level int, closing bool) {
	rest, ok := bytes.CutPrefix(l.text, []byte("--"))
	if !ok || l.goes {
		return -1, false
	}
	for i := len(w.stack) - 1; i >= 0; i-- {
		b := w.stack[i].params["boundary"]
		after, ok := strings.CutPrefix(string(rest), b)
		if after = strings.Trim(after, " \t"); ok && (after == "" || after == "--") {
			return i, after == "--"
		}
	}
	return -1, false
}

// cross ends what stands before a boundary and begins what follows.
func (w *walking) cross(level int, closing bool, l line) {
	w.endCurrent(w.before)
	multi := w.stack[level]
	if closing {
		multi.end = l.next
		w.stack, w.current, w.aside = w.stack[:level], nil, l.next
		return
	}
	w.stack = w.stack[:level+1]
	if w.parts >= maxParts {
		w.s.cut, w.current, w.aside = true, nil, l.next
		return
	}
	p := &part{number: fmt.Sprint(len(multi.children) + 1)}
	if multi.number != "" {
		p.number = multi.number + "." + p.number
	}
	multi.children = append(multi.children, p)
	w.open(p)
}

// endCurrent ends the body, or the text outside of all parts.
func (w *walking) endCurrent(at int64) {
	p := w.current
	switch {
	case p == nil && at > w.aside:
		w.s.asides = append(w.s.asides, span{w.aside, at})
	case p != nil && p.multi && len(p.children) == 0 && at > p.start && len(w.stack) > 0:
		p.end = max(at, p.start)
		w.s.asides = append(w.s.asides, span{p.start, at})
	case p != nil:
		p.end = max(at, p.start)
	}
}

// leaves gives the parts that have a body of their own, in order.
func (p *part) leaves() []*part {
	if len(p.children) == 0 {
		return []*part{p}
	}
	var all []*part
	for _, c := range p.children {
		all = append(all, c.leaves()...)
	}
	return all
}
