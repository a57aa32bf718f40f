package fonts

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"os"
	"slices"

	"github.com/go-text/typesetting/font/opentype"
)

// checksumMagic is what a whole font file sums to, by the OpenType
// specification's chapter on the head table.
const checksumMagic = 0xB1B0AFBA

// extract writes one member of an OpenType collection as a font file of its
// own: browsers do not load collections. Tables are copied unchanged, except
// the checksum of the whole file in head.
func extract(collection opentype.Resource, member int) ([]byte, error) {
	faces, err := opentype.NewLoaders(collection)
	if err != nil {
		return nil, fmt.Errorf("open font collection: %w", err)
	}
	if member >= len(faces) {
		return nil, fmt.Errorf("open font collection: it has %d faces, wanted number %d", len(faces), member)
	}
	var tables []opentype.Table
	for _, tag := range faces[member].Tables() {
		content, err := faces[member].RawTable(tag)
		if err != nil {
			return nil, fmt.Errorf("read table %s of the font: %w", tag, err)
		}
		tables = append(tables, opentype.Table{Tag: tag, Content: slices.Clone(content)})
	}
	return assemble(tables), nil
}

// assemble lays tables, sorted by tag, into a font file: the directory of the
// OpenType specification, then each table on a four-byte boundary.
func assemble(tables []opentype.Table) []byte {
	out := directory(tables)
	head := -1
	for i, t := range tables {
		offset := len(out)
		if t.Tag == opentype.MustNewTag("head") && len(t.Content) >= 12 {
			head = offset
			clear(t.Content[8:12])
		}
		out = append(out, t.Content...)
		out = append(out, make([]byte, -len(out)&3)...)
		entry := out[12+16*i:]
		binary.BigEndian.PutUint32(entry, uint32(t.Tag))
		binary.BigEndian.PutUint32(entry[4:], checksum(out[offset:]))
		binary.BigEndian.PutUint32(entry[8:], uint32(offset))
		binary.BigEndian.PutUint32(entry[12:], uint32(len(t.Content)))
	}
	if head >= 0 {
		binary.BigEndian.PutUint32(out[head+8:], checksumMagic-checksum(out))
	}
	return out
}

// directory makes the header and room for one entry a table.
func directory(tables []opentype.Table) []byte {
	kind := uint32(opentype.TrueType)
	for _, t := range tables {
		if t.Tag == opentype.MustNewTag("CFF ") {
			kind = uint32(opentype.OpenType)
		}
	}
	n := len(tables)
	power := bits.Len(uint(n)) - 1 // of the largest power of two within n
	out := make([]byte, 12+16*n)
	binary.BigEndian.PutUint32(out, kind)
	binary.BigEndian.PutUint16(out[4:], uint16(n))
	binary.BigEndian.PutUint16(out[6:], uint16(16<<power))
	binary.BigEndian.PutUint16(out[8:], uint16(power))
	binary.BigEndian.PutUint16(out[10:], uint16(16*n-16<<power))
	return out
}

// checksum adds up big-endian words; the length is a multiple of four.
func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	return sum
}

// Member reads one face of a collection file as a font file of its own.
func Member(path string, member int) ([]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read a font collection: %w", err)
	}
	return extract(bytes.NewReader(data), member)
}
