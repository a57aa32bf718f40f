package search

import (
	"maps"
	"slices"

	"vidimus"
)

// ReadingKinds lists the kinds of reading that can be asked for.
var ReadingKinds = []string{"text", "ocr", "comments", "changes", "hidden", "annotations", "outline", "properties"}

// Languages lists the languages that are told apart.
var Languages = []string{"zh", "ug", "ru", "kk", "en", "und"}

// known has what can be asked of the fields whose values are few, with what
// each stands for. What is not here is an error, never no hit.
var known = map[Field]map[string][]string{
	Type:     types,
	Language: languages(),
	State:    themselves(vidimus.States),
	Reading:  themselves(ReadingKinds),
}

func knownHint(f Field) string {
	hint := "one of " + listed(slices.Sorted(maps.Keys(known[f])))
	if f == Type {
		hint += ", or a media type such as application/pdf"
	}
	return hint
}

func themselves[T ~string](words []T) map[string][]string {
	m := map[string][]string{}
	for _, w := range words {
		m[string(w)] = []string{string(w)}
	}
	return m
}

func languages() map[string][]string {
	m := themselves(Languages)
	for i, name := range []string{"chinese", "uyghur", "russian", "kazakh", "english"} {
		m[name] = []string{Languages[i]}
	}
	return m
}

const (
	openXML = "application/vnd.openxmlformats-officedocument."
	openDoc = "application/vnd.oasis.opendocument."
	docx    = openXML + "wordprocessingml.document"
	xlsx    = openXML + "spreadsheetml.sheet"
	pptx    = openXML + "presentationml.presentation"
	odt     = openDoc + "text"
	ods     = openDoc + "spreadsheet"
	odp     = openDoc + "presentation"
	csv     = "text/csv"
	tsv     = "text/tab-separated-values"
)

// types are the words that people have for media types.
var types = map[string][]string{
	"pdf": {"application/pdf"}, "docx": {docx}, "xlsx": {xlsx}, "pptx": {pptx}, "odt": {odt}, "ods": {ods}, "odp": {odp},
	"document": {docx, odt}, "sheet": {xlsx, ods, csv, tsv}, "slides": {pptx, odp}, "csv": {csv}, "tsv": {tsv},
	"text": {"text/plain"}, "txt": {"text/plain"}, "html": {"text/html", "application/xhtml+xml"},
	"mail": {"message/", "application/mbox", "text/rfc822-headers"}, "eml": {"message/rfc822"}, "mbox": {"application/mbox"},
	"image": {"image/"}, "jpeg": {"image/jpeg"}, "jpg": {"image/jpeg"}, "png": {"image/png"}, "tiff": {"image/tiff"},
	"gif": {"image/gif"}, "bmp": {"image/bmp"}, "webp": {"image/webp"},
	"zip": {"application/zip"}, "rar": {"application/vnd.rar"}, "tar": {"application/x-tar"}, "gz": {"application/gzip"},
	"bz2": {"application/x-bzip2"}, "xz": {"application/x-xz"}, "zst": {"application/zstd"},
}
