//go:build linux

package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/read"
	"vidimus/sandbox"
)

// hidden is a pair of originals that differ only under a hole, and the hole.
type hidden struct {
	name  string // of their sort
	files [2][]byte
	area  func(p vidimus.Page) vidimus.Box
}

// Two originals that differ only under the holes give the same bytes, whatever
// they are: drawn by a program, scans packed with and without loss, in a PDF
// and by themselves. In full, 10,000 pairs: VIDIMUS_STRESS.
func TestWhatIsUnderAHoleIsNotSeenOfAnySource(t *testing.T) {
	rounds := 30
	if testing.Short() {
		rounds = 6
	}
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 10_002
	}
	walls, err := standing(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	w, err := sandbox.Start(t.Context(), pipeline.WorkerKind, walls)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	sorts := []func(*rand.Rand) hidden{drawnLine, scanned(0, false), scanned(1, false), scanned(0, true), scanned(1, true), smallPicture}
	count := map[string]int{}
	for i := range rounds {
		h := sorts[i%len(sorts)](rand.New(rand.NewPCG(uint64(i), 13)))
		var pictures [2][]byte
		for k, file := range h.files {
			doc, err := read.Open(t.Context(), w, bytes.NewReader(file), int64(len(file)), "")
			if err != nil {
				t.Fatal(h.name, err)
			}
			page, err := doc.Page(t.Context(), 1)
			if err != nil {
				t.Fatal(h.name, err)
			}
			sheet, err := pipeline.Sheet(t.Context(), doc, page, []vidimus.Box{h.area(page)})
			if err != nil {
				t.Fatal(h.name, err)
			}
			if pictures[k], err = protect.Bilevel(sheet); err != nil {
				t.Fatal(h.name, err)
			}
		}
		if !bytes.Equal(pictures[0], pictures[1]) {
			t.Fatalf("round %d, %s: what is hidden is seen", i, h.name)
		}
		count[h.name]++
	}
	t.Log(count)
}

// Of small pages, in points.
const holeWidth, holeHeight = 216.0, 144.0

// drawnLine is a page that a program drew, of which one line has other words.
// The hole is what withholding that line gives, of each by itself.
func drawnLine(r *rand.Rand) hidden {
	size := 7 + 6*r.Float64()
	word := func(n int) string {
		const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,-"
		var b strings.Builder
		for range n {
			b.WriteByte(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	at, line := 1+r.IntN(4), 20+r.Float64()
	visible := make([]string, 6)
	for i := range visible {
		visible[i] = word(4 + r.IntN(20))
	}
	h := hidden{name: "drawn"}
	for k := range h.files {
		var c strings.Builder
		for i, v := range visible {
			if i == at {
				v = "Hid " + word(1+r.IntN(24))
			}
			fmt.Fprintf(&c, "BT /F %.2f Tf 1 0 0 1 12 %.2f Tm (%s) Tj ET\n", size, 130-line*float64(i), v)
		}
		h.files[k] = pdfFile{width: holeWidth, height: holeHeight, content: c.String()}.bytes()
	}
	h.area = func(p vidimus.Page) vidimus.Box {
		start := strings.Index(p.Text, "Hid ")
		return protect.Withhold(p, 1, start, start+1, protect.Person).Box
	}
	return h
}

// noisy is a page of marks; those in the hole have another seed.
func noisy(w, h int, hole image.Rectangle, visible, under uint64) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	v, u := rand.New(rand.NewPCG(visible, 1)), rand.New(rand.NewPCG(under, 2))
	for y := range h {
		for x := range w {
			s := v.IntN(1 << 24)
			if image.Pt(x, y).In(hole) {
				s = u.IntN(1 << 24)
			}
			m.SetRGBA(x, y, color.RGBA{uint8(s), uint8(s >> 8), uint8(s >> 16), 255})
		}
	}
	return m
}

// scanned is a page that is one picture.
func scanned(lossy int, alone bool) func(*rand.Rand) hidden {
	return func(r *rand.Rand) hidden {
		dpi := []float64{72, 96, 150, 200, 240, 300}[r.IntN(6)]
		if alone {
			dpi = 150 // what is taken where a file does not say
		}
		quality := lossy * []int{95, 85, 70, 40}[r.IntN(4)]
		y0 := 10 + 90*r.Float64()
		area := vidimus.Box{X1: holeWidth, Y0: y0, Y1: y0 + 6 + 16*r.Float64()}
		h := hidden{name: fmt.Sprintf("scan, loss %v, alone %v", lossy > 0, alone), area: func(vidimus.Page) vidimus.Box { return area }}
		w, ht := int(holeWidth*dpi/72), int(holeHeight*dpi/72)
		hole := image.Rect(0, int(area.Y0*dpi/72)+1, w, int(area.Y1*dpi/72))
		seed := r.Uint64()
		for k := range h.files {
			m := noisy(w, ht, hole, seed, seed+uint64(k)+1)
			switch {
			case alone && lossy > 0:
				h.files[k] = jpegOf(m, quality)
			case alone:
				h.files[k] = pngFile(m)
			default:
				h.files[k] = pdfFile{width: holeWidth, height: holeHeight, content: fmt.Sprintf("q %v 0 0 %v 0 0 cm /I Do Q", holeWidth, holeHeight),
					objects: []string{pictureObject(m, quality)}}.bytes()
			}
		}
		return h
	}
}

// smallPicture is a fine scan over which a small coarse picture lies, packed
// with loss, half under the hole, drawn by a form that enlarges it.
func smallPicture(r *rand.Rand) hidden {
	const dpi = 200.0
	y0 := 40 + 40*r.Float64()
	area := vidimus.Box{X1: holeWidth, Y0: y0, Y1: y0 + 12}
	h := hidden{name: "a small coarse picture on a scan", area: func(vidimus.Page) vidimus.Box { return area }}
	w, ht := int(holeWidth*dpi/72), int(holeHeight*dpi/72)
	seed := r.Uint64()
	const side, pixels = 24.0, 24 // points, and pixels: 72 dpi
	top := y0 - 10                // of the picture: its lower part is under the hole
	hole := image.Rect(0, 11, pixels, pixels-2)
	for k := range h.files {
		page := noisy(w, ht, image.Rectangle{}, seed, 0)
		small := noisy(pixels, pixels, hole, seed, seed+uint64(k)+1)
		h.files[k] = pdfFile{width: holeWidth, height: holeHeight,
			content: fmt.Sprintf("q %v 0 0 %v 0 0 cm /I Do Q q %v 0 0 %v 60 %v cm /J Do Q", holeWidth, holeHeight, side, side, holeHeight-top-side),
			objects: []string{pictureObject(page, 0), streamOf("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</K 22 0 R>>>>", []byte("/K Do")), pictureObject(small, 70)},
			more:    "/J 21 0 R",
		}.bytes()
	}
	return h
}

// pictureObject is a picture in a PDF, packed as JPEG where it has a quality.
func pictureObject(m *image.RGBA, quality int) string {
	b := m.Bounds()
	filter, packed := "/DCTDecode", []byte(nil)
	if quality > 0 {
		packed = jpegOf(m, quality)
	} else {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		for i := 0; i < len(m.Pix); i += 4 {
			w.Write(m.Pix[i : i+3])
		}
		w.Close()
		filter, packed = "/FlateDecode", z.Bytes()
	}
	return streamOf(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter%s", b.Dx(), b.Dy(), filter), packed)
}
