package ocr

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
)

// found is one word on a picture.
type found struct {
	text           string
	line           [3]int // block, paragraph, line
	x0, y0, x1, y1 int
	confidence     float64
}

// result is what one run of the engine found.
type result struct {
	words         []found
	width, height int     // of the picture, in pixels
	confidence    float64 // mean over the characters; 0 without words
}

// maxWords is how many words a page can have.
const maxWords = 200_000

// Columns of Tesseract's table (its manual, "TSV"): level, page, block,
// paragraph, line, word, left, top, width, height, confidence, text. Only rows
// of level 5 are words.
const columns = 12

// parse reads the engine's table. Whatever breaks its form is the reader's
// death: nothing of it is believed.
func parse(table []byte, width, height int) (result, error) {
	r := result{width: width, height: height}
	bad := &vidimus.Fault{Reason: vidimus.ReaderDied}
	if !utf8.Valid(table) {
		return result{}, bad
	}
	weight, sum := 0, 0.0
	first := true
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != columns {
			return result{}, bad
		}
		if first {
			first = false
			continue
		}
		if cells[0] != "5" {
			continue
		}
		w, ok := parseWord(cells, width, height)
		if !ok || len(r.words) == maxWords {
			return result{}, bad
		}
		if w.text == "" {
			continue
		}
		n := utf8.RuneCountInString(w.text)
		weight, sum = weight+n, sum+float64(n)*w.confidence
		r.words = append(r.words, w)
	}
	if weight > 0 {
		r.confidence = sum / float64(weight)
	}
	return r, nil
}

func parseWord(cells []string, width, height int) (w found, ok bool) {
	var n [10]int
	for i := range n {
		v, err := strconv.Atoi(cells[i])
		if err != nil || v < 0 || v > math.MaxInt32 {
			return w, false
		}
		n[i] = v
	}
	confidence, err := strconv.ParseFloat(cells[10], 64)
	if err != nil || !(confidence >= 0 && confidence <= 100) {
		return w, false
	}
	w = found{line: [3]int{n[2], n[3], n[4]}, x0: n[6], y0: n[7], x1: n[6] + n[8], y1: n[7] + n[9], confidence: confidence}
	if w.x1 > width || w.y1 > height {
		return w, false
	}
	w.text = clean(cells[11])
	return w, true
}

// clean drops white space and the marks of direction that the engine adds.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' {
			return -1
		}
		return r
	}, read.Clean(s))
}

// page makes text and places of the words: lines end in \n, words are parted
// by spaces, but Han characters only where the picture shows a gap.
func (r result) page(p vidimus.Page) vidimus.Page {
	p.Ink, p.Section, p.Places = true, false, nil
	sx, sy := p.Width/float64(max(r.width, 1)), p.Height/float64(max(r.height, 1))
	var text strings.Builder
	for i, w := range r.words {
		if i > 0 {
			text.WriteString(between(r.words[i-1], w))
		}
		start := text.Len()
		text.WriteString(w.text)
		p.Places = append(p.Places, vidimus.Place{Start: start, End: text.Len(), Box: vidimus.Box{
			X0: float64(w.x0) * sx, Y0: float64(w.y0) * sy, X1: float64(w.x1) * sx, Y1: float64(w.y1) * sy,
		}})
	}
	if len(r.words) > 0 {
		text.WriteByte('\n')
	}
	p.Text = text.String()
	return p
}

// between is what stands between two words.
func between(a, b found) string {
	if a.line != b.line {
		return "\n"
	}
	last, _ := utf8.DecodeLastRuneInString(a.text)
	first, _ := utf8.DecodeRuneInString(b.text)
	if (unspaced(last) && unspaced(first) || unspaced(last) && unicode.IsDigit(first) || unicode.IsDigit(last) && unspaced(first)) &&
		b.x0-a.x1 < max(a.y1-a.y0, b.y1-b.y0) {
		return ""
	}
	return " "
}

// unspaced reports characters that are written without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef || strings.ContainsRune("，。：；！？、“”‘’（）《》…—", r)
}
