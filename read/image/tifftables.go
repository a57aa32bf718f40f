package image

import (
	"encoding/binary"
	"io"
	"slices"

	"vidimus/read/tags"
	"vidimus/sandbox"
)

// Tags of a directory (TIFF 6.0; technical note 2 of 1995 for JPEG in TIFF).
const (
	tagStripOffsets = 273
	tagTileOffsets  = 324
	tagJPEGTables   = 347
)

// mostTables is how many a file is said to have.
const mostTables = 64

// tiffTables names the tables by which the JPEG strips of a TIFF round: those
// that all strips of a page share, and those of its first strip.
func tiffTables(f *sandbox.File) (lines []string) {
	t, err := tiffFrames(f)
	if err != nil {
		return nil
	}
	for _, d := range t.directories {
		for _, at := range t.jpegs(d) {
			for _, line := range tags.Tables(io.NewSectionReader(f, at, max(f.Size-at, 0))) {
				if len(lines) < mostTables && !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
			}
		}
	}
	return lines
}

// jpegs gives where streams begin that may be JPEG.
func (t *album) jpegs(directory uint32) (all []int64) {
	var b [12]byte
	if _, err := t.file.ReadAt(b[:2], int64(directory)); err != nil {
		return nil
	}
	for i := range int64(t.order.Uint16(b[:2])) {
		if _, err := t.file.ReadAt(b[:], int64(directory)+2+12*i); err != nil {
			return all
		}
		count, value := t.order.Uint32(b[4:]), t.order.Uint32(b[8:])
		switch t.order.Uint16(b[:]) {
		case tagJPEGTables:
			all = append(all, int64(value))
		case tagStripOffsets, tagTileOffsets:
			if count > 1 { // the value is where the offsets stand
				value = t.offset(b, value)
			} else if short(t.order, b) {
				value = uint32(t.order.Uint16(b[8:]))
			}
			all = append(all, int64(value))
		}
	}
	return all
}

// short reports an entry of 16-bit numbers.
func short(order binary.ByteOrder, entry [12]byte) bool { return order.Uint16(entry[2:]) == 3 }

// offset reads the first of a list of offsets.
func (t *album) offset(entry [12]byte, at uint32) uint32 {
	if short(t.order, entry) && t.order.Uint32(entry[4:]) == 2 {
		return uint32(t.order.Uint16(entry[8:])) // two fit into the entry
	}
	var b [4]byte
	if _, err := t.file.ReadAt(b[:], int64(at)); err != nil {
		return 0
	}
	if short(t.order, entry) {
		return uint32(t.order.Uint16(b[:]))
	}
	return t.order.Uint32(b[:])
}
