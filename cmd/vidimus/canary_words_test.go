//go:build linux

package main

import (
	"bytes"
	"compress/zlib"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// canary is something that must not be found outside of a case.
type canary struct {
	what string
	word string
	raw  bool // bytes, not a word: a digest or a key
	// typed is set for what a person gave as an argument: the list of
	// processes and messages may show it, the disk may not.
	typed bool
}

// drawn picks n letters of an alphabet at random, so that nothing left by
// another run, or by another program, is taken for a canary.
func drawn(n int, alphabet string) string {
	letters := []rune(alphabet)
	var b strings.Builder
	for range n {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(err)
		}
		b.WriteRune(letters[i.Int64()])
	}
	return b.String()
}

// latin is a word of mixed case.
func latin() string { return "Zq" + drawn(9, "bcdfghjkmpqtvwxzBCDFGHJKMPQTVWXZ") }

// han is a run of characters from the common half of GB 2312.
func han(t *testing.T) string {
	t.Helper()
	b := make([]byte, 16)
	rand.Read(b)
	for i := range b {
		if b[i] %= 94; i%2 == 0 {
			b[i] = 0xb0 + b[i]%39
		} else {
			b[i] += 0xa1
		}
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

// hostile is a folder to add, with a canary in every place that it has.
type hostile struct {
	dir      string
	words    map[string]string // of the content, by kind of file; each can be searched for
	canaries []canary
}

// filler is enough Chinese for a character set to be told.
const filler = "今天开会讨论水库移民的安排。会议要求各村在九月以前把名单交上来，学校先停课，老师去学习三十天。大家没有意见，会议结束。\n"

// newHostile writes the folder into dir.
func newHostile(t *testing.T, dir string) *hostile {
	t.Helper()
	cyrillic := "Щ" + drawn(11, "абвгдежзиклмнопрстуфхцчшыэюяАБВГДЕЖ")
	h := &hostile{dir: filepath.Join(dir, latin()), words: map[string]string{
		"PDF": latin(), "UTF-8 Cyrillic": cyrillic, "UTF-8 Han": han(t), "GB18030": han(t),
	}}
	name := map[string]string{}
	for _, what := range []string{"PDF", "text", "damaged", "unknown", "folder"} {
		name[what] = latin()
	}
	title, inside, hanName := latin(), latin(), han(t)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(h.words["GB18030"] + "\n" + strings.Repeat(filler, 4))
	if err != nil {
		t.Fatal(err)
	}
	gbName, err := simplifiedchinese.GB18030.NewEncoder().String(hanName)
	if err != nil {
		t.Fatal(err)
	}
	pdf := pdfOf(title, h.words["PDF"])
	files := map[string][]byte{
		name["folder"] + "/" + name["PDF"] + ".pdf":      pdf,
		name["folder"] + "/" + name["text"] + ".txt":     []byte("a word " + cyrillic + "\nand " + h.words["UTF-8 Han"] + "\n" + filler),
		name["folder"] + "/" + gbName + ".txt":           []byte(gb),
		name["damaged"] + ".pdf":                         append([]byte("%PDF-1.7\n"+inside+"\n"), pdf[len(pdf)/3:len(pdf)/2]...),
		name["unknown"] + "." + name["unknown"]:          []byte("\x00\x01\x02" + inside + "\x00\xff"),
		name["unknown"] + "/again/" + name["PDF"] + ".x": pdf,
	}
	h.canaries = []canary{
		{what: "the name of what was added", word: filepath.Base(h.dir), typed: true},
		{what: "a title", word: title}, {what: "a word of a file not read", word: inside}, {what: "a file name in Han", word: hanName},
	}
	for what, word := range h.words {
		h.canaries = append(h.canaries, canary{what: "a word of " + what, word: word})
	}
	for what, word := range name {
		h.canaries = append(h.canaries, canary{what: "the name of " + what, word: word})
	}
	for path, b := range files {
		write(t, filepath.Join(h.dir, path), b)
		sum := sha256.Sum256(b)
		h.canaries = append(h.canaries, canary{what: "the digest of an original", word: string(sum[:]), raw: true})
	}
	return h
}

// newCrowd writes many small files that hold the word, each with words of its
// own, so that adding them takes a while.
func newCrowd(t *testing.T, dir, word string) string {
	t.Helper()
	dir = filepath.Join(dir, "crowd")
	for i := range 1000 {
		write(t, filepath.Join(dir, fmt.Sprintf("%s %d.txt", word, i)), fmt.Appendf(nil, "%s\n%d %s\n%s", word, i, latin(), strings.Repeat(filler, 20)))
	}
	for i := range 100 {
		write(t, filepath.Join(dir, word, fmt.Sprintf("%d.pdf", i)), pdfOf(word, fmt.Sprint(word, " ", i)))
	}
	return dir
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// pdfOf is a PDF file of one page with one line of ASCII (ISO 32000-1, 7.5).
func pdfOf(title, line string) []byte {
	var content bytes.Buffer
	z := zlib.NewWriter(&content)
	fmt.Fprintf(z, "BT /F 18 Tf 72 700 Td (%s) Tj ET", line)
	z.Close()
	var w bytes.Buffer
	var at []int
	w.WriteString("%PDF-1.4\n")
	for _, body := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", content.Len(), content.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		fmt.Sprintf("<< /Title (%s) >>", title),
	} {
		at = append(at, w.Len())
		fmt.Fprintf(&w, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	table := w.Len()
	fmt.Fprintf(&w, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&w, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&w, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return w.Bytes()
}
