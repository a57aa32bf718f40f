// Package typeset sets text in the scripts that this project works with: it
// shapes (go-text, a HarfBuzz in Go), orders right-to-left lines, breaks them,
// and writes the result as PDF.
//
// Measures within a line are thousandths of the type size, so that one layout
// serves every size; a Page's are points from its top left corner. The same
// calls with the same faces give the same bytes: there are no dates, no random
// names and no walks over maps.
//
// The PDF writer makes Type 3 fonts: each cluster of glyphs is a small drawing
// with the text that it stands for beside it (ISO 32000-1, 9.6.5 and 9.10.3).
// No font program is copied into the document.
package typeset

import (
	"bytes"
	"fmt"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
)

// Faces are the faces that text is set in, by script.
type Faces struct {
	latin, han, arabic *font.Face
}

// NewFaces opens three OpenType files. The first also serves every script that
// the other two are not for.
func NewFaces(latin, han, arabic []byte) (*Faces, error) {
	var f Faces
	for _, in := range []struct {
		file []byte
		to   **font.Face
	}{{latin, &f.latin}, {han, &f.han}, {arabic, &f.arabic}} {
		face, err := font.ParseTTF(bytes.NewReader(in.file))
		if err != nil {
			return nil, fmt.Errorf("open a face to set text in: %w", err)
		}
		*in.to = face
	}
	return &f, nil
}

// chooser picks a face for each character of one paragraph.
type chooser struct {
	*Faces
	script language.Script
}

// SetScript tells which script the next characters belong to, so that digits
// and punctuation look like the words around them.
func (c *chooser) SetScript(s language.Script) { c.script = s }

// ResolveFace gives the first face of the script's order that has r.
func (c *chooser) ResolveFace(r rune) *font.Face {
	order := []*font.Face{c.latin, c.han, c.arabic}
	switch c.script {
	case language.Han, language.Bopomofo:
		order = []*font.Face{c.han, c.latin, c.arabic}
	case language.Arabic:
		order = []*font.Face{c.arabic, c.latin, c.han}
	}
	for _, face := range order {
		if _, ok := face.NominalGlyph(r); ok {
			return face
		}
	}
	return order[0]
}
