package specimen

import (
	"image"

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
