package container

import (
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"io"
	"path"
	"strings"

	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"
)

// Compressed reads files that hold one other file: gzip, bzip2, xz and zstd.
func Compressed() []read.Format {
	open := func(kind string, decode func(io.Reader) (io.Reader, string)) read.Format {
		return read.PartsFormat([]string{kind}, func(f *sandbox.File) (read.Parts, error) {
			body, given := decode(bufio.NewReaderSize(io.NewSectionReader(f, 0, f.Size), 64<<10))
			name := innerName(f.Name)
			var raw []byte
			if given != "" {
				if name = charset.Decode([]byte(given), ""); name != given {
					raw = []byte(given)
				}
			}
			return read.Sections(nil, read.Child{Name: name, Raw: raw, Body: body}), nil
		})
	}
	return []read.Format{
		open("application/gzip", func(r io.Reader) (io.Reader, string) {
			d, err := gzip.NewReader(r)
			if err != nil {
				return failing{err}, ""
			}
			// The library reads the name as Latin 1; its bytes are one each.
			return d, latin(d.Name)
		}),
		open("application/x-bzip2", func(r io.Reader) (io.Reader, string) { return bzip2.NewReader(r), "" }),
		open("application/x-xz", func(r io.Reader) (io.Reader, string) { return newXZ(r), "" }),
		open("application/zstd", func(r io.Reader) (io.Reader, string) { return newZstd(r), "" }),
	}
}

func latin(s string) string {
	if s == "" {
		return ""
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return ""
		}
		b = append(b, byte(r))
	}
	return path.Base(strings.ReplaceAll(string(b), "\\", "/"))
}

// innerName is the name without its suffix; a .tgz is a .tar inside.
func innerName(name string) string {
	ext := path.Ext(name)
	base := strings.TrimSuffix(path.Base(name), ext)
	switch strings.ToLower(ext) {
	case ".tgz", ".tbz", ".tbz2", ".txz", ".tzst":
		return base + ".tar"
	case ".gz", ".bz2", ".xz", ".zst", ".z":
		return base
	}
	return path.Base(name) + " unpacked"
}
