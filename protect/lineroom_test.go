package protect

import (
	"strings"
	"testing"

	"vidimus"
)

// scanned is a page as OCR gives it: the boxes of words are as high as their
// ink. Lines stand at the heights of their baselines; letters are 10 points.
func scanned(at []float64, lines ...string) vidimus.Page {
	p := vidimus.Page{Number: 1, Width: 400, Height: 600, Text: strings.Join(lines, "\n") + "\n"}
	start := 0
	for i, l := range lines {
		for j, w := range strings.Fields(l) {
			up, down := 5.0, 0.0
			if strings.ContainsAny(w, "bdfhklitABCDEFGHIJKLMNOPQRSTUVWXYZ") {
				up = 7.4
			}
			if strings.ContainsAny(w, "gjpqyQ") {
				down = 2.2
			}
			from := start + strings.Index(p.Text[start:], w)
			p.Places = append(p.Places, vidimus.Place{Start: from, End: from + len(w), Box: vidimus.Box{X0: float64(20 + 50*j), Y0: at[i] - up, X1: float64(60 + 50*j), Y1: at[i] + down}})
			start = from + len(w)
		}
	}
	return p
}

// holesOver gives the holes over the second of three lines, one for each name
// that may stand in it.
func holesOver(t *testing.T, at []float64, before, after string) map[vidimus.Box]bool {
	t.Helper()
	holes := map[vidimus.Box]bool{}
	for _, name := range []string{"eno", "Eno", "egon", "Egypt", "mmm", "l", "q"} {
		p := scanned(at, before, "on "+name+" a", after)
		start := strings.Index(p.Text, "on ")
		a := Withhold(p, 1, start, start+1, Person)
		holes[a.Box] = true
		for _, o := range p.Places {
			inside := o.Start < a.End && o.End > a.Start
			if inside && (a.Box.Y0 > o.Box.Y0 || a.Box.Y1 < o.Box.Y1) {
				t.Errorf("at %v, %s: ink peeks out", at, name)
			}
			if !inside && o.Box.Y1 > a.Box.Y0 && o.Box.Y0 < a.Box.Y1 {
				t.Errorf("at %v, %s: a line that is shown is covered", at, name)
			}
		}
	}
	return holes
}

// The hole over a line of a scan is as high whatever letters it hides, and does
// not touch the lines beside it; a line that stands alone tells seldom.
func TestAHoleDoesNotTellWhichLettersItHides(t *testing.T) {
	for _, leading := range []float64{11, 12, 13, 15, 18, 24} {
		if holes := holesOver(t, []float64{100, 100 + leading, 100 + 2*leading}, "a high day", "no more"); len(holes) != 1 {
			t.Errorf("lines of %v points: %d holes: %v", leading, len(holes), holes)
		}
	}
	alone, told := 0, 0
	for y := 140.0; y < 480; y += 0.7 {
		alone++
		if len(holesOver(t, []float64{100, y, 560}, "many days", "again")) > 1 {
			told++
		}
	}
	if t.Logf("%d of %d lines that stand alone tell something", told, alone); told*8 > alone {
		t.Error("they do too often")
	}
}
