package ink

import (
	"image"
	"math/bits"
	"slices"
)

// tiles is the side of the squares in which the light is measured, in pixels
// of the reduced picture.
const tile = 32

// darkest is the least light that is made up for: where less falls, there is
// nothing to read, only noise to make louder.
const darkest = 40

// Flatten makes the paper white wherever the light fell.
func Flatten(m *image.Gray) *image.Gray {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	step := 1
	for step < 2*tile && step < min(w, h)/40 {
		step *= 2
	}
	columns, rows := (w+step-1)/step, (h+step-1)/step
	light := spread(measured(m, step, columns, rows), columns, rows)
	out := image.NewGray(image.Rect(0, 0, w, h))
	var louder [256]int // 255 over the light, times 1 << 16
	for v := range louder {
		louder[v] = 255 << 16 / max(v, darkest)
	}
	unit := 2 * bits.Len(uint(step)) // 4·step·step is 1 << unit
	across := make([]int, columns)
	for y := range h {
		j, v := half(y, step, rows)
		for i := range across { // of this row, between two rows of squares
			across[i] = light[j*columns+i]*(2*step-v) + light[min(j+1, rows-1)*columns+i]*v
		}
		from, to := m.Pix[y*m.Stride:], out.Pix[y*out.Stride:]
		for i := range columns + 1 { // between the middles of two squares
			a, b := across[max(i-1, 0)], across[min(i, columns-1)]
			start := i*step - step/2
			paper, more := a*2*step+(b-a), 2*(b-a)
			for x := max(start, 0); x < min(start+step, w); x++ {
				light := (paper + more*(x-start)) >> unit
				to[x] = byte(min(int(from[x])*louder[light&0xff]>>16, 255))
			}
		}
	}
	return out
}

// half gives the square whose middle lies before a place, and how far behind
// that middle the place is, in half pixels.
func half(at, step, squares int) (int, int) {
	twice := 2*at + 1 - step
	if twice < 0 {
		return 0, 0
	}
	i := twice / (2 * step)
	if i >= squares-1 {
		return squares - 1, 0
	}
	return i, twice % (2 * step)
}

// measured gives the light on each square: what nine tenths of it fall below.
func measured(m *image.Gray, step, columns, rows int) []int {
	light := make([]int, columns*rows)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for j := range rows {
		for i := range columns {
			var count [256]int
			n := 0
			for y := j * step; y < min((j+1)*step, h); y += 2 {
				row := m.Pix[y*m.Stride+i*step : y*m.Stride+min((i+1)*step, w)]
				for _, v := range row {
					count[v]++
				}
				n += len(row)
			}
			v, left := 255, n/10
			for ; v > 0 && left-count[v] >= 0; v-- {
				left -= count[v]
			}
			light[j*columns+i] = max(v, darkest)
		}
	}
	return light
}

// spread gives every square the median of those around it and its own: a word
// in thick type is no shadow.
func spread(light []int, columns, rows int) []int {
	out := make([]int, len(light))
	around := make([]int, 0, 9)
	for j := range rows {
		for i := range columns {
			around = around[:0]
			for y := max(j-1, 0); y <= min(j+1, rows-1); y++ {
				for x := max(i-1, 0); x <= min(i+1, columns-1); x++ {
					around = append(around, light[y*columns+x])
				}
			}
			slices.Sort(around)
			out[j*columns+i] = around[len(around)*2/3]
		}
	}
	return out
}
