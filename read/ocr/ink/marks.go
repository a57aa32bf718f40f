package ink

import "image"

// Mark is dark pixels that hang together.
type Mark struct {
	Box  image.Rectangle
	Area int // dark pixels
}

// maxMarks is how many marks are looked at: a page of print has 10,000, one of
// noise has no lines.
const maxMarks = 200_000

// reduced is a picture at 1/by of its size, each pixel the mean of a square.
func reduced(m *image.Gray, by int) *image.Gray {
	if by == 1 {
		return m
	}
	w, h := max(m.Rect.Dx()/by, 1), max(m.Rect.Dy()/by, 1)
	out := image.NewGray(image.Rect(0, 0, w, h))
	sums := make([]int, w)
	for y := range h {
		clear(sums)
		n := 0
		for k := y * by; k < min((y+1)*by, m.Rect.Dy()); k++ {
			row := m.Pix[k*m.Stride:]
			for x := range w {
				for i := x * by; i < min((x+1)*by, m.Rect.Dx()); i++ {
					sums[x] += int(row[i])
				}
			}
			n++
		}
		for x := range w {
			out.Pix[y*out.Stride+x] = byte(sums[x] / (n * min(by, m.Rect.Dx())))
		}
	}
	return out
}

// threshold parts ink from paper where the two differ most (Otsu, 1979).
func threshold(m *image.Gray) byte {
	var count [256]int
	for _, v := range m.Pix {
		count[v]++
	}
	total, all := 0, 0
	for v, n := range count {
		total, all = total+n, all+v*n
	}
	best, at, n, sum := 0.0, 0, 0, 0
	for v, c := range count {
		n, sum = n+c, sum+v*c
		if n == 0 || n == total {
			continue
		}
		d := float64(sum)/float64(n) - float64(all-sum)/float64(total-n)
		if between := d * d * float64(n) * float64(total-n); between > best {
			best, at = between, v
		}
	}
	return byte(min(max(at, 90), 205))
}

// run is dark pixels in a row; a set of runs that touch is a mark.
type run struct {
	y, x0, x1 int
	parent    int
}

// marks finds what hangs together, corners included. Runs are kept, so that
// marks can be drawn again.
func marks(m *image.Gray, limit byte) (all []Mark, runs []run, of []int) {
	previous, current := 0, 0 // where the runs of the row before and of this row begin
	for y := range m.Rect.Dy() {
		previous, current = current, len(runs)
		row := m.Pix[y*m.Stride : y*m.Stride+m.Rect.Dx()]
		for x := 0; x < len(row); x++ {
			if row[x] > limit {
				continue
			}
			start := x
			for x < len(row) && row[x] <= limit {
				x++
			}
			runs = append(runs, run{y, start, x, len(runs)})
		}
		i := previous
		for k := current; k < len(runs); k++ {
			for i < current && runs[i].x1 < runs[k].x0 {
				i++
			}
			for j := i; j < current && runs[j].x0 <= runs[k].x1; j++ {
				a, b := root(runs, j), root(runs, k)
				runs[max(a, b)].parent = min(a, b)
			}
		}
	}
	of = make([]int, len(runs))
	number := map[int]int{}
	for i := range runs {
		r := root(runs, i)
		n, seen := number[r]
		if !seen {
			n = len(all)
			number[r] = n
			all = append(all, Mark{Box: image.Rect(runs[i].x0, runs[i].y, runs[i].x1, runs[i].y+1)})
		}
		all[n].Box = all[n].Box.Union(image.Rect(runs[i].x0, runs[i].y, runs[i].x1, runs[i].y+1))
		all[n].Area += runs[i].x1 - runs[i].x0
		of[i] = n
	}
	return all, runs, of
}

func root(runs []run, i int) int {
	for runs[i].parent != i {
		runs[i].parent = runs[runs[i].parent].parent
		i = runs[i].parent
	}
	return i
}
