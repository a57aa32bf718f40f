package typeset

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Em is the type size in the measure of a Line.
const Em = 1000

// Cluster is the smallest piece of a line that text can be told for: a letter
// with its marks, or a ligature.
type Cluster struct {
	Text    string  // what it stands for, in logical order
	At      int     // how many characters of the paragraph stand before it
	Advance float64 // to the next cluster
	Parts   []Part
}

// Part is one glyph of a cluster and where its origin lies in it.
type Part struct {
	Face  *font.Face
	Glyph font.GID
	X, Y  float64
}

// Line is one set line, its clusters from left to right.
type Line struct {
	Text     string // in logical order, without white space at the ends
	Width    float64
	Clusters []Cluster
	RTL      bool // of the paragraph: such a line stands flush right
}

// Setter breaks and shapes paragraphs. One goroutine uses it at a time.
type Setter struct {
	faces  *Faces
	shaper shaping.HarfbuzzShaper
	split  shaping.Segmenter
	wrap   shaping.LineWrapper
}

// NewSetter sets text in faces.
func NewSetter(faces *Faces) *Setter { return &Setter{faces: faces} }

// Paragraph breaks text, which has no line ends of its own, into lines no
// wider than width, where Unicode's line breaking (UAX 14) lets it.
func (s *Setter) Paragraph(text string, width float64, rtl bool) []Line {
	runes := []rune(text)
	dir := di.DirectionLTR
	if rtl {
		dir = di.DirectionRTL
	}
	in := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: dir, Size: fixed.I(Em),
	}
	var runs []shaping.Output
	for _, run := range s.split.Split(in, &chooser{Faces: s.faces}) {
		runs = append(runs, s.shaper.Shape(run))
	}
	config := shaping.WrapConfig{Direction: dir}
	broken, _ := s.wrap.WrapParagraphF(config, points(width), glued(runes), shaping.NewSliceIterator(runs))
	var lines []Line
	for _, b := range broken {
		lines = append(lines, line(b, runes, rtl))
	}
	return lines
}

// glued is text as the line breaker sees it: the hyphen between a number and
// its ending, as in the Uyghur for "on the 9th", does not end a line.
func glued(text []rune) []rune {
	const nonBreakingHyphen = '\u2011'
	out := slices.Clone(text)
	for i := 1; i < len(out); i++ {
		if out[i] == '-' && unicode.IsDigit(out[i-1]) {
			out[i] = nonBreakingHyphen
		}
	}
	return out
}

func points(f float64) fixed.Int26_6 { return fixed.Int26_6(f * 64) }
func units(f fixed.Int26_6) float64  { return float64(f) / 64 }

// line turns the runs of one broken line into clusters from left to right.
func line(runs shaping.Line, text []rune, rtl bool) Line {
	start, end := len(text), 0
	for _, r := range runs {
		start, end = min(start, r.Runes.Offset), max(end, r.Runes.Offset+r.Runes.Count)
	}
	out := Line{RTL: rtl, Text: strings.TrimSpace(string(text[start:end]))}
	last := start + len([]rune(strings.TrimRight(string(text[start:end]), " \u3000")))
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
	for _, r := range runs {
		out.add(r, text, last)
	}
	for _, c := range out.Clusters {
		out.Width += c.Advance
	}
	return out
}

// add appends a run's clusters, leaving out the white space that hangs over
// the line's end: characters from last on.
func (l *Line) add(run shaping.Output, text []rune, last int) {
	for i := 0; i < len(run.Glyphs); {
		n, first := run.Glyphs[i].GlyphsCount(), run.Glyphs[i].TextIndex()
		glyphs := run.Glyphs[i : i+n]
		i += n
		if first >= last {
			continue
		}
		c := Cluster{Text: string(text[first : first+glyphs[0].RunesCount()]), At: first}
		for _, g := range glyphs {
			c.Parts = append(c.Parts, Part{run.Face, g.GlyphID, c.Advance + units(g.XOffset), units(g.YOffset)})
			c.Advance += units(g.Advance)
		}
		l.Clusters = append(l.Clusters, c)
	}
}
