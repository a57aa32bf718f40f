package ink

import (
	"image"
	"slices"
)

// Arrange puts lines that were found by another in the order in which they are
// read, from the left: it gives their numbers.
func Arrange(boxes []image.Rectangle) []int {
	high := make([]int, len(boxes))
	o := ordering{}
	for n, b := range boxes {
		high[n] = b.Dy()
		o.spans = append(o.spans, span{line: n, x0: float64(b.Min.X), x1: float64(b.Max.X), y: float64(b.Min.Y+b.Max.Y) / 2})
	}
	if len(boxes) == 0 {
		return nil
	}
	slices.Sort(high)
	o.high = float64(high[len(high)/2]) * 0.7 // boxes are higher than letters
	o.columns(o.spans, 0)
	order := make([]int, len(o.places))
	for i, p := range o.places {
		order[i] = p.Line
	}
	return order
}
