//go:build linux

package main

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/image/tiff"

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
	rounds := 36
	if testing.Short() {
		rounds = 18
	}
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 10_008
	}
	walls, err := standing(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	sorts := []func(*rand.Rand) hidden{drawnLine, smallPicture}
	for _, s := range scans {
		sorts = append(sorts, s.hidden)
	}
	var counted sync.Map // by name: *atomic.Int64
	const lanes = 2
	t.Run("all", func(t *testing.T) {
		for lane := range lanes {
			t.Run(fmt.Sprint(lane), func(t *testing.T) {
				t.Parallel()
				w, err := sandbox.Start(t.Context(), pipeline.WorkerKind, walls)
				if err != nil {
					t.Fatal(err)
				}
				defer w.Close()
				for i := lane; i < rounds; i += lanes {
					h := sorts[i/lanes%len(sorts)](rand.New(rand.NewPCG(uint64(i), 13)))
					if !bytes.Equal(facsimileOf(t, w, h, 0), facsimileOf(t, w, h, 1)) {
						t.Fatalf("round %d, %s: what is hidden is seen", i, h.name)
					}
					n, _ := counted.LoadOrStore(h.name, new(atomic.Int64))
					n.(*atomic.Int64).Add(1)
				}
			})
		}
	})
	for name, n := range counted.Range {
		t.Log(name, n.(*atomic.Int64).Load())
	}
}

// facsimileOf gives the picture of one original of a pair.
func facsimileOf(t *testing.T, w *sandbox.Worker, h hidden, which int) []byte {
	t.Helper()
	file := h.files[which]
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
	picture, err := protect.Bilevel(sheet)
	if err != nil {
		t.Fatal(h.name, err)
	}
	return picture
}

// Of small pages, in points.
const holeWidth, holeHeight = 144.0, 120.0

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
			fmt.Fprintf(&c, "BT /F %.2f Tf 1 0 0 1 12 %.2f Tm (%s) Tj ET\n", size, 108-line*float64(i), v)
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

// scan is a way in which a page that is one picture comes.
type scan struct {
	name   string
	file   func(m *image.RGBA, quality int) []byte // nil where it lies in a PDF without loss
	jpeg   jpegWay                                 // in a PDF, where it is given
	turned bool                                    // the page shows it on its side
	dpi    float64                                 // as the file says
}

// asJPEG are pictures that lie by themselves.
func asJPEG(w jpegWay) func(*image.RGBA, int) []byte {
	return func(m *image.RGBA, quality int) []byte {
		w.quality = quality
		return w.bytes(m)
	}
}

func lossless(file func(image.Image) []byte) func(*image.RGBA, int) []byte {
	return func(m *image.RGBA, _ int) []byte { return file(m) }
}

var scans = []scan{
	{name: "PDF, lossless"},
	{name: "PDF, lossless, turned", turned: true},
	{name: "PNG", file: lossless(pngFile)},
	{name: "TIFF", file: lossless(tiffFile), dpi: 72},
	{name: "JPEG 4:2:0", file: asJPEG(jpegWay{across: 2, down: 2})},
	{name: "JPEG 4:4:4", file: asJPEG(jpegWay{across: 1, down: 1})},
	{name: "JPEG 4:1:0, building up", file: asJPEG(jpegWay{across: 4, down: 2, buildsUp: true})},
	{name: "PDF, JPEG 4:2:0", jpeg: jpegWay{across: 2, down: 2}},
	{name: "PDF, JPEG 4:4:4", jpeg: jpegWay{across: 1, down: 1}},
	{name: "PDF, JPEG 4:4:0", jpeg: jpegWay{across: 1, down: 2}},
	{name: "PDF, JPEG, fourfold down", jpeg: jpegWay{across: 1, down: 4}},
	{name: "PDF, JPEG, fourfold down and across", jpeg: jpegWay{across: 4, down: 4}},
	{name: "PDF, JPEG 4:1:1, turned", jpeg: jpegWay{across: 4, down: 1}, turned: true},
	{name: "PDF, JPEG 4:2:0, building up", jpeg: jpegWay{across: 2, down: 2, buildsUp: true}},
	{name: "PDF, JPEG 4:2:0, building up, unfinished", jpeg: jpegWay{across: 2, down: 2, buildsUp: true, unfinished: true}},
	{name: "PDF, JPEG, fourfold down, building up, unfinished", jpeg: jpegWay{across: 1, down: 4, buildsUp: true, unfinished: true}},
}

// hidden makes a pair of scans.
func (s scan) hidden(r *rand.Rand) hidden {
	dpi := []float64{72, 96, 150, 200, 240}[r.IntN(5)]
	switch {
	case s.dpi > 0:
		dpi = s.dpi
	case s.file != nil:
		dpi = 150 // what is taken where a file does not say
	}
	quality := []int{95, 85, 70, 40}[r.IntN(4)]
	y0 := 10 + 60*r.Float64()
	area := vidimus.Box{X1: holeWidth, Y0: y0, Y1: y0 + 6 + 16*r.Float64()}
	h := hidden{name: s.name, area: func(vidimus.Page) vidimus.Box { return area }}
	width, height, rotate := holeWidth, holeHeight, ""
	hole := image.Rect(0, int(area.Y0*dpi/72)+1, int(holeWidth*dpi/72), int(area.Y1*dpi/72))
	if s.turned {
		width, height, rotate = holeHeight, holeWidth, "/Rotate 90"
		hole = image.Rect(hole.Min.Y, hole.Min.X, hole.Max.Y, hole.Max.X)
	}
	s.jpeg.quality = quality
	seed := r.Uint64()
	for k := range h.files {
		m := noisy(int(width*dpi/72), int(height*dpi/72), hole, seed, seed+uint64(k)+1)
		if s.file != nil {
			h.files[k] = s.file(m, quality)
			continue
		}
		object := pictureObject(m, 0)
		if s.jpeg.across > 0 {
			object = jpegObject(m.Bounds().Size(), s.jpeg.bytes(m))
		}
		h.files[k] = pdfFile{width: width, height: height, page: rotate, content: fmt.Sprintf("q %v 0 0 %v 0 0 cm /I Do Q", width, height),
			objects: []string{object}}.bytes()
	}
	return h
}

// smallPicture is a fine scan over which a small coarse picture lies, packed
// with loss, half under the hole, drawn by a form that enlarges it.
func smallPicture(r *rand.Rand) hidden {
	const dpi = 200.0
	y0 := 40 + 30*r.Float64()
	area := vidimus.Box{X1: holeWidth, Y0: y0, Y1: y0 + 12}
	h := hidden{name: "a small coarse picture on a scan", area: func(vidimus.Page) vidimus.Box { return area }}
	w, ht := int(math.Round(holeWidth*dpi/72)), int(math.Round(holeHeight*dpi/72))
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
	if quality > 0 {
		return jpegObject(b.Size(), jpegOf(m, quality))
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	for i := 0; i < len(m.Pix); i += 4 {
		w.Write(m.Pix[i : i+3])
	}
	w.Close()
	return imageObject(b.Size(), "/FlateDecode", z.Bytes())
}

func jpegObject(size image.Point, file []byte) string { return imageObject(size, "/DCTDecode", file) }

func imageObject(size image.Point, filter string, packed []byte) string {
	return streamOf(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter%s", size.X, size.Y, filter), packed)
}

func tiffFile(m image.Image) []byte {
	var b bytes.Buffer
	tiff.Encode(&b, m, nil)
	return b.Bytes()
}
