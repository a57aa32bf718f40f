package trace

import (
	"image"
	"image/color"

	"vidimus"
)

// Picture is a page as it looks, for the detectors that look at pixels.
type Picture struct {
	Image    image.Image
	DPI      float64
	Lossless bool // no step on the way here threw detail away, as JPEG does
	Drawn    bool // by a program, from no picture: what is not seen here is not there
}

// Sight is a picture taken apart once, for all that looks at it.
type Sight struct {
	Picture
	light, yellow plane
	coloured      bool
}

// Sight takes the picture apart.
func (p Picture) Sight() *Sight {
	s := &Sight{Picture: p}
	s.light, s.yellow, s.coloured = planes(p.Image)
	return s
}

// Look finds the marks that can be seen on one page's picture. What may be
// there and cannot be told from this picture is a trace of CannotTell.
func (s *Sight) Look() []Trace {
	all := s.dots(s.light, s.yellow, s.coloured)
	if box, how := s.tint(s.light); how != "" {
		all = append(all, Trace{Kind: FaintTint, Certainty: how, In: inPicture, Box: box})
	}
	for _, box := range s.codes(s.light) {
		all = append(all, Trace{Kind: MachineCode, Certainty: Found, In: inPicture, Box: box})
	}
	return all
}

// Coloured reports a picture with any pixel that is not grey.
func (s *Sight) Coloured() bool { return s.coloured }

// inPicture is what Trace.In says of what was seen and not read.
const inPicture = "picture"

// points makes of pixels a box in points.
func (p Picture) points(r image.Rectangle) vidimus.Box {
	b := p.Image.Bounds()
	f := 72 / p.DPI
	return vidimus.Box{
		X0: float64(r.Min.X-b.Min.X) * f, Y0: float64(r.Min.Y-b.Min.Y) * f,
		X1: float64(r.Max.X-b.Min.X) * f, Y1: float64(r.Max.Y-b.Min.Y) * f,
	}
}

// plane is one number for each pixel.
type plane struct {
	w, h int
	v    []int16
}

func (p plane) at(x, y int) int16 { return p.v[y*p.w+x] }

// planes gives the lightness of each pixel and how yellow it is: (R+G)/2−B.
func planes(m image.Image) (light, yellow plane, coloured bool) {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	light = plane{w, h, make([]int16, w*h)}
	yellow = plane{w, h, make([]int16, w*h)}
	put := func(i int, r, g, b int16) {
		light.v[i] = int16((77*int32(r) + 150*int32(g) + 29*int32(b)) >> 8)
		yellow.v[i] = (r+g)/2 - b
		coloured = coloured || r != g || g != b
	}
	switch src := m.(type) {
	case interface{ RGB() []byte }:
		for i, rgb := 0, src.RGB(); i < w*h; i, rgb = i+1, rgb[3:] {
			put(i, int16(rgb[0]), int16(rgb[1]), int16(rgb[2]))
		}
	case *image.RGBA:
		for y := range h {
			row := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range w {
				put(y*w+x, int16(row[4*x]), int16(row[4*x+1]), int16(row[4*x+2]))
			}
		}
	case *image.Gray:
		for y := range h {
			row := src.Pix[src.PixOffset(b.Min.X, b.Min.Y+y):]
			for x := range w {
				light.v[y*w+x] = int16(row[x])
			}
		}
	default:
		for y := range h {
			for x := range w {
				c := color.NRGBAModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
				put(y*w+x, int16(c.R), int16(c.G), int16(c.B))
			}
		}
	}
	return light, yellow, coloured
}

// blurred gives the mean of the square of side 2r+1 around each pixel.
func (p plane) blurred(r int) plane {
	sums := make([]int64, (p.w+1)*(p.h+1))
	for y := range p.h {
		row := int64(0)
		for x := range p.w {
			row += int64(p.at(x, y))
			sums[(y+1)*(p.w+1)+x+1] = sums[y*(p.w+1)+x+1] + row
		}
	}
	out := plane{p.w, p.h, make([]int16, len(p.v))}
	for y := range p.h {
		y0, y1 := max(0, y-r), min(p.h, y+r+1)
		for x := range p.w {
			x0, x1 := max(0, x-r), min(p.w, x+r+1)
			s := sums[y1*(p.w+1)+x1] - sums[y0*(p.w+1)+x1] - sums[y1*(p.w+1)+x0] + sums[y0*(p.w+1)+x0]
			out.v[y*p.w+x] = int16(s / int64((x1-x0)*(y1-y0)))
		}
	}
	return out
}

// inked marks the pixels within r of one darker than limit: along the rows,
// then along the columns.
func (p plane) inked(limit int16, r int) []bool {
	wide := make([]bool, len(p.v))
	for y := range p.h {
		row, out := p.v[y*p.w:(y+1)*p.w], wide[y*p.w:(y+1)*p.w]
		done := 0 // of out
		for x, v := range row {
			if v < limit {
				for done = max(done, x-r); done < min(p.w, x+r+1); done++ {
					out[done] = true
				}
			}
		}
	}
	out, above := make([]bool, len(p.v)), make([]int, p.w) // rows since the last mark
	mark := func(y int) {
		for x := range p.w {
			if above[x]++; wide[y*p.w+x] {
				above[x] = 0
			}
		}
	}
	for x := range above {
		above[x] = 2*r + 1
	}
	for y := range p.h + r {
		if y < p.h {
			mark(y)
		} else {
			for x := range above {
				above[x]++
			}
		}
		if y < r {
			continue
		}
		to := out[(y-r)*p.w : (y-r+1)*p.w]
		for x, n := range above {
			to[x] = n <= 2*r
		}
	}
	return out
}

// paperAround is blurred with the pixels that are ink left out, so that the
// text does not darken the paper beside it.
func (p plane) paperAround(ink []bool, r int) plane {
	bare, share := plane{p.w, p.h, make([]int16, len(p.v))}, plane{p.w, p.h, make([]int16, len(p.v))}
	for i, v := range p.v {
		if !ink[i] {
			bare.v[i], share.v[i] = v<<5, 1<<12
		}
	}
	bare, share = bare.blurred(r), share.blurred(r)
	for i, n := range share.v {
		if n > 0 {
			bare.v[i] = int16(int32(bare.v[i]) << 7 / int32(n))
		}
	}
	return bare
}
