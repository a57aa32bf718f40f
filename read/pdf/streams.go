package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"

	"vidimus/read"
	"vidimus/read/tags"
)

// Pdfium has no way to a file's XMP packets, nor to what the pictures in it say
// of the devices that they come from. Both are streams, which never stand in
// another stream, so the file is looked through for them from end to end: those
// that no page shows are found too. In encrypted files they cannot be read.

// Bounds of the look.
const (
	window      = 1 << 20
	maxEntries  = 4 << 10  // bytes of a stream's dictionary
	maxUnpacked = 4 << 20  // bytes of a stream
	maxLooked   = 20_000   // streams
	maxLines    = 20_000   // said of a file
	maxFileRead = 4 << 30  // bytes of the file, all that pdfium opens
	maxPicture  = 64 << 20 // bytes of a picture that its marks are looked for in
)

// about writes the lines that streams say about the file, each once.
func (x *extras) about() error {
	said := map[string]bool{}
	return eachStream(x.file, x.file.Size, func(entries []byte, at int64) error {
		for _, line := range describe(x.file, entries, at, x.file.Size) {
			if said[line] || len(said) == maxLines {
				continue
			}
			said[line] = true
			if err := x.write(read.Properties, line+"\n"); err != nil {
				return err
			}
		}
		return nil
	})
}

// identifiers gives the two that the trailer has (ISO 32000-1, 14.4): of the
// file when it was made, and of this state of it.
func (x *extras) identifiers() error {
	const permanent, changing = 0, 1
	before := ""
	for _, which := range []uint64{permanent, changing} {
		b := x.string("FPDF_GetFileIdentifier", x.document, which)
		if len(b) < 2 { // it ends with a zero
			continue
		}
		if id := hex.EncodeToString(b[:min(len(b)-1, 256)]); id != before {
			if err := x.write(read.Properties, "ID: "+id+"\n"); err != nil {
				return err
			}
			before = id
		}
	}
	return nil
}

var streamWord = regexp.MustCompile(`stream(?:\r\n|\n|\r)`)

// eachStream calls yield with the dictionary of each stream that may say
// something, and where its bytes begin.
func eachStream(f io.ReaderAt, size int64, yield func(entries []byte, at int64) error) error {
	looked, buffer := 0, make([]byte, maxEntries+window+16)
	for at := int64(0); at < min(size, maxFileRead); at += window {
		from := max(at-maxEntries, 0)
		b := buffer[:min(at+window+int64(len("stream\r\n")), size)-from]
		if n, err := f.ReadAt(b, from); n < len(b) && err != nil && err != io.EOF {
			return err
		}
		for _, m := range streamWord.FindAllIndex(b, -1) {
			entries, ok := dictionary(b[:m[0]])
			if word := from + int64(m[0]); word < at || word >= at+window || !ok { // it belongs to another window
				continue
			}
			if looked++; looked > maxLooked {
				return nil
			}
			if err := yield(entries, from+int64(m[1])); err != nil {
				return err
			}
		}
	}
	return nil
}

// dictionary gives what stands between the head of an object and its stream.
func dictionary(before []byte) ([]byte, bool) {
	before = before[max(0, len(before)-maxEntries):]
	if bytes.HasSuffix(before, []byte("end")) {
		return nil, false
	}
	i := bytes.LastIndex(before, []byte(" obj"))
	return before[max(i, 0):], i >= 0 && (bytes.Contains(before[i:], []byte("/XML")) || bytes.Contains(before[i:], []byte("/DCT")))
}

// source is a stream's bytes, unpacked.
type source interface {
	io.ReadSeeker
	io.ReaderAt
}

// describe gives what one stream says.
func describe(f io.ReaderAt, entries []byte, at, size int64) []string {
	var from source = io.NewSectionReader(f, at, min(size-at, maxPicture))
	picture := bytes.Index(entries, []byte("/DCT"))
	if flate := flateName.FindIndex(entries); flate != nil && (picture < 0 || flate[0] < picture) {
		from = bytes.NewReader(inflated(from))
	}
	if picture < 0 {
		return tags.XMP(untilEnd(from))
	}
	return append(tags.Of(from, "jpeg").Lines, tags.Tables(from)...)
}

// flateName is the filter, and no other name that begins so.
var flateName = regexp.MustCompile(`/Fl(?:ateDecode)?[\s/\]>]`)

// inflated unpacks as much as there is, and as is bounded.
func inflated(r io.Reader) []byte {
	z, err := zlib.NewReader(r)
	if err != nil {
		return nil
	}
	b, _ := io.ReadAll(io.LimitReader(z, maxUnpacked)) // the rest is damaged: what came before counts
	return b
}

// untilEnd gives the bytes before the word that ends a stream.
func untilEnd(r io.Reader) io.Reader {
	b, _ := io.ReadAll(io.LimitReader(r, maxUnpacked))
	b, _, _ = bytes.Cut(b, []byte("endstream"))
	return bytes.NewReader(b)
}
