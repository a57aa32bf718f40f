package leak

import (
	"strings"

	"vidimus/internal/typeset"
)

// invented is the mark in the languages that documents are in. A page carries
// the English one always, then those of its own languages.
func invented(language string) string {
	switch language {
	case "zh":
		return "虚构练习文件"
	case "ug":
		return "ئويدۇرۇلغان مەشىق ھۆججىتى"
	}
	return "INVENTED PRACTICE DOCUMENT"
}

// markLine is the first and last line of a text file.
func markLine(languages []string) string {
	words := []string{invented("en")}
	for _, l := range languages {
		if l != "en" {
			words = append(words, invented(l))
		}
	}
	return strings.Join(words, " · ")
}

// The mark stands in two bands of bandHeight points, at bandEdge from the top
// and the bottom of the page: once in the left half and once in the right, so
// that each quarter has it whole, and no text is under it.
const (
	bandEdge   = 20
	bandHeight = 48
	markSize   = 13.5
)

// mark draws the mark on the four quarters of a page.
func mark(p *typeset.Page, languages []string, set *typeset.Setter) {
	lines := set.Paragraph(invented("en"), unbroken, false)
	var own []string
	for _, l := range languages {
		if l != "en" {
			own = append(own, invented(l))
		}
	}
	if len(own) > 0 {
		lines = append(lines, set.Paragraph(strings.Join(own, "  "), unbroken, false)...)
	}
	for _, top := range []float64{bandEdge, pageHeight - bandEdge - bandHeight} {
		for _, middle := range []float64{pageWidth / 4, pageWidth * 3 / 4} {
			for i, l := range lines {
				x := middle - l.Width/typeset.Em*markSize/2
				p.Ink(l, markSize, x, top+16+24*float64(i))
			}
		}
	}
}

// unbroken is a width that no mark reaches.
const unbroken = 1e5
