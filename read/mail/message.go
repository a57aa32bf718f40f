package mail

import (
	"fmt"
	"io"
	"strings"

	"vidimus"
	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"
)

// HTMLText gives the words of an HTML page, as package read/html does; the
// label is what the mail says of its charset, or "".
type HTMLText func(page io.Reader, label string) string

// Format reads messages.
func Format(html HTMLText) read.Format {
	return read.PartsFormat([]string{read.TypeMail}, func(f *sandbox.File) (read.Parts, error) {
		start, end, err := appleFrame(f)
		if err != nil {
			return nil, err
		}
		s, err := walk(f, start, end)
		if err != nil {
			return nil, err
		}
		m := &message{file: f, s: s, html: html, label: labelOf(s)}
		return m.parts(end)
	})
}

// message puts together what a message holds.
type message struct {
	file   io.ReaderAt
	s      *structure
	html   HTMLText
	label  string          // charset of what is not encoded in its headers
	text   strings.Builder // what it says, main headers first
	hidden strings.Builder
	shown  int64 // bytes of bodies in text and hidden
	inside []read.Child
}

// labelOf gives the charset of the first part that names one.
func labelOf(s *structure) string {
	for _, p := range s.root.leaves() {
		if c := p.params["charset"]; c != "" {
			return c
		}
	}
	return ""
}

func (m *message) parts(end int64) (read.Parts, error) {
	m.heading()
	if err := m.part(m.s.root); err != nil {
		return nil, err
	}
	if err := m.asides(end); err != nil {
		return nil, err
	}
	sections := read.Cut(read.OwnWords, m.text.String())
	sections = append(sections, read.Cut(read.Hidden, m.hidden.String())...)
	sections = append(sections, read.Cut(read.Properties, m.properties())...)
	if m.s.cut {
		m.inside = append(m.inside, read.Child{Name: "rest of the message", Fault: vidimus.SizeLimit})
	}
	return read.Sections(sections, m.inside...), nil
}

// heading writes the fields that people see first. Whom others did not see is
// no word of the mail, but hidden in it.
func (m *message) heading() {
	for _, name := range []string{"Subject", "From", "To", "Cc", "Date", "Bcc"} {
		to := &m.text
		if name == "Bcc" {
			to = &m.hidden
		}
		for _, f := range m.s.root.header {
			if strings.EqualFold(f.name, name) {
				fmt.Fprintf(to, "%s: %s\n", name, text(f.raw, m.label))
			}
		}
	}
}

// properties lists every field of every part, raw too where that differs.
func (m *message) properties() string {
	var b strings.Builder
	var list func(p *part)
	list = func(p *part) {
		if p.number != "" {
			fmt.Fprintf(&b, "\nPart %s\n", p.number)
		}
		for _, f := range p.header {
			decoded, plain := text(f.raw, m.label), unfolded(f.raw)
			fmt.Fprintf(&b, "%s: %s\n", f.name, decoded)
			if decoded != plain {
				fmt.Fprintf(&b, "  as it stands: %s\n", plain)
			}
		}
		if p.multi { // its shape tells the program that drew it
			fmt.Fprintf(&b, "boundary: %s\n", read.Clean(p.params["boundary"]))
		}
		for _, c := range p.children {
			list(c)
		}
	}
	list(m.s.root)
	return b.String()
}

// part takes in one part and those below it.
func (m *message) part(p *part) error {
	switch {
	case p.tooDeep:
		m.inside = append(m.inside, read.Child{Name: p.name(m.label), Fault: vidimus.SizeLimit})
		return nil
	case len(p.children) == 0:
		return m.leaf(p)
	case p.kind == "multipart/alternative":
		return m.alternative(p)
	}
	for _, c := range p.children {
		if err := m.part(c); err != nil {
			return err
		}
	}
	return nil
}

// alternative shows the plain text, and the HTML as well where it says
// something else.
func (m *message) alternative(p *part) error {
	plain := ""
	for _, c := range p.children {
		if len(c.children) > 0 || !c.shown() || c.html() {
			continue
		}
		s, err := m.words(c)
		if err != nil {
			return err
		}
		plain += s
	}
	m.say(&m.text, plain)
	for _, c := range p.children {
		switch {
		case len(c.children) == 0 && c.shown() && !c.html():
		case strings.TrimSpace(plain) != "" && len(c.children) == 0 && c.shown():
			s, err := m.words(c)
			if err != nil {
				return err
			}
			if !says(plain, s) {
				m.say(&m.hidden, s)
			}
		case strings.TrimSpace(plain) != "" && c.kind == "multipart/related":
			if err := m.related(c, plain); err != nil {
				return err
			}
		default:
			if err := m.part(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// related is HTML with its pictures, beside a plain text.
func (m *message) related(p *part, plain string) error {
	for _, c := range p.children {
		if len(c.children) > 0 || !c.shown() {
			if err := m.part(c); err != nil {
				return err
			}
			continue
		}
		s, err := m.words(c)
		if err != nil {
			return err
		}
		if !says(plain, s) {
			m.say(&m.hidden, s)
		}
	}
	return nil
}

// leaf shows a body, or makes a child of it.
func (m *message) leaf(p *part) error {
	if !p.shown() || p.end-p.start > maxBody || m.shown > maxBodies {
		m.inside = append(m.inside, read.Child{Name: p.name(m.label), Raw: p.rawName(m.label), Body: p.body(m.file)})
		return nil
	}
	s, err := m.words(p)
	if err != nil {
		return err
	}
	m.say(&m.text, s)
	return nil
}

func (m *message) say(to *strings.Builder, s string) {
	if s = strings.Trim(s, "\n"); s != "" {
		if to.Len() > 0 {
			to.WriteByte('\n')
		}
		to.WriteString(s + "\n")
	}
}

// asides shows what stands outside of the parts, but for the sentence that
// programs put there.
func (m *message) asides(end int64) error {
	for _, a := range m.s.asides {
		b := make([]byte, min(a.end-a.start, 1<<20))
		if _, err := m.file.ReadAt(b, a.start); err != nil && err != io.EOF {
			return err
		}
		s := strings.TrimSpace(charset.Decode(b, m.label))
		if s != "" && !strings.Contains(s, "multi-part message in MIME format") {
			m.say(&m.hidden, s)
		}
		if a.end-a.start > int64(len(b)) {
			m.s.cut = true
		}
	}
	return nil
}
