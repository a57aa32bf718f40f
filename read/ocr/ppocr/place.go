package ppocr

import (
	"image"
	"math"
	"unicode"
)

// chars places the characters of a line on its picture. The steps say where
// the middle of each is; the ink between two says where one ends.
func chars(m *image.Gray, wide int, found []peak) []Char {
	if len(found) == 0 {
		return nil
	}
	w := m.Rect.Dx()
	perStep := float64(w) / float64(wide) * stepWide
	ink := columns(m)
	middles := make([]float64, len(found))
	for i, p := range found {
		middles[i] = min(p.at*perStep, float64(w))
	}
	bounds := make([]int, len(found)+1)
	bounds[len(found)] = w
	for i := 1; i < len(found); i++ {
		bounds[i] = between(ink, middles[i-1], middles[i], bounds[i-1])
	}
	all := make([]Char, 0, len(found))
	for i, p := range found {
		x0, x1 := bounds[i], bounds[i+1]
		reach := int(math.Ceil(float64(m.Rect.Dy()) * 0.75)) // no character is wider than its line is high
		x0, x1 = max(x0, int(middles[i])-reach), min(x1, int(middles[i])+reach+1)
		x0, x1 = tight(ink, x0, x1)
		if x0 < x1 && !unicode.Is(unicode.Cc, p.r) {
			all = append(all, Char{p.r, image.Rect(x0, 0, x1, m.Rect.Dy()), min(p.confidence, 1)})
		}
	}
	return all
}

// columns is how much ink each column has.
func columns(m *image.Gray) []int {
	ink := make([]int, m.Rect.Dx())
	for y := range m.Rect.Dy() {
		for x, v := range m.Pix[y*m.Stride : y*m.Stride+len(ink)] {
			ink[x] += 255 - int(v)
		}
	}
	return ink
}

// between finds the column that parts two characters: the whitest of those
// around the middle of their middles, the nearer the better.
func between(ink []int, a, b float64, least int) int {
	half, reach := (a+b)/2, (b-a)*0.4
	best, at := math.Inf(1), int(half)
	for x := max(int(half-reach), least+1); x <= int(half+reach) && x < len(ink); x++ {
		far := (float64(x) - half) / max(reach, 1)
		if cost := float64(ink[x])*(1+far*far) + 40*far*far; cost < best {
			best, at = cost, x
		}
	}
	return min(max(at, least+1), len(ink))
}

// faint is how much ink a column may have that counts as white: a pixel of
// noise here and there.
const faint = 160

// tight leaves white columns out at both sides.
func tight(ink []int, x0, x1 int) (int, int) {
	a, b := x0, x1
	for a < b && ink[a] < faint {
		a++
	}
	for b > a && ink[b-1] < faint {
		b--
	}
	if a == b {
		return x0, x1
	}
	return a, b
}
