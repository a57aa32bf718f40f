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
	"os"
	"strings"
	"testing"

	"rsc.io/qr"
)

// quality is how a page came to us.
type quality struct {
	name  string
	look  func(sheet *image.RGBA, seed uint64) Picture
	scans bool
}

// sheetDPI is how finely a sheet of paper is drawn, before anybody scans it.
const sheetDPI = 300

var qualities = []quality{
	{"drawn by a program", func(m *image.RGBA, _ uint64) Picture { return Picture{m, sheetDPI, true, true} }, false},
	{"colour scan, 300 dpi, lossless", func(m *image.RGBA, s uint64) Picture { return Picture{glass(m, 300, s, 0.4, false), 300, true, false} }, true},
	{"colour scan, 300 dpi, JPEG 90", func(m *image.RGBA, s uint64) Picture {
		return Picture{again(glass(m, 300, s, 0.4, false), 90), 300, false, false}
	}, true},
	{"colour scan, 200 dpi, JPEG 75", func(m *image.RGBA, s uint64) Picture {
		return Picture{again(glass(m, 200, s, 0.4, false), 75), 200, false, false}
	}, true},
	{"photograph, about 180 dpi, JPEG 85", func(m *image.RGBA, s uint64) Picture {
		return Picture{again(glass(m, 180, s, 1.5, true), 85), 180, false, false}
	}, true},
}

// glass is what a scanner or, where askance, a telephone sees of a sheet: a
// little turned, not quite sharp, with noise of its own.
func glass(m *image.RGBA, dpi float64, seed uint64, degrees float64, askance bool) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 77))
	scale := sheetDPI / dpi
	b := m.Bounds()
	w, h := int(float64(b.Dx())/scale), int(float64(b.Dy())/scale)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(degrees * (2*r.Float64() - 1) * math.Pi / 180)
	for y := range h {
		for x := range w {
			dx, dy := float64(x-w/2), float64(y-h/2)
			light := 1.0
			if askance {
				far := 1 + 0.00006*dy
				dx, dy = dx*far, dy*(1+0.00003*dx)
				light = 0.85 + 0.15*float64(x)/float64(w)
			}
			c := between(m, (cos*dx-sin*dy)*scale+float64(b.Dx())/2, (sin*dx+cos*dy)*scale+float64(b.Dy())/2)
			for i := range c {
				c[i] = min(255, max(0, c[i]*light+r.NormFloat64()*4))
			}
			out.SetRGBA(x, y, color.RGBA{uint8(c[0]), uint8(c[1]), uint8(c[2]), 255})
		}
	}
	return out
}

// between gives the colour between four pixels; outside of the sheet is grey.
func between(m *image.RGBA, x, y float64) (c [3]float64) {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	fx, fy := x-float64(x0), y-float64(y0)
	for dy := range 2 {
		for dx := range 2 {
			p := color.RGBA{200, 200, 200, 255}
			if at := image.Pt(x0+dx, y0+dy); at.In(m.Bounds()) {
				p = m.RGBAAt(at.X, at.Y)
			}
			weight := math.Abs(1-float64(dx)-fx) * math.Abs(1-float64(dy)-fy)
			c[0] += weight * float64(p.R)
			c[1] += weight * float64(p.G)
			c[2] += weight * float64(p.B)
		}
	}
	return c
}

func again(m image.Image, quality int) image.Image {
	var b bytes.Buffer
	if jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}) != nil {
		return m
	}
	out, err := jpeg.Decode(&b)
	if err != nil {
		return m
	}
	return out
}

// mark plants something on a sheet; its number chooses the sort.
type mark struct {
	kind  Kind
	name  string
	plant func(m *image.RGBA, n int)
}

var marks = []mark{
	{PrinterDots, "printer dots, weak", func(m *image.RGBA, n int) { dotted(m, tilings[n%5], sheetDPI, 215, uint64(n)) }},
	{PrinterDots, "printer dots, strong", func(m *image.RGBA, n int) { dotted(m, tilings[n%5], sheetDPI, 120, uint64(n)) }},
	{MachineCode, "QR code", func(m *image.RGBA, n int) { qrOn(m, 4+n%4) }},
	{MachineCode, "bar code", func(m *image.RGBA, n int) { barsOn(m, 3+n%3, uint64(n)) }},
	{FaintTint, "faint picture, 2 %", func(m *image.RGBA, n int) { faint(m, 0.98, n) }},
	{FaintTint, "faint picture, 6 %", func(m *image.RGBA, n int) { faint(m, 0.94, n) }},
}

