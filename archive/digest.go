package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math"

	"vidimus"
)

const readingTag = "vidimus/reading/v1"

// PagesDigest adds up the digest of a reading's pages, in their order: what
// the custody log fixes of a reading. spec/archive.md has the bytes.
type PagesDigest struct{ h hash.Hash }

// NewPagesDigest starts one.
func NewPagesDigest() *PagesDigest {
	h := sha256.New()
	h.Write(append([]byte{byte(len(readingTag))}, readingTag...))
	return &PagesDigest{h}
}

// Add takes the next page.
func (d *PagesDigest) Add(p vidimus.Page) {
	var flags byte
	if p.Section {
		flags |= 1
	}
	if p.Ink {
		flags |= 2
	}
	if p.Unread {
		flags |= 4
	}
	places := vidimus.EncodePlaces(p.Places)
	b := binary.BigEndian.AppendUint32(nil, uint32(p.Number))
	b = append(b, flags)
	b = binary.BigEndian.AppendUint64(b, uint64(Milli(p.Width)))
	b = binary.BigEndian.AppendUint64(b, uint64(Milli(p.Height)))
	b = binary.BigEndian.AppendUint32(b, uint32(len(p.Text)))
	b = binary.BigEndian.AppendUint32(b, uint32(len(places)))
	d.h.Write(b)
	d.h.Write([]byte(p.Text))
	d.h.Write(places)
}

// Sum is the digest of all pages added.
func (d *PagesDigest) Sum() [32]byte { return [32]byte(d.h.Sum(nil)) }

// Milli is a length in points as the records keep it: thousandths, rounded.
func Milli(points float64) int64 { return int64(math.Round(points * 1000)) }
