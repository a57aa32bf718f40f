package read

import (
	"math"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/sandbox"
)

// MaxText is how many bytes of text one page can have. A page of the densest
// newspaper has some 60,000.
const MaxText = 8 << 20

// maxSide is the largest side of a page in points, far beyond the 14,400 that
// PDF viewers allow.
const maxSide = 200_000

// EncodePage makes a worker's message of a page. What Clean would change in
// its text is the reader's error.
func EncodePage(p vidimus.Page) sandbox.Message {
	return sandbox.Message{
		Name:  "page",
		Text:  p.Text,
		Ints:  []int64{int64(p.Number), thousandths(p.Width), thousandths(p.Height), bit(p.Section), bit(p.Ink), bit(p.Unread)},
		Bytes: vidimus.EncodePlaces(p.Places),
	}
}

// DecodePage checks a worker's message and makes the page of it: text that is
// clean UTF-8, places in order, on character boundaries, inside the text, and
// boxes inside the page.
func DecodePage(m sandbox.Message) (vidimus.Page, error) {
	if m.Name != "page" || len(m.Ints) != 6 || len(m.Text) > MaxText {
		return vidimus.Page{}, ErrAnswer
	}
	for _, n := range m.Ints[:3] {
		if n < 0 || n > maxSide*1000 {
			return vidimus.Page{}, ErrAnswer
		}
	}
	if m.Ints[0] < 1 || m.Ints[0] > vidimus.MaxPages || m.Ints[3]|m.Ints[4]|m.Ints[5]|1 != 1 {
		return vidimus.Page{}, ErrAnswer
	}
	p := vidimus.Page{
		Number:  int(m.Ints[0]),
		Width:   float64(m.Ints[1]) / 1000,
		Height:  float64(m.Ints[2]) / 1000,
		Section: m.Ints[3] == 1,
		Ink:     m.Ints[4] == 1,
		Unread:  m.Ints[5] == 1,
		Text:    m.Text,
	}
	if Clean(p.Text) != p.Text {
		return vidimus.Page{}, ErrAnswer
	}
	places, err := vidimus.DecodePlaces(m.Bytes)
	if err != nil {
		return vidimus.Page{}, ErrAnswer
	}
	for i, place := range places {
		if place.End > len(p.Text) || !boundary(p.Text, place.Start) || !boundary(p.Text, place.End) {
			return vidimus.Page{}, ErrAnswer
		}
		places[i].Box = clamp(place.Box, p.Width, p.Height)
	}
	p.Places = places
	return p, nil
}

// clamp keeps a box inside its page: text can stand beyond the edge, where
// nothing could be lit.
func clamp(b vidimus.Box, width, height float64) vidimus.Box {
	within := func(v, side float64) float64 { return min(max(v, 0), side) }
	return vidimus.Box{
		X0: within(b.X0, width), Y0: within(b.Y0, height),
		X1: within(b.X1, width), Y1: within(b.Y1, height),
	}
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// Clean makes text that can be kept and shown: valid UTF-8, without NUL and
// other control characters except line feed and tab.
func Clean(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unwanted) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0
}

func thousandths(pt float64) int64 {
	if math.IsNaN(pt) {
		return 0
	}
	return int64(math.Round(min(max(pt, 0), maxSide) * 1000))
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
