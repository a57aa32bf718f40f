package tags

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// Tables of ITU-T T.81, Annex K.1, in the order in which files have them.
var standard = [2][64]int{
	{16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
		56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99},
	{17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
		99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99},
}

// Bounds of a JPEG file's head.
const (
	maxSegments = 512
	markerSOI   = 0xd8
	markerDQT   = 0xdb
	markerSOS   = 0xda
)

// Tables names the tables by which a JPEG file rounds: the standard's at
// a quality, or a device's or program's own by its digest.
func Tables(f io.ReaderAt) (lines []string) {
	defer func() { lines = slices.Compact(lines) }()
	var start [2]byte
	if _, err := f.ReadAt(start[:], 0); err != nil || start != [2]byte{0xff, markerSOI} {
		return nil
	}
	at := int64(2)
	for range maxSegments {
		var head [4]byte
		if _, err := f.ReadAt(head[:], at); err != nil || head[0] != 0xff || head[1] == markerSOS {
			return lines
		}
		n := int64(binary.BigEndian.Uint16(head[2:]))
		if n < 2 {
			return lines
		}
		if head[1] == markerDQT {
			b := make([]byte, n-2)
			if _, err := f.ReadAt(b, at+4); err != nil {
				return lines
			}
			lines = append(lines, Segment(b)...)
		}
		at += 2 + n
	}
	return lines
}

// Segment reads the tables of one segment (T.81, B.2.4.1).
func Segment(b []byte) (lines []string) {
	for len(b) > 0 {
		size := 1 + int(b[0]>>4)
		if size > 2 || len(b) < 1+64*size {
			return lines
		}
		var t [64]int
		for i := range t {
			if t[i] = int(b[1+i*size]); size == 2 {
				t[i] = t[i]<<8 | int(b[2+i*size])
			}
		}
		lines = append(lines, "quantisation table: "+describeTable(t))
		b = b[1+64*size:]
	}
	return lines
}

func describeTable(t [64]int) string {
	for quality := 1; quality <= 100; quality++ {
		for _, base := range standard {
			if t == scaled(base, quality) {
				return fmt.Sprintf("the standard's at quality %d", quality)
			}
		}
	}
	sum := sha256.Sum256(fmt.Append(nil, t))
	return fmt.Sprintf("%x", sum[:8])
}

// scaled is a table as the Independent JPEG Group's library makes it.
func scaled(base [64]int, quality int) (t [64]int) {
	scale := 200 - 2*quality
	if quality < 50 {
		scale = 5000 / quality
	}
	for i, v := range base {
		t[i] = min(max((v*scale+50)/100, 1), 255)
	}
	return t
}
