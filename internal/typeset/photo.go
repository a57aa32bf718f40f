package typeset

import (
	"fmt"
	"image"
	"strings"
)

// photo is a picture that a page shows: the entries of its dictionary, and its
// bytes. They are compressed here where the dictionary names no filter.
type photo struct {
	entries string
	data    []byte
	packed  bool
}

// AddBits adds a page of a scanner that kept one bit a dot: what is darker
// than half is black. The page is as large as the picture at that many dots an
// inch.
func (d *PDF) AddBits(p *image.Gray, dpi float64) {
	d.photos = append(d.photos, photo{
		entries: fmt.Sprintf(" /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1",
			p.Rect.Dx(), p.Rect.Dy()),
		data: Bits(p),
	})
	d.show(p.Rect.Size(), dpi)
}

// AddJPEG adds a page that is a grey JPEG.
func (d *PDF) AddJPEG(data []byte, size image.Point, dpi float64) {
	d.photos = append(d.photos, photo{
		entries: fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length %d",
			size.X, size.Y, len(data)),
		data:   data,
		packed: true,
	})
	d.show(size, dpi)
}

// show adds a page that the newest picture fills.
func (d *PDF) show(size image.Point, dpi float64) {
	width, height := float64(size.X)*72/dpi, float64(size.Y)*72/dpi
	p := d.AddPage(width, height)
	fmt.Fprintf(&p.content, "q\n%s 0 0 %s 0 0 cm\n/P%d Do\nQ\n", number(width), number(height), len(d.photos)-1)
}

// Bits packs a picture, eight dots to a byte, 1 for white; rows begin on a byte.
func Bits(p *image.Gray) []byte {
	stride := (p.Rect.Dx() + 7) / 8
	out := make([]byte, stride*p.Rect.Dy())
	for y := range p.Rect.Dy() {
		row := p.Pix[y*p.Stride:]
		for x := range p.Rect.Dx() {
			if row[x] >= 128 {
				out[y*stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return out
}

// About sets an entry of the document's information, as "Author".
func (d *PDF) About(name, value string) {
	d.about += fmt.Sprintf("/%s (%s) ", name, strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(value))
}

// objects writes what pages show besides text, and gives the names.
func (d *PDF) objects(f *file) string {
	var names strings.Builder
	for i, drawing := range d.forms {
		r := f.stream(" /Type /XObject /Subtype /Form /BBox [-100 -100 2000 2000]", []byte(drawing))
		fmt.Fprintf(&names, "/X%d %s ", i, r)
	}
	for i, p := range d.photos {
		var r ref
		if p.packed {
			r = f.object(fmt.Sprintf("<< %s >>\nstream\n%s\nendstream", p.entries, p.data))
		} else {
			r = f.stream(p.entries, p.data)
		}
		fmt.Fprintf(&names, "/P%d %s ", i, r)
	}
	return names.String()
}
