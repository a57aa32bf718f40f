package leak

import "math"

// drawSketch draws a map of a valley as somebody might with a pen: a river, a
// dam, the water line, villages as squares. Nothing is lettered, so that the
// page has ink and no words.
func drawSketch(p surface) {
	for i, grow := range []float64{1, 1.18, 1.37} {
		p.Stroke(2.4-0.8*float64(i), waterLine(grow)...)
	}
	p.Stroke(1.6, 90, 190, 150, 250, 190, 330, 240, 390, 300, 430, 350, 500, 420, 560, 520, 690)
	p.Stroke(7, 385, 585, 455, 515)
	for _, v := range [][2]float64{{205, 300}, {250, 345}, {215, 420}, {300, 380}, {330, 455}, {280, 480}, {370, 520}, {160, 350}} {
		square(p, v[0], v[1], 6)
	}
	square(p, 480, 200, 10)
	p.Stroke(1.2, 480, 210, 450, 260, 380, 300, 250, 345)
	p.Stroke(2, 110, 700, 110, 640, 103, 655, 110, 640, 117, 655)
}

// waterLine is a lake's shore: an ellipse with bays, closed.
func waterLine(grow float64) []float64 {
	var xy []float64
	const steps = 72
	for i := range steps + 1 {
		a := 2 * math.Pi * float64(i%steps) / steps
		bay := 1 + 0.12*math.Sin(5*a) + 0.06*math.Sin(11*a)
		u, v := 175*bay*grow*math.Cos(a), 95*bay*grow*math.Sin(a)
		xy = append(xy, 285+0.75*u-0.66*v, 415+0.66*u+0.75*v)
	}
	return xy
}

func square(p surface, x, y, r float64) {
	p.Stroke(1.8, x-r, y-r, x+r, y-r, x+r, y+r, x-r, y+r, x-r, y-r)
}
