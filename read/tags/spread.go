package tags

import (
	"encoding/binary"
	"io"
)

// Sampling factors of T.81, B.2.2, and the side of a block.
const (
	mostFactor = 4
	block      = 8
)

// MostSpread is Spread where nobody can tell.
const MostSpread = mostFactor*(block+1) + 2*mostFactor*block

// Spread tells how far JPEG carries what is in one pixel, in pixels, across or
// down: as far as a block of the coarsest colour goes, one sample of colour
// further where a decoder smooths it, and two blocks where a file that builds
// up may be unfinished and a decoder evens its blocks.
func Spread(f io.ReaderAt) int {
	var start [2]byte
	if _, err := f.ReadAt(start[:], 0); err != nil || start != [2]byte{0xff, markerSOI} {
		return MostSpread
	}
	at := int64(2)
	for range maxSegments {
		var head [4]byte
		if _, err := f.ReadAt(head[:], at); err != nil || head[0] != 0xff {
			break
		}
		if head[1] == 0xff { // filling
			at++
			continue
		}
		n := int64(binary.BigEndian.Uint16(head[2:]))
		if n < 2 || head[1] == markerSOS {
			break
		}
		if frame(head[1]) {
			b := make([]byte, n-2)
			if _, err := f.ReadAt(b, at+4); err != nil {
				break
			}
			return spread(b, head[1]&3 == 2)
		}
		at += 2 + n
	}
	return MostSpread
}

// frame reports the marker of a frame's header (T.81, table B.1).
func frame(marker byte) bool {
	return marker&0xf0 == 0xc0 && marker != 0xc4 && marker != 0xc8 && marker != 0xcc
}

func spread(header []byte, buildsUp bool) int {
	const first, each = 6, 3
	if len(header) < first+each || len(header) != first+each*int(header[5]) {
		return MostSpread
	}
	coarsest := 1
	for i := first; i < len(header); i += each {
		across, down := int(header[i+1]>>4), int(header[i+1]&15)
		if across < 1 || across > mostFactor || down < 1 || down > mostFactor {
			return MostSpread
		}
		if header[5] > 1 { // one component alone is never resampled
			coarsest = max(coarsest, across, down)
		}
	}
	if buildsUp {
		return coarsest*(block+1) + 2*coarsest*block
	}
	return coarsest * (block + 1)
}
