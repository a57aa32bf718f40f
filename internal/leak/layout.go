package leak

import (
	"slices"
	"strings"

	"vidimus/internal/typeset"
)

// A4, and the room for text between the bands of the mark.
const (
	pageWidth  = 595
	pageHeight = 842
	side       = 64
	above      = bandEdge + bandHeight + 16
	below      = pageHeight - above
)

// style is a type size and the distance between base lines, in points.
type style struct{ Size, Leading float64 }

// Page is what a reader must find on one page.
type Page struct {
	Text   string // as set, line by line; the mark is no text and not in it
	Blank  bool   // nothing at all is on it, not even the mark
	Hidden bool   // a sheet that the program does not show
}

// surface is a page that can be drawn on: of a PDF, or of paper that goes
// through a scanner.
type surface interface {
	Text(l typeset.Line, size, x, y float64)
	Ink(l typeset.Line, size, x, y float64)
	Stroke(width float64, xy ...float64)
}

// composer sets blocks one below the other.
type composer struct {
	doc   Document
	set   *typeset.Setter
	add   func() surface
	page  surface
	y     float64 // where the next line's room begins
	pages []Page
}

// layOut sets a document as PDF.
func layOut(d Document, blocks []block, set *typeset.Setter) ([]byte, []Page) {
	var pdf typeset.PDF
	if d.Author != "" {
		pdf.About("Author", d.Author)
		pdf.About("Producer", "Weirside Writer 3")
	}
	c := &composer{doc: d, set: set, add: func() surface { return pdf.AddPage(pageWidth, pageHeight) }}
	c.compose(blocks)
	return pdf.Bytes(), c.pages
}

func (c *composer) compose(blocks []block) {
	for _, b := range blocks {
		switch b.kind {
		case newPage:
			c.page = nil
		case blank:
			c.add()
			c.page, c.pages = nil, append(c.pages, Page{Blank: true})
		case sketch:
			c.begin()
			drawSketch(c.page)
			c.page = nil
		case row:
			c.row(b)
		default:
			c.text(b)
		}
	}
}

// begin starts a page with the mark on it.
func (c *composer) begin() {
	c.page = c.add()
	c.pages = append(c.pages, Page{})
	c.y = above
	mark(c.page, c.doc.Languages, c.set)
	if c.doc.Header != "" {
		l := c.set.Paragraph(c.doc.Header, unbroken, false)[0]
		c.page.Text(l, 8, side, 14)
		c.write(l.Text + "\n")
	}
}

// text sets a paragraph or a heading; a heading stays with two lines of what
// follows.
func (c *composer) text(b block) {
	size, leading, room := c.doc.Style.Size, c.doc.Style.Leading, 1.0
	if b.kind == heading {
		size, leading, room = size*1.2, leading*1.2, 3
	}
	lines := c.set.Paragraph(b.text, (pageWidth-2*side)/size*typeset.Em, b.rtl)
	for i, l := range lines {
		if c.page == nil || c.y+leading*room > below {
			c.begin()
		}
		room = 1
		c.line(l, size, leading)
		if i == len(lines)-1 {
			c.y += leading * 0.4
			c.write("\n")
		}
	}
}

// line sets one line and notes it down.
func (c *composer) line(l typeset.Line, size, leading float64) {
	x := float64(side)
	if l.RTL {
		x = pageWidth - side - l.Width/typeset.Em*size
	}
	c.page.Text(l, size, x, c.y+leading*0.7)
	c.y += leading
	c.write(l.Text + "\n")
}

// columns gives the left ends of n columns.
func (c *composer) columns(n int) []float64 {
	shares := c.doc.Columns
	if shares == nil {
		shares = slices.Repeat([]float64{1}, n)
	}
	all, x := 0.0, float64(side)
	for _, s := range shares {
		all += s
	}
	var ends []float64
	for _, s := range shares {
		ends = append(ends, x)
		x += (pageWidth - 2*side) * s / all
	}
	return ends
}

// row sets the cells of a table's row.
func (c *composer) row(b block) {
	size, leading := c.doc.Style.Size, c.doc.Style.Leading
	if c.page == nil || c.y+leading > below {
		c.begin()
	}
	cells := strings.Split(b.text, "|")
	at := c.columns(len(cells))
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		for _, l := range c.set.Paragraph(cell, unbroken, false) {
			c.page.Text(l, size, at[i], c.y+leading*0.7)
		}
	}
	c.y += leading
	c.write(strings.Join(cells, " ") + "\n")
}

func (c *composer) write(text string) {
	p := &c.pages[len(c.pages)-1]
	p.Text = strings.TrimPrefix(p.Text+text, "\n")
}
