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
	case "zh-Hant":
		return "虛構練習文件"
	case "ug":
		return "ئويدۇرۇلغان مەشىق ھۆججىتى"
	case "ru":
		return "ВЫМЫШЛЕННЫЙ УЧЕБНЫЙ ДОКУМЕНТ"
	case "kk":
		return "ОЙДАН ШЫҒАРЫЛҒАН ЖАТТЫҒУ ҚҰЖАТЫ"
	}
	return "INVENTED PRACTICE DOCUMENT"
}

// markLine is the first and last line of a text file, a mail, a sheet and a
// Word file.
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
func mark(p surface, languages []string, set *typeset.Setter) {
	lines := set.Paragraph(invented("en"), unbroken, false)
	for _, l := range languages {
		if l != "en" {
			lines = append(lines, set.Paragraph(invented(l), unbroken, false)...)
		}
	}
	first, step := 16.0, 24.0
	if len(lines) > 2 {
		first, step = 13, 16
	}
	for _, top := range []float64{bandEdge, pageHeight - bandEdge - bandHeight} {
		for _, middle := range []float64{pageWidth / 4, pageWidth * 3 / 4} {
			for i, l := range lines {
				size := min(markSize, (pageWidth/2-2*markSide)/l.Width*typeset.Em)
				x := middle - l.Width/typeset.Em*size/2
				p.Ink(l, size, x, top+first+step*float64(i))
			}
		}
	}
}

const (
	unbroken = 1e5 // a width that no mark reaches
	markSide = 12  // between a mark and the middle or the edge of the page
)
