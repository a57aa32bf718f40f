package trace

import (
	"cmp"
	"math"
	"slices"
)

// Yellow dots repeat: every pattern known from the literature (DEDA's five)
// is a tile of at most 1.28 inch, printed over the whole sheet. So the
// detector asks whether yellow specks lie at one distance from each other far
// more often than chance and than blue specks do. It never looks at which
// specks of a tile are there, which is what the pattern says.
const (
	leastDotDPI = 150  // below, a dot is no pixel
	sureDotDPI  = 200  // below, and after JPEG, absence cannot be told
	mostSpecks  = 4000 // the clearest ones
	reach       = 1.35 // inches
	nearest     = 0.10 // inches: closer specks are one dot
	clear       = 14   // deviations above the mean of all distances
	twice       = 2    // times the same of blue specks
)

func (p Picture) dots(light, yellow plane, coloured bool) []Trace {
	cannot := []Trace{{Kind: PrinterDots, Certainty: CannotTell, In: inPicture}}
	switch {
	case !coloured && p.Drawn:
		return nil
	case p.DPI < leastDotDPI || p.smaller(reach):
		return cannot
	case !coloured:
		return cannot // the colour is gone: nobody can tell what was on the sheet
	}
	ink := light.inked(150, max(1, int(p.DPI/100)))
	strength := func(sign int16) float64 { return p.repetition(specks(yellow, ink, sign, p.DPI)) }
	of, control := strength(1), strength(-1)
	switch {
	case of > clear && of > twice*control:
		return []Trace{{Kind: PrinterDots, Certainty: Found, In: inPicture}}
	case p.Lossless && p.DPI >= sureDotDPI:
		return nil
	}
	return cannot
}

// smaller reports a picture with a side of less than so many inches.
func (p Picture) smaller(inches float64) bool {
	b := p.Image.Bounds()
	return float64(min(b.Dx(), b.Dy())) < inches*p.DPI
}

type speck struct{ x, y int }

// specks are the pixels, away from ink, that are more yellow (or bluer) than
// what lies around them, the clearest first.
func specks(yellow plane, ink []bool, sign int16, dpi float64) []speck {
	around := yellow.blurred(max(2, int(dpi*0.04)))
	type found struct {
		speck
		v int16
	}
	var all []found
	for y := 1; y < yellow.h-1; y++ {
		for x := 1; x < yellow.w-1; x++ {
			i := y*yellow.w + x
			v := sign * (yellow.v[i] - around.v[i])
			if v < 3 || ink[i] {
				continue
			}
			if peak(yellow, x, y, sign) {
				all = append(all, found{speck{x, y}, v})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.v, a.v) })
	out := make([]speck, 0, mostSpecks)
	for _, f := range all[:min(len(all), mostSpecks)] {
		out = append(out, f.speck)
	}
	return out
}

// peak reports a pixel that none of its neighbours surpasses, the first of
// equals.
func peak(p plane, x, y int, sign int16) bool {
	v := sign * p.at(x, y)
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			o := sign * p.at(x+dx, y+dy)
			if o > v || o == v && (dy < 0 || dy == 0 && dx < 0) {
				return false
			}
		}
	}
	return true
}

// repetition gives by how many deviations the most frequent distance between
// specks stands out.
func (p Picture) repetition(all []speck) float64 {
	if len(all) < 100 {
		return 0
	}
	r, near := int(p.DPI*reach), int(p.DPI*nearest)
	w, h := 2*r+1, r+1
	counts := make([]float64, w*h)
	slices.SortFunc(all, func(a, b speck) int { return cmp.Compare(a.y, b.y) })
	for i, a := range all {
		for _, b := range all[i+1:] {
			dx, dy := b.x-a.x, b.y-a.y
			if dy > r {
				break
			}
			if dx < -r || dx > r || dx*dx+dy*dy < near*near {
				continue
			}
			counts[dy*w+dx+r]++
		}
	}
	return outstanding(counts, w, h)
}

// outstanding smooths counts over three by three, for dots that fall between
// pixels, and compares the greatest with what chance gives: counts fall off
// evenly with the distance, so each is held against the mean of its row.
func outstanding(counts []float64, w, h int) float64 {
	most := 0.0
	for y := 1; y < h-1; y++ {
		row := make([]float64, 0, w)
		for x := 1; x < w-1; x++ {
			sum := 0.0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					sum += counts[(y+dy)*w+x+dx]
				}
			}
			row = append(row, sum)
		}
		m := mean(row)
		for _, v := range row {
			most = max(most, (v-m)/math.Sqrt(max(m, 1)))
		}
	}
	return most
}
