package sealed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"lukechampine.com/adiantum"
	"lukechampine.com/adiantum/hbsh"
)

const (
	pageSize = 4096
	// lockPage is the page at one GiB. SQLite locks bytes of it and never
	// writes it: https://sqlite.org/fileformat2.html#the_lock_byte_page
	lockPage = 1<<30/pageSize + 1
)

// Walk reads every page of the file at path, unused ones too, and calls bad
// for each that is not as it was written; pages count from 1. It returns how
// many pages the file has. Pages that should be there and are not, or are
// there and should not be, are bad. Nobody may write to the file meanwhile,
// and its write-ahead log must be gone.
//
// A page is one Adiantum block, its tweak the offset as 64 bits little endian.
// Its last 8 bytes are a checksum: https://sqlite.org/cksumvfs.html
func Walk(path string, key []byte, bad func(page int64)) (pages int64, err error) {
	if len(key) != KeySize {
		return 0, fmt.Errorf("walk sealed file: the key has %d bytes, not %d", len(key), KeySize)
	}
	f, err := os.Open(path)
	if err != nil {
		return 0, fmt.Errorf("walk sealed file: %w", plain(err))
	}
	defer f.Close()
	w := walker{cipher: adiantum.New(key), bad: bad}
	if err := w.all(f); err != nil {
		return w.pages, fmt.Errorf("walk sealed file: %w", plain(err))
	}
	if w.pages == 0 {
		return 0, fmt.Errorf("walk sealed file: %w", ErrCutShort)
	}
	return w.pages, nil
}

type walker struct {
	cipher *hbsh.HBSH
	bad    func(page int64)
	pages  int64
	stated int64 // how many pages the first one says there are; 0 if it is bad
}

func (w *walker) all(f io.Reader) error {
	buffer := make([]byte, 256*pageSize)
	for {
		n, err := io.ReadFull(f, buffer)
		for b := buffer[:n]; len(b) > 0; b = b[min(pageSize, len(b)):] {
			w.page(b[:min(pageSize, len(b))])
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			for p := w.pages + 1; p <= w.stated; p++ {
				w.bad(p)
			}
			return nil
		case err != nil:
			return err
		}
	}
}

func (w *walker) page(block []byte) {
	w.pages++
	if !w.sound(block) || w.stated > 0 && w.pages > w.stated {
		w.bad(w.pages)
	}
}

// sound decrypts a page in place and checks it.
func (w *walker) sound(block []byte) bool {
	if w.pages == lockPage {
		return len(bytes.Trim(block, "\x00")) == 0
	}
	if len(block) != pageSize {
		return false
	}
	var tweak [8]byte
	binary.LittleEndian.PutUint64(tweak[:], uint64(w.pages-1)*pageSize)
	page := w.cipher.Decrypt(block, tweak[:])
	if checksum(page[:pageSize-8]) != [8]byte(page[pageSize-8:]) {
		return false
	}
	if w.pages == 1 {
		w.stated = int64(binary.BigEndian.Uint32(page[28:32]))
	}
	return true
}

// checksum is that of SQLite's checksum VFS: two sums over the page's 32-bit
// words, little endian, each adding the other.
func checksum(b []byte) (sum [8]byte) {
	var s1, s2 uint32
	for ; len(b) >= 8; b = b[8:] {
		s1 += binary.LittleEndian.Uint32(b) + s2
		s2 += binary.LittleEndian.Uint32(b[4:]) + s1
	}
	binary.LittleEndian.PutUint32(sum[:4], s1)
	binary.LittleEndian.PutUint32(sum[4:], s2)
	return sum
}
