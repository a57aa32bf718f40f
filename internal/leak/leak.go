// Package leak makes the practice leak: twenty-six invented documents with
// which everything can be tried without anyone's real papers, and against
// which our claims are tested, because what stands in them is known.
//
// The words are in text/, written by hand; two long registers come from
// templates. This package sets them, scans some of them badly, packs others
// into mails and archives, draws the mark INVENTED PRACTICE DOCUMENT as
// outlines on every quarter of every page, and writes beside the documents what
// a reader must give back (truth/) and what is known of them (known/). The same
// faces give the same bytes; testdata/leak holds them, so that nobody needs the
// faces to use the leak.
package leak

import (
	"embed"
	"fmt"
	"strings"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

//go:embed text
var texts embed.FS

// Document is one document of the leak, or one mail of the thread.
type Document struct {
	Name      string    // of its words in text/ and of its sidecar in truth/
	Path      string    // below files/
	Languages []string  // BCP 47
	Style     style     // how pages are set
	GB18030   bool      // a text file in GB18030 with Windows line ends, not in UTF-8
	Author    string    // that its file names
	Columns   []float64 // of a table: their shares of the width; nil for equal ones
	Header    string    // above all else on each page, as a fax machine writes it
	Scan      scanner   // how its pages were scanned; nil for those that never were paper
	Words     func() string
	mail      *mail
}

// kind is what the table calls a file of this document.
func (d Document) kind() string {
	switch {
	case d.mail != nil:
		return "mail"
	case d.Scan != nil:
		return "scan"
	}
	switch _, kind, _ := cut(d.Path, "."); kind {
	case "txt":
		return "text"
	default:
		return kind
	}
}

// pdf reports a document whose pages have text and were never scanned.
func (d Document) pdf() bool { return d.kind() == "pdf" }

// document is the key under which the tables count it: the mails of the thread
// are one document.
func (d Document) document() string {
	key, _, _ := strings.Cut(d.Name, "/")
	return key
}

// cut parts a path at its last mark.
func cut(s, mark string) (before, after string, found bool) {
	i := strings.LastIndex(s, mark)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(mark):], true
}

// Documents lists the twenty-six, the thread mail by mail.
func Documents() []Document {
	list := []Document{
		{Name: "speech", Path: "speeches/speech-3017-04-09.pdf", Languages: zh, Style: style{16, 29}},
		{Name: "directive", Path: "directives/directive-14.pdf", Languages: ug, Style: style{15, 28}},
		{Name: "memo", Path: "memo.pdf", Languages: en, Style: style{12.5, 19}},
		{Name: "script", Path: "door to door/script.pdf", Languages: []string{"zh", "ug", "en"}, Style: style{13, 21}},
		{Name: "notes", Path: "study-yard/2/notes.txt", Languages: zh, GB18030: true},
		{Name: "counts", Path: "study-yard/counts.txt", Languages: []string{"en", "zh"}},

		{Name: "council", Path: "speeches/冬季会议/闭门会讲话.pdf", Languages: zh, Style: style{18, 35}, Author: "Vendo Karsh"},
		{Name: "council-copy", Path: "speeches/冬季会议/讲话 (2).pdf", Languages: zh, Style: style{18, 35}, Author: "Vendo Karsh"},
		{Name: "engineers", Path: "speeches/Осковин 14 февраля.pdf", Languages: ru, Style: style{13, 22}},
		{Name: "directive-9", Path: "directives/9号.pdf", Languages: zh, Style: style{19, 38}},
		{Name: "directive-17", Path: "directives/17 нұсқау.pdf", Languages: kk, Style: style{14.5, 27}},
		{Name: "directive-zh", Path: "directives/14号（汉文）.pdf", Languages: zh, Style: style{19, 37}},
		{Name: "confession-1", Path: "study-yard/2/0119/第一稿.docx", Languages: zh, Author: "gh"},
		{Name: "confession-2", Path: "study-yard/2/0119/第二稿 誊清.docx", Languages: zh, Author: "gh"},
		{Name: "account", Path: "from outside/account of a clerk.docx", Languages: en, Author: "desk"},
		{Name: "yard", Path: "study-yard/研习院统计.xlsx", Languages: []string{"en", "zh"}, Author: "Lisset Omurai"},
		{Name: "schools", Path: "numbers/школы-мектептер.xlsx", Languages: []string{"ru", "kk"}, Author: "Betqul Ersomar"},

		{Name: "notice", Path: "scans/0031.pdf", Languages: []string{"zh", "ug"}, Style: style{16, 30}, Scan: clean},
		{Name: "minutes", Path: "scans/局务会22.pdf", Languages: zh, Style: style{16, 31}, Scan: clean},
		{Name: "letter", Path: "scans/letter.pdf", Languages: ug, Style: style{17, 33}, Scan: skewed},
		{Name: "form", Path: "scans/IMG_0119.JPG", Languages: []string{"zh", "ug"}, Style: style{15.5, 28}, Scan: photographed},
		{Name: "list", Path: "scans/Scan_00007.tif", Languages: zh, Style: style{10, 18}, Columns: []float64{1.2, 3.6, 2.2, 0.9, 1.2, 3.6, 2.2, 0.9}, Scan: upsideDown, Words: firstBatch},
		{Name: "fax", Path: "scans/fax-2908.tif", Languages: ru, Style: style{16, 28}, Header: "29/08/3017 21:40   KELMUT W+O 188-0022   >>>   CANALHEAD", Scan: faxed},

		{Name: "graves", Path: "registers/graves-坟墓登记.pdf", Languages: []string{"zh", "ug"}, Style: style{12, 26.5}, Words: graves},
		{Name: "removal", Path: "registers/removal to 31-03-3017.pdf", Languages: []string{"zh", "ru"}, Style: style{11, 22}, Words: removal},
	}
	return append(list, thread()...)
}

