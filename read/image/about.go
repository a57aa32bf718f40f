package image

import (
	"encoding/binary"
	"fmt"
	std "image"
	"slices"
	"strings"

	"github.com/bep/imagemeta"

	"vidimus/sandbox"
)

// about is what a file says of its picture.
type about struct {
	orientation int     // as EXIF has it: 1 to 8
	dpi         float64 // pixels to an inch
	words       string  // everything else, a line each
}

// Bounds of what is believed and kept.
const (
	minDPI, maxDPI = 30, 4800
	maxWords       = 1 << 20
	maxValue       = 10_000
	inchesPerMetre = 0.0254
)

// points gives the size of a page as it is seen.
func (a about) points(b std.Rectangle) (w, h float64) {
	w, h = float64(b.Dx())*72/a.dpi, float64(b.Dy())*72/a.dpi
	if a.orientation >= 5 {
		w, h = h, w
	}
	return w, h
}

var metaFormats = map[string]imagemeta.ImageFormat{
	"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP, "tiff": imagemeta.TIFF,
}

// describe gathers what the file says. Damage there is not the picture's: what
// was read before it is kept.
func describe(f *sandbox.File, format string) about {
	a := about{orientation: 1}
	if tiffMark(f) {
		format = "tiff"
	}
	switch format {
	case "jpeg":
		a.dpi = jfifDPI(f)
	case "png":
		a.dpi = pngDPI(f)
	}
	if known, ok := metaFormats[format]; ok {
		a.meta(f, known)
	}
	if format == "jpeg" {
		a.words = strings.TrimPrefix(a.words+"\n"+strings.Join(slices.Compact(quantisation(f)), "\n"), "\n")
	}
	if !(a.dpi >= minDPI && a.dpi <= maxDPI) {
		a.dpi = usualDPI
	}
	return a
}

func (a *about) meta(f *sandbox.File, format imagemeta.ImageFormat) {
	var lines []string
	size, unit, resolution := 0, uint16(2), 0.0
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: stream(f), ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag: func(t imagemeta.TagInfo) error {
			thumbnail := strings.HasPrefix(t.Namespace, "IFD1")
			switch {
			case thumbnail:
				return nil
			case t.Tag == "Orientation" && t.Source == imagemeta.EXIF:
				if o := number(t.Value); o >= 1 && o <= 8 {
					a.orientation = int(o)
				}
			case t.Tag == "XResolution" && t.Source == imagemeta.EXIF:
				resolution = number(t.Value)
			case t.Tag == "ResolutionUnit" && t.Source == imagemeta.EXIF:
				unit = uint16(number(t.Value))
			}
			line := said(t)
			if size += len(line); line != "" && size <= maxWords {
				lines = append(lines, line)
			}
			return nil
		},
		Warnf: func(string, ...any) {},
	})
	if unit == 3 { // to a centimetre
		resolution *= 2.54
	}
	if resolution > 0 && unit != 1 {
		a.dpi = resolution
	}
	slices.Sort(lines)
	a.words = strings.Join(slices.Compact(lines), "\n")
}

// number gives what a tag holds as a number, 0 where it is none.
func number(v any) float64 {
	switch n := v.(type) {
	case uint16:
		return float64(n)
	case uint32:
		return float64(n)
	case int:
		return float64(n)
	case float64:
		return n
	case interface{ Float64() float64 }:
		return n.Float64()
	}
	return 0
}

// said is a tag as a line of text. Tables of bytes say nothing to a reader.
func said(t imagemeta.TagInfo) string {
	switch v := t.Value.(type) {
	case []byte:
		return ""
	case string:
		if strings.TrimSpace(v) == "" {
			return ""
		}
	}
	value := fmt.Sprint(t.Value)
	if len(value) > maxValue {
		value = value[:maxValue]
	}
	return fmt.Sprintf("%s: %s", t.Tag, strings.ReplaceAll(strings.TrimSpace(value), "\n", " "))
}

// jfifDPI reads the density of a JFIF header (ITU-T T.871, 10.1).
func jfifDPI(f *sandbox.File) float64 {
	var b [18]byte
	if _, err := f.ReadAt(b[:], 0); err != nil || string(b[6:11]) != "JFIF\x00" {
		return 0
	}
	density := float64(binary.BigEndian.Uint16(b[14:]))
	switch b[13] {
	case 1:
		return density
	case 2:
		return density * 2.54
	}
	return 0
}

// pngDPI reads the chunk pHYs, which stands before the pixels (PNG, 11.3.4.3).
func pngDPI(f *sandbox.File) float64 {
	var b [17]byte
	at := int64(8)
	for range 64 {
		if _, err := f.ReadAt(b[:], at); err != nil || string(b[4:8]) == "IDAT" {
			return 0
		}
		if string(b[4:8]) == "pHYs" && b[16] == 1 {
			return float64(binary.BigEndian.Uint32(b[8:])) * inchesPerMetre
		}
		at += 12 + int64(binary.BigEndian.Uint32(b[:]))
	}
	return 0
}
