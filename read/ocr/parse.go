package ocr

import (
	"image"
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
	text       string
	page       int    // of the pictures given, from 0
	line       [3]int // block, paragraph, line
	box        image.Rectangle
	confidence float64 // in percent
	goesOn     bool    // it is a piece of the word before
}

// maxWords is how many words a page can have.
const maxWords = 200_000

// Columns of Tesseract's table (its manual, "TSV"): level, page, block,
// paragraph, line, word, left, top, width, height, confidence, text. Only rows
// of level 5 are words.
const columns = 12

// parse reads the engine's table of the words on pictures of these sizes.
// Whatever breaks its form is the reader's death: nothing of it is believed.
func parse(table []byte, sizes []image.Point) (words []found, err error) {
	bad := &vidimus.Fault{Reason: vidimus.ReaderDied}
	if !utf8.Valid(table) {
		return nil, bad
	}
	first := true
	for line := range strings.Lines(string(table)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != columns {
			return nil, bad
		}
		if first {
			first = false
			continue
		}
		if cells[0] != "5" {
			continue
		}
		w, ok := parseWord(cells, sizes)
		if !ok || len(words) == maxWords {
			return nil, bad
		}
		if w.text != "" {
			words = append(words, w)
		}
	}
	return words, nil
}

func parseWord(cells []string, sizes []image.Point) (w found, ok bool) {
	var n [10]int
	for i := range n {
		v, err := strconv.Atoi(cells[i])
		if err != nil || v < 0 || v > math.MaxInt32 {
			return w, false
		}
		n[i] = v
	}
	confidence, err := strconv.ParseFloat(cells[10], 64)
	if err != nil || !(confidence >= 0 && confidence <= 100) || n[1] < 1 || n[1] > len(sizes) {
		return w, false
	}
	w = found{page: n[1] - 1, line: [3]int{n[2], n[3], n[4]}, box: image.Rect(n[6], n[7], n[6]+n[8], n[7]+n[9]), confidence: confidence}
	if size := sizes[w.page]; w.box.Max.X > size.X || w.box.Max.Y > size.Y {
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
