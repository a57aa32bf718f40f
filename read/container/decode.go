package container

import (
	"encoding/binary"
	"fmt"
	"io"

	"vidimus"
	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"

	"golang.org/x/text/encoding"
)

// Names is the worker that decodes names of containers.
func Names() sandbox.Kind {
	return sandbox.Kind{Name: read.NamesKind, Ready: func() (sandbox.Reader, error) {
		r := &namesReader{}
		for _, label := range read.NameCharsets {
			c := charset.Labelled(label)
			if c == nil {
				return nil, fmt.Errorf("make charsets ready: %s is not known", label)
			}
			r.charsets = append(r.charsets, c)
		}
		return r, nil
	}}
}

type namesReader struct {
	charsets []encoding.Encoding // in the order of read.NameCharsets
	raw      [][]byte
}

// Open takes the names apart.
func (r *namesReader) Open(f *sandbox.File) error {
	r.raw = nil
	b, err := io.ReadAll(io.NewSectionReader(f, 0, f.Size))
	for err == nil && len(b) > 0 {
		if len(b) < 2 || len(b)-2 < int(binary.BigEndian.Uint16(b)) {
			return &vidimus.Fault{Reason: vidimus.Damaged}
		}
		n := 2 + int(binary.BigEndian.Uint16(b))
		r.raw, b = append(r.raw, b[2:n]), b[n:]
	}
	return err
}

// Close forgets them.
func (r *namesReader) Close() { r.raw = nil }

// Answer decodes them in one charset, or in the likeliest.
func (r *namesReader) Answer(q sandbox.Question, say sandbox.Say) error {
	if q.Verb != "names" || len(q.Args) != 1 || q.Args[0] < -1 || q.Args[0] >= int64(len(r.charsets)) {
		return read.ErrQuestion
	}
	used, c := "utf-8", r.charsets[0]
	if at := q.Args[0]; at >= 0 {
		used, c = read.NameCharsets[at], r.charsets[at]
	} else if g := guessCharset(r.raw); g != nil {
		for i, known := range r.charsets {
			if known == g {
				used, c = read.NameCharsets[i], g
			}
		}
	}
	decode, names := decoderOf(c), make([]string, len(r.raw))
	for i, b := range r.raw {
		names[i] = decode(b)
	}
	return read.SayNames(used, names, say)
}
