package leak

import (
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
	Text  string // as set, line by line; the mark is no text and not in it
	Blank bool   // nothing at all is on it, not even the mark
}

// composer sets blocks one below the other.
type composer struct {
	doc   Document
	set   *typeset.Setter
	pdf   typeset.PDF
	page  *typeset.Page
	y     float64 // where the next line's room begins
	pages []Page
}

// layOut sets a document.
func layOut(d Document, blocks []block, set *typeset.Setter) ([]byte, []Page) {
	c := &composer{doc: d, set: set}
	for _, b := range blocks {
		switch b.kind {
		case newPage:
			c.page = nil
		case blank:
			c.pdf.AddPage(pageWidth, pageHeight)
			c.page, c.pages = nil, append(c.pages, Page{Blank: true})
		case sketch:
			c.begin()
			drawSketch(c.page)
			c.page = nil
		default:
			c.text(b)
		}
	}
	return c.pdf.Bytes(), c.pages
}

// begin starts a page with the mark on it.
func (c *composer) begin() {
	c.page = c.pdf.AddPage(pageWidth, pageHeight)
	c.pages = append(c.pages, Page{})
	c.y = above
	mark(c.page, c.doc.Languages, c.set)
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

func (c *composer) write(text string) {
	p := &c.pages[len(c.pages)-1]
	p.Text = strings.TrimPrefix(p.Text+text, "\n")
}
