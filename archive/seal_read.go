package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"os"
	"path/filepath"
)

// readSeal gives the seal that a head names, and what compares files with it.
func readSeal(dir string, headKey [32]byte, h Head) (seal, sealer, error) {
	b, err := os.ReadFile(filepath.Join(dir, sealFile))
	if err != nil || sha256.Sum256(b) != h.Seal || len(b) < sealSalt {
		return seal{}, sealer{}, errSeal
	}
	s, err := newSealer(headKey, b[:sealSalt])
	if err != nil {
		return seal{}, sealer{}, err
	}
	plain, err := s.aead.Open(nil, sealNonce(sealList, 0), b[sealSalt:], []byte(sealTag))
	if err != nil {
		return seal{}, sealer{}, errSeal
	}
	list, ok := decodeSeal(plain)
	if !ok || list.generation != h.Generation {
		return seal{}, sealer{}, errSeal
	}
	return list, s, nil
}

// fields takes integers and bytes off the front; too short is not ok.
type fields struct {
	rest []byte
	bad  bool
}

func (f *fields) take(n int64) []byte {
	if f.bad || n < 0 || n > int64(len(f.rest)) {
		f.bad = true
		return make([]byte, min(max(n, 0), 32))
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

func (f *fields) u64() int64 { return int64(binary.BigEndian.Uint64(f.take(8))) }

func decodeSeal(b []byte) (s seal, ok bool) {
	f := &fields{rest: b}
	s.generation = f.u64()
	for range binary.BigEndian.Uint32(f.take(4)) {
		one := sealedFile{name: string(f.take(int64(binary.BigEndian.Uint16(f.take(2)))))}
		one.size = f.u64()
		if one.size < 0 || f.bad {
			return s, false
		}
		for range chunksOf(one.size) {
			if one.tags = append(one.tags, [16]byte(f.take(16))); f.bad {
				return s, false
			}
		}
		s.files = append(s.files, one)
	}
	s.blobs = f.u64()
	copy(s.blobNames[:], f.take(32))
	return s, !f.bad && len(f.rest) == 0 && bytes.Equal(s.encode(), b)
}

func chunksOf(size int64) int64 { return (size + sealChunk - 1) / sealChunk }
