package mail

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/read"
	"vidimus/read/charset"

	"github.com/gabriel-vasile/mimetype"
)

// shown reports a part that is read as text of the message, and not a file.
func (p *part) shown() bool {
	disposition, params := mediaType(p.get("Content-Disposition"), "")
	named := params["filename"] != "" || p.params["name"] != ""
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(p.get("Content-Disposition"))), "attachment") || disposition == "attachment" {
		return false
	}
	switch p.kind {
	case "text/plain", "text/html":
		return !named || p.number == ""
	case "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers":
		return true
	}
	return p.number == "" && strings.HasPrefix(p.kind, "text/") || p.multiless()
}

// multiless reports a multipart in which no boundary was found: it is text.
func (p *part) multiless() bool {
	return strings.HasPrefix(p.kind, "multipart/") && len(p.children) == 0
}

func (p *part) html() bool { return p.kind == "text/html" }

// words gives a body as text, and takes files out of it that stand in it.
func (m *message) words(p *part) (string, error) {
	b, err := io.ReadAll(io.LimitReader(p.body(m.file), maxBody))
	if err != nil {
		return "", fmt.Errorf("read a body: %w", err)
	}
	m.shown += int64(len(b))
	if p.html() {
		return m.html(bytes.NewReader(b), p.params["charset"]), nil
	}
	s := charset.Decode(b, p.params["charset"])
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if strings.EqualFold(p.params["format"], "flowed") {
		s = unflowed(s)
	}
	if strings.Contains(s, "-----BEGIN PGP MESSAGE-----") {
		m.inside = append(m.inside, read.Child{Name: "part " + p.at() + ".asc", Fault: vidimus.Encrypted})
	}
	return m.withoutCoded(p, s), nil
}

// at is a part's number; the message itself is 1, as in IMAP.
func (p *part) at() string {
	if p.number == "" {
		return "1"
	}
	return p.number
}

// unflowed joins lines that format=flowed (RFC 3676) parts with a space at the
// end.
func unflowed(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		if strings.HasSuffix(l, " \n") && l != "-- \n" && !strings.HasPrefix(l, ">") {
			l = strings.TrimSuffix(l, "\n")
		}
		b.WriteString(l)
	}
	return b.String()
}

// withoutCoded takes out what is uuencoded in a text; its place keeps the name.
func (m *message) withoutCoded(p *part, s string) string {
	if !strings.Contains(s, "\nend") || !strings.Contains(s, "begin ") {
		return s
	}
	var out, inside strings.Builder
	name, began, number := "", false, 0
	for l := range strings.Lines(s) {
		line := strings.TrimRight(l, "\n")
		switch {
		case began && strings.TrimSpace(line) == "end":
			number++
			body := uuBytes(inside.String())
			if name == "" {
				name = fmt.Sprintf("part %s coded %d", p.at(), number)
			}
			m.inside = append(m.inside, read.Child{Name: name, Body: bytes.NewReader(body)})
			out.WriteString("[" + name + "]\n")
			began = false
			inside.Reset()
		case began:
			inside.WriteString(l)
		default:
			if name, began = uuBegin(line); !began {
				out.WriteString(l)
			}
		}
	}
	if began { // it never ends: it is text
		out.WriteString("begin 644 " + name + "\n" + inside.String())
	}
	return out.String()
}

func uuBytes(s string) []byte {
	var out []byte
	for l := range strings.Lines(s) {
		out = append(out, uuLine([]byte(strings.TrimRight(l, "\n")))...)
	}
	return out
}

// says reports whether the letters of b stand in a, in order.
func says(a, b string) bool {
	return strings.Contains(letters(a), letters(b))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// rawName is a file's name as it stands, where it is not what it is shown as.
func (p *part) rawName(label string) []byte {
	raw := p.givenName()
	if raw == "" || raw == p.name(label) || len(raw) > 4096 {
		return nil
	}
	return []byte(raw)
}

func (p *part) givenName() string {
	_, params := mediaType(p.get("Content-Disposition"), "")
	if params["filename"] != "" {
		return params["filename"]
	}
	return p.params["name"]
}

// name is what a child is called: as the message says, or by its number.
func (p *part) name(label string) string {
	name := text(p.givenName(), label)
	if r := []rune(name); len(r) > 255 {
		name = string(r[:255])
	}
	if name != "" {
		return name
	}
	ext := ".bin"
	switch t := mimetype.Lookup(p.kind); {
	case p.kind == "message/rfc822" || p.kind == "message/global":
		ext = ".eml"
	case p.kind == "application/pkcs7-mime" || p.kind == "application/x-pkcs7-mime":
		ext = ".p7m"
	case t != nil && t.Extension() != "":
		ext = t.Extension()
	}
	return "part " + p.at() + ext
}
