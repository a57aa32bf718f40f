package ocr

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/read/layout"
)

// TestHanOfThePackStandsWhereItWasDrawn draws pages whose characters' places
// are known, and looks at 200 characters that were read: the box spans seven
// tenths of the drawn advance at least, and reaches no more than a third of it
// beyond.
func TestHanOfThePackStandsWhereItWasDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	e := packedEngine(t)
	measureHan(t, "places on pages that OCR read, Han by the pack: the box is the character's as drawn", e, 98)
}

// measureHan compares the boxes of single Han with those that they were drawn in.
func measureHan(t *testing.T, what string, e *Engine, goal float64) {
	random, l := rand.New(rand.NewPCG(200, 3)), layout.New()
	right, all := 0, 0
	for n := 0; all < 200 && n < 40; n++ {
		sheet, err := l.Lay(strings.Repeat("水库的水位正在上升，没有人被询问。河边一千二百户人家，2014年4月搬走了。", 4+n))
		if err != nil {
			t.Fatal(err)
		}
		picture := sheet.Draw(200)
		page, err := e.Begin().Page(t.Context(), picture, vidimus.Page{Number: 1, Width: sheet.Width, Height: sheet.Height})
		if err != nil {
			t.Fatal(err)
		}
		read := hanOf(page)
		random.Shuffle(len(read), func(i, j int) { read[i], read[j] = read[j], read[i] })
		for _, b := range read[:min(len(read), 20)] {
			if all++; drawnThere(sheet.Places, b) {
				right++
			}
		}
	}
	if all != 200 {
		t.Errorf("%d characters", all)
	}
	corpus.Measure(t, what, right, all, goal)
}

// hanOf gives the boxes of the places that hold one Han character alone.
func hanOf(p vidimus.Page) (all []vidimus.Box) {
	for _, place := range p.Places {
		if r := []rune(p.Text[place.Start:place.End]); len(r) == 1 && unicode.Is(unicode.Han, r[0]) {
			all = append(all, place.Box)
		}
	}
	return all
}

// drawnThere finds the character that was drawn in the middle of a box, and
// reports whether the box is its own.
func drawnThere(places []vidimus.Place, b vidimus.Box) bool {
	x, y := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
	for _, p := range places {
		d := p.Box
		if x < d.X0 || x >= d.X1 || y < d.Y0 || y >= d.Y1 {
			continue
		}
		// What is drawn has white at both sides, some tenth of its advance.
		wide := d.X1 - d.X0
		return b.X0 > d.X0-wide/3 && b.X1 < d.X1+wide/3 && min(b.X1, d.X1)-max(b.X0, d.X0) > 0.7*wide
	}
	return false
}
