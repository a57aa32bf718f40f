package ocr

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"vidimus/read/ocr/ink"
)

// Measures of the marks at the ends of words in Arabic letters, in letters'
// heights. In six faces, on scans and photographs, the commas of a page rise by
// 0.17 to 0.4 more than its full stops, and marks of one kind differ by less than
// 0.15 where there are some of them.
const (
	twoRises  = 0.16 // from where two sets of marks are commas and full stops
	fewest    = 3    // marks of each set
	separable = 0.64 // what of the variance two sets must explain
)

// ending is a sign at the end of a word, and the mark that stands there.
type ending struct {
	word *found
	bare string // the word without it
	sign string
	mark image.Rectangle // empty where none stands by itself
	rise float64         // how high it is, and how high it stands
	tall bool            // it is no dot, whatever the others are
}

// commas mends the ends of words in Arabic letters. The model of Uyghur has no
// comma: it gives full stops, or a quotation mark that was never opened. What
// stands on the paper decides. Where the marks of a page fall into two sets, one
// higher than the other, these are its commas and its full stops; where they do
// not, one that is far taller than a dot is a comma.
func (p *paper) commas(lines []ink.Line, strips []ink.Strip, of [][]found) {
	var ends []ending
	for i := range of {
		ends = append(ends, p.endings(lines[i], strips[i], of[i])...)
	}
	limit, clear := parted(ends)
	for _, e := range ends {
		if e.comma(limit, clear) {
			e.word.text = e.bare + "،"
		}
	}
}

func (e ending) comma(limit float64, clear bool) bool {
	switch {
	case e.sign == "," || e.sign == "›":
		return true
	case e.mark.Empty():
		return false
	case clear:
		return e.rise > limit
	}
	return e.tall
}

// endings gives the signs of a line that can be commas.
func (p *paper) endings(l ink.Line, strip ink.Strip, words []found) (all []ending) {
	opened := false
	for i := range words {
		w := &words[i]
		if !strings.ContainsFunc(w.text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			continue
		}
		opened = opened || strings.ContainsRune(w.text, '‹')
		for _, sign := range []string{".", "›", ",", ":", "؛"} {
			bare, cut := strings.CutSuffix(w.text, sign)
			if !cut || sign == "›" && opened {
				continue
			}
			e := ending{word: w, bare: bare, sign: sign}
			p.see(&e, l, strip.Box(w.box), strip.Flipped())
			all = append(all, e)
		}
	}
	return all
}

// see looks for the mark at the left end of a word, the last of it, and measures
// it. In four faces full stops are 0.13 to 0.30 of a letter high and at most 1.35
// times as high as wide, commas that are no dots 0.33 to 0.47 and 1.5 to 2.3.
func (p *paper) see(e *ending, l ink.Line, word image.Rectangle, flipped bool) {
	high := p.sheet.High
	end := word.Min.X
	if flipped {
		end = word.Max.X
	}
	for _, m := range p.sheet.Lone(l, end-int(0.3*high), end+int(0.5*high)) {
		w, t := float64(m.Dx()), float64(m.Dy())
		if w > 0.45*high || t > 0.65*high {
			continue
		}
		above := l.Middle(float64(m.Min.X+m.Max.X)/2) - float64(m.Min.Y)
		if flipped {
			above = float64(m.Max.Y) - l.Middle(float64(m.Min.X+m.Max.X)/2)
		}
		e.mark, e.rise, e.tall = m, (t+above)/high, t >= 0.32*high && t >= 1.4*w
		return
	}
}

// parted gives the height that best parts the marks into two sets (Otsu, 1979),
// and whether they are two.
func parted(ends []ending) (limit float64, clear bool) {
	var rises []float64
	sum := 0.0
	for _, e := range ends {
		if !e.mark.Empty() {
			rises = append(rises, e.rise)
			sum += e.rise
		}
	}
	slices.Sort(rises)
	n := float64(len(rises))
	spread := 0.0
	for _, r := range rises {
		spread += (r - sum/n) * (r - sum/n)
	}
	best, low := 0.0, 0.0
	for i, r := range rises {
		if k := float64(i); i >= fewest && len(rises)-i >= fewest {
			between := (sum-low)/(n-k) - low/k
			if explained := k * (n - k) / n * between * between; explained > best {
				best, limit, clear = explained, (rises[i-1]+r)/2, between >= twoRises && explained >= separable*spread
			}
		}
		low += r
	}
	return limit, clear
}
