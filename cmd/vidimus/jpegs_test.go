//go:build linux

package main

import (
	"encoding/binary"
	"image"
	"math"
)

// jpegWay is a way in which JPEG can be written.
type jpegWay struct {
	across, down int // samples of light to one of colour
	buildsUp     bool
	unfinished   bool // the fine parts of what builds up are missing
	quality      int
}

// plane is one of light and two colours, in whole blocks.
type plane struct {
	wide, high int // blocks
	values     []float64
}

// bytes writes a picture as JPEG: in one scan, or in one of the blocks' means
// and one of each plane's rest (T.81). Its codes are all of one length.
func (w jpegWay) bytes(m *image.RGBA) []byte {
	table := byte(max(1, (100-w.quality)/2))
	planes := w.planes(m)
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body ...byte) {
		b = binary.BigEndian.AppendUint16(append(b, 0xff, marker), uint16(len(body)+2))
		b = append(b, body...)
	}
	rounding := make([]byte, 65)
	for i := range 64 {
		rounding[i+1] = table
	}
	segment(0xdb, rounding...)
	size, marker := m.Bounds().Size(), byte(0xc0)
	if w.buildsUp {
		marker = 0xc2
	}
	segment(marker, 8, byte(size.Y>>8), byte(size.Y), byte(size.X>>8), byte(size.X), 3, 1, byte(w.across<<4|w.down), 0, 2, 0x11, 0, 3, 0x11, 0)
	segment(0xc4, flatCodes(0x00, 4, 12)...)
	segment(0xc4, flatCodes(0x10, 8, 0)...)
	last := byte(63)
	if w.buildsUp {
		last = 0
	}
	segment(0xda, 3, 1, 0, 2, 0, 3, 0, 0, last, 0)
	s := codes{table: float64(table)}
	for my := range planes[1].high {
		for mx := range planes[1].wide {
			for c, p := range planes {
				for y := range p.high / planes[1].high {
					for x := range p.wide / planes[1].wide {
						s.block(p, mx*(p.wide/planes[1].wide)+x, my*(p.high/planes[1].high)+y, c, !w.buildsUp)
					}
				}
			}
		}
	}
	b = append(b, s.end()...)
	for c, p := range planes {
		if !w.buildsUp || w.unfinished && c == 0 {
			continue
		}
		segment(0xda, 1, byte(c+1), 0, 1, 63, 0)
		s := codes{table: float64(table)}
		unit := image.Pt(8, 8)
		if c > 0 {
			unit = image.Pt(8*w.across, 8*w.down)
		}
		for y := range (size.Y + unit.Y - 1) / unit.Y {
			for x := range (size.X + unit.X - 1) / unit.X {
				s.rest(p.transformed(x, y, s.table))
			}
		}
		b = append(b, s.end()...)
	}
	return append(b, 0xff, 0xd9)
}

// planes parts a picture into light and two colours; colour is the mean of the
// pixels that share it.
func (w jpegWay) planes(m *image.RGBA) (all [3]plane) {
	size := m.Bounds().Size()
	wide, high := (size.X+8*w.across-1)/(8*w.across), (size.Y+8*w.down-1)/(8*w.down)
	for c := range all {
		stepX, stepY := w.across, w.down
		all[c].wide, all[c].high = wide, high
		if c == 0 {
			stepX, stepY = 1, 1
			all[c].wide, all[c].high = wide*w.across, high*w.down
		}
		all[c].values = make([]float64, 64*all[c].wide*all[c].high)
		for y := range 8 * all[c].high {
			for x := range 8 * all[c].wide {
				sum := 0.0
				for dy := range stepY {
					for dx := range stepX {
						p := m.RGBAAt(min(x*stepX+dx, size.X-1), min(y*stepY+dy, size.Y-1))
						r, g, b := float64(p.R), float64(p.G), float64(p.B)
						sum += [3]float64{0.299*r + 0.587*g + 0.114*b - 128, -0.1687*r - 0.3313*g + 0.5*b, 0.5*r - 0.4187*g - 0.0813*b}[c]
					}
				}
				all[c].values[y*8*all[c].wide+x] = sum / float64(stepX*stepY)
			}
		}
	}
	return all
}

