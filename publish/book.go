package publish

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
	"vidimus/protect"
)

// A4, in points.
const (
	sheetWidth  = 595
	sheetHeight = 842
	margin      = 72
	foot        = 56
)

// style is a type size, the distance between base lines, and what follows.
type style struct{ size, leading, after float64 }

var (
	titleStyle = style{22, 29, 12}
	headStyle  = style{15, 21, 8}
	bodyStyle  = style{11, 17, 7}
	quietStyle = style{9, 13, 5}
)

// book sets an edition as a PDF, with its pictures.
func book(e protect.Edition, people int, pictures protect.Pictures) ([]byte, error) {
	set, err := setter()
	if err != nil {
		return nil, err
	}
	b := &binder{set: set, pictures: pictures, light: light(pictures)}
	b.pdf.Title, b.pdf.Language = e.Title, "en"
	b.page()
	b.front(e, people)
	for i, d := range e.Documents {
		b.page()
		if err := b.document(i+1, d); err != nil {
			return nil, err
		}
	}
	return b.pdf.Bytes(), nil
}

func setter() (*typeset.Setter, error) {
	var files [3][]byte
	for i, name := range []string{"noto-sans", "noto-sans-sc", "ukij"} {
		b, err := fonts.Face(name)
		if err != nil {
			return nil, err
		}
		files[i] = b
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		return nil, fmt.Errorf("open the faces of the book: %w", err)
	}
	return typeset.NewSetter(faces), nil
}

// binder sets paragraphs one below the other.
type binder struct {
	set  *typeset.Setter
	pdf  typeset.PDF
	on   *typeset.Page
	y    float64
	size int // pages so far

	pictures protect.Pictures
	light    bool // the pictures are not too many for a book
}

func (b *binder) page() { b.sheet(sheetWidth, sheetHeight) }

// sheet begins a page of this size, with its number.
func (b *binder) sheet(width, height float64) {
	b.on = b.pdf.AddPage(width, height)
	b.y = margin
	b.size++
	for _, l := range b.set.Paragraph(fmt.Sprint(b.size), sheetWidth, false) {
		b.on.Aside(func() {
			b.on.Text(l, quietStyle.size, (width-l.Width/typeset.Em*quietStyle.size)/2, height-foot/2)
		})
	}
}

func (b *binder) front(e protect.Edition, people int) {
	by := e.Publisher
	if e.Date != "" {
		by += " · " + e.Date
	}
	b.text("P", by, quietStyle)
	b.text("H1", e.Title, titleStyle)
	for _, p := range e.Introduction {
		b.text("P", p, bodyStyle)
	}
	b.text("H2", "Documents", headStyle)
	for i, d := range e.Documents {
		line := fmt.Sprintf("%d. %s", i+1, d.Title)
		if d.Date != "" {
			line += " · " + d.Date
		}
		b.text("P", line, bodyStyle)
	}
	b.text("H2", "What is withheld", headStyle)
	for _, c := range protect.Classes {
		if n := e.Withheld[c]; n > 0 {
			b.text("P", fmt.Sprintf("%d × withheld: %s", n, c), bodyStyle)
		}
	}
	b.text("P", "One mark stands for one line or for several in a row. Its size says nothing of what is under it.", quietStyle)
	b.corrections(e.Corrections)
	approved := fmt.Sprintf("Approved by %d people before its release.", people)
	if e.OnePerson {
		approved = "Released by one person."
	}
	b.text("P", approved, quietStyle)
	b.text("P", "This edition says what its publisher has read and withheld. It does not show that the documents are genuine or complete, "+
		"that they were rightly transcribed, or who gave them.", quietStyle)
}

func (b *binder) corrections(all []protect.Correction) {
	if len(all) == 0 {
		return
	}
	b.text("H2", "Corrections", headStyle)
	for _, c := range all {
		said := "This version takes the place of one before it."
		if c.Protective {
			said = "The version before this one was withdrawn to protect people. Please delete what you have of it, and do not show what stood in it. What changed is not told."
		}
		if c.Date != "" {
			said = c.Date + ": " + said
		}
		b.text("P", said, bodyStyle)
		for _, d := range c.Changes {
			b.text("P", change(d), bodyStyle)
		}
	}
}

func (b *binder) document(n int, d protect.Shown) error {
	b.text("H1", fmt.Sprintf("%d. %s", n, d.Title), headStyle)
	if d.Date != "" {
		b.text("P", d.Date, quietStyle)
	}
	for _, p := range d.About {
		b.text("P", p, bodyStyle)
	}
	if d.Duress {
		b.text("P", "This document may have been made under duress. It shows that these words were written, not that they are true.", bodyStyle)
	}
	for _, a := range d.Attestations {
		b.text("P", a.By+attested(a.How)+": "+a.Says, bodyStyle)
	}
	if err := b.figures(d.Pictures); err != nil {
		return err
	}
	for _, block := range d.Blocks {
		switch {
		case block.Withheld != "":
			b.held("withheld: " + string(block.Withheld))
		default:
			b.text("P", block.Text, bodyStyle)
		}
	}
	return nil
}

func attested(how string) string {
	switch how {
	case protect.Pseudonym:
		return " (a pseudonym; the publisher knows who it is and vouches for them)"
	case protect.Institution:
		return " (an institution)"
	}
	return ""
}

// text sets a paragraph. A heading stays with two lines of what follows.
func (b *binder) text(tag, text string, s style) {
	room := 1.0
	if tag != "P" {
		room = 3
	}
	right := rightToLeft(text)
	b.pdf.Begin(tag)
	for _, l := range b.set.Paragraph(text, (sheetWidth-2*margin)/s.size*typeset.Em, right) {
		b.room(s.leading * room)
		room = 1
		x := float64(margin)
		if right {
			x = sheetWidth - margin - l.Width/typeset.Em*s.size
		}
		b.on.Text(l, s.size, x, b.y+s.leading*0.7)
		b.y += s.leading
	}
	b.pdf.End()
	b.y += s.after
}

// room begins a page where so much does not fit.
func (b *binder) room(height float64) {
	if b.y+height > sheetHeight-margin {
		b.page()
	}
}

// held sets the mark of something withheld: one shape for all.
func (b *binder) held(text string) {
	s := quietStyle
	b.room(s.leading + 8)
	b.pdf.Begin("P")
	for _, l := range b.set.Paragraph(text, (sheetWidth-2*margin)/s.size*typeset.Em, false) {
		width := l.Width/typeset.Em*s.size + 16
		b.on.Aside(func() { b.on.Frame(margin, b.y, width, s.leading+4) })
		b.on.Text(l, s.size, margin+8, b.y+s.leading*0.7+2)
		b.y += s.leading + 8
	}
	b.pdf.End()
	b.y += bodyStyle.after
}

// rightToLeft reports text most of whose letters are written that way.
func rightToLeft(text string) bool {
	right, left := 0, 0
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac) && unicode.IsLetter(r):
			right++
		case unicode.IsLetter(r):
			left++
		}
	}
	return right > left
}
