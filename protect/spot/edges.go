package spot

// rows and columnsFor make the grid of the second look, whose cells are about as
// wide as high. Few numbers of columns serve all templates, so that a window is
// looked at through few grids.
const rows = 6

func columnsFor(aspect float32) int {
	n := 4
	for float32(n) < aspect*rows*0.85 {
		n += max(n/4, 1)
	}
	return n
}

// perColumn is how many numbers a column of cells has.
const perColumn = rows * directions

// edges is the second look at a window: for each cell how strong edges are in
// each direction, column by column, less their mean; and the sum of their squares
// in each column.
type edges struct {
	cells   []float32
	squares []float32
}

func (e edges) columns() int { return len(e.squares) }

// edges looks at a window through a grid of so many columns. Cells overlap a
// little, so that a stroke between two counts in both.
func (l *line) edges(w window, columns int) edges {
	const more = 0.25
	e := edges{make([]float32, columns*perColumn), make([]float32, columns)}
	dx, dy := w.wide()/float32(columns), w.high()/rows
	strength := make([]float32, columns*rows)
	for i := range columns {
		x0, x1 := l.column(w.x0+(float32(i)-more)*dx), l.column(w.x0+(float32(i)+1+more)*dx)
		for j := range rows {
			y0, y1 := row(w.y0+(float32(j)-more)*dy), row(w.y0+(float32(j)+1+more)*dy)
			strength[i*rows+j] = l.cell(e.cells[(i*rows+j)*directions:][:directions], x0, y0, x1, y1)
		}
	}
	e.level(strength)
	e.centre()
	return e
}

func (l *line) column(x float32) int { return min(max(int(x+0.5), 0), l.w) }
func row(y float32) int              { return min(max(int(y+0.5), 0), tall) }

// cell gives the roots of how strong edges are in a rectangle, and their sum.
func (l *line) cell(to []float32, x0, y0, x1, y1 int) (sum float32) {
	stride := l.w + 1
	at := func(x, y int) []float32 { return l.sums[(y*stride+x)*directions:][:directions] }
	a, b, c, d := at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1)
	for i := range to {
		v := max(d[i]-c[i]-b[i]+a[i], 0)
		to[i] = sqrt(v)
		sum += v
	}
	return sum
}

// level makes every cell as strong as those around it are, so that thick and
// thin type are alike.
func (e edges) level(strength []float32) {
	floor := 0.3*mean(strength) + 1e-6
	n := e.columns()
	for i := range n {
		for j := range rows {
			sum, cells := float32(0), float32(0)
			for a := max(i-1, 0); a <= min(i+1, n-1); a++ {
				for b := max(j-1, 0); b <= min(j+1, rows-1); b++ {
					sum += strength[a*rows+b]
					cells++
				}
			}
			k := 1 / sqrt(sum/cells+floor)
			cell := e.cells[(i*rows+j)*directions:][:directions]
			for d := range cell {
				cell[d] *= k
			}
		}
	}
}

// centre takes the mean away.
func (e edges) centre() {
	m := mean(e.cells)
	for i := range e.cells {
		e.cells[i] -= m
		e.squares[i/perColumn] += e.cells[i] * e.cells[i]
	}
}

// alike holds two looks through one grid against each other: the mean of the
// correlation over all and of that over the part which is least alike. Each part
// may lie a column aside: type sets letters and dots apart as it likes. It gives
// 0 as soon as the mean cannot be enough.
func alike(a, b edges, parts int, enough float32) float32 {
	const shift = 0.25 // what laying parts aside adds, hardly ever more
	n, least := a.columns(), float32(1)
	if products(a, b, 0, n, 0).correlation() < enough-shift {
		return 0
	}
	var all sums
	for p := range parts {
		from, to := p*n/parts, (p+1)*n/parts
		best := products(a, b, from, to, 0)
		top := best.correlation()
		for _, aside := range [2]int{-1, 1} {
			if from+aside < 0 || to+aside > n {
				continue
			}
			s := products(a, b, from, to, aside)
			if c := s.correlation(); c > top {
				top, best = c, s
			}
		}
		if least = min(least, top); (1+least)/2 < enough {
			return 0
		}
		all.ab, all.aa, all.bb = all.ab+best.ab, all.aa+best.aa, all.bb+best.bb
	}
	return (all.correlation() + least) / 2
}

// sums are of products.
type sums struct{ ab, aa, bb float32 }

func (s sums) correlation() float32 {
	if s.aa <= 0 || s.bb <= 0 {
		return 0
	}
	return s.ab / sqrt(s.aa*s.bb)
}

// products sums up those of columns of a with columns of b that lie aside.
func products(a, b edges, from, to, aside int) (s sums) {
	s.ab = dot(a.cells[from*perColumn:to*perColumn], b.cells[(from+aside)*perColumn:(to+aside)*perColumn])
	for _, v := range a.squares[from:to] {
		s.aa += v
	}
	for _, v := range b.squares[from+aside : to+aside] {
		s.bb += v
	}
	return s
}
