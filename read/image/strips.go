package image

import (
	"bytes"
	std "image"
	"image/draw"
	"image/jpeg"
	"io"

	"vidimus"
)

// Tags of a TIFF directory that describe strips of JPEG (TIFF Technical Note 2).
const (
	tagWidth, tagHeight, tagCompression, tagPhotometric = 256, 257, 259, 262
	tagOffsets, tagRows, tagCounts, tagTables           = 273, 278, 279, 347

	compressionJPEG = 7
	photometricRGB  = 2
)

// values reads a directory's numbers: bytes, and those of two and four bytes.
func (t *album) values(n int) map[int][]uint32 {
	all := map[int][]uint32{}
	dir := io.NewSectionReader(t.file, int64(t.directories[n]), t.file.Size)
	var b [12]byte
	io.ReadFull(dir, b[:2])
	for range t.order.Uint16(b[:2]) {
		if _, err := io.ReadFull(dir, b[:]); err != nil {
			break
		}
		size := map[uint16]int{1: 1, 3: 2, 4: 4, 7: 1}[t.order.Uint16(b[2:])]
		count := int64(t.order.Uint32(b[4:]))
		if size == 0 || count > 1<<20 {
			continue
		}
		data := b[8:]
		if need := count * int64(size); need > 4 {
			if data = make([]byte, need); t.at(data, t.order.Uint32(b[8:])) != nil {
				continue
			}
		}
		var list []uint32
		for i := range int(count) {
			switch at := data[i*size:]; size {
			case 1:
				list = append(list, uint32(at[0]))
			case 2:
				list = append(list, uint32(t.order.Uint16(at)))
			default:
				list = append(list, t.order.Uint32(at))
			}
		}
		all[int(t.order.Uint16(b[:]))] = list
	}
	return all
}

func (t *album) at(b []byte, off uint32) error {
	_, err := t.file.ReadAt(b, int64(off))
	return err
}

// strips decodes a picture whose strips are JPEG files without their tables.
// It gives nil for every other.
func (t *album) strips(n int) (std.Image, error) {
	v := t.values(n)
	one := func(tag int) int { return int(append(v[tag], 0)[0]) }
	if one(tagCompression) != compressionJPEG || len(v[tagOffsets]) == 0 || len(v[tagOffsets]) != len(v[tagCounts]) {
		return nil, nil
	}
	config := std.Config{Width: one(tagWidth), Height: one(tagHeight)}
	if err := fits(config); err != nil {
		return nil, err
	}
	tables := []byte{}
	for _, b := range v[tagTables] {
		tables = append(tables, byte(b))
	}
	if len(tables) < 4 {
		tables = make([]byte, 4)
	}
	transform := byte(1)
	if one(tagPhotometric) == photometricRGB {
		transform = 0
	}
	adobe := append([]byte("\xff\xd8\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"), transform)
	whole := std.NewRGBA(std.Rect(0, 0, config.Width, config.Height))
	rows := max(one(tagRows), 1)
	for i, off := range v[tagOffsets] {
		size := v[tagCounts][i]
		if size < 2 || int64(size) > t.file.Size || i*rows >= config.Height {
			return nil, &vidimus.Fault{Reason: vidimus.Damaged}
		}
		strip := make([]byte, size)
		if err := t.at(strip, off); err != nil {
			return nil, &vidimus.Fault{Reason: vidimus.Damaged}
		}
		file := bytes.Join([][]byte{adobe, tables[2 : len(tables)-2], strip[2:]}, nil)
		head, err := jpeg.DecodeConfig(bytes.NewReader(file))
		if err != nil || head.Width > config.Width || head.Height > config.Height {
			return nil, &vidimus.Fault{Reason: vidimus.Damaged}
		}
		m, err := jpeg.Decode(bytes.NewReader(file))
		if err != nil {
			return nil, &vidimus.Fault{Reason: vidimus.Damaged}
		}
		draw.Draw(whole, m.Bounds().Add(std.Pt(0, i*rows)), m, m.Bounds().Min, draw.Src)
	}
	return whole, nil
}
