package typeset

import (
	"encoding/binary"
	"slices"
)

// greyProfile makes the smallest ICC profile (ICC.1:2001-04, version 2.1) of
// grey with gamma 2.2 under D50: what tells a printer that black is black.
func greyProfile() []byte {
	u32 := binary.BigEndian.AppendUint32
	u16 := binary.BigEndian.AppendUint16
	const name = "Grey gamma 2.2"
	description := u32(append([]byte("desc"), 0, 0, 0, 0), uint32(len(name)+1))
	description = append(append(description, name...), 0)
	description = append(description, make([]byte, 4+4+2+1+67)...) // no Unicode, no script code
	rights := append([]byte("text\x00\x00\x00\x00"), "No rights reserved.\x00"...)
	white := append([]byte("XYZ \x00\x00\x00\x00"), d50()...)
	curve := u32([]byte("curv\x00\x00\x00\x00"), 1)
	curve = u16(curve, 0x0233) // 2.2 in u8Fixed8
	tags := []struct {
		name string
		data []byte
	}{{"desc", description}, {"cprt", rights}, {"wtpt", white}, {"kTRC", curve}}

	table := u32(nil, uint32(len(tags)))
	at := 128 + 4 + 12*len(tags)
	var data []byte
	for _, t := range tags {
		table = append(table, t.name...)
		table = u32(u32(table, uint32(at+len(data))), uint32(len(t.data)))
		data = append(data, t.data...)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
	}
	return slices.Concat(profileHeader(uint32(at+len(data))), table, data)
}

// profileHeader is the 128 bytes at the head; the time is fixed.
func profileHeader(size uint32) []byte {
	u32 := binary.BigEndian.AppendUint32
	h := u32(nil, size)
	h = append(h, 0, 0, 0, 0)
	h = u32(h, 0x02100000)
	h = append(h, "mntrGRAYXYZ "...)
	for _, n := range []uint16{2000, 1, 1, 0, 0, 0} {
		h = binary.BigEndian.AppendUint16(h, n)
	}
	h = append(h, "acsp"...)
	h = append(h, make([]byte, 4+4+4+4+8+4)...) // platform, flags, maker, model, attributes, intent
	h = append(h, d50()...)
	return append(h, make([]byte, 128-len(h))...)
}

// d50 is the white of profiles, in s15Fixed16.
func d50() []byte {
	b := binary.BigEndian.AppendUint32(nil, 0xF6D6)
	b = binary.BigEndian.AppendUint32(b, 0x10000)
	return binary.BigEndian.AppendUint32(b, 0xD32D)
}
