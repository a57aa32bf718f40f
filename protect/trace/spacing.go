package trace

import (
	"math"
	"slices"

	"vidimus"
)

// Bounds of what tells anything: fewer lines or gaps have no pattern.
const (
	leastLines = 12
	leastGaps  = 30
)

// Spacing finds lines that stand off the others' grid and gaps between words
// that come in two widths: the marks of a text that was set a little
// differently for each recipient. It needs the place of each character.
func Spacing(p vidimus.Page) []Trace {
	lines := linesOf(p)
	return append(shiftedLines(lines), shiftedWords(lines)...)
}

// setLine is one line of a page as it is set.
type setLine struct {
	base   float64 // lower edge of its characters, the median
	height float64
	box    vidimus.Box
	start  int
	end    int
	gaps   []float64 // between words, in parts of the height
}

// linesOf puts characters into lines by their base, words by white space.
func linesOf(p vidimus.Page) []setLine {
	var lines []setLine
	var bases, heights []float64
	gapAt := -1.0
	flush := func() {
		if n := len(lines) - 1; n >= 0 && len(bases) > 0 {
			lines[n].base, lines[n].height = median(bases), median(heights)
		}
		bases, heights, gapAt = nil, nil, -1
	}
	for _, c := range p.Places {
		if c.Box.X1 <= c.Box.X0 || c.Box.Y1 <= c.Box.Y0 {
			continue
		}
		n := len(lines) - 1
		if n < 0 || math.Abs(mid(c.Box)-mid(lines[n].box)) > (c.Box.Y1-c.Box.Y0)*0.6 {
			flush()
			lines = append(lines, setLine{box: c.Box, start: c.Start})
			n++
		} else if blankBetween(p.Text, lines[n].end, c.Start) && gapAt >= 0 {
			if gap := c.Box.X0 - gapAt; gap > 0 {
				lines[n].gaps = append(lines[n].gaps, gap)
			}
		}
		lines[n].box, lines[n].end = lines[n].box.Union(c.Box), c.End
		bases, heights, gapAt = append(bases, c.Box.Y1), append(heights, c.Box.Y1-c.Box.Y0), c.Box.X1
	}
	flush()
	return lines
}

func mid(b vidimus.Box) float64 { return (b.Y0 + b.Y1) / 2 }

// blankBetween reports white space and nothing else, and some of it.
func blankBetween(text string, from, to int) bool {
	if from >= to || to > len(text) {
		return false
	}
	for _, r := range text[from:to] {
		if r != ' ' && r != '\u00a0' {
			return false
		}
	}
	return true
}

// shiftedLines fits the even grid that most lines stand on and finds those of
// the same paragraph run that stand off it by more than setting explains and
// less than a change of leading would.
func shiftedLines(lines []setLine) []Trace {
	var pitches []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i].base - lines[i-1].base; d > 0 {
			pitches = append(pitches, d)
		}
	}
	if len(pitches) < leastLines {
		return nil
	}
	pitch := median(pitches)
	var even int
	var all []Trace
	for i := 1; i+1 < len(lines); i++ {
		above, below := lines[i].base-lines[i-1].base, lines[i+1].base-lines[i].base
		if math.Abs(above+below-2*pitch) > pitch*0.02 {
			continue // a gap between paragraphs, or another size
		}
		off := math.Abs(above-below) / 2
		if off < 0.1 {
			even++
		}
		if off > 0.15 && off < pitch*0.15 {
			all = append(all, Trace{Kind: ShiftedLines, Certainty: Suspected, Start: lines[i].start, End: lines[i].end, Box: lines[i].box})
		}
	}
	if even < 2*len(all) || even+len(all) < leastLines {
		return nil // nothing is even here: a scan, or a habit of the program
	}
	return all
}

// shiftedWords looks at the gaps of all lines that are not justified: where
// they come in two tight heaps, the difference may be a message.
func shiftedWords(lines []setLine) []Trace {
	var all []float64
	for _, l := range lines {
		for _, g := range l.gaps {
			all = append(all, g/max(l.height, 1))
		}
	}
	if len(all) < leastGaps || !twoHeaps(all) {
		return nil
	}
	var found []Trace
	for _, l := range lines {
		if len(l.gaps) > 1 && len(found) < most {
			found = append(found, Trace{Kind: ShiftedWords, Certainty: Suspected, Start: l.start, End: l.end, Box: l.box})
		}
	}
	return found
}

// twoHeaps reports values that stand in two heaps, each tight, both of some
// size, clearly apart and near each other.
func twoHeaps(values []float64) bool {
	slices.Sort(values)
	values = values[:len(values)*98/100] // tabs and columns
	split, widest := 0, 0.0
	for i := len(values) / 8; i < len(values)*7/8; i++ {
		if d := values[i+1] - values[i]; d > widest {
			split, widest = i+1, d
		}
	}
	if split == 0 || split == len(values) {
		return false
	}
	low, high := values[:split], values[split:]
	apart := mean(high) - mean(low)
	return apart > 0.01 && apart < mean(low) && spread(low) < apart/6 && spread(high) < apart/6 && len(low)*8 > len(values) && len(high)*8 > len(values)
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return s[len(s)/2]
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func spread(v []float64) float64 {
	m, sum := mean(v), 0.0
	for _, x := range v {
		sum += (x - m) * (x - m)
	}
	return math.Sqrt(sum / float64(len(v)))
}
