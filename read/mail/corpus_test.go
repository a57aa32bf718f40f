package mail

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"vidimus/internal/corpus"
	"vidimus/read"
	"vidimus/read/html"
	"vidimus/sandbox"
)

// counts of a message, those attached to it included.
type counts struct{ fields, leaves, multiparts, messages int }

func count(t testing.TB, b []byte, into *counts) {
	s, err := walk(bytes.NewReader(b), 0, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	into.messages++
	var each func(p *part)
	each = func(p *part) {
		into.fields += len(p.header)
		switch {
		case p.multi:
			into.multiparts++
		case p.kind == "message/rfc822":
			inner, err := io.ReadAll(p.body(bytes.NewReader(b)))
			if err != nil {
				t.Fatal(err)
			}
			count(t, inner, into)
		default:
			into.leaves++
		}
		for _, c := range p.children {
			each(c)
		}
	}
	each(s.root)
}

func truth(b []byte) (c counts) {
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		token, err := d.Token()
		if err != nil {
			return c
		}
		if start, ok := token.(xml.StartElement); ok {
			switch start.Name.Local {
			case "field":
				c.fields++
			case "body":
				c.leaves++
			case "multipart":
				c.multiparts++
			case "message":
				c.messages++
			}
		}
	}
}

func TestMessagesAreParted(t *testing.T) {
	root := corpus.Root(t)
	files, _ := filepath.Glob(filepath.Join(root, "apache+james-mime4j", "*.msg"))
	all, right := 0, 0
	for _, f := range files {
		want, err := os.ReadFile(strings.TrimSuffix(f, ".msg") + ".xml")
		if err != nil {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var got counts
		count(t, b, &got)
		all++
		if got == truth(want) {
			right++
		} else {
			t.Logf("%s: %v, truth %v", filepath.Base(f), got, truth(want))
		}
	}
	corpus.Measure(t, "mails whose fields, parts and messages are counted as by mime4j", right, all, 97)
}

type stalwart struct {
	Attachments []int
	Parts       []struct {
		Headers []json.RawMessage
		Body    any
	}
}

func TestAttachmentsAreCounted(t *testing.T) {
	root := corpus.Root(t)
	all, fields, parts, attached := 0, 0, 0, 0
	filepath.WalkDir(filepath.Join(root, "stalwartlabs+mail-parser"), func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".eml") {
			return err
		}
		var want stalwart
		j, err := os.ReadFile(strings.TrimSuffix(path, ".eml") + ".json")
		if err != nil || json.Unmarshal(j, &want) != nil {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s, err := walk(bytes.NewReader(b), 0, int64(len(b)))
		if err != nil {
			return err
		}
		all++
		ours, theirs, n, files, theirFiles := 0, 0, 0, 0, 0
		var each func(p *part)
		each = func(p *part) {
			n++
			ours += len(p.header)
			if len(p.children) == 0 && !p.shown() && !p.multi {
				files++
			}
			for _, c := range p.children {
				each(c)
			}
		}
		each(s.root)
		kinds := []string{}
		for _, p := range want.Parts {
			theirs += len(p.Headers)
			body, _ := p.Body.(map[string]any)
			for kind := range body {
				kinds = append(kinds, kind)
				if kind == "Binary" || kind == "InlineBinary" || kind == "Message" {
					theirFiles++
				}
			}
		}
		if ours == theirs {
			fields++
		} else {
			t.Logf("%s: %d fields, truth %d", path[len(root):], ours, theirs)
		}
		if n == len(want.Parts) {
			parts++
		} else {
			t.Logf("%s: %d parts, truth %d", path[len(root):], n, len(want.Parts))
		}
		if files == theirFiles || files == len(want.Attachments) {
			attached++
		} else {
			t.Logf("%s: %d attachments, truth %d or %d %v", path[len(root):], files, theirFiles, len(want.Attachments), kinds)
		}
		return nil
	})
	corpus.Measure(t, "mails whose header fields are counted as by stalwart", fields, all, 97)
	corpus.Measure(t, "mails whose parts are counted as by stalwart", parts, all, 97)
	corpus.Measure(t, "mails whose attachments are counted as by stalwart", attached, all, 97)
}

// told reads a file, and what is attached to it as messages, as one text.
func told(t testing.TB, b []byte, name string, depth int) string {
	open := Format(html.Text)
	if read.TypeOf(b, name) == read.TypeMailbox {
		open = MailboxFormat()
	}
	r, err := open.Ready()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Open(&sandbox.File{ReaderAt: bytes.NewReader(b), Size: int64(len(b)), Name: name}); err != nil {
		return err.Error()
	}
	var all strings.Builder
	for ended := false; !ended; {
		var child *bytes.Buffer
		childName := ""
		err := r.Answer(sandbox.Question{Verb: "next"}, func(m sandbox.Message) error {
			switch m.Name {
			case "end":
				ended = true
			case "section":
				all.WriteString(m.Text + "\n")
			case "child":
				childName, _, _ = strings.Cut(m.Text, "\n")
				all.WriteString(m.Text)
				child = &bytes.Buffer{}
			case "bytes":
				child.Write(m.Bytes)
			}
			return nil
		})
		if err != nil {
			return all.String() + err.Error()
		}
		if child == nil || depth > 5 {
			continue
		}
		if read.TypeOf(child.Bytes(), childName) == read.TypeMail {
			all.WriteString(told(t, child.Bytes(), childName, depth+1))
		} else {
			all.Write(child.Bytes())
		}
	}
	return all.String()
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestTheCorpusOfMailSaysWhatItsPeersSay(t *testing.T) {
	root := corpus.Root(t)
	manifest, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	files, asserted, found, kept, never := 0, 0, 0, 0, 0
	lines := bufio.NewScanner(manifest)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		b, err := os.ReadFile(filepath.Join(root, f[0]))
		if err != nil || len(f) < 11 || bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")) {
			continue
		}
		kind := read.TypeOf(b, filepath.Base(f[2]))
		if kind != read.TypeMail && kind != read.TypeMailbox {
			if ext := strings.ToLower(filepath.Ext(f[2])); ext == ".eml" || ext == ".mbox" || ext == ".emlx" || strings.Contains(f[0], "mime4j") && ext == ".msg" {
				t.Logf("not taken for mail but %s: %s", kind, f[0])
			}
			continue
		}
		files++
		if e := filepath.Ext(f[2]); testing.Verbose() && e != ".eml" && e != ".raw" && e != ".msg" {
			t.Logf("taken for %s: %s", kind, f[0])
		}
		text := squeezed(told(t, b, filepath.Base(f[2]), 0))
		for _, claim := range strings.Split(f[10], " | ") {
			if s, ok := strings.CutPrefix(claim, "contains: "); ok {
				asserted++
				if strings.Contains(text, squeezed(s)) {
					found++
				} else {
					t.Logf("not found: %q in %s", s, f[0])
				}
			} else if s, ok := strings.CutPrefix(claim, "notcontains: "); ok {
				never++
				if !strings.Contains(text, squeezed(s)) {
					kept++
				} else {
					t.Logf("found, and should not: %q in %s", s, f[0])
				}
			}
		}
	}
	if found*100 < asserted*75 || files < 150 { // two of nine are names of languages, not words
		t.Errorf("only %d of %d found, in %d files", found, asserted, files)
	}
	t.Logf("%d files of mail; contains %d of %d, notcontains kept %d of %d", files, found, asserted, kept, never)
}
