package trace

import (
	"image"
	"math"

	"vidimus"
)

// leastTinted is the shorter side, in inches, of what may be a page.
const leastTinted = 4

// tint finds a faint picture under the text of one page. On a page drawn by a
// program the paper is one colour, so that any other light colour away from
// ink is something. On a scan paper is never one colour: there only several
// pages together tell (Tints).
func (p Picture) tint(light plane) (vidimus.Box, Certainty) {
	if p.smaller(leastTinted) {
		return vidimus.Box{}, "" // a picture within a document, no page
	}
	paper, share := mode(light)
	if !p.Drawn && !p.Lossless { // JPEG rounds paper to one tone, and leaves others
		return vidimus.Box{}, CannotTell
	}
	if paper < 200 || share < 0.5 {
		return vidimus.Box{}, CannotTell
	}
	ink := light.inked(170, max(2, int(p.DPI/60)))
	flat := flatTones(light)
	var box image.Rectangle
	n := 0
	for y := range light.h {
		for x := range light.w {
			i := y*light.w + x
			if v := light.v[i]; !flat[min(max(v, 0), 255)] && (ink[i] || v == paper || v < 170) {
				continue
			}
			n++
			box = box.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	if float64(n) < 0.0005*float64(len(light.v)) {
		return vidimus.Box{}, ""
	}
	return p.points(box.Add(p.Image.Bounds().Min)), Suspected
}

// flatTones are the tones between ink and what is faint that much of the page
// has: the edges of letters have all of them, and little of each.
func flatTones(p plane) (flat [256]bool) {
	var n [256]int
	for _, v := range p.v {
		n[min(max(v, 0), 255)]++
	}
	for v := 128; v < 170; v++ {
		flat[v] = float64(n[v]) > 0.003*float64(len(p.v))
	}
	return flat
}

// mode gives the most frequent lightness and its share.
func mode(p plane) (int16, float64) {
	var n [256]int
	for _, v := range p.v {
		n[min(max(v, 0), 255)]++
	}
	best := 0
	for v := range n {
		if n[v] > n[best] {
			best = v
		}
	}
	return int16(best), float64(n[best]) / float64(max(1, len(p.v)))
}

// Tints gathers the paper of a document's pages, to find a faint picture that
// all of them have and none shows alone: where the mean of every other page
// looks like the mean of the rest, beyond what light and margins explain.
type Tints struct{ odd, even sheet }

// tintGrid is how many cells a page has on a side, whatever its size.
const tintGrid = 96

// sheet sums what lies between the ink of pages.
type sheet struct {
	pages int
	sum   [tintGrid * tintGrid]float64
	n     [tintGrid * tintGrid]int
}

// Add takes in a page.
func (t *Tints) Add(s *Sight) {
	to := &t.odd
	if t.odd.pages > t.even.pages {
		to = &t.even
	}
	to.pages++
	light := s.light
	if light.w < tintGrid || light.h < tintGrid {
		return
	}
	ink := light.inked(150, max(2, int(s.DPI/50)))
	around := light.paperAround(ink, light.w/12)
	for y := range light.h {
		row := y * tintGrid / light.h * tintGrid
		for x := range light.w {
			i := y*light.w + x
			if ink[i] {
				continue
			}
			cell := row + x*tintGrid/light.w
			to.sum[cell] += float64(light.v[i] - around.v[i])
			to.n[cell]++
		}
	}
}

// Found reports a faint picture that the pages share. With fewer than four
// pages it cannot tell.
func (t *Tints) Found() Certainty {
	if t.odd.pages < 2 || t.even.pages < 2 {
		return CannotTell
	}
	var a, b []float64
	for i := range t.odd.sum {
		if t.odd.n[i] < 8 || t.even.n[i] < 8 {
			continue
		}
		a = append(a, t.odd.sum[i]/float64(t.odd.n[i]))
		b = append(b, t.even.sum[i]/float64(t.even.n[i]))
	}
	if len(a) < tintGrid*tintGrid/8 {
		return CannotTell
	}
	if correlation(a, b) > 0.6 && spread(a) > 0.15 {
		return Suspected
	}
	return ""
}

func correlation(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
