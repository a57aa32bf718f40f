// Package leak makes the practice leak: a handful of invented documents with
// which everything can be tried without anyone's real papers, and against
// which our claims are tested, because what stands in them is known.
//
// The words are in text/, written by hand. This package sets them, draws the
// mark INVENTED PRACTICE DOCUMENT as outlines on every quarter of every page,
// and writes beside the documents what a reader must give back. The same faces
// give the same bytes; testdata/leak holds them, so that nobody needs the
// faces to use the leak.
package leak

import (
	"embed"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

//go:embed text
var texts embed.FS

// Document is one document of the leak.
type Document struct {
	Name      string   // of its words in text/ and of its sidecar in truth/
	Path      string   // below files/
	Languages []string // BCP 47
	Style     style    // how a PDF is set
	GB18030   bool     // a text file in GB18030 with Windows line ends, not in UTF-8
}

// pdf tells the two kinds apart: what is not PDF is plain text.
func (d Document) pdf() bool { return strings.HasSuffix(d.Path, ".pdf") }

// Documents lists the six.
func Documents() []Document {
	return []Document{
		{Name: "speech", Path: "speeches/speech-3017-04-09.pdf", Languages: []string{"zh"}, Style: style{16, 29}},
		{Name: "directive", Path: "directives/directive-14.pdf", Languages: []string{"ug"}, Style: style{15, 28}},
		{Name: "memo", Path: "memo.pdf", Languages: []string{"en"}, Style: style{12.5, 19}},
		{Name: "script", Path: "door to door/script.pdf", Languages: []string{"zh", "ug", "en"}, Style: style{13, 21}},
		{Name: "notes", Path: "study-yard/2/notes.txt", Languages: []string{"zh"}, GB18030: true},
		{Name: "counts", Path: "study-yard/counts.txt", Languages: []string{"en", "zh"}},
	}
}

// Copy is a file that has the bytes of a document once more.
type Copy struct{ Path, Of string }

// Copies lists the exact duplicates.
func Copies() []Copy {
	return []Copy{
		{Path: "study-yard/2/copy of a copy/讲话（终稿）.pdf", Of: "speech"},
		{Path: "directives/old/counts-backup.txt", Of: "counts"},
	}
}

// Damaged is the path of what is left of the memo after a bad disk: its first
// line and the middle of its bytes, with neither the catalogue nor the table
// at the end.
const Damaged = "recovered/MEMO~1.PDF"

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

// Make sets one document.
func Make(d Document, set *typeset.Setter) (Made, error) {
	words, err := texts.ReadFile("text/" + d.Name + ".txt")
	if err != nil {
		return Made{}, err
	}
	if d.pdf() {
		data, pages := layOut(d, parse(string(words)), set)
		return Made{d, data, pages}, nil
	}
	text := markLine(d.Languages) + "\n\n" + string(words) + "\n" + markLine(d.Languages) + "\n"
	made := Made{d, []byte(text), []Page{{Text: text}}}
	if d.GB18030 {
		windows := strings.ReplaceAll(text, "\n", "\r\n")
		made.Data, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(windows))
	}
	return made, err
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
