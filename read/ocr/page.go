package ocr

import (
	"image"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
)

// word is a word in its place on the page.
type word struct {
	text       string
	row, cell  int             // lines of one row are cells of a table
	box        image.Rectangle // on the picture, as it was given
	high       int             // of its line
	confidence float64         // in percent
	goesOn     bool            // it is a piece of the word before
}

// result is the words of a page in the order in which they are read.
type result struct {
	words         []word
	width, height int // of the picture, in pixels
}

// confidence is the mean over the characters, in percent; 0 without words.
func (r result) confidence() float64 {
	n, sum := 0, 0.0
	for _, w := range r.words {
		k := utf8.RuneCountInString(w.text)
		n, sum = n+k, sum+float64(k)*w.confidence
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// worth weighs two results of one page: words that are likely right count for
// it, words that are likely wrong against it.
func (r result) worth() (sum float64) {
	for _, w := range r.words {
		sum += float64(utf8.RuneCountInString(w.text)) * (w.confidence - doubtful)
	}
	return sum
}

// page makes text and places of the words: lines end in \n, cells in a tab,
// words are parted by spaces, but Han characters only where the picture shows
// a gap.
func (r result) page(p vidimus.Page) vidimus.Page {
	p.Ink, p.Unread, p.Section, p.Places = true, false, false, nil
	sx, sy := p.Width/float64(max(r.width, 1)), p.Height/float64(max(r.height, 1))
	var text strings.Builder
	for i, w := range r.words {
		if i > 0 {
			text.WriteString(between(r.words[i-1], w))
		}
		start := text.Len()
		text.WriteString(w.text)
		p.Places = append(p.Places, vidimus.Place{Start: start, End: text.Len(), Box: vidimus.Box{
			X0: float64(w.box.Min.X) * sx, Y0: float64(w.box.Min.Y) * sy, X1: float64(w.box.Max.X) * sx, Y1: float64(w.box.Max.Y) * sy,
		}})
	}
	if len(r.words) > 0 {
		text.WriteByte('\n')
	}
	p.Text = text.String()
	p.Confidence = math.Round(r.confidence()*10) / 1000
	return p
}

// between is what stands between two words.
func between(a, b word) string {
	if b.goesOn {
		return ""
	}
	if a.row != b.row {
		return "\n"
	}
	if a.cell != b.cell {
		return "\t"
	}
	last, _ := utf8.DecodeLastRuneInString(a.text)
	first, _ := utf8.DecodeRuneInString(b.text)
	if (unspaced(last) && unspaced(first) || unspaced(last) && unicode.IsDigit(first) || unicode.IsDigit(last) && unspaced(first)) &&
		gap(a.box, b.box) < max(a.high, b.high) {
		return ""
	}
	return " "
}

// gap is how far two boxes stand from one another.
func gap(a, b image.Rectangle) int {
	return max(b.Min.X-a.Max.X, a.Min.X-b.Max.X, b.Min.Y-a.Max.Y, a.Min.Y-b.Max.Y)
}

// unspaced reports characters that are written without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || strings.ContainsRune("，。：；！？、“”‘’（）《》…—", r)
}
