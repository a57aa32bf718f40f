package protect

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"testing"

	"vidimus"
)

// sheetOf is a page of dark marks on uneven paper; what lies in the area is
// drawn from another seed.
func sheetOf(dpi float64, visible, hidden uint64, area vidimus.Box) *image.RGBA {
	w, h := int(dpi*4), int(dpi*3)
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	v, u := rand.New(rand.NewPCG(visible, 1)), rand.New(rand.NewPCG(hidden, 2))
	px := func(pt float64) int { return int(pt * dpi / 72) }
	hole := image.Rect(0, px(area.Y0), w, px(area.Y1))
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 2 {
			r := v.IntN(256)
			if image.Pt(x, y).In(hole) {
				r = u.IntN(256)
			}
			c := color.RGBA{uint8(r), uint8(r * 7 % 256), uint8(255 - r), 255}
			draw.Draw(m, image.Rect(x, y, x+2, y+2), image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
	return m
}

func packed(t *testing.T, m image.Image, quality int) image.Image {
	t.Helper()
	if quality == 0 {
		return m
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Two originals that differ only under the areas give the same bytes. In full:
// VIDIMUS_STRESS.
func TestWhatIsUnderAnAreaDoesNotChangeOneByte(t *testing.T) {
	rounds := 60
	if testing.Short() {
		rounds = 6
	}
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 10_000
	}
	r := rand.New(rand.NewPCG(11, 7))
	for i := range rounds {
		quality := []int{0, 90, 75, 40}[r.IntN(4)]
		dpi := []float64{72, 100, 150, 200, 240}[r.IntN(5)]
		y0 := 20 + 150*r.Float64()
		area := vidimus.Box{Y0: y0, Y1: y0 + 6 + 20*r.Float64(), X0: 0, X1: 288}
		var files [2][]byte
		for k := range files {
			s := Sheet{Picture: packed(t, sheetOf(dpi, uint64(i), uint64(2*i+k), area), quality), DPI: dpi, Areas: []vidimus.Box{area}, SourceDPI: dpi}
			if quality > 0 {
				s.Reach = 16 + 2 // colour halved: its blocks, and what smoothing it adds
			}
			b, err := Bilevel(s)
			if err != nil {
				t.Fatal(err)
			}
			files[k] = b
		}
		if !bytes.Equal(files[0], files[1]) {
			t.Fatalf("round %d, quality %d, %.0f dpi: what is hidden is seen", i, quality, dpi)
		}
	}
}

// A rule that looks around itself would fail the test above; this one shows
// that the test can fail.
func TestHolesWithoutReachLeak(t *testing.T) {
	area := vidimus.Box{Y0: 90, Y1: 110, X1: 288}
	differ := 0
	for i := range 8 {
		var files [2][]byte
		for k := range files {
			b, err := Bilevel(Sheet{Picture: packed(t, sheetOf(72, uint64(i), uint64(2*i+k), area), 40), DPI: 72, Areas: []vidimus.Box{area}})
			if err != nil {
				t.Fatal(err)
			}
			files[k] = b
		}
		if !bytes.Equal(files[0], files[1]) {
			differ++
		}
	}
	if differ == 0 {
		t.Error("blocks of JPEG that reach out of a hole change nothing: the test above proves nothing")
	}
}

func TestPicturesAreOneBitOnACanvas(t *testing.T) {
	b, err := Bilevel(Sheet{Picture: image.NewRGBA(image.Rect(0, 0, 600, 800)), DPI: 100})
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width != canvases[0].X || c.Height != canvases[0].Y {
		t.Errorf("%v %v", c, err)
	}
	if b[24] != 1 {
		t.Errorf("%d bits a pixel", b[24])
	}
	for _, chunk := range []string{"tEXt", "tIME", "pHYs", "eXIf"} {
		if bytes.Contains(b, []byte(chunk)) {
			t.Errorf("it has a chunk %s", chunk)
		}
	}
	if _, err := Bilevel(Sheet{Picture: image.NewRGBA(image.Rect(0, 0, 9000, 100)), DPI: 100}); err == nil {
		t.Error("a page of 90 inches lies on a canvas")
	}
}

func TestWhatTakesAwayBlueAloneIsNotInAFacsimile(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	clean := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for i := range clean.Pix {
		clean.Pix[i] = uint8(r.IntN(256))
	}
	marked := image.NewRGBA(clean.Bounds())
	copy(marked.Pix, clean.Pix)
	for i := 2; i < len(marked.Pix); i += 4 {
		marked.Pix[i] = uint8(r.IntN(1 + int(marked.Pix[i])))
	}
	var files [2][]byte
	for i, m := range []image.Image{clean, marked} {
		var err error
		if files[i], err = Bilevel(Sheet{Picture: opaque{m}, DPI: 100}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the facsimiles differ")
	}
	for c, want := range map[color.RGBA]bool{
		{R: 200, G: 20, B: 30, A: 255}: true, {R: 30, G: 40, B: 190, A: 255}: true, {R: 20, G: 100, B: 40, A: 255}: true,
		{R: 255, G: 240, B: 0, A: 255}: false, {R: 250, G: 250, B: 250, A: 255}: false,
	} {
		if dark(c) != want {
			t.Errorf("%v is black: %v", c, !want)
		}
	}
}

// opaque shows a picture's colours and hides how it keeps them.
type opaque struct{ image.Image }

func (o opaque) At(x, y int) color.Color {
	c := o.Image.(*image.RGBA).RGBAAt(x, y)
	return color.RGBA{c.R, c.G, c.B, 255}
}

func TestYellowDotsAndTintsAreNotInAFacsimile(t *testing.T) {
	clean := image.NewRGBA(image.Rect(0, 0, 800, 600))
	draw.Draw(clean, clean.Bounds(), image.NewUniform(color.RGBA{250, 250, 248, 255}), image.Point{}, draw.Src)
	draw.Draw(clean, image.Rect(100, 100, 500, 140), image.Black, image.Point{}, draw.Src)
	marked := image.NewRGBA(clean.Bounds())
	draw.Draw(marked, clean.Bounds(), clean, image.Point{}, draw.Src)
	r := rand.New(rand.NewPCG(3, 3))
	for range 4000 {
		marked.SetRGBA(r.IntN(800), r.IntN(90), color.RGBA{250, 250, uint8(60 + r.IntN(150)), 255})
	}
	draw.Draw(marked, image.Rect(550, 300, 700, 500), image.NewUniform(color.RGBA{236, 236, 240, 255}), image.Point{}, draw.Src)
	var files [2][]byte
	for i, m := range []image.Image{clean, marked} {
		var err error
		if files[i], err = Bilevel(Sheet{Picture: m, DPI: 100}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the facsimiles differ")
	}
}
