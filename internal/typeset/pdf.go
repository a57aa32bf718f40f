package typeset

import (
	"fmt"
	"math"
	"strings"
)

// PDF is a document being made. The zero value has no pages.
type PDF struct {
	// Title and Language, where there is a title, make it a tagged file for
	// archives; without one it has pages and nothing else.
	Title, Language string

	pages  []*Page
	procs  procs
	forms  []string       // drawings that pages share
	known  map[string]int // their numbers
	photos []photo
	about  string // entries of the information dictionary
	tags   []*element
	open   *element // that text belongs to now
}

// Page is one page being drawn; measures are points from its top left corner.
type Page struct {
	pdf           *PDF
	width, height float64
	content       strings.Builder
	marked        []*element // by the number of the mark
	aside         bool
}

// AddPage begins a page; it is blank until something is drawn on it.
func (d *PDF) AddPage(width, height float64) *Page {
	p := &Page{pdf: d, width: width, height: height}
	d.pages = append(d.pages, p)
	return p
}

// Text writes a line whose left end of the base line is at x, y.
func (p *Page) Text(l Line, size, x, y float64) {
	w := &p.content
	defer p.mark()()
	fmt.Fprintf(w, "BT\n%s %s Td\n", number(x), number(p.height-y))
	font, owed := -1, 0.0 // owed: how far the codes' widths fall short of the advances
	for _, c := range l.Clusters {
		code, width := p.pdf.procs.code(c)
		if code/perFont != font {
			if font >= 0 {
				w.WriteString("] TJ\n")
			}
			font = code / perFont
			fmt.Fprintf(w, "/F%d %s Tf\n[", font, number(size))
		}
		if move := math.Round(owed); move != 0 {
			w.WriteString(number(-move))
			owed -= move
		}
		fmt.Fprintf(w, "<%02X>", code%perFont)
		owed += c.Advance - float64(width)
	}
	if font >= 0 {
		w.WriteString("] TJ\n")
	}
	w.WriteString("ET\n")
}

// bold is the width of the stroke around inked outlines, in type sizes: enough
// for a mark to stay black when a scan keeps one bit a dot.
const bold = 0.035

// Ink draws a line's outlines, filled and stroked to be bold, with the left
// end of the base line at x, y: it is seen and is not text. Pages share what
// is drawn again and again.
func (p *Page) Ink(l Line, size, x, y float64) {
	n := p.pdf.form(fmt.Sprintf("%s w\n%sB\n", number(bold*Em), l.Outline(size)))
	fmt.Fprintf(&p.content, "q\n1 0 0 1 %s %s cm\n/X%d Do\nQ\n", number(x), number(p.height-y), n)
}

// form gives the number of a drawing.
func (d *PDF) form(drawing string) int {
	n, ok := d.known[drawing]
	if !ok {
		if d.known == nil {
			d.known = map[string]int{}
		}
		n = len(d.forms)
		d.known[drawing], d.forms = n, append(d.forms, drawing)
	}
	return n
}

// Stroke draws a line through points given as x, y, x, y …
func (p *Page) Stroke(width float64, xy ...float64) {
	fmt.Fprintf(&p.content, "q\n%s w 1 J 1 j\n", number(width))
	for i := 0; i+1 < len(xy); i += 2 {
		op := "l"
		if i == 0 {
			op = "m"
		}
		operate(&p.content, op, point{xy[i], p.height - xy[i+1]})
	}
	p.content.WriteString("S\nQ\n")
}

// Bytes gives the finished file.
func (d *PDF) Bytes() []byte {
	var f file
	catalogue, tree, resources := f.reserve(), f.reserve(), f.reserve()
	var fonts, kids strings.Builder
	for i, r := range d.procs.write(&f) {
		fmt.Fprintf(&fonts, "/F%d %s ", i, r)
	}
	f.set(resources, fmt.Sprintf("<< /Font << %s>> /XObject << %s>> >>", fonts.String(), d.objects(&f)))
	var sheets []ref
	for i, p := range d.pages {
		content := f.stream("", []byte(p.content.String()))
		sheets = append(sheets, f.object(fmt.Sprintf("<< /Type /Page /Parent %s /MediaBox [0 0 %s %s] /Resources %s /Contents %s%s >>",
			tree, number(p.width), number(p.height), resources, content, d.ofPage(i))))
		fmt.Fprintf(&kids, "%s ", sheets[i])
	}
	f.set(catalogue, fmt.Sprintf("<< /Type /Catalog /Pages %s%s >>", tree, d.ofCatalogue(&f, sheets)))
	f.set(tree, fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(d.pages), kids.String()))
	if d.about == "" {
		return f.bytes(catalogue, 0)
	}
	return f.bytes(catalogue, f.object("<< "+d.about+">>"))
}
