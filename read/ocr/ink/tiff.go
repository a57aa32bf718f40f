package ink

import (
	"encoding/binary"
	"image"
)

// TIFF writes pictures as the pages of one file: TIFF 6.0, little-endian, grey,
// not compressed.
func TIFF(pictures []*image.Gray) []byte {
	const entries = 10
	le := binary.LittleEndian
	out := []byte{'I', 'I', 42, 0, 0, 0, 0, 0}
	link := 4 // where the place of the next directory is written
	for _, t := range pictures {
		w, h := t.Rect.Dx(), t.Rect.Dy()
		data := len(out)
		out = append(out, t.Pix...)
		if len(out)%2 == 1 {
			out = append(out, 0)
		}
		inch := len(out)
		out = le.AppendUint32(le.AppendUint32(out, 300), 1)
		le.PutUint32(out[link:], uint32(len(out)))
		out = le.AppendUint16(out, entries)
		for _, e := range [entries][3]uint32{
			{256, 4, uint32(w)}, {257, 4, uint32(h)}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1},
			{273, 4, uint32(data)}, {278, 4, uint32(h)}, {279, 4, uint32(w * h)}, {282, 5, uint32(inch)}, {283, 5, uint32(inch)},
		} {
			out = le.AppendUint16(le.AppendUint16(out, uint16(e[0])), uint16(e[1]))
			out = le.AppendUint32(le.AppendUint32(out, 1), e[2])
		}
		link = len(out)
		out = le.AppendUint32(out, 0)
	}
	return out
}
