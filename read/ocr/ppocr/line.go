package ppocr

import (
	"bytes"
	"errors"
	"image"
	"math"
	"unicode/utf8"
)

// Measures of the network that reads lines.
const (
	lineHigh = 48
	stepWide = 8    // pixels to a step
	lineWide = 4800 // the widest line that is read; a wider one is made narrower

	// squeeze makes lines narrower than they are: the network's time goes with
	// their width. Measured on the tuning half: 0.8 reads as well as 1, 0.65 not.
	squeeze = 0.8
)

// Line is a line as the network wants it: three equal planes of lineHigh rows.
type Line struct {
	Wide   int
	Values []float32
}

// LineOf scales a line for the network.
func LineOf(m *image.Gray) Line {
	wide := int(math.Ceil(squeeze * float64(m.Rect.Dx()) * lineHigh / float64(m.Rect.Dy())))
	wide = min(max((wide+stepWide-1)/stepWide*stepWide, 2*stepWide), lineWide)
	p := scaled(m, wide, lineHigh)
	l := Line{wide, make([]float32, 3*len(p.at))}
	for i, v := range p.at {
		n := 2*v - 1
		l.Values[i], l.Values[len(p.at)+i], l.Values[2*len(p.at)+i] = n, n, n
	}
	return l
}

// Keys are the characters that the network knows, by class. Class 0 is none.
type Keys []rune

// ParseKeys reads a list of characters, one a line; the space comes last and
// is not listed.
func ParseKeys(b []byte) (Keys, error) {
	keys := Keys{0}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(b, []byte("\n")), []byte("\n")) {
		r, n := utf8.DecodeRune(line)
		if n != len(line) || r == utf8.RuneError {
			return nil, errors.New("the list of characters has a line that is not one character")
		}
		keys = append(keys, r)
	}
	return append(keys, ' '), nil
}

// peak is a character and the steps that it was read at.
type peak struct {
	r          rune
	at         float64 // the middle, in steps
	confidence float64 // from 0 to 1
}

// peaks takes the likeliest class of each step, once where it stays the same
// (greedy CTC decoding). probabilities has len(keys) numbers a step.
func peaks(probabilities []float32, keys Keys) (all []peak) {
	last := 0
	var weight float64
	for step := range len(probabilities) / len(keys) {
		row := probabilities[step*len(keys) : (step+1)*len(keys)]
		class := 0
		for k, p := range row {
			if p > row[class] {
				class = k
			}
		}
		p := float64(row[class])
		switch {
		case class == 0:
		case class != last:
			all = append(all, peak{keys[class], float64(step) + 0.5, p})
			weight = p
		default:
			l := &all[len(all)-1]
			l.at = (l.at*weight + (float64(step)+0.5)*p) / (weight + p)
			l.confidence, weight = max(l.confidence, p), weight+p
		}
		last = class
	}
	return all
}
