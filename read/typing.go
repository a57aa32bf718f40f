package read

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// The types that formats read now.
const (
	TypePDF  = "application/pdf"
	TypeText = "text/plain"

	unknown = "application/octet-stream"
)

// headBytes of a file are looked at to type it. PDF readers accept the mark
// "%PDF-" anywhere in the first 1,024.
const (
	headBytes  = 4096
	pdfMarkMax = 1024
)

// typeOf gives the media type of a file by its first bytes; the name decides
// only where they leave it open.
func typeOf(head []byte, size int64, name string) string {
	if bytes.Contains(head[:min(len(head), pdfMarkMax)], []byte("%PDF-")) {
		return TypePDF
	}
	detected := mimetype.Detect(head)
	found, _, _ := strings.Cut(detected.String(), ";")
	switch {
	case size == 0:
		return TypeText
	case found == unknown && textName(name) && !bytes.Contains(head, []byte{0, 0}):
		return TypeText
	case detected.Parent() != nil && detected.Parent().Is(TypeText) && (textName(name) || guessed(found, name)):
		return TypeText
	case !mediaType(found):
		return unknown
	}
	return found
}

// guessed reports a type that content alone cannot show: prose has commas too.
func guessed(found, name string) bool {
	switch found {
	case "text/csv", "text/tab-separated-values":
		ext := strings.ToLower(path.Ext(name))
		return ext != ".csv" && ext != ".tsv" && ext != ".tab"
	}
	return false
}

// textName reports a name that people give to plain text. Text in a charset
// of its own can look like nothing at all.
func textName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".log", ".asc":
		return true
	}
	return false
}

// mediaType reports a word that can be a media type (RFC 6838, 4.2).
func mediaType(s string) bool {
	kind, sub, ok := strings.Cut(s, "/")
	return ok && kind != "" && sub != "" && len(s) <= 128 && utf8.ValidString(s) &&
		!strings.ContainsFunc(s, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/.+-_!#$&^", r))
		})
}