var cosines = func() (c [8][8]float64) {
	for u := range 8 {
		for x := range 8 {
			c[u][x] = math.Cos(float64(2*x+1)*float64(u)*math.Pi/16) / 2
			if u == 0 {
				c[u][x] /= math.Sqrt2
			}
		}
	}
	return c
}()

// transformed gives a block's numbers, rounded, in zigzag order.
func (p plane) transformed(bx, by int, table float64) (out [64]int) {
	var half, full [8][8]float64
	for y := range 8 {
		row := p.values[(8*by+y)*8*p.wide+8*bx:]
		for u := range 8 {
			for x := range 8 {
				half[y][u] += row[x] * cosines[u][x]
			}
		}
	}
	for v := range 8 {
		for u := range 8 {
			for y := range 8 {
				full[v][u] += half[y][u] * cosines[v][y]
			}
		}
	}
	x, y := 0, 0
	for i := range out {
		out[i] = int(math.Round(full[y][x] / table))
		switch up := (x+y)%2 == 0; {
		case up && x == 7:
			y++
		case up && y == 0:
			x++
		case up:
			x, y = x+1, y-1
		case y == 7:
			x++
		case x == 0:
			y++
		default:
			x, y = x-1, y+1
		}
	}
	return out
}

// flatCodes is a table of codes of one length: for the means, or for the rest:
// runs of zeros and how many bits a number has.
func flatCodes(class byte, length, means int) []byte {
	b := make([]byte, 17)
	b[0] = class
	for i := range means {
		b = append(b, byte(i))
	}
	if means == 0 {
		b = append(append(b, restSymbols...), 0)
	}
	b[length] = byte(len(b) - 17)
	return b
}

// restSymbols are all but the one that ends a block, which comes last.
var restSymbols = func() (all []byte) {
	for run := range 16 {
		for bits := range 10 {
			all = append(all, byte(run<<4|bits+1))
		}
	}
	return append(all, 0xf0)
}()

// codes writes codes bit by bit.
type codes struct {
	table float64
	mean  [3]int
	out   []byte
	held  uint32
	bits  int
}

func (s *codes) put(v uint32, n int) {
	for n--; n >= 0; n-- {
		s.held = s.held<<1 | v>>n&1
		if s.bits++; s.bits == 8 {
			s.out = append(s.out, byte(s.held))
			if byte(s.held) == 0xff {
				s.out = append(s.out, 0)
			}
			s.held, s.bits = 0, 0
		}
	}
}

func (s *codes) end() []byte {
	for s.bits != 0 {
		s.put(1, 1)
	}
	return s.out
}

// number writes a number's own bits after its code (T.81, F.1.2.1).
func (s *codes) number(v, bits int) {
	if v < 0 {
		v--
	}
	s.put(uint32(v)&(1<<bits-1), bits)
}

func bitsOf(v int) (n int) {
	for v = max(v, -v); v > 0; v >>= 1 {
		n++
	}
	return n
}

func (s *codes) block(p plane, x, y, c int, whole bool) {
	all := p.transformed(x, y, s.table)
	v := all[0] - s.mean[c]
	s.mean[c] = all[0]
	s.put(uint32(bitsOf(v)), 4)
	s.number(v, bitsOf(v))
	if whole {
		s.rest(all)
	}
}

func (s *codes) rest(all [64]int) {
	run := 0
	for _, v := range all[1:] {
		if v == 0 {
			run++
			continue
		}
		for ; run > 15; run -= 16 {
			s.put(uint32(len(restSymbols)-1), 8)
		}
		s.put(uint32(10*run+bitsOf(v)-1), 8)
		s.number(v, bitsOf(v))
		run = 0
	}
	if run > 0 {
		s.put(uint32(len(restSymbols)), 8)
	}
}
