package blob

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"io"
	"math/bits"

	"vidimus"
	"vidimus/archive"
)

const (
	chunkSize = 64 << 10
	tagSize   = 16
	nonceSize = 12
	minPadded = 4 << 10
	chunkTag  = "vidimus/blob/v1"
)

// padded is the length to which n bytes are padded: Padmé, at least minPadded.
func padded(n int64) int64 {
	n = max(n, minPadded)
	e := bits.Len64(uint64(n)) - 1
	s := bits.Len64(uint64(e)) // ⌊log₂ e⌋ + 1
	mask := int64(1)<<(e-s) - 1
	return (n + mask) &^ mask
}

// chunks is how many chunks hold n bytes.
func chunks(n int64) int64 { return (n + chunkSize - 1) / chunkSize }

// sealedSize is the blob's size for n padded bytes.
func sealedSize(n int64) int64 { return n + tagSize*chunks(n) }

// chunkCipher seals the chunks of one blob.
type chunkCipher struct{ cipher.AEAD }

func newCipher(key archive.BlobKey) chunkCipher {
	block, err := aes.NewCipher(key[:])
	if err != nil { // only for a key of another size
		panic("blob: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("blob: " + err.Error())
	}
	return chunkCipher{aead}
}

// nonce is u88 index ‖ u8 last.
func nonce(index int64, last bool) []byte {
	n := make([]byte, nonceSize)
	binary.BigEndian.PutUint64(n[3:11], uint64(index))
	if last {
		n[11] = 1
	}
	return n
}

// sealer encrypts what is written to it. It holds one chunk back, as only the
// end tells which is the last.
type sealer struct {
	w     io.Writer
	c     chunkCipher
	index int64
	held  []byte // at most one chunk, with room for its tag
}

func newSealer(w io.Writer, key archive.BlobKey) *sealer {
	return &sealer{w: w, c: newCipher(key), held: make([]byte, 0, chunkSize+tagSize)}
}

func (s *sealer) Write(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		if len(s.held) == chunkSize {
			if err := s.flush(false); err != nil {
				return done, err
			}
		}
		n := min(chunkSize-len(s.held), len(p)-done)
		s.held = append(s.held, p[done:done+n]...)
		done += n
	}
	return done, nil
}

// finish pads the n bytes that were written and seals the last chunk.
func (s *sealer) finish(n int64) error {
	zeros := make([]byte, min(chunkSize, padded(n)-n))
	for left := padded(n) - n; left > 0; {
		k, err := s.Write(zeros[:min(left, int64(len(zeros)))])
		if err != nil {
			return err
		}
		left -= int64(k)
	}
	return s.flush(true)
}

func (s *sealer) flush(last bool) error {
	sealed := s.c.Seal(s.held[:0], nonce(s.index, last), s.held, []byte(chunkTag))
	if _, err := s.w.Write(sealed); err != nil {
		return vidimus.WithHint(failed("store an original", err), "make room on the disk, then add again: what was taken in before is kept")
	}
	s.index++
	s.held = s.held[:0]
	return nil
}