var zh, ug, en, ru, kk = []string{"zh"}, []string{"ug"}, []string{"en"}, []string{"ru"}, []string{"kk"}

// Copy is a file that has the bytes of a document once more.
type Copy struct{ Path, Of string }

// Copies lists the exact duplicates that lie beside the documents; those that
// lie in archives are in the attachments of the mails.
func Copies() []Copy {
	return []Copy{
		{Path: "study-yard/2/copy of a copy/讲话（终稿）.pdf", Of: "speech"},
		{Path: "directives/old/counts-backup.txt", Of: "counts"},
		{Path: "scans/fax-2908 (1).tif", Of: "fax"},
	}
}

// Damaged is the path of what is left of the memo after a bad disk: its first
// line and the middle of its bytes, with neither the catalogue nor the table
// at the end. Locked is an archive whose one file needs Password.
const (
	Damaged  = "recovered/MEMO~1.PDF"
	Locked   = "recovered/底稿.zip"
	Password = "188"
)

// Output is one file of the finished leak.
type Output struct {
	Path string // below testdata/leak
	Data []byte
}

// Made is a document with what a reader must give back.
type Made struct {
	Document
	Data  []byte
	Pages []Page
}

// maker makes documents; mails carry some that were made before.
type maker struct {
	set  *typeset.Setter
	made map[string]Made
}

// Make makes one document.
func (m *maker) Make(d Document) (Made, error) {
	words, err := d.words()
	if err != nil {
		return Made{}, err
	}
	made := Made{Document: d}
	switch d.kind() {
	case "text":
		made.Data, made.Pages, err = textFile(d, words)
	case "pdf":
		made.Data, made.Pages = layOut(d, parse(words), m.set)
	case "scan":
		made.Data, made.Pages, err = scanned(d, parse(words), m.set)
	case "docx":
		made.Data, made.Pages, err = wordFile(d, parse(words), m.set)
	case "xlsx":
		made.Data, made.Pages, err = workbook(d, words)
	case "mail":
		made.Data, made.Pages, err = d.mail.file(d, m.made)
	default:
		err = fmt.Errorf("no way to make a %s", d.kind())
	}
	return made, err
}

// words gives what a document says, as text/ has it.
func (d Document) words() (string, error) {
	if d.Words != nil {
		return d.Words(), nil
	}
	if d.mail != nil {
		return "", nil
	}
	words, err := texts.ReadFile("text/" + d.Name + ".txt")
	return string(words), err
}

// Setter opens the faces of the Debian packages.
func Setter() (*typeset.Setter, error) {
	var files [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		var err error
		if files[i], err = fonts.Installed(name); err != nil {
			return nil, fmt.Errorf("open the faces of the practice leak: %w", err)
		}
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		return nil, err
	}
	return typeset.NewSetter(faces), nil
}
