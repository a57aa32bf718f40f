package mail

import (
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

func TestSealedFilesSayThatTheyAreEncrypted(t *testing.T) {
	r, err := read.Kind("sealed", SealedFormat()).Ready()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, content string
		want          vidimus.Reason
	}{
		{"encrypted.asc", "-----BEGIN PGP MESSAGE-----\n\nx\n", vidimus.Encrypted},
		{"smime.p7m", "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80", vidimus.Encrypted},
		{"signed.p7m", "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80", vidimus.KindNotRead},
	} {
		if err := r.Open(&sandbox.File{ReaderAt: strings.NewReader(c.content), Size: int64(len(c.content)), Name: c.name}); err != nil {
			t.Fatal(err)
		}
		said := ""
		err := r.Answer(sandbox.Question{Verb: "about"}, func(m sandbox.Message) error { said = m.Text; return nil })
		if reason, _ := vidimus.FaultOf(err); reason != c.want || !strings.HasPrefix(said, "application/p") {
			t.Errorf("%s: %s, %v", c.name, said, err)
		}
		r.Close()
	}
}

func TestMailIsKnownByItsFirstLines(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a", "Received: x\nFrom: a@b\nTo: c@d\n\nx", read.TypeMail},
		{"a.txt", "From: a@b\nTo: c@d\nSubject: a memo that a person wrote\nDate: today\n\nx", read.TypeText},
		{"a.eml", "Subject: x\n\nx", read.TypeMail},
		{"a.emlx", "12\nSubject: x\n\nx", read.TypeMail},
		{"a", "From a@b Mon Jan  1 00:00:00 2024\nSubject: x\n\nx", read.TypeMailbox},
		{"a.txt", "From here to there: a story\n\nx", read.TypeText},
		{"a.eml", "no mail at all", read.TypeText},
	} {
		if got := read.TypeOf([]byte(c.content), c.name); got != c.want {
			t.Errorf("%.30q named %s is %s, not %s", c.content, c.name, got, c.want)
		}
	}
}
