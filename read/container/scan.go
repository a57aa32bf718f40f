package container

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// scanZip reads a zip whose directory is missing or broken, by the headers
// before each file.
func scanZip(f *sandbox.File) read.Parts { return &scanning{file: f} }

type scanning struct {
	file  *sandbox.File
	at    int64
	given int
	over  bool
	open  *counting // of the last entry; nil when its length is known
	skip  int64     // where the last entry ends, when that is known
}

// Next finds the next header. After the last file the damage is told.
func (s *scanning) Next() (read.Part, error) {
	if s.over {
		return read.Part{}, io.EOF
	}
	s.pass()
	at, err := s.find()
	if err != nil || s.given >= maxEntries {
		s.over = true
		if s.given == 0 {
			return read.Part{}, &vidimus.Fault{Reason: vidimus.Damaged}
		}
		return faulty("list of the files", nil, vidimus.Damaged), nil
	}
	s.given++
	return s.entry(at)
}

// pass goes behind the last entry.
func (s *scanning) pass() {
	switch {
	case s.open != nil:
		s.at += s.open.n // the parent has read all of it, or wants no more
	case s.skip > s.at:
		s.at = s.skip
	}
	s.open, s.skip = nil, 0
}

const localHeader = 30

// find gives where the next header stands.
func (s *scanning) find() (int64, error) {
	b := make([]byte, 64<<10)
	for {
		n, err := s.file.ReadAt(b, s.at)
		if i := bytes.Index(b[:n], []byte("PK\x03\x04")); i >= 0 {
			s.at += int64(i)
			return s.at, nil
		}
		if n < 4 || err != nil {
			return 0, io.EOF
		}
		s.at += int64(n) - 3
	}
}

// entry makes a child of the header at an offset.
func (s *scanning) entry(at int64) (read.Part, error) {
	var h [localHeader]byte
	if _, err := s.file.ReadAt(h[:], at); err != nil {
		s.at = s.file.Size
		return s.Next()
	}
	le := binary.LittleEndian
	flags, method := le.Uint16(h[6:]), le.Uint16(h[8:])
	packed, nameLen, extra := int64(le.Uint32(h[18:])), int64(le.Uint16(h[26:])), int64(le.Uint16(h[28:]))
	raw := make([]byte, nameLen)
	if _, err := s.file.ReadAt(raw, at+localHeader); err != nil {
		s.at = s.file.Size
		return faulty("unnamed", nil, vidimus.Damaged), nil
	}
	s.at = min(at+localHeader+nameLen+extra, s.file.Size)
	name := guessNames([][]byte{raw})(raw)
	sized := flags&8 == 0 && packed != 0xffffffff
	if sized {
		s.skip = min(s.at+packed, s.file.Size)
	}
	switch {
	case bytes.HasSuffix(raw, []byte("/")):
		return s.Next()
	case flags&1 != 0:
		return faulty(name, raw, vidimus.Encrypted), nil
	case !sized && method == 0:
		return faulty(name, raw, vidimus.Damaged), nil
	}
	body := s.unpack(method, sized)
	if body == nil {
		return faulty(name, raw, vidimus.KindNotRead), nil
	}
	if sized {
		body = &summed{body: body, want: le.Uint32(h[14:]), size: int64(le.Uint32(h[22:]))}
	}
	return read.Part{Child: &read.Child{Name: name, Raw: raw, Body: body}}, nil
}

// unpack gives the entry's bytes; where its length is not known it is found by
// unpacking.
func (s *scanning) unpack(method uint16, sized bool) io.Reader {
	end := s.file.Size
	if sized {
		end = s.skip
	}
	c := &counting{r: bufio.NewReader(io.NewSectionReader(s.file, s.at, end-s.at))}
	switch method {
	case 0:
		c.body = c
	case 8:
		c.body = flate.NewReader(c)
	case methodBzip2:
		c.body = bzip2.NewReader(c)
	case methodZstd:
		c.body = newZstd(c)
	case methodXZ:
		c.body = newXZ(c)
	default:
		return nil
	}
	if !sized {
		s.open = c
	}
	return c.body
}

// counting counts what a decoder takes.
type counting struct {
	r    *bufio.Reader
	n    int64
	body io.Reader
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (c *counting) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// summed checks length and checksum at the end.
type summed struct {
	body io.Reader
	want uint32
	sum  uint32
	size int64
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p[:n])
	s.size -= int64(n)
	if err == io.EOF && (s.size != 0 || s.sum != s.want) {
		return n, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	return n, err
}
