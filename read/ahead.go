package read

import (
	"fmt"
	"io"
)

// ahead reads a file in blocks and keeps the last ones, because each range
// asked of the parent is a message there and back.
type ahead struct {
	file   io.ReaderAt
	size   int64
	blocks map[int64][]byte // by number; never changed once read
}

const (
	blockBytes = 64 << 10
	maxBlocks  = 64
)

func newAhead(file io.ReaderAt, size int64) *ahead {
	return &ahead{file: file, size: size, blocks: map[int64][]byte{}}
}

// ReadAt is io.ReaderAt.
func (a *ahead) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, fmt.Errorf("read a file before its start")
	}
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= a.size {
			return n, io.EOF
		}
		b, err := a.block(at / blockBytes)
		if err != nil {
			return n, err
		}
		n += copy(p[n:], b[at%blockBytes:])
	}
	return n, nil
}

func (a *ahead) block(number int64) ([]byte, error) {
	if b, ok := a.blocks[number]; ok {
		return b, nil
	}
	if len(a.blocks) >= maxBlocks {
		clear(a.blocks)
	}
	b := make([]byte, min(blockBytes, a.size-number*blockBytes))
	if n, err := a.file.ReadAt(b, number*blockBytes); n < len(b) {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("read a range of a file: %w", err)
	}
	a.blocks[number] = b
	return b, nil
}
