package spot

import (
	"image"
	"iter"
	"math"
)

// Strip is a line of writing cut out straight, black on white, with white
// around it. Place gives a rectangle of it on the picture that it was cut from.
type Strip struct {
	Picture *image.Gray
	Place   func(image.Rectangle) image.Rectangle
}

// pieces makes a strip ready, in pieces that overlap where it is long.
func (s Strip) pieces() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		w, h := s.Picture.Rect.Dx(), s.Picture.Rect.Dy()
		if w < 4 || h < 6 {
			return
		}
		scale := float64(h) / tall
		total := max(int(float64(w)/scale), 1)
		for from := 0; ; from += longest - overlap {
			if l := newLine(s.Picture, scale, from, min(longest, total-from)); l != nil && !yield(l) {
				return
			}
			if from+longest >= total {
				return
			}
		}
	}
}

// newLine makes a piece of a strip ready; it gives nil for white paper.
func newLine(s *image.Gray, scale float64, from, width int) *line {
	l := &line{w: width, scale: scale, from: from, ink: resized(s, scale, from, width), gaps: map[int]int{}}
	if !l.even() {
		return nil
	}
	l.soften()
	l.squeeze()
	l.sum()
	l.cut()
	return l
}

// resized is a piece of a picture in another size: how dark it is, each place
// the mean of the square that it stands for.
func resized(s *image.Gray, scale float64, from, width int) []float32 {
	out := make([]float32, width*tall)
	w, h := s.Rect.Dx(), s.Rect.Dy()
	spread := max(1, scale)
	reach := int(math.Ceil(spread))
	type tap struct {
		at     int
		weight float32
	}
	taps := func(i int, limit int) (all []tap) {
		c := (float64(i)+0.5)*scale - 0.5
		sum := float32(0)
		for k := int(math.Floor(c)) - reach + 1; k <= int(math.Floor(c))+reach; k++ {
			if t := 1 - math.Abs(float64(k)-c)/spread; t > 0 {
				sum += float32(t)
				if k >= 0 && k < limit {
					all = append(all, tap{k, float32(t)})
				}
			}
		}
		for i := range all {
			all[i].weight /= sum * 255
		}
		return all
	}
	columns := make([][]tap, width)
	for x := range columns {
		columns[x] = taps(from+x, w)
	}
	across := make([]float32, h*width)
	for y := range h {
		row := s.Pix[y*s.Stride:]
		for x, c := range columns {
			sum := float32(0)
			for _, t := range c {
				sum += t.weight * float32(255-row[t.at])
			}
			across[y*width+x] = sum
		}
	}
	for y := range tall {
		to := out[y*width : (y+1)*width]
		for _, t := range taps(y, h) {
			row := across[t.at*width : (t.at+1)*width]
			k := t.weight * 255
			for x, v := range row {
				to[x] += k * v
			}
		}
	}
	return out
}
