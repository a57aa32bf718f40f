package layout

import (
	"cmp"
	"image"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/internal/typeset"
)

// Sheet is a section laid out. Measures are points from its top left corner.
type Sheet struct {
	Width, Height float64
	Places        []vidimus.Place // of every cluster of letters but white space

	layout *Layout
	lines  []set
}

// set is a line in its place.
type set struct {
	line     typeset.Line
	x, above float64 // of its left end, and of the top of its box
}

// set lays all of text out, paragraph by paragraph. Places are found by
// counting characters: what is set differs from the text only in characters
// that were put for others, one for one.
func (s *Sheet) set(setter *typeset.Setter, text string) {
	runes := []rune(text[:upTo(text, longest)])
	right := rightToLeft(runes)
	y, at, gap := float64(margin), 0, 0
	for _, paragraph := range paragraphs(runes) {
		if len(paragraph) == 0 {
			if gap++; gap <= gapMost {
				y += pitch
			}
		} else {
			gap = 0
			y = s.paragraph(setter, paragraph, at, y, lineRightToLeft(paragraph, right))
		}
		at += len(string(paragraph)) + 1
	}
	s.Height = y + margin
	slices.SortFunc(s.Places, func(a, b vidimus.Place) int { return cmp.Compare(a.Start, b.Start) })
}

// upTo is the length in bytes of the first n characters of text.
func upTo(text string, n int) int {
	for i := range text {
		if n--; n < 0 {
			return i
		}
	}
	return len(text)
}

// paragraph sets one paragraph, which begins at the byte at of the text, and
// gives the top of what follows it.
func (s *Sheet) paragraph(setter *typeset.Setter, text []rune, at int, y float64, right bool) float64 {
	for len(text) > 0 {
		n := stretchOf(text)
		offsets := byteOffsets(text[:n], at)
		for _, line := range setter.Paragraph(string(drawn(text[:n])), (width-2*margin)*typeset.Em/size, right) {
			x := float64(margin)
			if right {
				x = width - margin - line.Width*size/typeset.Em
			}
			s.lines = append(s.lines, set{line, x, y})
			s.place(line, offsets, x, y)
			y += pitch
		}
		at = offsets[n]
		text = text[n:]
	}
	return y
}

// place notes where the clusters of a line stand.
func (s *Sheet) place(line typeset.Line, offsets []int, x, y float64) {
	for _, c := range line.Clusters {
		from := x
		x += c.Advance * size / typeset.Em
		n := utf8.RuneCountInString(c.Text)
		if n == 0 || blank(c.Text) {
			continue
		}
		s.Places = append(s.Places, vidimus.Place{
			Start: offsets[c.At], End: offsets[c.At+n],
			Box: vidimus.Box{X0: from, Y0: y, X1: x, Y1: y + rise + fall},
		})
	}
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// byteOffsets tells for each character of text, and for its end, at which byte
// of the section it begins.
func byteOffsets(text []rune, at int) []int {
	offsets := make([]int, 0, len(text)+1)
	for _, r := range text {
		offsets = append(offsets, at)
		at += utf8.RuneLen(r)
	}
	return append(offsets, at)
}

// The most that a picture may have: beyond it, it is drawn in a lower
// resolution.
const (
	mostPixels = 48 << 20
	tallest    = 32000
	mostDPI    = 400
)

// Draw gives the picture of the sheet, black on white. One that would be too
// tall or too large comes in a lower resolution than dpi: its places, which
// are in points, stay right.
func (s *Sheet) Draw(dpi int) *image.Gray {
	s.layout.mu.Lock()
	defer s.layout.mu.Unlock()
	scale := s.scale(dpi)
	img := image.NewGray(image.Rect(0, 0, pixels(s.Width*scale), pixels(s.Height*scale)))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	raster := typeset.NewRaster(img, size*scale)
	for _, l := range s.lines {
		top, bottom := int(math.Floor(l.above*scale)), int(math.Ceil((l.above+rise+fall)*scale))
		raster.Line(l.line, l.x*scale, (l.above+rise)*scale, top, bottom)
	}
	return img
}

// scale is how many pixels a point has.
func (s *Sheet) scale(dpi int) float64 {
	scale := float64(min(max(dpi, 1), mostDPI)) / 72
	scale = min(scale, tallest/s.Height)
	return min(scale, math.Sqrt(mostPixels/(s.Width*s.Height)))
}

func pixels(f float64) int { return max(int(math.Round(f)), 1) }
