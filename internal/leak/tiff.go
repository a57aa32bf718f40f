package leak

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"

	"vidimus/internal/typeset"
)

// tiffOf writes pages as a TIFF file of one bit a dot: TIFF 6.0, and Adobe's
// deflate, each page one strip.
func tiffOf(pages []*image.Gray, across, down uint32) ([]byte, error) {
	var file bytes.Buffer
	file.WriteString("II*\x00\x00\x00\x00\x00")
	link := 4 // where the offset of the next directory goes
	for _, p := range pages {
		strip := file.Len()
		z := zlib.NewWriter(&file)
		z.Write(typeset.Bits(p)) // a bytes.Buffer takes everything
		if err := z.Close(); err != nil {
			return nil, err
		}
		length := file.Len() - strip
		if file.Len()%2 == 1 {
			file.WriteByte(0)
		}
		ratios := file.Len()
		words(&file, across, 1, down, 1)
		binary.LittleEndian.PutUint32(file.Bytes()[link:], uint32(file.Len()))
		link = directory(&file, [][3]uint32{
			{256, long, uint32(p.Rect.Dx())}, {257, long, uint32(p.Rect.Dy())},
			{258, short, 1}, {259, short, 8}, {262, short, 1}, {273, long, uint32(strip)},
			{277, short, 1}, {278, long, uint32(p.Rect.Dy())}, {279, long, uint32(length)},
			{282, rational, uint32(ratios)}, {283, rational, uint32(ratios + 8)}, {296, short, 2},
		})
	}
	return file.Bytes(), nil
}

// Types of a directory's entries.
const (
	short    = 3
	long     = 4
	rational = 5
)

// directory writes entries, one value each, and gives where the offset of the
// next directory goes.
func directory(w *bytes.Buffer, entries [][3]uint32) int {
	binary.Write(w, binary.LittleEndian, uint16(len(entries)))
	for _, e := range entries {
		binary.Write(w, binary.LittleEndian, []uint16{uint16(e[0]), uint16(e[1])})
		words(w, 1, e[2])
	}
	words(w, 0)
	return w.Len() - 4
}

func words(w *bytes.Buffer, values ...uint32) { binary.Write(w, binary.LittleEndian, values) }

// withPlace puts into a JPEG what a telephone adds (Exif 2.3): its make, the
// time, and where it was.
func withPlace(jpeg []byte) []byte {
	const (
		device = "Practice Phone\x00\x00"
		taken  = "3017:04:11 08:09:10\x00"
	)
	var t bytes.Buffer
	t.WriteString("II*\x00")
	words(&t, 8)
	const first = 8 + 2 + 3*12 + 4 // the first directory ends here
	gps := uint32(first + len(device) + len(taken))
	binary.Write(&t, binary.LittleEndian, uint16(3))
	entry := func(tag, kind uint16, count, value uint32) {
		binary.Write(&t, binary.LittleEndian, []uint16{tag, kind})
		words(&t, count, value)
	}
	entry(0x010f, 2, uint32(len(device)), first)
	entry(0x0132, 2, uint32(len(taken)), uint32(first+len(device)))
	entry(0x8825, long, 1, gps)
	words(&t, 0)
	t.WriteString(device + taken)
	places := gps + 2 + 4*12 + 4
	binary.Write(&t, binary.LittleEndian, uint16(4))
	entry(1, 2, 2, 'S')
	entry(2, rational, 3, places)
	entry(3, 2, 2, 'W')
	entry(4, rational, 3, places+24)
	words(&t, 0)
	words(&t, 31, 1, 8, 1, 0, 1, 119, 1, 19, 1, 0, 1)
	body := append([]byte("Exif\x00\x00"), t.Bytes()...)
	var out bytes.Buffer
	out.Write(jpeg[:2])
	out.Write([]byte{0xff, 0xe1})
	binary.Write(&out, binary.BigEndian, uint16(len(body)+2))
	out.Write(body)
	out.Write(jpeg[2:])
	return out.Bytes()
}
