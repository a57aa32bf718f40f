package ppocr

import (
	"errors"
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

// painted is white with dark rectangles.
func painted(w, h int, dark ...image.Rectangle) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for _, r := range dark {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				m.Pix[y*m.Stride+x] = 0
			}
		}
	}
	return m
}

func TestKeysHaveOneCharacterALine(t *testing.T) {
	for list, want := range map[string]int{"一\n二\n": 4, "一\n二": 4, "一二\n": 0, "一\n\n二": 0, "\xff\n": 0} {
		keys, err := ParseKeys([]byte(list))
		if (err == nil) != (want > 0) || err == nil && (len(keys) != want || keys[want-1] != ' ') {
			t.Errorf("%q: %v, %v", list, keys, err)
		}
	}
}

func TestACharacterIsTakenOnceWhereItStays(t *testing.T) {
	keys := Keys{0, '水', '库', ' '}
	var p []float32
	for _, class := range []int{0, 1, 1, 0, 1, 2, 2, 0} {
		row := []float32{0.1, 0.1, 0.1, 0.1}
		row[class] = 0.7
		p = append(p, row...)
	}
	text := ""
	for _, k := range peaks(p, keys) {
		text += string(k.r)
	}
	if text != "水水库" {
		t.Errorf("%q", text)
	}
	if k := peaks(p, keys)[0]; k.at != 2 || math.Abs(k.confidence-0.7) > 1e-6 {
		t.Errorf("%+v", k)
	}
}

func TestACharacterEndsWhereItsInkEnds(t *testing.T) {
	m := painted(200, 40, image.Rect(10, 4, 44, 36), image.Rect(50, 4, 84, 36), image.Rect(120, 4, 154, 36))
	wide := 2 * stepWide * 10 // ten pixels of the picture to a step
	all := chars(m, wide, []peak{{'水', 2.2, 1}, {'库', 7, 1}, {'边', 13.5, 1}})
	for i, want := range [][2]int{{10, 44}, {50, 84}, {120, 154}} {
		if b := all[i].Box; b.Min.X != want[0] || b.Max.X != want[1] || b.Dy() != 40 {
			t.Errorf("%c lies in %v", all[i].Rune, b)
		}
	}
}

// drawn is a page and what the networks would say of it: the map is the ink's
// own, and each line has one character in its middle.
type drawn struct{ pages int }

func (d *drawn) Pages(values []float32, wide, high int) ([]float32, error) {
	d.pages++
	out := make([]float32, wide*high)
	for i := range out {
		if values[i] < 0 {
			out[i] = 0.9
		}
	}
	return out, nil
}

func (d *drawn) Lines(_ []float32, wide int) ([]float32, error) {
	out := make([]float32, wide/stepWide*3)
	for step := range wide / stepWide {
		out[3*step] = 1
	}
	middle := wide / stepWide / 2 * 3
	out[middle], out[middle+1] = 0, 1
	return out, nil
}

func TestLinesOfAPageAreFoundWhereTheyAre(t *testing.T) {
	for name, lines := range map[string][]image.Rectangle{
		"two lines":  {image.Rect(100, 100, 500, 130), image.Rect(100, 200, 400, 230)},
		"a column":   {image.Rect(300, 50, 330, 550)},
		"no writing": nil,
	} {
		a, err := Read(&drawn{}, Keys{0, '一', ' '}, WholePage, painted(600, 600, lines...))
		if err != nil || len(a) != len(lines) {
			t.Errorf("%s: %d lines, %v", name, len(a), err)
			continue
		}
		for i, l := range a {
			if len(l) != 1 || !l[0].Box.Overlaps(lines[i]) || l[0].Box.Dx() > 120 || l[0].Box.Dy() > 120 {
				t.Errorf("%s: %v for %v", name, l, lines[i])
			}
		}
	}
}

func TestALineAskewIsCutOutStraight(t *testing.T) {
	m := painted(600, 400)
	for x := 50; x < 550; x++ {
		for y := range 30 {
			m.Pix[(150+x/10+y)*m.Stride+x] = 0
		}
	}
	p := pageOf(m)
	likely, _ := (&drawn{}).Pages(p.values, p.wide, p.high)
	found := stretches(likely, p.wide, p.high)
	if len(found) != 1 {
		t.Fatalf("%d lines", len(found))
	}
	c := cut(m, found[0].times(p.sx, p.sy))
	if h := c.picture.Rect.Dy(); math.Abs(found[0].sin-0.1) > 0.01 || h > 90 || h < 30 {
		t.Errorf("slope %.3f, %d high", found[0].sin, h)
	}
}

func TestAnyPictureIsReadWithinBounds(t *testing.T) {
	noise := painted(300, 200)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32())
	}
	for name, m := range map[string]*image.Gray{
		"a pixel": painted(1, 1), "a long line": painted(1, 40_000), "a wide line": painted(40_000, 1), "noise": noise, "black": image.NewGray(image.Rect(0, 0, 300, 300)),
	} {
		for _, kind := range []Kind{OneLine, WholePage} {
			a, err := Read(&drawn{}, Keys{0, '一', ' '}, kind, m)
			if err != nil {
				t.Fatal(name, err)
			}
			if _, err := Answers(AppendEnd(AppendAnswer(AppendHead(nil), a)), []image.Point{m.Rect.Max}); err != nil {
				t.Errorf("%s, %c: %v", name, kind, err)
			}
		}
	}
}

type broken struct{}

func (broken) Lines([]float32, int) ([]float32, error)      { return nil, errors.New("no") }
func (broken) Pages([]float32, int, int) ([]float32, error) { return nil, errors.New("no") }

func TestANetworkThatFailsIsSaid(t *testing.T) {
	for _, kind := range []Kind{OneLine, WholePage} {
		if _, err := Read(broken{}, Keys{0, ' '}, kind, painted(9, 9)); err == nil {
			t.Error("no error")
		}
	}
}
