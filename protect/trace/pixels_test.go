package trace

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"

	"rsc.io/qr"

	"vidimus"
)

// paper is a page with lines of dark marks, as a scan of dpi would have it.
func paper(dpi float64, noise float64, seed uint64) *image.RGBA {
	w, h := int(dpi*8.27), int(dpi*4)
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(seed, 1))
	for y := range h {
		for x := range w {
			n := func() uint8 { return uint8(min(255, max(0, 248+r.NormFloat64()*noise))) }
			m.SetRGBA(x, y, color.RGBA{n(), n(), n(), 255})
		}
	}
	for line := int(dpi); line < h-int(dpi/2); line += int(dpi / 5) {
		for x := int(dpi); x < w-int(dpi); x += int(dpi / 12) {
			if r.IntN(6) == 0 {
				continue
			}
			draw.Draw(m, image.Rect(x, line, x+int(dpi/20), line+int(dpi/10)), image.NewUniform(color.RGBA{20, 20, 20, 255}), image.Point{}, draw.Src)
		}
	}
	return m
}

// tiling is the geometry of a dot pattern, as DEDA's description has it: the
// cells of a tile and the pitch of the grid in inches. Which cells have a dot
// is drawn at random here: no real pattern is made.
type tiling struct {
	name   string
	w, h   int
	px, py float64
	dots   int
}

var tilings = []tiling{
	{"32 by 32 at 0.02", 32, 32, 0.02, 0.02, 30},
	{"18 by 23 at 0.03", 18, 23, 0.03, 0.03, 30},
	{"24 by 48 at 0.02", 24, 48, 0.02, 0.02, 30},
	{"16 by 32 at 0.04", 16, 32, 0.04, 0.04, 40},
	{"32 by 16 at 0.02 by 0.01", 32, 16, 0.02, 0.01, 20},
}

// dotted plants a tiling on a page.
func dotted(m *image.RGBA, t tiling, dpi float64, blue uint8, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 2))
	type cell struct{ x, y int }
	var cells []cell
	for range t.dots {
		cells = append(cells, cell{r.IntN(t.w), r.IntN(t.h)})
	}
	size := max(1, int(math.Round(dpi/250)))
	b := m.Bounds()
	for ty := 0.0; ty < float64(b.Dy()); ty += float64(t.h) * t.py * dpi {
		for tx := 0.0; tx < float64(b.Dx()); tx += float64(t.w) * t.px * dpi {
			for _, c := range cells {
				x, y := int(tx+float64(c.x)*t.px*dpi), int(ty+float64(c.y)*t.py*dpi)
				for dy := range size {
					for dx := range size {
						at := image.Pt(x+dx, y+dy)
						if at.In(b) {
							old := m.RGBAAt(at.X, at.Y)
							m.SetRGBA(at.X, at.Y, color.RGBA{old.R, old.G, min(old.B, blue), 255})
						}
					}
				}
			}
		}
	}
}

func certainty(all []Trace, k Kind) Certainty {
	for _, t := range all {
		if t.Kind == k {
			return t.Certainty
		}
	}
	return ""
}

func TestYellowDotsOfEveryKnownGeometryAreFound(t *testing.T) {
	for i, g := range tilings {
		dpi := []float64{200, 300}[i%2]
		t.Run(fmt.Sprintf("%s at %.0f dpi", g.name, dpi), func(t *testing.T) {
			clean := Picture{paper(dpi, 4, 7), dpi, true, false}
			if got := certainty(clean.seekDots(), PrinterDots); got != "" {
				t.Errorf("clean page: %s", got)
			}
			m := paper(dpi, 4, 7)
			dotted(m, g, dpi, 180, 9)
			if got := certainty(Picture{m, dpi, true, false}.seekDots(), PrinterDots); got != Found {
				light, yellow, _ := planes(m)
				ink := light.inked(150, 2)
				p := Picture{m, dpi, true, false}
				t.Errorf("dotted page: %q (yellow %.1f, blue %.1f)", got, p.repetition(specks(yellow, ink, 1, dpi)), p.repetition(specks(yellow, ink, -1, dpi)))
			}
		})
	}
}

func TestWhereDotsCannotBeToldItSaysSo(t *testing.T) {
	m := paper(200, 6, 3)
	dotted(m, tilings[3], 200, 225, 4)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	poor, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	gray := image.NewGray(m.Bounds())
	draw.Draw(gray, m.Bounds(), m, image.Point{}, draw.Src)
	for name, p := range map[string]Picture{
		"after JPEG":          {poor, 200, false, false},
		"without colour":      {gray, 200, true, false},
		"in a low resolution": {paper(100, 4, 5), 100, true, false},
	} {
		if got := certainty(p.seekDots(), PrinterDots); got == "" {
			t.Errorf("%s: it says that there are none", name)
		}
	}
}

