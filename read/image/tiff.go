package image

import (
	"encoding/binary"
	std "image"
	"io"

	"golang.org/x/image/tiff"

	"vidimus"
	"vidimus/sandbox"
)

// maxFrames is how many pages a TIFF or GIF can have.
const maxFrames = 10_000

// tiffMark reports the first bytes of a TIFF file.
func tiffMark(f *sandbox.File) bool {
	_, ok := byteOrder(f)
	return ok
}

func byteOrder(f *sandbox.File) (binary.ByteOrder, bool) {
	var head [4]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return nil, false
	}
	switch string(head[:]) {
	case "II*\x00":
		return binary.LittleEndian, true
	case "MM\x00*":
		return binary.BigEndian, true
	}
	return nil, false
}

// album is a file of several pictures, each described by a directory. The
// decoder reads the first one only: for any other it is shown a file whose
// header names that.
type album struct {
	file        *sandbox.File
	order       binary.ByteOrder
	directories []uint32
}

// tiffFrames follows the chain of directories (TIFF 6.0, section 2).
func tiffFrames(f *sandbox.File) (*album, error) {
	order, _ := byteOrder(f)
	t := &album{file: f, order: order}
	seen := map[uint32]bool{}
	var b [4]byte
	at := int64(4)
	for {
		if _, err := f.ReadAt(b[:], at); err != nil {
			break // the chain leads out of the file
		}
		next := order.Uint32(b[:])
		if next == 0 || seen[next] {
			break
		}
		if len(t.directories) == maxFrames {
			return nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
		}
		if _, err := f.ReadAt(b[:2], int64(next)); err != nil {
			break
		}
		seen[next] = true
		t.directories = append(t.directories, next)
		at = int64(next) + 2 + 12*int64(order.Uint16(b[:2]))
	}
	if len(t.directories) == 0 {
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	return t, nil
}

func (t *album) count() int { return len(t.directories) }

func (t *album) decode(n int) (std.Image, error) {
	if m, err := t.strips(n); m != nil || err != nil {
		return m, err
	}
	shown := &redirected{file: t.file}
	t.order.PutUint32(shown.first[:], t.directories[n])
	open := func() *io.SectionReader { return io.NewSectionReader(shown, 0, t.file.Size) }
	config, err := tiff.DecodeConfig(open())
	if err != nil {
		return nil, damaged(err)
	}
	if err := fits(config); err != nil {
		return nil, err
	}
	picture, err := tiff.Decode(open())
	if err != nil {
		return nil, damaged(err)
	}
	return picture, nil
}

// redirected is a file whose bytes 4 to 7 are others.
type redirected struct {
	file  *sandbox.File
	first [4]byte
}

func (r *redirected) ReadAt(p []byte, off int64) (int, error) {
	n, err := r.file.ReadAt(p, off)
	for i := max(off, 4); i < min(off+int64(n), 8); i++ {
		p[i-off] = r.first[i-4]
	}
	return n, err
}
