package specimen

import (
	"fmt"
	"image"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"

	"vidimus/internal/typeset"
)

// Measures of a page, in pixels at 300 dots an inch: letters of 11 points on
// lines of 19, margins of two centimetres.
const (
	size    = 46
	leading = 80
	side    = 236
	rows    = 20
	width   = 2480
)

// drawing is a page while it is drawn.
type drawing struct {
	set   *typeset.Setter
	text  Text
	start int // the paragraph to begin with
	at    []placed
	rules []image.Rectangle
	truth []string
	low   int // the lowest line
}

type placed struct {
	line typeset.Line
	x, y int
}

// next gives a paragraph, from the beginning again at the end.
func (d *drawing) next() string {
	p := d.text.Paragraphs[d.start%len(d.text.Paragraphs)]
	d.start++
	return p
}

// lines fills so many lines of a column.
func (d *drawing) lines(left, top, wide, n int) {
	for row := 0; row < n; {
		for _, l := range d.set.Paragraph(d.next(), float64(wide)*typeset.Em/size, d.text.RTL) {
			if row == n {
				return
			}
			d.put(l, left, wide, side+top+row*leading+leading*3/4)
			row++
		}
	}
}

func (d *drawing) put(l typeset.Line, left, wide, y int) {
	x := left
	if l.RTL {
		x += wide - int(l.Width*size/typeset.Em)
	}
	d.at = append(d.at, placed{l, x, y})
	d.truth = append(d.truth, l.Text)
	d.low = max(d.low, y)
}

// columns sets two columns; the right one is first where the script runs from
// the right.
func (d *drawing) columns() {
	const gap = 120
	wide := (width - 2*side - gap) / 2
	left, right := side, side+wide+gap
	if d.text.RTL {
		left, right = right, left
	}
	d.lines(left, 0, wide, rows)
	d.lines(right, 0, wide, rows)
}

// table sets three columns of short cells with rules between them.
func (d *drawing) table() {
	const columns, lines, tall = 3, 12, 110
	wide := (width - 2*side) / columns
	for row := range lines {
		for column := range columns {
			place := column
			if d.text.RTL {
				place = columns - 1 - column
			}
			l := d.set.Paragraph(d.next(), float64(wide-60)*typeset.Em/size, d.text.RTL)[0]
			d.put(l, side+place*wide+30, wide-60, side+row*tall+tall*2/3)
		}
	}
	for row := range lines + 1 {
		d.rules = append(d.rules, image.Rect(side, side+row*tall, side+columns*wide, side+row*tall+3))
	}
	for column := range columns + 1 {
		d.rules = append(d.rules, image.Rect(side+column*wide, side, side+column*wide+3, side+lines*tall))
	}
}

// list sets numbered rows in columns that all begin at one place: a word, and
// figures, as registers do.
func (d *drawing) list(random *rand.Rand) {
	const lines, tall, gap = 24, 106, 60
	places := []int{0, 260, 720, 960, 1200, 1500}
	var words []string
	for len(words) < lines {
		words = append(words, shortWords(d.next())...)
	}
	for row := range lines {
		for column, cell := range []string{
			strconv.Itoa(1407 + row), words[row], strconv.Itoa(60 + random.IntN(400)), strconv.Itoa(1 + random.IntN(9)), strconv.Itoa(random.IntN(8)),
			fmt.Sprintf("%02d.12.3016", 1+random.IntN(28)),
		} {
			wide := 400
			if column+1 < len(places) {
				wide = places[column+1] - places[column]
			}
			left := side + places[column]
			if d.text.RTL {
				left = width - left - wide
			}
			d.put(d.set.Paragraph(cell, float64(wide-gap/2)*typeset.Em/size, d.text.RTL)[0], left, wide, side+row*tall+tall*2/3)
		}
	}
}

// shortWords gives words that fit a narrow column: of Han, three characters.
func shortWords(text string) (all []string) {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		r := []rune(w)
		if unicode.Is(unicode.Han, r[0]) {
			r = r[:min(3, len(r))]
		}
		if len(r) > 2 && len(r) < 9 {
			all = append(all, string(r))
		}
	}
	return all
}

// finish draws all on white.
func (d *drawing) finish() *image.Gray {
	m := image.NewGray(image.Rect(0, 0, width, d.low+side))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	r := typeset.NewRaster(m, size)
	for _, p := range d.at {
		r.Line(p.line, float64(p.x), float64(p.y), p.y-leading, p.y+leading)
	}
	for _, rule := range d.rules {
		for y := rule.Min.Y; y < rule.Max.Y; y++ {
			for x := rule.Min.X; x < rule.Max.X; x++ {
				m.Pix[m.PixOffset(x, y)] = 0x20
			}
		}
	}
	return m
}
