package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// mass is a folder of many small files and what must be found in them.
type mass struct {
	dir    string
	files  int
	bytes  int64
	totals map[string]int // in how many files a word stands, once in each
}

const (
	sampledWords = 100
	perFolder    = 500
)

// form writes text as one kind of file.
type form struct {
	ending string
	share  int // of ten
	text   int // bytes of text, on average
	write  func(l *lexicon, n int, paragraphs []string) []byte
}

var forms = []form{
	{"eml", 4, 11_000, asMail}, {"docx", 2, 18_000, asWord}, {"html", 2, 12_000, asHTML}, {"txt", 2, 11_000, asText},
}

// newMass makes so many files below dir, the same for the same seed. A shrink
// of 4 makes them a quarter as long.
func newMass(dir string, seed uint64, files, shrink int) (*mass, error) {
	l, m := newLexicon(seed), &mass{dir: dir, files: files, totals: map[string]int{}}
	rare := l.rare(sampledWords)
	for n := range files {
		f := forms[0]
		for at, i := n%10, 0; ; i++ {
			if f = forms[i]; at < f.share {
				break
			}
			at -= f.share
		}
		var put []string
		for i, w := range rare { // the first words often, the last seldom
			if l.draw.IntN(20+40*i) == 0 {
				put = append(put, w)
				m.totals[w]++
			}
		}
		size := f.text / 2 / shrink
		b := f.write(l, n, l.paragraphs(size+l.draw.IntN(2*size), put))
		folder := filepath.Join(dir, fmt.Sprintf("%03d", n/perFolder))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%05d.%s", n, f.ending)), b, 0o600); err != nil {
			return nil, err
		}
		m.bytes += int64(len(b))
	}
	return m, nil
}

func asText(_ *lexicon, n int, paragraphs []string) []byte {
	return []byte(fmt.Sprintf("No. %d\n\n%s\n", n, strings.Join(paragraphs, "\n\n")))
}

func asHTML(_ *lexicon, n int, paragraphs []string) []byte {
	return []byte(fmt.Sprintf("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>No. %d</title></head>\n<body><p>%s</p></body></html>\n",
		n, strings.Join(paragraphs, "</p>\n<p>")))
}

// asMail makes a mail as programs send them: its text in plain and as HTML
// every third time, quoted or in base64 as its writing needs.
func asMail(l *lexicon, n int, paragraphs []string) []byte {
	var b bytes.Buffer
	day := time.Date(2019, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(n) * 17 * time.Minute)
	fmt.Fprintf(&b, "From: Sender %d <s%d@invalid.example>\r\nTo: <r%d@invalid.example>\r\nDate: %s\r\nMessage-ID: <%d@invalid.example>\r\nSubject: No. %d\r\nMIME-Version: 1.0\r\n",
		n%97, n%97, n%89, day.Format(time.RFC1123Z), n, n)
	text := strings.Join(paragraphs, "\r\n\r\n")
	if n%3 > 0 {
		fmt.Fprintf(&b, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s", encoded(text))
		return b.Bytes()
	}
	half := len(paragraphs) / 2
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=\"b-%d\"\r\n\r\n", n)
	fmt.Fprintf(&b, "--b-%d\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n", n, encoded(strings.Join(paragraphs[:half], "\r\n\r\n")))
	fmt.Fprintf(&b, "--b-%d\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n--b-%d--\r\n", n, encoded(string(asHTML(l, n, paragraphs[half:]))), n)
	return b.Bytes()
}

// encoded is a transfer encoding's name, an empty line and the text in it.
func encoded(text string) string {
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		var b strings.Builder
		b.WriteString("base64\r\n\r\n")
		for rest := base64.StdEncoding.EncodeToString([]byte(text)); rest != ""; {
			n := min(76, len(rest))
			b.WriteString(rest[:n] + "\r\n")
			rest = rest[n:]
		}
		return b.String()
	}
	return "7bit\r\n\r\n" + text + "\r\n"
}

// asWord makes a document as small as Word opens it.
func asWord(_ *lexicon, n int, paragraphs []string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"docProps/core.xml", fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>No. %d</dc:title></cp:coreProperties>`, n)},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` +
			strings.Join(paragraphs, `</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">`) + `</w:t></w:r></w:p></w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(head + part[1]))
		}
		if err != nil {
			panic(err) // a buffer takes all
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
