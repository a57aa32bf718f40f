package protect

import (
	"math"
	"slices"

	"vidimus"
)

// Of a line on a scan the boxes of words are as high as their ink: a hole as
// high as that would tell whether the hidden letters reach up and down, and
// leave what OCR overlooked. So a hole reaches to near the lines above and
// below, which are seen anyway; where there is none near, by steps of some
// lines from the next one, or from the page's edge: there one place in twelve
// still tells a bit.
const (
	clearance = 0.1 // of a line's height
	overhang  = 0.4
	roomSteps = 6.0
)

// lineRoom gives a hole over the stretch of a page's text, whose ink fills box,
// the room of its lines.
func lineRoom(p vidimus.Page, start, end int, box vidimus.Box) vidimus.Box {
	var heights []float64
	above, below := 0.0, p.Height
	middle := (box.Y0 + box.Y1) / 2
	for _, o := range p.Places {
		b := o.Box
		if o.Start < end && o.End > start || b.X1 <= b.X0 || b.Y1 <= b.Y0 {
			continue
		}
		heights = append(heights, b.Y1-b.Y0)
		if b.Y1 <= middle {
			above = max(above, b.Y1)
		} else if b.Y0 >= middle {
			below = min(below, b.Y0)
		}
	}
	if len(heights) == 0 {
		return box
	}
	slices.Sort(heights)
	high := heights[len(heights)*3/4] // of one with letters that reach up or down
	box.Y0 = min(box.Y0, above+room(box.Y0-above, high))
	box.Y1 = max(box.Y1, below-room(below-box.Y1, high))
	return box
}

// room is how much of the white between a line and a hole stays.
func room(white, high float64) float64 {
	return (clearance + roomSteps*math.Floor(max(0, white/high-overhang)/roomSteps)) * high
}
