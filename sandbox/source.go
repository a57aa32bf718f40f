package sandbox

import (
	"errors"
	"io"
	"slices"
	"sync"
)

const (
	// blockLen is how much of the file a worker fetches at once: a small file
	// costs one round trip.
	blockLen = 256 << 10
	// maxBlocks bounds what a worker keeps of the file: 4 MiB.
	maxBlocks = 16
)

// source reads the parent's file by blocks and keeps those used last.
type source struct {
	size  int64
	fetch func(off int64, n int) ([]byte, error)

	mu     sync.Mutex
	blocks []block // the one used last comes first
}

type block struct {
	number int64
	bytes  []byte
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("read before the start of the file")
	}
	n := 0
	for n < len(p) && off+int64(n) < s.size {
		at := off + int64(n)
		b, err := s.block(at / blockLen)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], b[at%blockLen:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (s *source) block(number int64) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.blocks, func(b block) bool { return b.number == number })
	if i < 0 {
		off := number * blockLen
		bytes, err := s.fetch(off, int(min(blockLen, s.size-off)))
		if err != nil {
			return nil, err
		}
		if len(s.blocks) < maxBlocks {
			s.blocks = append(s.blocks, block{})
		}
		i = len(s.blocks) - 1
		s.blocks[i] = block{number, bytes}
	}
	b := s.blocks[i]
	copy(s.blocks[1:i+1], s.blocks[:i])
	s.blocks[0] = b
	return b.bytes, nil
}
