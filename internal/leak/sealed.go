package leak

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
)

// locked writes an archive whose one member is encrypted as old programs do it
// (PKWARE's APPNOTE, 6.1): what a desk in an office uses.
func locked(member packed, password string) ([]byte, error) {
	var small bytes.Buffer
	f, err := flate.NewWriter(&small, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	f.Write(member.data) // a bytes.Buffer takes everything
	if err := f.Close(); err != nil {
		return nil, err
	}
	sum := crc32.ChecksumIEEE(member.data)
	k := newKeys(password)
	body := []byte("weir reckon")
	body = append(body, byte(sum>>24))
	body = append(body, small.Bytes()...)
	for i, b := range body {
		body[i] = k.encrypt(b)
	}
	var w bytes.Buffer
	little := func(v ...any) {
		for _, x := range v {
			binary.Write(&w, binary.LittleEndian, x)
		}
	}
	const encrypted, utf8, deflated, day = 1, 1 << 11, 8, 0x21
	head := []any{uint16(encrypted | utf8), uint16(deflated), uint16(0), uint16(day), sum,
		uint32(len(body)), uint32(len(member.data)), uint16(len(member.name)), uint16(0)}
	little([]byte("PK\x03\x04"), uint16(20))
	little(head...)
	w.WriteString(member.name)
	w.Write(body)
	at := w.Len()
	little([]byte("PK\x01\x02"), uint16(20), uint16(20))
	little(head...)
	little(uint16(0), uint16(0), uint16(0), uint32(0), uint32(0))
	w.WriteString(member.name)
	size := w.Len() - at
	little([]byte("PK\x05\x06"), uint16(0), uint16(0), uint16(1), uint16(1), uint32(size), uint32(at), uint16(0))
	return w.Bytes(), nil
}

// keys is the state of the cipher.
type keys [3]uint32

func newKeys(password string) *keys {
	k := &keys{0x12345678, 0x23456789, 0x34567890}
	for _, b := range []byte(password) {
		k.update(b)
	}
	return k
}

func (k *keys) update(b byte) {
	k[0] = step(k[0], b)
	k[1] = (k[1]+k[0]&0xff)*134775813 + 1
	k[2] = step(k[2], byte(k[1]>>24))
}

func step(crc uint32, b byte) uint32 { return crc32.IEEETable[byte(crc)^b] ^ crc>>8 }

func (k *keys) encrypt(b byte) byte {
	t := uint16(k[2]) | 2
	out := b ^ byte(uint32(t)*uint32(t^1)>>8)
	k.update(b)
	return out
}
