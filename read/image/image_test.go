package image

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	std "image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// near is a worker without walls.
type near struct{ sandbox.Reader }

func (n near) Open(_ context.Context, file io.ReaderAt, size int64, name string) error {
	return n.Reader.Open(&sandbox.File{ReaderAt: file, Size: size, Name: name})
}

func (n near) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return n.Answer(q, hear)
}

func open(t testing.TB, file []byte) (*read.Document, error) {
	t.Helper()
	r, err := read.Kind("image", Format()).Ready()
	if err != nil {
		t.Fatal(err)
	}
	return read.Open(t.Context(), near{r}, bytes.NewReader(file), int64(len(file)), "scan")
}

// drawn is a white picture with a black square near its top left corner.
func drawn(w, h int) *std.Gray {
	m := std.NewGray(std.Rect(0, 0, w, h))
	for i := range m.Pix {
		x, y := i%w, i/w
		m.Pix[i] = 0xff
		if x < w/4 && y < h/4 {
			m.Pix[i] = 0
		}
	}
	return m
}

func encoded(t testing.TB, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m std.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, m) })
}

// album makes a TIFF with one grey page for each size.
func albumOf(pages ...*std.Gray) []byte {
	b := []byte("II*\x00")
	le := binary.LittleEndian
	link := 4
	b = le.AppendUint32(b, 0)
	for _, p := range pages {
		at := uint32(len(b))
		b = append(b, p.Pix...)
		le.PutUint32(b[link:], uint32(len(b)))
		entries := [][2]uint32{{256, uint32(p.Rect.Dx())}, {257, uint32(p.Rect.Dy())}, {258, 8}, {259, 1}, {262, 1},
			{273, at}, {277, 1}, {278, uint32(p.Rect.Dy())}, {279, uint32(len(p.Pix))}}
		b = le.AppendUint16(b, uint16(len(entries)))
		for _, e := range entries {
			b = le.AppendUint16(b, uint16(e[0]))
			b = le.AppendUint16(b, 4)
			b = le.AppendUint32(b, 1)
			b = le.AppendUint32(b, e[1])
		}
		link = len(b)
		b = le.AppendUint32(b, 0)
	}
	return b
}

func TestEachFormatGivesItsPagesAndPictures(t *testing.T) {
	m := drawn(60, 40)
	moving := &gif.GIF{Delay: []int{1, 1}}
	for _, at := range []int{0, 20} {
		p := std.NewPaletted(std.Rect(at, 0, at+20, 20), color.Palette{color.White, color.Black})
		p.Pix[0] = 1
		moving.Image = append(moving.Image, p)
	}
	moving.Config = std.Config{ColorModel: moving.Image[0].Palette, Width: 60, Height: 40}
	for name, c := range map[string]struct {
		file  []byte
		pages int
	}{
		"png":                   {pngOf(t, m), 1},
		"jpeg":                  {encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) }), 1},
		"bmp":                   {encoded(t, func(w io.Writer) error { return bmp.Encode(w, m) }), 1},
		"tiff":                  {encoded(t, func(w io.Writer) error { return tiff.Encode(w, m, nil) }), 1},
		"a tiff of three pages": {albumOf(m, m, m), 3},
		"a gif of two frames":   {encoded(t, func(w io.Writer) error { return gif.EncodeAll(w, moving) }), 2},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := open(t, c.file)
			if err != nil || d.Pages != c.pages {
				t.Fatalf("%d pages, %v", d.Pages, err)
			}
			for page, err := range d.All(t.Context()) {
				if err != nil || !page.Ink || page.Text != "" {
					t.Fatalf("page %d: ink %v, %v", page.Number, page.Ink, err)
				}
				if name != "a gif of two frames" && name != "tiff" && (page.Width != 60*72/150. || page.Height != 40*72/150.) {
					t.Errorf("page %d is %g by %g points", page.Number, page.Width, page.Height)
				}
				picture, err := d.Picture(t.Context(), page.Number, 300)
				if err != nil || picture.Bounds() != std.Rect(0, 0, 60, 40) {
					t.Fatalf("picture %d: %v", page.Number, err)
				}
				if r, _, _, _ := picture.At(0, 0).RGBA(); r > 0x3000 {
					t.Errorf("the black corner of page %d is %x", page.Number, r)
				}
			}
		})
	}
}