func qrOn(m *image.RGBA, module int) {
	code, err := qr.Encode("SAMPLE", qr.M)
	if err != nil {
		panic(err)
	}
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				draw.Draw(m, image.Rect(1700+x*module, 80+y*module, 1700+(x+1)*module, 80+(y+1)*module), image.NewUniform(color.RGBA{15, 15, 15, 255}), image.Point{}, draw.Src)
			}
		}
	}
}

func barsOn(m *image.RGBA, narrow int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 3))
	for x := 400; x < 1100; {
		n := narrow * (1 + r.IntN(3))
		draw.Draw(m, image.Rect(x, 60, x+n, 180), image.NewUniform(color.RGBA{15, 15, 15, 255}), image.Point{}, draw.Src)
		x += n + narrow*(1+r.IntN(3))
	}
}

// faint darkens a chequered figure. All pages of one document have it in the
// same place.
func faint(m *image.RGBA, tone float64, n int) {
	for y := 400; y < 900; y++ {
		for x := 600; x < 1700; x++ {
			if c := m.RGBAAt(x, y); (x/(70+10*(n%3))+y/70)%2 == 0 && c.R > 100 {
				f := func(v uint8) uint8 { return uint8(float64(v) * tone) }
				m.SetRGBA(x, y, color.RGBA{f(c.R), f(c.G), f(c.B), 255})
			}
		}
	}
}

// leaves is how many pages a document has of which a faint picture is told.
const leaves = 6

// answers is the surest thing that is said of each kind on one page, and of a
// faint picture on scans, of one document.
func answers(q quality, n, pages int, plant func(m *image.RGBA, n int)) map[Kind]Certainty {
	all := map[Kind]Certainty{}
	var tints Tints
	for page := range pages {
		m := paper(sheetDPI, 0, uint64(n*100+page))
		plant(m, n)
		sight := q.look(m, uint64(n*100+page)).Sight()
		tints.Add(sight)
		if page > 0 {
			continue
		}
		for _, t := range sight.Look() {
			if old := all[t.Kind]; old == "" || old == CannotTell || t.Certainty == Found {
				all[t.Kind] = t.Certainty
			}
		}
	}
	if q.scans && pages > 1 {
		all[FaintTint] = tints.Found()
	}
	return all
}

// Marks are found by kind and by how the page came to us; where they cannot be
// told it says so. In the sample nothing is found on clean pages; the table has
// what is, on photographs. VIDIMUS_DETECTION names
// the page of docs into which the table is written; only then all is looked at.
func TestMarksAreFoundByQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("many pages")
	}
	table := os.Getenv("VIDIMUS_DETECTION")
	all, some, n := marks, qualities, 2
	if table == "" {
		all, some, n = marks[1:3], qualities[1:4:4], 1
	}
	clean := make([]map[Kind]map[Certainty]int, len(some))
	for i, q := range some {
		clean[i] = map[Kind]map[Certainty]int{PrinterDots: {}, MachineCode: {}, FaintTint: {}}
		for k := range n {
			said := answers(q, k, one(table != "" && q.scans, leaves, 1), func(*image.RGBA, int) {})
			for kind := range clean[i] {
				clean[i][kind][said[kind]]++
			}
		}
	}
	var b strings.Builder
	b.WriteString("| planted | the page came as | found | suspected | cannot tell | none | on clean pages: found, suspected |\n|---|---|---|---|---|---|---|\n")
	for _, mk := range all {
		for i, q := range some {
			with, without := map[Certainty]int{}, clean[i][mk.kind]
			for k := range n {
				with[answers(q, k, one(mk.kind == FaintTint && q.scans, leaves, 1), mk.plant)[mk.kind]]++
			}
			if table == "" && without[Found] > 0 {
				t.Errorf("%s on clean pages, %s: %v", mk.kind, q.name, without)
			}
			if mk.kind == PrinterDots && strings.Contains(q.name, "JPEG") && with[""] > 0 {
				t.Errorf("%s, %s: it says that there are none: %v", mk.name, q.name, with)
			}
			fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d, %d of %d |\n", mk.name, q.name, with[Found], with[Suspected], with[CannotTell], with[""], without[Found], without[Suspected], n)
		}
	}
	t.Log("\n" + b.String())
	if table != "" {
		put(t, table, "Detection", b.String())
	}
}

func one(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}

// put writes text between the two comments of a name in a page of docs.
func put(t *testing.T, file, name, text string) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), "<!-- "+name+" -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end of "+name+" -->")
	if !ok || !ok2 {
		t.Fatalf("%s has no place for %s", file, name)
	}
	if err := os.WriteFile(file, []byte(before+"<!-- "+name+" -->\n"+text+"<!-- end of "+name+" -->"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
