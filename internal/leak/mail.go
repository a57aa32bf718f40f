package leak

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// mail is one message of the thread.
type mail struct {
	number, from, to, cc, date, subject string
	label, transfer                     string // charset and transfer encoding
	attach                              string // "a.zip>b.zip: documents", the outermost first
	body                                string
	before                              string // the number of the one before it
}

// address gives who writes under a short name, in the language of the mail:
// the domains are of those that RFC 2606 keeps for examples.
var address = map[string][2]string{
	"karsh":    {"Vendo Karsh", "v.karsh@order.kelmut.example"},
	"omurai":   {"Lisset Omurai", "l.omurai@order.kelmut.example"},
	"hettin":   {"Gosmar Hettin", "yard@order.kelmut.example"},
	"toshun":   {"Berak Toshun", "b.toshun@order.kelmut.example"},
	"serq":     {"Ilvana Serq", "settling@order.kelmut.example"},
	"oskovin":  {"Yarmek Oskovin", "chief@canalhead.example"},
	"ersomar":  {"Betqul Ersomar", "head@newfield9.example"},
	"fenvir":   {"Osalt Fenvir", "osalt@words.example"},
	"thressel": {"Maddoc Thressel", "m.thressel@dams.example"},
	"desk":     {"desk", "desk@paper.example"},
}

// thread reads text/thread.txt: mails that begin "## number", their fields, an
// empty line, their body.
func thread() []Document {
	source, err := texts.ReadFile("text/thread.txt")
	if err != nil {
		panic(err) // it is embedded
	}
	var list []Document
	before := ""
	for _, part := range strings.Split(string(source), "## ")[1:] {
		head, body, _ := strings.Cut(part, "\n\n")
		number, fields, _ := strings.Cut(head, "\n")
		get := func(name string) string {
			for line := range strings.SplitSeq(fields, "\n") {
				if v, ok := strings.CutPrefix(line, name+": "); ok {
					return v
				}
			}
			return ""
		}
		m := &mail{number: number, to: get("to"), cc: get("cc"), date: get("date"), subject: get("subject"), attach: get("attach"), before: before}
		m.from, _, _ = strings.Cut(get("from"), " ")
		m.label, m.transfer, _ = strings.Cut(get("charset"), " ")
		languages := []string{get("language")}
		edge := markLine(languages)
		if m.label == "big5" {
			edge = strings.ReplaceAll(edge, "·", "‧")
		}
		m.body = edge + "\n\n" + strings.TrimSpace(body) + "\n\n" + edge + "\n"
		list = append(list, Document{Name: "thread/" + number, Path: "mail/" + number + ".eml", Languages: languages, mail: m})
		before = number
	}
	return list
}

func (m *mail) charset() encoding.Encoding {
	switch m.label {
	case "gb18030":
		return simplifiedchinese.GB18030
	case "big5":
		return traditionalchinese.Big5
	case "koi8-r":
		return charmap.KOI8R
	}
	return encoding.Nop
}

// file writes the message: RFC 5322, MIME, its charset.
func (m *mail) file(d Document, made map[string]Made) ([]byte, []Page, error) {
	subject, err := m.word(m.subject)
	if err != nil {
		return nil, nil, fmt.Errorf("write subject %s: %w", m.number, err)
	}
	body, err := m.text()
	if err != nil {
		return nil, nil, fmt.Errorf("write body %s: %w", m.number, err)
	}
	var w bytes.Buffer
	fmt.Fprintf(&w, "Received: from %s-desk-7 (10.18.8.%s) by relay.order.kelmut.example; %s\r\n", m.from, strings.TrimLeft(m.number, "0"), m.date)
	fmt.Fprintf(&w, "From: %s\r\nTo: %s\r\n", people(m.from), people(m.to))
	if m.cc != "" {
		fmt.Fprintf(&w, "Cc: %s\r\n", people(m.cc))
	}
	fmt.Fprintf(&w, "Subject: %s\r\nDate: %s\r\nMessage-ID: <%s@order.kelmut.example>\r\n", subject, m.date, m.number)
	if m.before != "" {
		fmt.Fprintf(&w, "In-Reply-To: <%s@order.kelmut.example>\r\n", m.before)
	}
	w.WriteString("X-Mailer: Weirside Post 4.1\r\nMIME-Version: 1.0\r\n")
	kind := fmt.Sprintf("Content-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: %s\r\n\r\n", m.label, m.transfer)
	if m.attach == "" {
		w.WriteString(kind)
		w.Write(body)
	} else {
		err = m.parts(&w, kind, body, made)
	}
	return w.Bytes(), []Page{{Text: m.subject + "\n" + m.body}}, err
}

// people lists addresses by their short names.
func people(names string) string {
	var list []string
	for name := range strings.FieldsSeq(names) {
		list = append(list, fmt.Sprintf("%s <%s>", address[name][0], address[name][1]))
	}
	return strings.Join(list, ", ")
}

// word is a subject as an encoded word (RFC 2047) where it is not plain.
func (m *mail) word(s string) (string, error) {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > '~' }) {
		return s, nil
	}
	b, err := m.charset().NewEncoder().Bytes([]byte(s))
	return "=?" + m.label + "?B?" + base64.StdEncoding.EncodeToString(b) + "?=", err
}

// text is the body in its charset and transfer encoding.
func (m *mail) text() ([]byte, error) {
	b, err := m.charset().NewEncoder().Bytes([]byte(strings.ReplaceAll(m.body, "\n", "\r\n")))
	switch {
	case err != nil:
		return nil, err
	case m.transfer == "base64":
		return lines64(b), nil
	case m.transfer == "quoted-printable":
		var w bytes.Buffer
		q := quotedprintable.NewWriter(&w)
		q.Write(b) // a bytes.Buffer takes everything
		err = q.Close()
		return w.Bytes(), err
	}
	return b, nil
}

func lines64(b []byte) []byte {
	var w bytes.Buffer
	s := base64.StdEncoding.EncodeToString(b)
	for len(s) > 76 {
		w.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	w.WriteString(s + "\r\n")
	return w.Bytes()
}

// parts writes a body and an archive beside it.
func (m *mail) parts(w *bytes.Buffer, kind string, body []byte, made map[string]Made) error {
	data, names, err := m.attachment(made)
	if err != nil {
		return err
	}
	name, err := m.word(names[0])
	if err != nil {
		return err
	}
	edge := "=_weir_" + m.number
	fmt.Fprintf(w, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n%s%s\r\n", edge, edge, kind, body)
	fmt.Fprintf(w, "--%s\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=\"%s\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s--%s--\r\n",
		edge, name, lines64(data), edge)
	return nil
}

// attachment packs the documents that a mail carries into archives, one in the
// other, and gives the archives' names, the outermost first.
func (m *mail) attachment(made map[string]Made) ([]byte, []string, error) {
	archives, documents, _ := strings.Cut(m.attach, ": ")
	names := strings.Split(archives, ">")
	var members []packed
	for _, d := range m.carried() {
		_, name, _ := cut(made[d].Path, "/")
		members = append(members, packed{name, made[d].Data})
	}
	if len(members) == 0 {
		return nil, nil, fmt.Errorf("mail %s carries %q: no such document", m.number, documents)
	}
	for i := len(names) - 1; ; i-- {
		data, err := archive(members...)
		if err != nil || i == 0 {
			return data, names, err
		}
		members = []packed{{names[i], data}}
	}
}

// carried names the documents that the mail has with it.
func (m *mail) carried() []string {
	_, documents, _ := strings.Cut(m.attach, ": ")
	return strings.Fields(documents)
}
