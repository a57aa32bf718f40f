package protect

import (
	"slices"
	"strings"

	"vidimus"
)

// Area is what is withheld of one page of one reading: whole lines of its
// text, and where it was drawn on the picture, a box too. Why and Person stay
// inside; the public is told the Class.
type Area struct {
	Number  int         `json:"number"` // within its item
	Reading int64       `json:"reading"`
	Page    int         `json:"page"`
	Start   int         `json:"start"` // bytes of the page's text, whole lines
	End     int         `json:"end"`
	Box     vidimus.Box `json:"box"` // points; empty where only words were chosen
	Class   Class       `json:"class"`
	Why     string      `json:"why,omitempty"`
	Person  string      `json:"person,omitempty"` // P-014
}

// Withhold makes an area of a stretch of a page's text: the whole lines that it
// touches, so that no width is left that would tell its length.
func Withhold(p vidimus.Page, reading int64, start, end int, class Class) Area {
	start, end = wholeLines(p.Text, start, end)
	a := Area{Reading: reading, Page: p.Number, Start: start, End: end, Class: class}
	for _, place := range p.Places {
		if place.End > start && place.Start < end && place.Box.X1 > place.Box.X0 {
			if a.Box == (vidimus.Box{}) {
				a.Box = place.Box
			}
			a.Box = a.Box.Union(place.Box)
		}
	}
	if a.Box != (vidimus.Box{}) {
		a.Box = lineRoom(p, start, end, a.Box)
		a.Box.X0, a.Box.X1 = 0, p.Width
	}
	return a
}

// WithholdBox makes an area of a box on a page's picture, with all lines of
// its text that have a character in it.
func WithholdBox(p vidimus.Page, reading int64, box vidimus.Box, class Class) Area {
	a := Area{Reading: reading, Page: p.Number, Box: box, Class: class}
	first, last := -1, -1
	for _, place := range p.Places {
		b := place.Box
		if b.X1 > box.X0 && b.X0 < box.X1 && b.Y1 > box.Y0 && b.Y0 < box.Y1 {
			if first < 0 {
				first = place.Start
			}
			last = max(last, place.End)
		}
	}
	if first >= 0 {
		a.Start, a.End = wholeLines(p.Text, first, last)
	}
	return a
}

// LineAt gives the bytes of the line of a page's text that lies at height y.
func LineAt(p vidimus.Page, y float64) (start, end int, ok bool) {
	best := -1
	for i, place := range p.Places {
		b := place.Box
		if b.X1 > b.X0 && b.Y0 <= y && y <= b.Y1 && (best < 0 || b.Y1-b.Y0 < p.Places[best].Box.Y1-p.Places[best].Box.Y0) {
			best = i
		}
	}
	if best < 0 {
		best = nearest(p, y)
	}
	if best < 0 {
		return 0, 0, false
	}
	start, end = wholeLines(p.Text, p.Places[best].Start, p.Places[best].End)
	return start, end, true
}

// nearest gives the character whose line is nearest to a height between two
// lines: nearer than its own height.
func nearest(p vidimus.Page, y float64) int {
	best, far := -1, 0.0
	for i, place := range p.Places {
		b := place.Box
		away := max(b.Y0-y, y-b.Y1)
		if b.X1 > b.X0 && away < b.Y1-b.Y0 && (best < 0 || away < far) {
			best, far = i, away
		}
	}
	return best
}

// wholeLines widens a stretch to the lines it touches, without the last end.
func wholeLines(text string, start, end int) (int, int) {
	start, end = min(max(start, 0), len(text)), min(max(end, 0), len(text))
	start = strings.LastIndexByte(text[:start], '\n') + 1
	if end > start && text[end-1] == '\n' {
		end--
	}
	if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
		return start, end + i
	}
	return start, len(text)
}

// Covered tells whether a stretch of a page's text is withheld to its end.
func Covered(areas []Area, reading int64, page, start, end int) bool {
	for start < end {
		i := slices.IndexFunc(areas, func(a Area) bool {
			return a.Reading == reading && a.Page == page && a.Start <= start && start < a.End+1
		})
		if i < 0 {
			return false
		}
		start = areas[i].End + 1 // a line's end lies between two areas
	}
	return true
}

// withheld gives the class of the area that a line of a page lies in.
func withheld(areas []Area, reading int64, page, start, end int) (Class, bool) {
	i := slices.IndexFunc(areas, func(a Area) bool {
		return a.Reading == reading && a.Page == page && a.Start < max(end, start+1) && start < a.End
	})
	if i < 0 {
		return "", false
	}
	return areas[i].Class, true
}
