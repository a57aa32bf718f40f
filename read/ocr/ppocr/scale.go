package ppocr

import (
	"image"
	"math"
)

// plane is a picture of real numbers, 0 is black and 1 white.
type plane struct {
	wide, high int
	at         []float32 // row by row
}

// scaled is a picture at another size; every pixel weighs what lies under a
// tent around it.
func scaled(m *image.Gray, wide, high int) plane {
	across := tents(m.Rect.Dx(), wide)
	rows := make([]float32, wide*m.Rect.Dy())
	for y := range m.Rect.Dy() {
		from, to := m.Pix[y*m.Stride:], rows[y*wide:(y+1)*wide]
		for x, t := range across {
			sum := float32(0)
			for i, k := range t.weights {
				sum += k * float32(from[t.first+i])
			}
			to[x] = sum / 255
		}
	}
	out := plane{wide, high, make([]float32, wide*high)}
	for y, t := range tents(m.Rect.Dy(), high) {
		to := out.at[y*wide : (y+1)*wide]
		for i, k := range t.weights {
			from := rows[(t.first+i)*wide:]
			for x := range to {
				to[x] += k * from[x]
			}
		}
	}
	return out
}

// tent is which pixels make one of another size, and how much each weighs.
type tent struct {
	first   int
	weights []float32
}

func tents(from, to int) []tent {
	all := make([]tent, to)
	ratio := float64(from) / float64(to)
	reach := max(ratio, 1)
	for i := range all {
		middle := (float64(i)+0.5)*ratio - 0.5
		first, last := max(int(math.Ceil(middle-reach)), 0), min(int(math.Floor(middle+reach)), from-1)
		t := tent{first: min(first, last)}
		sum := 0.0
		for k := t.first; k <= last; k++ {
			sum += max(1-math.Abs(float64(k)-middle)/reach, 1e-6)
		}
		for k := t.first; k <= last; k++ {
			t.weights = append(t.weights, float32(max(1-math.Abs(float64(k)-middle)/reach, 1e-6)/sum))
		}
		all[i] = t
	}
	return all
}
