package image

import (
	"encoding/binary"
	std "image"
	"strings"

	"vidimus/read/tags"
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

// describe gathers what the file says.
func describe(f *sandbox.File, format string) about {
	var a about
	if tiffMark(f) {
		format = "tiff"
	}
	switch format {
	case "jpeg":
		a.dpi = jfifDPI(f)
	case "png":
		a.dpi = pngDPI(f)
	}
	said := tags.Of(stream(f), format)
	if said.DPI > 0 {
		a.dpi = said.DPI
	}
	switch format {
	case "jpeg":
		said.Lines = append(said.Lines, tags.Tables(f)...)
	case "tiff":
		said.Lines = append(said.Lines, tiffTables(f)...)
	}
	a.orientation, a.words = said.Orientation, strings.Join(said.Lines, "\n")
	if !(a.dpi >= minDPI && a.dpi <= maxDPI) {
		a.dpi = usualDPI
	}
	return a
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
