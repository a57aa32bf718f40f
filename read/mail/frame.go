package mail

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"vidimus/sandbox"
)

// appleFrame finds the message in a file of Apple's Mail (emlx), which begins
// with a line that counts its bytes. Every other file is a message as a whole.
func appleFrame(f *sandbox.File) (start, end int64, err error) {
	head := make([]byte, min(f.Size, 32))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return 0, 0, fmt.Errorf("read the start of a message: %w", err)
	}
	first, _, found := bytes.Cut(head, []byte("\n"))
	n, err := strconv.ParseInt(string(bytes.TrimSpace(first)), 10, 64)
	start = int64(len(first)) + 1
	if !found || err != nil || n < 0 || n > f.Size-start {
		return 0, f.Size, nil
	}
	return start, start + n, nil
}
