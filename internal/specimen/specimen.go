// Package specimen draws pages whose words are known, and spoils them as
// scanners and cameras do: what the reading of pictures is measured on.
//
// The texts are public ones of the corpus, read at test time. They come in two
// halves with different texts and different faces: one to look at while the
// reading is made better, one that is only measured.
package specimen

import (
	"image"
	"math/rand/v2"
	"strings"

	"vidimus/internal/typeset"
)

// Class is how a page is laid out and spoilt.
type Class string

// The classes.
const (
	Clean      Class = "clean"       // 300 dots an inch, nothing spoilt
	Scan       Class = "scan"        // 200 dots an inch, a little askew, blurred, noisy, JPEG
	Photo      Class = "photo"       // 180 dots an inch, in perspective, unevenly lit
	Skewed     Class = "skewed"      // laid askew on the scanner by 3 to 8 degrees
	UpsideDown Class = "upside-down" // a scan turned by 180 degrees
	Sideways   Class = "sideways"    // a scan turned by 90 or 270 degrees
	Columns    Class = "two columns"
	Table      Class = "table" // ruled, its cells one line each
	List       Class = "list"  // narrow columns without rules, straighter than its rows are full
)

// Classes lists them all.
var Classes = []Class{Clean, Scan, Photo, Skewed, UpsideDown, Sideways, Columns, Table, List}

// Page is a drawn page.
type Page struct {
	Picture *image.Gray
	Truth   string // its words in reading order, a line each
	Turned  int    // by how many quarters it lies turned clockwise
}

// inch is the resolution in which every page is drawn first.
const inch = 300

// Draw draws the first lines of a text as a page of a class: some 1,400
// letters, half a page of A4. The same seed gives the same page.
func Draw(t Text, faces *typeset.Faces, class Class, seed uint64) Page {
	random := rand.New(rand.NewPCG(seed, 1))
	d := &drawing{set: typeset.NewSetter(faces), text: t, start: random.IntN(max(len(t.Paragraphs)-8, 1))}
	switch class {
	case Columns:
		d.columns()
	case Table:
		d.table()
	case List:
		d.list(random)
	default:
		d.lines(side, 0, 2480-2*side, rows)
	}
	p := Page{Picture: d.finish(), Truth: strings.Join(d.truth, "\n")}
	spoil(&p, class, random)
	return p
}
