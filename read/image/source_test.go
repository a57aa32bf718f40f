package image

import (
	"encoding/base64"
	"image/jpeg"
	"io"
	"testing"

	"golang.org/x/image/tiff"

	"vidimus/read"
	"vidimus/read/tags"
)

// How far what is in one pixel goes is told of each way of packing.
func TestEachFormatTellsHowFarItCarriesAPixel(t *testing.T) {
	m := drawn(60, 40)
	webp := func(s string) []byte {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	strips := albumOf(m)
	for i := range len(strips) - 4 {
		if string(strips[i:i+4]) == "\x03\x01\x04\x00" { // the entry of how it is packed
			strips[i+8] = compressionJPEG
		}
	}
	for name, c := range map[string]struct {
		file []byte
		want read.PictureSource
	}{
		"png":               {pngOf(t, m), read.PictureSource{}},
		"tiff":              {encoded(t, func(w io.Writer) error { return tiff.Encode(w, m, &tiff.Options{Compression: tiff.Deflate}) }), read.PictureSource{}},
		"tiff of JPEG":      {strips, read.PictureSource{AnyLossy: true, Spread: tags.MostSpread}},
		"jpeg, grey":        {encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) }), read.PictureSource{AnyLossy: true, Spread: 9}},
		"webp, lossless":    {webp("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="), read.PictureSource{}},
		"webp, by guessing": {webp("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"), read.PictureSource{AnyLossy: true, Anywhere: true}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := open(t, c.file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := d.PictureSource(t.Context(), 1)
			if err != nil || s.AnyLossy != c.want.AnyLossy || s.Lossy != s.AnyLossy || s.Anywhere != c.want.Anywhere || s.Spread != c.want.Spread {
				t.Errorf("%+v, %v", s, err)
			}
		})
	}
}