func TestCodesForMachinesAreFound(t *testing.T) {
	code, err := qr.Encode("SAMPLE", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	m := paper(200, 4, 1)
	const module = 5
	for y := range code.Size {
		for x := range code.Size {
			c := color.RGBA{245, 245, 245, 255}
			if code.Black(x, y) {
				c = color.RGBA{15, 15, 15, 255}
			}
			draw.Draw(m, image.Rect(1200+x*module, 60+y*module, 1200+(x+1)*module, 60+(y+1)*module), image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
	boxes := Picture{m, 200, true, false}.seekCodes()
	if len(boxes) != 1 || boxes[0].X0 < 1150*72/200 || boxes[0].X1 > 1420*72/200 {
		t.Errorf("QR code at %v", boxes)
	}
	m = paper(200, 4, 1)
	r := rand.New(rand.NewPCG(1, 1))
	for x := 300; x < 700; {
		n := 2 * (1 + r.IntN(3))
		draw.Draw(m, image.Rect(x, 60, x+n, 140), image.NewUniform(color.Black), image.Point{}, draw.Src)
		x += n + 2*(1+r.IntN(3))
	}
	if boxes := (Picture{m, 200, true, false}).seekCodes(); len(boxes) != 1 {
		t.Errorf("bar code at %v", boxes)
	}
	if boxes := (Picture{paper(200, 4, 1), 200, true, false}).seekCodes(); len(boxes) != 0 {
		t.Errorf("a page without codes: %v", boxes)
	}
}

func TestAFaintPictureUnderTheTextIsSuspected(t *testing.T) {
	drawn := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	draw.Draw(drawn, drawn.Bounds(), image.White, image.Point{}, draw.Src)
	if _, how := (Picture{drawn, 150, true, false}).seekTint(); how != "" {
		t.Errorf("white page: %s", how)
	}
	draw.Draw(drawn, image.Rect(300, 300, 600, 500), image.NewUniform(color.RGBA{250, 250, 250, 255}), image.Point{}, draw.Src)
	if box, how := (Picture{drawn, 150, true, false}).seekTint(); how != Suspected || box.X0 != 300*72/150.0 || box.Y1 != 500*72/150.0 {
		t.Errorf("tinted page: %s %v", how, box)
	}
	draw.Draw(drawn, image.Rect(300, 300, 600, 500), image.NewUniform(color.RGBA{150, 150, 150, 255}), image.Point{}, draw.Src)
	if _, how := (Picture{drawn, 150, true, false}).seekTint(); how != Suspected {
		t.Errorf("a darker tint: %s", how)
	}
	if _, how := (Picture{paper(150, 4, 1), 150, true, false}).seekTint(); how != CannotTell {
		t.Errorf("one scan: %q", how)
	}
}

func TestAFaintPictureThatScansShareIsSuspected(t *testing.T) {
	var with, without Tints
	for seed := range uint64(6) {
		m := paper(100, 4, seed)
		without.Add(Picture{m, 100, false, false}.Sight())
		for y := 200; y < 320; y++ {
			for x := 250; x < 500; x++ {
				c := m.RGBAAt(x, y)
				if c.R > 100 && (x/20+y/20)%2 == 0 {
					m.SetRGBA(x, y, color.RGBA{c.R - 5, c.G - 5, c.B - 5, 255})
				}
			}
		}
		with.Add(Picture{m, 100, false, false}.Sight())
	}
	if got := with.Found(); got != Suspected {
		t.Errorf("pages that share one: %q", got)
	}
	if got := without.Found(); got != "" {
		t.Errorf("pages without: %q", got)
	}
	if got := new(Tints).Found(); got != CannotTell {
		t.Errorf("no pages: %q", got)
	}
}

func (p Picture) seekDots() []Trace {
	light, yellow, coloured := planes(p.Image)
	return p.dots(light, yellow, coloured)
}

func (p Picture) seekCodes() []vidimus.Box {
	light, _, _ := planes(p.Image)
	return p.codes(light)
}

func (p Picture) seekTint() (vidimus.Box, Certainty) {
	light, _, _ := planes(p.Image)
	return p.tint(light)
}
