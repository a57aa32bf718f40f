package container

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// typesZip are the types that are zip archives of files of their own.
var typesZip = []string{"application/zip", "application/jar", "application/java-archive", "application/epub+zip",
	"application/vnd.google-earth.kmz", "application/vnd.android.package-archive"}

// Zip reads zip archives.
func Zip() read.Format { return read.PartsFormat(typesZip, openZip) }

func openZip(f *sandbox.File) (read.Parts, error) {
	if directoryBytes(f) > maxDirectory {
		return nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	r, err := zip.NewReader(f, f.Size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return scanZip(f), nil
	}
	methods(r)
	var raw [][]byte
	for _, e := range r.File {
		if e.NonUTF8 {
			raw = append(raw, []byte(e.Name))
		}
	}
	return &zipped{files: r.File, decode: guessNames(raw), unnamed: uint64(f.Size)}, nil
}

// methods adds what archive/zip does not unpack itself.
func methods(r *zip.Reader) {
	r.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	r.RegisterDecompressor(methodZstd, func(r io.Reader) io.ReadCloser { return io.NopCloser(newZstd(r)) })
	r.RegisterDecompressor(methodXZ, func(r io.Reader) io.ReadCloser { return io.NopCloser(newXZ(r)) })
}

const (
	methodBzip2 = 12
	methodZstd  = 93
	methodXZ    = 95
)

// newZstd gives a decoder without goroutines.
func newZstd(r io.Reader) io.Reader {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return failing{err}
	}
	return d
}

func newXZ(r io.Reader) io.Reader {
	d, err := xz.ReaderConfig{DictCap: 1 << 20}.NewReader(r)
	if err != nil {
		return failing{err}
	}
	return d
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// zipped gives the entries of a zip's directory.
type zipped struct {
	files   []*zip.File
	decode  func([]byte) string
	unnamed uint64 // bytes of the archive that no entry so far has claimed
	given   int
	open    io.Closer
}

// Next gives the next file.
func (z *zipped) Next() (read.Part, error) {
	if z.open != nil {
		z.open.Close()
		z.open = nil
	}
	for len(z.files) > 0 {
		e := z.files[0]
		z.files = z.files[1:]
		if e.Mode().IsDir() && e.UncompressedSize64 == 0 {
			continue
		}
		if z.given++; z.given > maxEntries {
			z.files = nil
			return faulty("further files", nil, vidimus.SizeLimit), nil
		}
		return z.child(e), nil
	}
	return read.Part{}, io.EOF
}

func (z *zipped) child(e *zip.File) read.Part {
	raw := []byte(e.Name)
	name := e.Name
	if e.NonUTF8 {
		name = z.decode(raw)
	}
	if u := unicodeName(e.Extra); u != "" {
		name, raw = u, nil // it says itself what its bytes mean
	}
	if raw != nil && read.SafeName(read.Clean(name)) == string(raw) {
		raw = nil
	}
	// Entries that claim more than there is stand upon each other: a small
	// archive would give the same bytes a million times.
	over := e.CompressedSize64 > z.unnamed
	z.unnamed -= min(e.CompressedSize64, z.unnamed)
	switch {
	case over:
		return faulty(name, raw, vidimus.Damaged)
	case e.Flags&1 != 0:
		return faulty(name, raw, vidimus.Encrypted)
	case e.Mode()&(fs.ModeType&^fs.ModeDir) != 0:
		return faulty(name, raw, vidimus.LinkInside)
	}
	body, err := e.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return faulty(name, raw, vidimus.KindNotRead)
	case err != nil:
		return faulty(name, raw, vidimus.Damaged)
	}
	z.open = body
	return read.Part{Child: &read.Child{Name: name, Raw: raw, Body: body}}
}

// faulty is a child that is named and not taken out.
func faulty(name string, raw []byte, why vidimus.Reason) read.Part {
	return read.Part{Child: &read.Child{Name: name, Raw: raw, Fault: why}}
}

// unicodeName gives the name in Info-ZIP's extra field 0x7075, which holds a
// version, a checksum and UTF-8.
func unicodeName(extra []byte) string {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return ""
		}
		if id == 0x7075 && n > 5 && extra[0] == 1 && utf8.Valid(extra[5:n]) {
			return string(extra[5:n])
		}
		extra = extra[n:]
	}
	return ""
}

// directoryBytes gives the size of the list of entries as the end of the file
// says it, or 0 when it says none.
func directoryBytes(f *sandbox.File) uint64 {
	tail := make([]byte, min(f.Size, 65557+20))
	if _, err := f.ReadAt(tail, f.Size-int64(len(tail))); err != nil && err != io.EOF {
		return 0
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+22 > len(tail) {
		return 0
	}
	n := uint64(binary.LittleEndian.Uint32(tail[at+12:]))
	if n == 0xffffffff { // zip64: as much as stands before it
		return uint64(f.Size) / 2
	}
	return n
}
