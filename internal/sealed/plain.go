package sealed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"lukechampine.com/adiantum"
)

// TestOnlyPlain gives all pages of a file decrypted, unused ones too: what
// whoever has the key can find in it.
func TestOnlyPlain(path string, key []byte) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, plain(err)
	}
	if len(b)%pageSize != 0 {
		return nil, fmt.Errorf("decrypt sealed file: %w", io.ErrUnexpectedEOF)
	}
	c := adiantum.New(key)
	for at := 0; at < len(b); at += pageSize {
		var tweak [8]byte
		binary.LittleEndian.PutUint64(tweak[:], uint64(at))
		copy(b[at:], c.Decrypt(b[at:at+pageSize], tweak[:]))
	}
	if string(b[:6]) != "SQLite" {
		return nil, errors.New("decrypt sealed file: the key is another's")
	}
	return b, nil
}
