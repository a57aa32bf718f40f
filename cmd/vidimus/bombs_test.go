package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vidimus"
)

// Files that unpack to far more than they are go through the program's own
// add: each ends within bounds, and says which.
func TestStressOfFilesThatUnpackToFarMore(t *testing.T) {
	full := os.Getenv("VIDIMUS_STRESS") != ""
	for _, c := range []struct {
		name   string
		bytes  []byte
		seen   int            // files, at least
		state  vidimus.State  // of the file itself
		reason vidimus.Reason // that it, or what is in it, has
	}{
		{"zip in zip, 40 deep.zip", zipInZip(t, 40), 12, vidimus.Read, vidimus.SizeLimit},
		{"overlapping entries.zip", overlapping(t, 4000, 4<<20), 4000, vidimus.Partly, vidimus.Damaged},
		{"mail in mail, 1,000 deep.eml", mailInMail(1000), 12, vidimus.Read, vidimus.SizeLimit},
		{"multiparts, 1,000 deep.eml", multiparts(1000), 2, vidimus.Partly, vidimus.SizeLimit},
		{"a billion laughs.docx", document(t, laughs(12)), 1, vidimus.Read, ""},
		{"a million elements deep.docx", document(t, strings.Repeat("<w:a>", 1_000_000)), 1, vidimus.Partly, ""},
		{"30,000 by 30,000.png", hugePNG(30_000), 1, vidimus.Failed, vidimus.SizeLimit},
		{"html 200,000 deep.html", []byte(strings.Repeat("<div>", 200_000) + "deep"), 1, vidimus.Read, ""},
		{"zips of zeros in a zip.zip", bytesOf(full, func() []byte { return zipsOfZeros(t, 6) }), 7, vidimus.Read, vidimus.SizeLimit},
	} {
		if c.bytes == nil {
			continue // takes minutes: make stress
		}
		t.Run(c.name, func(t *testing.T) {
			h := newHostileRuns(t)
			dir, file := caseWithIdentity(t)
			if err := os.WriteFile(filepath.Join(h.given, c.name), c.bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			before, began := h.around(), time.Now()
			code, out := h.run("add", dir, h.given, "--ocr", "off", "--identity", file, "--allow-swap")
			if code != exitDone && code != exitFailures {
				t.Fatalf("add: exit %d\n%.2000s", code, out)
			}
			if d := len(h.around()) - len(before); d != 0 {
				t.Errorf("%d files came outside the case", d)
			}
			s := statusOf(t, dir, file)
			first := firstFile(t, dir, file)
			t.Logf("%d bytes: %s, %d files in %v, %d bytes on disk: %+v", len(c.bytes), first.State, s.Seen, time.Since(began).Round(time.Millisecond), folderSize(t, dir), s.Reasons)
			if s.Seen < c.seen || s.Waiting != 0 || s.Seen != s.Read+s.Partly+s.Failed+s.Duplicates {
				t.Errorf("the arithmetic: %+v", s)
			}
			if c.state != "" && first.State != c.state || c.reason != "" && s.reason(c.reason) == 0 {
				t.Errorf("%s, %s; reasons %+v", first.State, first.Reason, s.Reasons)
			}
			if folderSize(t, dir) > 64<<20 {
				t.Errorf("the case takes %d bytes", folderSize(t, dir))
			}
		})
	}
}

func bytesOf(wanted bool, make func() []byte) []byte {
	if !wanted {
		return nil
	}
	return make()
}

func firstFile(t *testing.T, dir, file string) (f listed) {
	t.Helper()
	_, out := runVerb(t, "", "list", dir, "--identity", file, "--json")
	line, _, _ := strings.Cut(out, "\n")
	if err := json.Unmarshal([]byte(line), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func folderSize(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func zipInZip(t *testing.T, depth int) []byte {
	b := []byte("The innermost words.")
	for n := range depth {
		b = zipped(t, fmt.Sprintf("level-%d.zip", n), b)
	}
	return b
}

func zipped(t *testing.T, name string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(body)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipsOfZeros makes a zip of zips that each hold a gibibyte, all different.
func zipsOfZeros(t *testing.T, n int) []byte {
	t.Helper()
	inner := zipped(t, "zeros", make([]byte, 1<<30))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		w, err := z.Create(fmt.Sprintf("%d.zip", i))
		if err == nil {
			// The name of the one entry, in its header and in the list.
			_, err = w.Write(bytes.ReplaceAll(inner, []byte("zeros"), fmt.Appendf(nil, "zero%d", i)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// overlapping makes a zip whose list names one packed stretch of zeros again
// and again.
func overlapping(t *testing.T, entries, unpacked int) []byte {
	t.Helper()
	var packed, b bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, unpacked)
	w.Write(zeros)
	w.Close()
	le := binary.LittleEndian
	head := le.AppendUint16(nil, 20)                    // version
	head = le.AppendUint16(le.AppendUint16(head, 0), 8) // flags, deflate
	head = le.AppendUint32(le.AppendUint32(head, 0), crc32.ChecksumIEEE(zeros))
	head = le.AppendUint32(le.AppendUint32(head, uint32(packed.Len())), uint32(unpacked))
	head = le.AppendUint16(le.AppendUint16(head, 8), 0) // of the name, of what is added
	b.WriteString("PK\x03\x04")
	b.Write(head)
	b.WriteString("zero-000")
	b.Write(packed.Bytes())
	list := b.Len()
	for n := range entries {
		b.WriteString("PK\x01\x02\x14\x00")
		b.Write(head)
		b.Write(make([]byte, 2+2+2+4+4)) // comment, disk, attributes, where it begins
		fmt.Fprintf(&b, "zero%04d", n)
	}
	end := le.AppendUint16(le.AppendUint16(make([]byte, 4), uint16(entries)), uint16(entries))
	end = le.AppendUint32(le.AppendUint32(end, uint32(b.Len()-list)), uint32(list))
	b.WriteString("PK\x05\x06")
	b.Write(append(end, 0, 0))
	return b.Bytes()
}

func mailInMail(depth int) []byte {
	var b strings.Builder
	for n := range depth {
		fmt.Fprintf(&b, "Subject: level %d\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n", n)
	}
	b.WriteString("Subject: the innermost\r\n\r\nwords\r\n")
	return []byte(b.String())
}

func multiparts(depth int) []byte {
	var b strings.Builder
	b.WriteString("Subject: s\r\n")
	for n := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", n, n)
	}
	return []byte(b.String() + "\r\ndeep\r\n")
}

// document is a Word file with this in its body.
func document(t *testing.T, body string) []byte {
	if !strings.HasPrefix(body, "<!DOCTYPE") {
		body = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body
	}
	return zipped(t, "word/document.xml", []byte(body))
}

// laughs is an XML file of entities, each ten times the one before.
func laughs(depth int) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE w [<!ENTITY l0 "laugh">`)
	for n := range depth {
		fmt.Fprintf(&b, `<!ENTITY l%d "%s">`, n+1, strings.Repeat(fmt.Sprintf("&l%d;", n), 10))
	}
	fmt.Fprintf(&b, `]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&l%d;</w:t></w:r></w:p></w:body></w:document>`, depth)
	return b.String()
}

// hugePNG says that it is a square of so many pixels, and holds a few rows.
func hugePNG(side uint32) []byte {
	b := bytes.NewBufferString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, body []byte) {
		binary.Write(b, binary.BigEndian, uint32(len(body)))
		io.WriteString(b, kind)
		b.Write(body)
		binary.Write(b, binary.BigEndian, crc32.ChecksumIEEE(append([]byte(kind), body...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, side), side)
	chunk("IHDR", append(head, 8, 0, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1})
	chunk("IEND", nil)
	return b.Bytes()
}
