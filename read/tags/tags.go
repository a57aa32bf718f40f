// Package tags gives what a picture says about itself, whether it is a file or
// stands in one: what cameras and programs wrote there (EXIF, IPTC, XMP), and
// the tables by which a JPEG rounds. It runs in workers only.
package tags

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bep/imagemeta"
)

// About is what a picture says of itself.
type About struct {
	Orientation int      // as EXIF has it: 1 to 8
	DPI         float64  // pixels to an inch; 0 where EXIF does not say
	Lines       []string // everything else, "name: value", sorted
}

// Bounds of what is kept.
const (
	maxWords = 1 << 20
	maxValue = 10_000
)

// Formats that are known, by the names that the standard library has for them.
var formats = map[string]imagemeta.ImageFormat{
	"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP, "tiff": imagemeta.TIFF,
}

// Of gathers what a picture says. Damage there is not the picture's: what was
// read before it is kept.
func Of(r io.ReadSeeker, format string) About {
	g := gathering{about: About{Orientation: 1}, unit: 2, pages: format == "tiff"}
	known, ok := formats[format]
	if !ok {
		return g.about
	}
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: r, ImageFormat: known,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       g.tag,
		Warnf:           func(string, ...any) {},
	})
	if g.unit == 3 { // to a centimetre
		g.resolution *= 2.54
	}
	if g.resolution > 0 && g.unit != 1 {
		g.about.DPI = g.resolution
	}
	slices.Sort(g.about.Lines)
	g.about.Lines = slices.Compact(g.about.Lines)
	return g.about
}

type gathering struct {
	about      About
	pages      bool // the format has pages, and no small picture
	size       int  // bytes of the lines
	unit       uint16
	resolution float64
}

func (g *gathering) tag(t imagemeta.TagInfo) error {
	line := said(t)
	switch {
	case strings.HasPrefix(t.Namespace, "IFD1") && g.pages: // another page
		return nil
	case strings.HasPrefix(t.Namespace, "IFD1"): // a small picture beside the picture
		line = "thumbnail: there is one"
	case t.Tag == "Orientation" && t.Source == imagemeta.EXIF:
		if o := number(t.Value); o >= 1 && o <= 8 {
			g.about.Orientation = int(o)
		}
	case t.Tag == "XResolution" && t.Source == imagemeta.EXIF:
		g.resolution = number(t.Value)
	case t.Tag == "ResolutionUnit" && t.Source == imagemeta.EXIF:
		g.unit = uint16(number(t.Value))
	}
	if g.size += len(line); line != "" && g.size <= maxWords {
		g.about.Lines = append(g.about.Lines, line)
	}
	return nil
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

// said is a tag as a line of text. Tables of bytes say nothing to a reader; of
// a maker's own there is said that there is one.
func said(t imagemeta.TagInfo) string {
	switch v := t.Value.(type) {
	case []byte:
		if strings.HasPrefix(t.Tag, "MakerNote") && len(v) > 0 {
			return fmt.Sprintf("MakerNote: %d bytes", len(v))
		}
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
