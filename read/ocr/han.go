package ocr

import (
	"image"
	"math"
	"unicode"
	"unicode/utf8"
)

// element is what a line with Han is set of: a character as wide as high, or a
// run of letters and figures.
type element struct {
	word  int // of the words that it is part of
	text  string
	wide  float64 // in ems, as far as is known
	loose bool    // that is not well known
}

// placed gives Han characters of a line places of their own. The engine's boxes
// of them are half a character off; but each is as wide as the next, and little
// ink stands between them.
func placed(words []found, line *image.Gray) []found {
	elements, han := elementsOf(words)
	if 2*han < len(elements) || han < 2 {
		return words
	}
	columns := projected(line)
	cuts := cutLine(elements, columns, line.Rect.Dy())
	if cuts == nil {
		return words
	}
	top, low := inked(line)
	all := make([]found, len(elements))
	for i, e := range elements {
		w := words[e.word]
		x0, x1 := trimmed(columns, cuts[i], cuts[i+1])
		all[i] = found{text: e.text, page: w.page, line: w.line, confidence: w.confidence,
			goesOn: i > 0 && elements[i-1].word == e.word, box: image.Rect(x0, top, x1, low)}
	}
	return all
}

// elementsOf takes words apart, and counts what is as wide as high.
func elementsOf(words []found) (all []element, han int) {
	for i, w := range words {
		run := false
		for _, r := range w.text {
			if unspaced(r) {
				e := element{word: i, text: string(r), wide: 1, loose: !unicode.Is(unicode.Han, r)}
				if !e.loose {
					han++
				} else {
					e.wide = 0.8 // punctuation is often set close
				}
				all, run = append(all, e), false
				continue
			}
			if !run {
				all, run = append(all, element{word: i, loose: true}), true
			}
			e := &all[len(all)-1]
			e.text += string(r)
			e.wide += 0.55
		}
	}
	return all, han
}

// projected counts the dark pixels of each column.
func projected(m *image.Gray) []int {
	columns := make([]int, m.Rect.Dx())
	for y := range m.Rect.Dy() {
		for x, v := range m.Pix[y*m.Stride : y*m.Stride+len(columns)] {
			if v < dark {
				columns[x]++
			}
		}
	}
	return columns
}

// dark is from where a pixel of evenly lit paper is ink.
const dark = 150

// inked gives the first and the last row with ink.
func inked(m *image.Gray) (top, low int) {
	top = m.Rect.Dy()
	for y := range m.Rect.Dy() {
		for _, v := range m.Pix[y*m.Stride : y*m.Stride+m.Rect.Dx()] {
			if v < dark {
				top, low = min(top, y), y+1
				break
			}
		}
	}
	return min(top, low), low
}

// trimmed leaves out white at both ends.
func trimmed(columns []int, x0, x1 int) (int, int) {
	a, b := x0, x1
	for a < b && columns[a] == 0 {
		a++
	}
	for b > a && columns[b-1] == 0 {
		b--
	}
	if a == b {
		return x0, x1
	}
	return a, b
}

// cutLine finds where elements end: those ends of which all elements are nearest
// to as wide as they should be, with the least ink cut. It gives one more than
// there are elements, or nothing where they do not fit.
func cutLine(elements []element, columns []int, high int) []int {
	x0, x1 := trimmed(columns, 0, len(columns))
	em := pitch(elements, x1-x0)
	if em < 6 || em > 3*float64(high) {
		return nil
	}
	const away, never = 2.5, math.MaxFloat64 // ems from where an end is looked for
	span := int(2*away*em) + 1
	expected := float64(x0)
	costs, from := make([]float64, span), make([][]int, len(elements)+1)
	starts := make([]int, len(elements)+1)
	starts[0] = x0 - span/2
	for i := range costs {
		costs[i] = never
	}
	costs[span/2] = 0
	for n, e := range elements {
		expected += e.wide * em
		starts[n+1] = int(expected) - span/2
		next := make([]float64, span)
		from[n+1] = make([]int, span)
		least, most := int(0.45*e.wide*em), int(1.7*e.wide*em)+1
		for k := range span {
			at := starts[n+1] + k
			next[k] = never
			if at < x0 || at > x1 {
				continue
			}
			cut := 0.0
			if at < len(columns) {
				cut = 3 * float64(columns[at]) / float64(high)
			}
			for wide := least; wide <= most; wide++ {
				j := at - wide - starts[n]
				if j < 0 || j >= span || costs[j] == never {
					continue
				}
				off := (float64(wide) - e.wide*em) / em
				if e.loose {
					off /= 3
				}
				if cost := costs[j] + 4*off*off + cut; cost < next[k] {
					next[k], from[n+1][k] = cost, j
				}
			}
		}
		costs = next
	}
	k := x1 - starts[len(elements)]
	if k < 0 || k >= span || costs[k] == never {
		return nil
	}
	cuts := make([]int, len(elements)+1)
	for n := len(elements); n > 0; n-- {
		cuts[n] = starts[n] + k
		k = from[n][k]
	}
	cuts[0] = x0
	return cuts
}

// pitch is how wide an em is when elements fill a width: the last loose one has
// its ink at its left.
func pitch(elements []element, width int) float64 {
	sum := 0.0
	for _, e := range elements {
		sum += e.wide
	}
	if last := &elements[len(elements)-1]; last.loose && utf8.RuneCountInString(last.text) == 1 {
		sum -= last.wide - 0.4
		last.wide = 0.4
	}
	return float64(width) / max(sum, 1)
}
