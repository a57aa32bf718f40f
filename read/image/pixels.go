package image

import (
	std "image"
	"image/color"
	"image/draw"
)

// depth is how many bytes a pixel of this model takes in memory.
func depth(m color.Model) int64 {
	switch m {
	case color.GrayModel, color.AlphaModel:
		return 1
	case color.Gray16Model, color.Alpha16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, palette := m.(color.Palette); palette {
		return 1
	}
	return 4
}

// rows calls see with each row of a picture on white, four bytes a pixel,
// until it gives false.
func rows(picture std.Image, see func(rgbx []byte) bool) {
	b := picture.Bounds()
	row := std.NewRGBA(std.Rect(0, 0, b.Dx(), 1))
	for y := b.Min.Y; y < b.Max.Y; y++ {
		draw.Draw(row, row.Rect, std.White, std.Point{}, draw.Src)
		draw.Draw(row, row.Rect, picture, std.Pt(b.Min.X, y), draw.Over)
		if !see(row.Pix) {
			return
		}
	}
}

// ink reports that a picture is not of one colour.
func ink(picture std.Image) (found bool) {
	var first []byte
	rows(picture, func(row []byte) bool {
		if first == nil {
			first = append(first, row[:3]...)
		}
		for ; len(row) >= 4 && !found; row = row[4:] {
			found = row[0] != first[0] || row[1] != first[1] || row[2] != first[2]
		}
		return !found
	})
	return found
}

// reduce gives a picture in w by h pixels of three bytes, no more than it has:
// each is the mean of those that it stands for.
func reduce(picture std.Image, w, h int) []byte {
	b := picture.Bounds()
	out := make([]byte, 0, 3*w*h)
	sums, counts := make([]uint32, 3*w), make([]uint32, w)
	y := 0
	rows(picture, func(row []byte) bool {
		for x := 0; x < b.Dx(); x++ {
			to := x * w / b.Dx()
			sums[3*to] += uint32(row[4*x])
			sums[3*to+1] += uint32(row[4*x+1])
			sums[3*to+2] += uint32(row[4*x+2])
			counts[to]++
		}
		y++
		if y*h/b.Dy() == (y-1)*h/b.Dy() {
			return true
		}
		for i, sum := range sums {
			n := max(counts[i/3], 1)
			out = append(out, byte((sum+n/2)/n))
		}
		clear(sums)
		clear(counts)
		return true
	})
	return out
}

// turn brings pixels into the position in which they are to be seen, by the
// orientation of EXIF (1 to 8): 2 and 4 are mirrored, 3 upside down, 5 to 8 lie
// on a side.
func turn(w, h int, rgb []byte, orientation int) (int, int, []byte) {
	if orientation < 2 || orientation > 8 {
		return w, h, rgb
	}
	nw, nh := w, h
	if orientation >= 5 {
		nw, nh = h, w
	}
	out := make([]byte, len(rgb))
	for y := range h {
		for x := range w {
			tx, ty := turned(x, y, w, h, orientation)
			copy(out[3*(ty*nw+tx):], rgb[3*(y*w+x):3*(y*w+x)+3])
		}
	}
	return nw, nh, out
}

// turned tells where a pixel is seen.
func turned(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
