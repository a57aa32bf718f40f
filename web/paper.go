package web

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"vidimus"
)

// paper is the picture of a page with what is lit on it, and where each word
// of the text stands, so that one can be followed in the other.
type paper struct {
	Picture, Large string // addresses, of the picture and of a larger one
	Width, Height  string // of the page as the picture has it, in points
	Across, Down   string // as it is seen, after turning
	Turn           string // SVG transformation from the one to the other
	Boxes          []vidimus.Box
	Words          string // see wordPlaces
}

// paperOf turns a page by quarters.
func paperOf(p PageView, quarters int) *paper {
	points := func(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
	w, h := points(p.Width), points(p.Height)
	a := &paper{Width: w, Height: h, Across: w, Down: h, Boxes: p.Boxes, Words: wordPlaces(p.Text, p.Places)}
	switch quarters {
	case 1:
		a.Across, a.Down, a.Turn = h, w, fmt.Sprintf("translate(%s 0) rotate(90)", h)
	case 2:
		a.Turn = fmt.Sprintf("translate(%s %s) rotate(180)", w, h)
	case 3:
		a.Across, a.Down, a.Turn = h, w, fmt.Sprintf("translate(0 %s) rotate(270)", w)
	}
	return a
}

// maxWords bounds how many words of a page are followed.
const maxWords = 8000

// wordPlaces says where each word stands, for the script of the page: line,
// where in the line it begins and ends as the line is shown, in UTF-16 units,
// then x, y, width and height in tenths of a point; in base 36, parted by
// commas, words by semicolons.
func wordPlaces(text string, places []vidimus.Place) string {
	var b strings.Builder
	at := shownAt{text: text}
	for i, n := 0, 0; i < len(places) && n < maxWords; n++ {
		first, box, end := places[i], places[i].Box, places[i].End
		for i++; i < len(places) && sameWord(text, places[i-1], places[i]); i++ {
			box, end = box.Union(places[i].Box), places[i].End
		}
		if end > len(text) || strings.TrimSpace(text[first.Start:end]) == "" {
			continue
		}
		line, from := at.move(first.Start)
		_, to := at.move(end)
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		for j, v := range []int{line, from, to, tenths(box.X0), tenths(box.Y0), tenths(box.X1 - box.X0), tenths(box.Y1 - box.Y0)} {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.FormatInt(int64(v), 36))
		}
	}
	return b.String()
}

func tenths(points float64) int { return int(points*10 + .5) }

// sameWord reports whether two places that follow each other are of one word:
// a Han character is one by itself.
func sameWord(text string, a, b vidimus.Place) bool {
	if a.End != b.Start || b.End > len(text) || b.Box.Y0 > a.Box.Y1 || b.Box.Y1 < a.Box.Y0 {
		return false
	}
	one, _ := utf8.DecodeRuneInString(text[a.Start:])
	two, _ := utf8.DecodeRuneInString(text[b.Start:])
	return !unicode.In(one, unicode.Han, unicode.White_Space) && !unicode.In(two, unicode.Han, unicode.White_Space)
}

// shownAt follows a text forward and tells where its bytes stand as lines and
// visible show them.
type shownAt struct {
	text             string
	at, line, column int
}

// move gives line and column of the byte at to, which is not before the last.
func (s *shownAt) move(to int) (line, column int) {
	for s.at < to && s.at < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.at:])
		s.at += n
		if r == '\n' {
			s.line, s.column = s.line+1, 0
			continue
		}
		if name := controlName(r); name != "" {
			s.column += len(name)
			continue
		}
		s.column += utf16.RuneLen(r)
	}
	return s.line, s.column
}
