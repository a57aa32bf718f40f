package typeset

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf16"
)

// element is a paragraph or heading of a tagged file (ISO 32000-1, 14.7) and
// the marks that its text has on pages.
type element struct {
	tag   string
	marks []pageMark
	ref   ref
	alt   string     // of a Figure: what it shows
	box   [4]float64 // of a Figure: where
}

type pageMark struct{ page, number int }

// Begin has the text that follows belong to a new element: P, H1, H2.
func (d *PDF) Begin(tag string) {
	d.open = &element{tag: tag}
	d.tags = append(d.tags, d.open)
}

// End ends the element.
func (d *PDF) End() { d.open = nil }

// mark begins marked content and gives what ends it.
func (p *Page) mark() func() {
	e := p.pdf.open
	if e == nil || p.aside {
		return func() {}
	}
	e.marks = append(e.marks, pageMark{len(p.pdf.pages) - 1, len(p.marked)})
	fmt.Fprintf(&p.content, "/%s <</MCID %d>> BDC\n", e.tag, len(p.marked))
	p.marked = append(p.marked, e)
	return func() { p.content.WriteString("EMC\n") }
}

// Aside draws what is no part of the text: page numbers, frames.
func (p *Page) Aside(draw func()) {
	p.content.WriteString("/Artifact BMC\n")
	p.aside = true
	draw()
	p.aside = false
	p.content.WriteString("EMC\n")
}

// Frame draws a rectangle's edge.
func (p *Page) Frame(x, y, width, height float64) {
	fmt.Fprintf(&p.content, "q\n0.8 w\n%s %s %s %s re\nS\nQ\n", number(x), number(p.height-y-height), number(width), number(height))
}

// ofPage is what a page of a tagged file says of its marks.
func (d *PDF) ofPage(i int) string {
	if d.Title == "" {
		return ""
	}
	return fmt.Sprintf(" /StructParents %d /Tabs /S", i)
}

// ofCatalogue is what the catalogue of a tagged file names: its structure,
// what it says of itself (ISO 19005-2, 6.6; ISO 14289-1, 7.1) and what its grey
// means.
func (d *PDF) ofCatalogue(f *file, pages []ref) string {
	if d.Title == "" {
		return ""
	}
	profile := f.stream(" /N 1", greyProfile())
	intent := fmt.Sprintf("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (Grey gamma 2.2) /Info (Grey gamma 2.2) /DestOutputProfile %s >>", profile)
	about := d.metadata()
	metadata := f.object(fmt.Sprintf("<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream", len(about), about))
	return fmt.Sprintf(" /Lang %s /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> /StructTreeRoot %s /Metadata %s /OutputIntents [%s]",
		textString(d.Language), d.structure(f, pages), metadata, intent)
}

// figure is what the element of a picture says besides.
func (e *element) figure() string {
	if e.alt == "" {
		return ""
	}
	return fmt.Sprintf(" /Alt %s /A << /O /Layout /Placement /Block /BBox [%s %s %s %s] >>",
		textString(e.alt), number(e.box[0]), number(e.box[1]), number(e.box[2]), number(e.box[3]))
}

// structure writes the tree of elements and the way back from marks to them.
func (d *PDF) structure(f *file, pages []ref) ref {
	root, document := f.reserve(), f.reserve()
	var kids strings.Builder
	for _, e := range d.tags {
		var marks strings.Builder
		for _, m := range e.marks {
			fmt.Fprintf(&marks, "<< /Type /MCR /Pg %s /MCID %d >> ", pages[m.page], m.number)
		}
		e.ref = f.object(fmt.Sprintf("<< /Type /StructElem /S /%s /P %s%s /K [%s] >>", e.tag, document, e.figure(), marks.String()))
		fmt.Fprintf(&kids, "%s ", e.ref)
	}
	f.set(document, fmt.Sprintf("<< /Type /StructElem /S /Document /P %s /K [%s] >>", root, kids.String()))
	var back strings.Builder
	for i, p := range d.pages {
		fmt.Fprintf(&back, "%d [", i)
		for _, e := range p.marked {
			fmt.Fprintf(&back, "%s ", e.ref)
		}
		back.WriteString("] ")
	}
	parents := f.object(fmt.Sprintf("<< /Nums [%s] >>", back.String()))
	f.set(root, fmt.Sprintf("<< /Type /StructTreeRoot /K [%s] /ParentTree %s /ParentTreeNextKey %d >>", document, parents, len(d.pages)))
	return root
}

// metadata is the file's own, in XMP: its title and the standards it keeps, one
// of which the other wants described. No time, no program, no author.
func (d *PDF) metadata() string {
	var title strings.Builder
	xml.EscapeText(&title, []byte(d.Title)) // a Builder takes everything
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + title.String() + `</rdf:li></rdf:Alt></dc:title>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}

// textString writes text as PDF does outside content: ISO 32000-1, 7.9.2.
func textString(s string) string {
	var w strings.Builder
	w.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&w, "%04X", u)
	}
	return w.String() + ">"
}
