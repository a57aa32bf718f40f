package mail

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"
	"vidimus/read/html"
	"vidimus/sandbox"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/google/go-cmp/cmp"
)

// all reads a file's sections by kind and its children by name.
func all(t testing.TB, f read.Format, content, name string) (texts, files map[string]string) {
	t.Helper()
	r, err := f.Ready()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Open(&sandbox.File{ReaderAt: strings.NewReader(content), Size: int64(len(content)), Name: name}); err != nil {
		t.Fatal(err)
	}
	texts, files = map[string]string{}, map[string]string{}
	for ended := false; !ended; {
		child := ""
		err := r.Answer(sandbox.Question{Verb: "next"}, func(m sandbox.Message) error {
			switch m.Name {
			case "end":
				ended = true
			case "section":
				kind, s, _ := strings.Cut(m.Text, "\n")
				texts[kind] += s
			case "child":
				fault := ""
				child, fault, _ = strings.Cut(m.Text, "\n")
				files[child] = fault
			case "bytes":
				files[child] += string(m.Bytes)
			case "torn":
				files[child] += "<torn: " + m.Text + ">"
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts, files
}

func TestMessagesAreRead(t *testing.T) {
	mixed := func(parts ...string) string {
		return "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
	}
	for _, c := range []struct {
		name, mail string
		text       string
		files      map[string]string
	}{
		{"a plain one", "From: a@b\nSubject: hello\n\nbody\n", "Subject: hello\nFrom: a@b\n\nbody", nil},
		{"one with line ends of Windows", "From: a@b\r\nSubject: x\r\n  y\r\n\r\nbody\r\n", "Subject: x  y\nFrom: a@b\n\nbody", nil},
		{"an attachment", mixed("\ntext", "Content-Disposition: attachment; filename=\"a.bin\"\nContent-Transfer-Encoding: base64\n\naGVs\nbG8="),
			"Subject: s\n\ntext", map[string]string{"a.bin": "hello"}},
		{"a name in pieces", mixed("\ntext", "Content-Disposition: attachment; filename*0*=utf-8''%E9%AB; filename*1*=%98.txt\n\nx"),
			"Subject: s\n\ntext", map[string]string{"高.txt": "x"}},
		{"base64 in pieces, with dirt", mixed("Content-Transfer-Encoding: base64\n\naGk=\n!!aGk=\n"), "Subject: s\n\nhihi", nil},
		{"quoted-printable with damage", mixed("Content-Transfer-Encoding: quoted-printable\n\nsoft=\nbreak =ZZ =C3=A9="), "Subject: s\n\nsoftbreak =ZZ é", nil},
		{"a message in a message", mixed("Content-Type: message/rfc822\n\nSubject: inner\n\nx"), "Subject: s", map[string]string{"part 1.eml": "Subject: inner\n\nx"}},
		{"a picture without a name", mixed("Content-Type: image/png\n\nx"), "Subject: s", map[string]string{"part 1.png": "x"}},
		{"uuencode in a text", "Subject: s\n\nbefore\nbegin 644 a.txt\n#0V%T\n`\nend\nafter\n", "Subject: s\n\nbefore\n[a.txt]\nafter", map[string]string{"a.txt": "Cat"}},
		{"a boundary that never comes", "Subject: s\nContent-Type: multipart/mixed; boundary=zz\n\n--b\n\ntext\n", "Subject: s\n\n--b\n\ntext", nil},
		{"parts that never end", "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n", "Subject: s\n\ntext", nil},
		{"plain text beside HTML that says the same", "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nsame words\n--b\nContent-Type: text/html\n\n<p>same <b>words</b>\n--b--\n", "Subject: s\n\nsame words", nil},
		{"HTML alone", "Subject: s\nContent-Type: text/html\n\n<p>words</p>", "Subject: s\n\nwords", nil},
		{"encrypted by PGP in the text", "Subject: s\n\n-----BEGIN PGP MESSAGE-----\nx\n", "Subject: s\n\n-----BEGIN PGP MESSAGE-----\nx", map[string]string{"part 1.asc": "encrypted"}},
	} {
		texts, files := all(t, Format(html.Text), c.mail, "a.eml")
		if d := cmp.Diff(c.text, texts[read.OwnWords]); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if c.files == nil {
			c.files = map[string]string{}
		}
		if d := cmp.Diff(c.files, files); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestWhatAMailProgramWouldNotShowIsRead(t *testing.T) {
	texts, _ := all(t, Format(html.Text), "Subject: s\nContent-Type: multipart/alternative; boundary=b\n\nbefore all\n--b\n\nplain words\n--b\nContent-Type: text/html\n\n<p>other words\n--b--\nafter all\n", "a.eml")
	if want := "other words\n\nbefore all\n\nafter all"; texts[read.Hidden] != want {
		t.Errorf("%q", texts[read.Hidden])
	}
}

func TestCharsetsOfMail(t *testing.T) {
	for name, c := range map[string]struct {
		charset encoding.Encoding
		label   string
		text    string
	}{
		"GB18030 called GB2312": {simplifiedchinese.GB18030, "gb2312", "朱镕基关于做好今年工作的通知"},
		"Big5":                  {traditionalchinese.Big5, "big5", "關於做好今年工作的通知"},
		"KOI8-R":                {charmap.KOI8R, "koi8-r", "Все люди рождаются свободными"},
		"ISO-2022-JP":           {japanese.ISO2022JP, "iso-2022-jp", "こんにちは世界"},
	} {
		coded, err := c.charset.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		var words strings.Builder // each byte a word of its own: characters are cut
		for _, b := range []byte(coded) {
			fmt.Fprintf(&words, " =?%s?Q?=%02X?=\n", c.label, b)
		}
		mail := "Subject:" + words.String() + "Content-Type: text/plain; charset=" + c.label + "\n\n" + coded
		texts, _ := all(t, Format(html.Text), mail, "a.eml")
		if want := "Subject: " + c.text + "\n\n" + c.text; texts[read.OwnWords] != want {
			t.Errorf("%s: %q", name, texts[read.OwnWords])
		}
		if !strings.Contains(texts[read.Properties], "as it stands: =?"+c.label) {
			t.Errorf("%s: the raw field is not kept", name)
		}
	}
}

func TestMailboxesGiveTheirMessages(t *testing.T) {
	box := "From a@b Mon Jan  1 00:00:00 2024\nSubject: one\n\n>From here\nFrom there\n\nFrom afar I came\n\nFrom c@d Tue Jan  2 00:00:00 2024\nSubject: two\n\nx"
	_, files := all(t, MailboxFormat(), box, "a.mbox")
	want := map[string]string{
		"message 1.eml": "Subject: one\n\nFrom here\nFrom there\n\nFrom afar I came\n\n",
		"message 2.eml": "Subject: two\n\nx",
	}
	if d := cmp.Diff(want, files); d != "" {
		t.Error(d)
	}
}

func TestNestedMultipartsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	_, files := all(t, Format(html.Text), "Subject: s\n"+b.String()+"\ndeep", "a.eml")
	if len(files) != 1 || files["part "+strings.TrimSuffix(strings.Repeat("1.", maxNested), ".")+".bin"] != string(vidimus.SizeLimit) {
		t.Errorf("%.200v", files)
	}
}

func TestManyPartsAreBounded(t *testing.T) {
	_, files := all(t, Format(html.Text), "Content-Type: multipart/mixed; boundary=b\n\n"+strings.Repeat("--b\n\n\n", maxParts+5), "a.eml")
	if files["rest of the message"] != string(vidimus.SizeLimit) {
		t.Errorf("%v", files)
	}
}

func FuzzMail(f *testing.F) {
	f.Add("Subject: =?utf-8?B?aGk=?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\naGk=\n--b--\n")
	f.Add("Subject: s\n\nbegin 644 a\n#0V%T\nend\n")
	f.Add("Content-Type: text/html; charset*0*=gb''%20\nContent-Transfer-Encoding: quoted-printable\n\n=\r\r\n=4")
	f.Fuzz(func(t *testing.T, mail string) {
		for _, open := range []read.Format{Format(html.Text), MailboxFormat()} {
			all(t, open, mail, "a.eml")
		}
		s, err := walk(strings.NewReader(mail), 0, int64(len(mail)))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range s.root.leaves() {
			if p.start < 0 || p.end < p.start || p.end > int64(len(mail)) {
				t.Fatalf("part %s from %d to %d", p.number, p.start, p.end)
			}
			for _, coding := range []string{"base64", "quoted-printable", "uuencode"} {
				p.header = []field{{"Content-Transfer-Encoding", coding}}
				if _, err := io.Copy(io.Discard, p.body(bytes.NewReader([]byte(mail)))); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
