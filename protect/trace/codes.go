package trace

import (
	"image"

	"vidimus"
)

// codes finds QR codes by the squares in their corners and bar codes by their
// bars. Nothing is decoded.
func (p Picture) codes(light plane) []vidimus.Box {
	var boxes []vidimus.Box
	for _, r := range append(finders(light), bars(light, p.DPI)...) {
		boxes = append(boxes, p.points(r.Add(p.Image.Bounds().Min)))
	}
	return boxes
}

// runs calls yield with the lengths of dark and light in turn, dark first, and
// where the first of five begins.
func runs(p plane, y int, yield func(at int, five [5]int)) {
	var five [5]int
	starts := [5]int{}
	n, x := 0, 0
	for x < p.w {
		dark, from := p.at(x, y) < 128, x
		for x < p.w && (p.at(x, y) < 128) == dark {
			x++
		}
		copy(five[:], five[1:])
		copy(starts[:], starts[1:])
		five[4], starts[4] = x-from, from
		if n++; n >= 5 && dark {
			yield(starts[0], five)
		}
	}
}

// square reports the runs 1:1:3:1:1 of a QR code's corner.
func square(five [5]int) (module float64, ok bool) {
	total := five[0] + five[1] + five[2] + five[3] + five[4]
	module = float64(total) / 7
	if module < 1.5 {
		return 0, false
	}
	fits := func(n int, want float64) bool { return abs(float64(n)-want*module) <= module*0.5*max(1, want/2) }
	return module, fits(five[0], 1) && fits(five[1], 1) && fits(five[2], 3) && fits(five[3], 1) && fits(five[4], 1)
}

func abs(v float64) float64 { return max(v, -v) }

// corner is the middle of a corner's square.
type corner struct {
	x, y   int
	module float64
	seen   int
}

// finders gives QR codes: three corners of one size at a right angle.
func finders(p plane) []image.Rectangle {
	var all []corner
	for y := range p.h {
		runs(p, y, func(at int, five [5]int) {
			module, ok := square(five)
			if !ok || len(all) > 400 {
				return
			}
			x := at + (five[0]+five[1]+five[2]+five[3]+five[4])/2
			if !upright(p, x, y, module) {
				return
			}
			all = gather(all, corner{x, y, module, 1})
		})
	}
	var found []image.Rectangle
	for i, a := range all {
		for j, b := range all {
			for k, c := range all {
				if i == j || j == k || i == k || a.seen < 2 || b.seen < 2 || c.seen < 2 {
					continue
				}
				if right(a, b, c) {
					r := image.Rect(a.x, a.y, b.x, b.y).Union(image.Rect(a.x, a.y, c.x, c.y)).Inset(-int(4 * a.module))
					found = separate(found, r)
				}
			}
		}
	}
	return found
}

// gather adds a sight of a corner to the one that it belongs to.
func gather(all []corner, c corner) []corner {
	for i, o := range all {
		if abs(float64(o.x-c.x)) < 2*o.module && abs(float64(o.y-c.y)) < 4*o.module {
			all[i].seen++
			return all
		}
	}
	return append(all, c)
}

// upright checks the same proportions from top to bottom.
func upright(p plane, x, y int, module float64) bool {
	count := func(dy int, dark bool, from int) int {
		n := 0
		for yy := from; yy >= 0 && yy < p.h && (p.at(x, yy) < 128) == dark && float64(n) < 5*module; yy += dy {
			n++
		}
		return n
	}
	up, down := count(-1, true, y), count(1, true, y+1)
	gapUp, gapDown := count(-1, false, y-up), count(1, false, y+1+down)
	barUp, barDown := count(-1, true, y-up-gapUp), count(1, true, y+1+down+gapDown)
	m, ok := square([5]int{barUp, gapUp, up + down, gapDown, barDown})
	return ok && m > module*0.6 && m < module*1.7
}

// right reports a with b and c at a right angle, equally far, in whole modules.
func right(a, b, c corner) bool {
	abx, aby := float64(b.x-a.x), float64(b.y-a.y)
	acx, acy := float64(c.x-a.x), float64(c.y-a.y)
	ab, ac := abx*abx+aby*aby, acx*acx+acy*acy
	side := a.module * 14
	return ab > side*side*0.7 && abs(ab-ac) < 0.15*ab && abs(abx*acx+aby*acy) < 0.1*ab &&
		abs(a.module-b.module) < a.module*0.5 && abs(a.module-c.module) < a.module*0.5
}

// separate adds a box that does not lie on one that is there.
func separate(all []image.Rectangle, r image.Rectangle) []image.Rectangle {
	for i, o := range all {
		if o.Overlaps(r) {
			all[i] = o.Union(r)
			return all
		}
	}
	return append(all, r)
}

// Bounds of a bar code: bars close together that go on for some rows.
const (
	leastBars   = 24
	barInches   = 0.10 // the least height
	widestInch  = 0.06 // of a bar or gap
	barsAgree   = 0.8  // share of edges that stand at the same place some rows on
	stepsOfBars = 6
)

// bars gives bar codes: rows with many narrow bars whose edges stand in the
// same columns for a tenth of an inch.
func bars(p plane, dpi float64) []image.Rectangle {
	height, widest := int(dpi*barInches), int(dpi*widestInch)
	if height < stepsOfBars {
		return nil
	}
	var found []image.Rectangle
	for y := 0; y+height < p.h; y += height / 2 {
		for _, s := range dense(p, y, widest) {
			if steady(p, s, y, height) {
				found = separate(found, image.Rect(s.start, y, s.end, y+height))
			}
		}
	}
	return found
}

// dense gives the stretches of a row in which edges follow each other closely.
func dense(p plane, y, widest int) []span {
	var all []span
	start, edge, n := -1, 0, 0
	flush := func() {
		if n >= leastBars {
			all = append(all, span{start, edge})
		}
		start, n = -1, 0
	}
	for x := 1; x < p.w; x++ {
		if (p.at(x, y) < 128) == (p.at(x-1, y) < 128) {
			continue
		}
		if start >= 0 && x-edge > widest {
			flush()
		}
		if start < 0 {
			start = x
		}
		edge = x
		n++
	}
	flush()
	return all
}

// steady reports a stretch that looks the same in all rows below.
func steady(p plane, s span, y, height int) bool {
	for k := 1; k <= stepsOfBars; k++ {
		yy, same := y+k*height/stepsOfBars, 0
		if yy >= p.h {
			return false
		}
		for x := s.start; x < s.end; x++ {
			if (p.at(x, y) < 128) == (p.at(x, yy) < 128) {
				same++
			}
		}
		if float64(same) < (0.5+barsAgree/2)*float64(s.end-s.start) {
			return false
		}
	}
	return true
}
