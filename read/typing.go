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

	TypeDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	TypeXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypePptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	TypeOdt  = "application/vnd.oasis.opendocument.text"
	TypeOds  = "application/vnd.oasis.opendocument.spreadsheet"
	TypeOdp  = "application/vnd.oasis.opendocument.presentation"
	TypeOLE  = "application/x-ole-storage"

	TypeHTML  = "text/html"
	TypeXHTML = "application/xhtml+xml"
	TypeCSV   = "text/csv"
	TypeTSV   = "text/tab-separated-values"

	TypeMail    = "message/rfc822"
	TypeMailbox = "application/mbox"
	TypeSMIME   = "application/pkcs7-mime"
	TypePGP     = "application/pgp-encrypted"

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
	if t := mailType(head, name); t != "" {
		return t
	}
	detected := mimetype.Detect(head)
	found, _, _ := strings.Cut(detected.String(), ";")
	switch {
	case size == 0:
		return TypeText
	case named(found, name) != "":
		return named(found, name)
	case found == unknown && textName(name) && !bytes.Contains(head, []byte{0, 0}):
		return TypeText
	case detected.Parent() != nil && detected.Parent().Is(TypeText) && (textName(name) || guessed(found, name)):
		return TypeText
	case !mediaType(found):
		return unknown
	}
	return found
}

// byName are types that content can leave open: an office file's first entry
// can be anything, a table looks like prose, and a page in UTF-16 like nothing.
var byName = map[string]string{
	".docx": TypeDocx, ".docm": TypeDocx, ".dotx": TypeDocx, ".dotm": TypeDocx,
	".xlsx": TypeXlsx, ".xlsm": TypeXlsx, ".xltx": TypeXlsx, ".xltm": TypeXlsx,
	".pptx": TypePptx, ".pptm": TypePptx, ".ppsx": TypePptx, ".ppsm": TypePptx, ".potx": TypePptx,
	".odt": TypeOdt, ".ott": TypeOdt, ".ods": TypeOds, ".ots": TypeOds, ".odp": TypeOdp, ".otp": TypeOdp,
	".html": TypeHTML, ".htm": TypeHTML, ".xhtml": TypeXHTML, ".csv": TypeCSV, ".tsv": TypeTSV, ".tab": TypeTSV,
}

// named gives the type by name of a file whose content leaves it open, or "".
func named(found, name string) string {
	t := byName[strings.ToLower(path.Ext(name))]
	switch {
	case t == "":
	case strings.HasPrefix(t, "application/vnd.") && found == "application/zip":
		return t
	case strings.HasPrefix(t, "text/") && (found == unknown || found == TypeText || found == "text/xml" || found == TypeCSV || found == TypeTSV):
		return t
	}
	return ""
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

// TypeOf gives the media type of a file by its content and name.
func TypeOf(content []byte, name string) string {
	return typeOf(content[:min(len(content), headBytes)], int64(len(content)), name)
}
