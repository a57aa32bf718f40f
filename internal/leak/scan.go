package leak

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"slices"

	"vidimus/internal/typeset"
)

// scanner turns clean pages into the bytes of a file as a machine with faults
// would have made it. The faults are drawn from noise, which has a seed.
type scanner func(pages []*image.Gray, noise *rand.Rand) ([]byte, error)

// scanDPI is how finely pages are drawn before anything is done to them.
const scanDPI = 200

// scanned draws a document on paper and scans that.
func scanned(d Document, blocks []block, set *typeset.Setter) ([]byte, []Page, error) {
	sheets, pages := drawn(d, blocks, set)
	data, err := d.Scan(sheets, rand.New(rand.NewPCG(uint64(len(d.Name)), 3017)))
	return data, pages, err
}

// drawn gives the clean pages of a document that is scanned later.
func drawn(d Document, blocks []block, set *typeset.Setter) ([]*image.Gray, []Page) {
	var sheets []*image.Gray
	c := &composer{doc: d, set: set, add: func() surface {
		p := newPaper()
		sheets = append(sheets, p.picture)
		return p
	}}
	c.compose(blocks)
	return sheets, c.pages
}

// paper is a page drawn in dots.
type paper struct{ picture *image.Gray }

func newPaper() paper {
	p := image.NewGray(image.Rect(0, 0, dots(pageWidth), dots(pageHeight)))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	return paper{p}
}

// dots is a length in points on paper.
func dots(points float64) int { return int(math.Round(points * scanDPI / 72)) }

func (p paper) Text(l typeset.Line, size, x, y float64) {
	const scale = scanDPI / 72.0
	r := typeset.NewRaster(p.picture, size*scale)
	r.Line(l, x*scale, y*scale, 0, p.picture.Rect.Dy())
}

// Ink draws a line several times, each a little beside the other: bold.
func (p paper) Ink(l typeset.Line, size, x, y float64) {
	for _, dx := range []float64{-0.15, 0.15} {
		for _, dy := range []float64{-0.15, 0.15} {
			p.Text(l, size, x+dx, y+dy)
		}
	}
}

// Stroke is for PDF only: nothing scanned here has drawings.
func (p paper) Stroke(float64, ...float64) {}

// clean keeps one bit a dot, with a few specks of dust.
func clean(pages []*image.Gray, noise *rand.Rand) ([]byte, error) {
	var pdf typeset.PDF
	for _, p := range pages {
		if !empty(p) {
			dust(p, noise, 250)
		}
		pdf.AddBits(p, scanDPI)
	}
	return pdf.Bytes(), nil
}

// skewed lays each page on the glass a little turned, in grey.
func skewed(pages []*image.Gray, noise *rand.Rand) ([]byte, error) {
	var pdf typeset.PDF
	pdf.About("Creator", "Practice Scanner 9")
	for i, p := range pages {
		angle := (2.3 - 3.7*float64(i)) * math.Pi / 180
		sin, cos := math.Sincos(angle)
		middle := point{float64(p.Rect.Dx()) / 2, float64(p.Rect.Dy()) / 2}
		turned := warped(p, p.Rect.Size(), 225, func(x, y float64) (float64, float64) {
			x, y = x-middle.x, y-middle.y
			return x*cos - y*sin + middle.x, x*sin + y*cos + middle.y
		})
		grain(turned, noise, 9)
		data, err := jpegOf(turned, 40)
		if err != nil {
			return nil, err
		}
		pdf.AddJPEG(data, turned.Rect.Size(), scanDPI)
	}
	return pdf.Bytes(), nil
}

type point struct{ x, y float64 }

// photographed is the first page as a telephone saw it on a table: from above
// and a little aside, darker toward one corner. The file says where it was
// taken, as telephones do; the place lies in the middle of an ocean.
func photographed(pages []*image.Gray, noise *rand.Rand) ([]byte, error) {
	p := pages[0]
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	size := image.Pt(p.Rect.Dx()+260, p.Rect.Dy()+240)
	shot := warped(p, size, 96, func(x, y float64) (float64, float64) {
		x, y = x-130, y-110
		far := 1 + 0.00007*y
		return (x-w/2)*far + w/2 + 0.02*y, y*(1+0.00003*x) + 0.012*(x-w/2)
	})
	for y := range size.Y {
		for x := range size.X {
			light := 0.97 - 0.33*float64(x)/float64(size.X)*float64(y)/(h+240)
			i := shot.PixOffset(x, y)
			shot.Pix[i] = byte(float64(shot.Pix[i]) * light)
		}
	}
	grain(shot, noise, 12)
	data, err := jpegOf(shot, 45)
	if err != nil {
		return nil, err
	}
	return withPlace(data), nil
}

