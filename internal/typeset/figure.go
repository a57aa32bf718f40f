package typeset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
)

// Bilevel is a picture of one bit a dot, as a PNG with the two colours white
// and black holds it: the same compressed bytes stand in a PDF.
type Bilevel struct {
	Size   image.Point
	Packed []byte
}

var errBilevel = errors.New("this is no PNG of white and black dots")

// ParseBilevel takes a picture from a PNG that this program wrote.
func ParseBilevel(png []byte) (Bilevel, error) {
	const signature = "\x89PNG\r\n\x1a\n"
	if len(png) < len(signature) || string(png[:len(signature)]) != signature {
		return Bilevel{}, errBilevel
	}
	var p Bilevel
	known := false
	for rest := png[len(signature):]; len(rest) >= 12; {
		n := binary.BigEndian.Uint32(rest)
		if uint64(n) > uint64(len(rest)-12) {
			return Bilevel{}, errBilevel
		}
		body := rest[8 : 8+n]
		switch string(rest[4:8]) {
		case "IHDR":
			if n != 13 || string(body[8:]) != "\x01\x03\x00\x00\x00" { // one bit, palette, no interlacing
				return Bilevel{}, errBilevel
			}
			p.Size = image.Pt(int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:])))
		case "PLTE":
			known = string(body) == "\xff\xff\xff\x00\x00\x00"
		case "IDAT":
			p.Packed = append(p.Packed, body...)
		}
		rest = rest[12+n:]
	}
	if !known || p.Size.X <= 0 || p.Size.Y <= 0 || len(p.Packed) == 0 {
		return Bilevel{}, errBilevel
	}
	return p, nil
}

// Figure shows a picture in a box of the page; alt says what it is to whoever
// cannot see it.
func (p *Page) Figure(b Bilevel, x, y, width, height float64, alt string) {
	p.pdf.Begin("Figure")
	p.pdf.open.alt, p.pdf.open.box = alt, [4]float64{x, p.height - y - height, x + width, p.height - y}
	end := p.mark()
	fmt.Fprintf(&p.content, "q\n%s 0 0 %s %s %s cm\n/P%d Do\nQ\n", number(width), number(height), number(x), number(p.height-y-height), len(p.pdf.photos))
	end()
	p.pdf.End()
	p.pdf.photos = append(p.pdf.photos, photo{
		entries: fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0]"+
			" /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 1 /Columns %d >> /Length %d",
			b.Size.X, b.Size.Y, b.Size.X, len(b.Packed)),
		data:   b.Packed,
		packed: true,
	})
}