func TestAPictureOfOneColourIsBlank(t *testing.T) {
	m := std.NewGray(std.Rect(0, 0, 30, 30))
	d, err := open(t, pngOf(t, m))
	if err != nil {
		t.Fatal(err)
	}
	if p, err := d.Page(t.Context(), 1); err != nil || !p.Blank() {
		t.Errorf("ink %v, %v", p.Ink, err)
	}
}

// pngHead is a PNG that says how large it is, and has no pixels.
func pngHead(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	b = binary.BigEndian.AppendUint32(b, w)
	b = binary.BigEndian.AppendUint32(b, h)
	b = append(b, 8, 2, 0, 0, 0)
	return binary.BigEndian.AppendUint32(b, crc(b[12:]))
}

func crc(b []byte) uint32 {
	c := ^uint32(0)
	for _, v := range b {
		c ^= uint32(v)
		for range 8 {
			c = c>>1 ^ 0xedb88320&-(c&1)
		}
	}
	return ^c
}

func TestAPictureThatIsTooLargeIsRefusedBeforeItsPixels(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want vidimus.Reason
	}{
		"30,000 by 30,000":       {pngHead(30_000, 30_000), vidimus.SizeLimit},
		"pixels that are absent": {pngHead(10, 10), vidimus.Damaged},
	} {
		d, err := open(t, c.file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, err = d.Page(t.Context(), 1)
		if reason, _ := vidimus.FaultOf(err); reason != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOrientationsBringTheCornerToItsPlace(t *testing.T) {
	// The top left pixel of 3 by 2, by EXIF's orientation.
	want := map[int][2]int{1: {0, 0}, 2: {2, 0}, 3: {2, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 2}, 8: {0, 2}}
	for o, at := range want {
		rgb := make([]byte, 18)
		rgb[0] = 7
		w, _, out := turn(3, 2, rgb, o)
		if i := 3 * (at[1]*w + at[0]); out[i] != 7 {
			t.Errorf("orientation %d: %v", o, out)
		}
	}
}

func TestALargePictureIsReducedToTheMean(t *testing.T) {
	m := std.NewGray(std.Rect(0, 0, 4, 4))
	copy(m.Pix, []byte{0, 100, 0, 0, 100, 200, 0, 0})
	if got := reduce(m, 2, 2); !bytes.Equal(got[:6], []byte{100, 100, 100, 0, 0, 0}) {
		t.Errorf("%v", got)
	}
}

func FuzzPictures(f *testing.F) {
	m := drawn(8, 8)
	f.Add(pngOf(f, m))
	f.Add(encoded(f, func(w io.Writer) error { return jpeg.Encode(w, m, nil) }))
	f.Add(encoded(f, func(w io.Writer) error { return gif.Encode(w, m, nil) }))
	f.Add(encoded(f, func(w io.Writer) error { return bmp.Encode(w, m) }))
	f.Add(albumOf(m, m))
	f.Fuzz(func(t *testing.T, file []byte) {
		d, err := open(t, file)
		if errors.Is(err, read.ErrAnswer) {
			t.Fatal(err)
		}
		if err != nil || d.Pages == 0 || d.Pages > 50 {
			return
		}
		for page, err := range d.All(t.Context()) {
			if errors.Is(err, read.ErrAnswer) {
				t.Fatal(err)
			}
			if err == nil && page.Width*page.Height < 1e5 {
				if _, err := d.Picture(t.Context(), page.Number, 150); errors.Is(err, read.ErrAnswer) {
					t.Fatal(err)
				}
			}
		}
		for range 20 {
			if _, err := d.Next(t.Context(), nil); err != nil {
				break
			}
		}
	})
}