// upsideDown scans each page the wrong way round.
func upsideDown(pages []*image.Gray, noise *rand.Rand) ([]byte, error) {
	for _, p := range pages {
		dust(p, noise, 400)
		for i, j := 0, len(p.Pix)-1; i < j; i, j = i+1, j-1 {
			p.Pix[i], p.Pix[j] = p.Pix[j], p.Pix[i]
		}
	}
	return tiffOf(pages, scanDPI, scanDPI)
}

// faxed sends the pages down a bad line: coarse, one bit a dot, the sender's
// line above, and bands where the line was lost.
func faxed(pages []*image.Gray, noise *rand.Rand) ([]byte, error) {
	for _, p := range pages {
		coarse(p)
		dust(p, noise, 2500)
		for range 3 {
			band(p, noise)
		}
	}
	return tiffOf(pages, scanDPI, scanDPI)
}

// coarse doubles every second row, as the coarser of the two resolutions does.
func coarse(p *image.Gray) {
	for y := 0; y+1 < p.Rect.Dy(); y += 2 {
		copy(p.Pix[(y+1)*p.Stride:(y+2)*p.Stride], p.Pix[y*p.Stride:(y+1)*p.Stride])
	}
}

// band breaks the lines of a strip up: each is moved sidewards by some dots.
// It keeps clear of the marks.
func band(p *image.Gray, noise *rand.Rand) {
	top := dots(above) + noise.IntN(dots(below-above)-40)
	for y := top; y < top+7+noise.IntN(14); y++ {
		row := p.Pix[y*p.Stride : (y+1)*p.Stride]
		moved := append([]byte{}, row...)
		by := noise.IntN(120)
		copy(row, moved[by:])
		copy(row[len(row)-by:], moved[:by])
		for x := range row {
			if noise.IntN(9) == 0 {
				row[x] = 0
			}
		}
	}
}

func empty(p *image.Gray) bool { return slices.Min(p.Pix) == 255 }

// dust puts n specks on a page.
func dust(p *image.Gray, noise *rand.Rand, n int) {
	for range n {
		x, y := noise.IntN(p.Rect.Dx()-1), noise.IntN(p.Rect.Dy()-1)
		p.Pix[p.PixOffset(x, y)] = 0
		if noise.IntN(3) == 0 {
			p.Pix[p.PixOffset(x+1, y)] = 0
		}
	}
}

// grain makes every dot a little lighter or darker.
func grain(p *image.Gray, noise *rand.Rand, most int) {
	for i, v := range p.Pix {
		p.Pix[i] = byte(min(255, max(0, int(v)+noise.IntN(2*most+1)-most)))
	}
}

// warped gives a picture of a size whose dot x, y shows the page at from(x, y),
// the mean of the four dots around; what lies beside the page is ground.
func warped(p *image.Gray, size image.Point, ground byte, from func(x, y float64) (float64, float64)) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: size})
	at := func(x, y int) float64 {
		if image.Pt(x, y).In(p.Rect) {
			return float64(p.Pix[p.PixOffset(x, y)])
		}
		return float64(ground)
	}
	for y := range size.Y {
		for x := range size.X {
			fx, fy := from(float64(x), float64(y))
			left, top := math.Floor(fx), math.Floor(fy)
			u, v := fx-left, fy-top
			i, j := int(left), int(top)
			out.Pix[out.PixOffset(x, y)] = byte(
				(at(i, j)*(1-u)+at(i+1, j)*u)*(1-v) + (at(i, j+1)*(1-u)+at(i+1, j+1)*u)*v)
		}
	}
	return out
}

func jpegOf(p *image.Gray, quality int) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write a JPEG: %w", err)
	}
	return b.Bytes(), nil
}
