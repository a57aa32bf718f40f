package trace

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"

	"vidimus"
)

// seenPage is a page of lines of letters ten points high, and its picture at
// 144 dots an inch: each letter has a stem of the ink's colour.
func seenPage(ink color.Gray, lines ...string) (p vidimus.Page, m *image.RGBA) {
	p = vidimus.Page{Number: 1, Width: 300, Height: 200, Text: strings.Join(lines, "\n")}
	m = image.NewRGBA(image.Rect(0, 0, 600, 400))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	at := 0
	for i, l := range lines {
		for j, r := range []rune(l) {
			box := vidimus.Box{X0: 20 + 8*float64(j), Y0: 20 + 20*float64(i), X1: 27 + 8*float64(j), Y1: 30 + 20*float64(i)}
			n := len(string(r))
			p.Places = append(p.Places, vidimus.Place{Start: at, End: at + n, Box: box})
			if at += n; r != ' ' {
				stroke(m, image.Rect(int(box.X0*2)+2, int(box.Y0*2), int(box.X0*2)+5, int(box.Y1*2)), ink)
			}
		}
		at++
	}
	return p, m
}

func stroke(m *image.RGBA, r image.Rectangle, c color.Color) {
	draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func TestWordsThatAPageDoesNotShow(t *testing.T) {
	page := []string{"The county met.", "for one reader only", "没有 狗叫 的 村子"}
	p, m := seenPage(color.Gray{}, page...)
	if all := Covered(p, m, true); len(all) != 0 {
		t.Errorf("on a page that shows all: %v", all)
	}
	stroke(m, image.Rect(20, 78, 400, 102), color.Black) // over the second line
	got := Covered(p, m, true)
	if len(got) != 1 || p.Text[got[0].Start:got[0].End] != page[1] || got[0].Certainty != Found || got[0].Box.X1 < 170 {
		t.Errorf("under a box: %+v", got)
	}
	stroke(m, image.Rect(20, 118, 90, 142), color.White) // over 没有 狗
	got = Covered(p, m, false)
	if len(got) != 2 || !strings.HasPrefix(p.Text[got[1].Start:], "没有") || got[1].Certainty != Suspected {
		t.Errorf("under white: %+v", got)
	}
	p, m = seenPage(color.Gray{Y: 250}, page...)
	if got = Covered(p, m, true); len(got) != 3 {
		t.Errorf("white on white: %+v", got)
	}
	p, m = seenPage(color.Gray{Y: 200}, page...)
	if got = Covered(p, m, true); len(got) != 0 {
		t.Errorf("grey on white: %+v", got)
	}
}

func TestCoveredWordsNeedAPage(t *testing.T) {
	p, m := seenPage(color.Gray{}, "words")
	p.Width = 0
	if all := Covered(p, m, true); all != nil {
		t.Error(all)
	}
	p.Width = 300
	for i := range p.Places {
		p.Places[i].Box = vidimus.Box{X0: 900 + 8*float64(i), Y0: 20, X1: 907 + 8*float64(i), Y1: 30}
	}
	if all := Covered(p, m, true); len(all) != 1 || all[0].Certainty != Found {
		t.Errorf("off the page: %v", all)
	}
	p.Places[0].End = 99
	Covered(p, m, true)
	Covered(p, image.NewRGBA(image.Rectangle{}), true)
}

// Letters that each cover an empty page end in an answer soon.
func TestLettersThatCoverThePageAreBounded(t *testing.T) {
	p := vidimus.Page{Number: 1, Width: 300, Height: 200, Text: strings.Repeat("x", 100_000)}
	m := image.NewGray(image.Rect(0, 0, 1200, 800))
	for i := range p.Text {
		p.Places = append(p.Places, vidimus.Place{Start: i, End: i + 1, Box: vidimus.Box{X1: 300, Y1: 200}})
	}
	if all := Covered(p, m, true); len(all) != 1 || all[0].Certainty != CannotTell {
		t.Errorf("%d traces, first %+v", len(all), all[:min(1, len(all))])
	}
}
