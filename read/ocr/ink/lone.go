package ink

import "image"

// Lone gives the marks of a line that stand between two places of it and have no
// other mark of the line above or below them, in pixels of Flat: commas and full
// stops, where dots and accents stand with their letters.
func (s *Sheet) Lone(l Line, x0, x1 int) (all []image.Rectangle) {
	for i, m := range s.marks {
		if s.owner[i] != l.number || m.Box.Max.X*s.by < x0 || m.Box.Min.X*s.by > x1 {
			continue
		}
		alone := true
		for k, o := range s.marks {
			if k != i && s.owner[k] == l.number && o.Box.Min.X < m.Box.Max.X && m.Box.Min.X < o.Box.Max.X {
				alone = false
				break
			}
		}
		if alone {
			all = append(all, image.Rect(m.Box.Min.X*s.by, m.Box.Min.Y*s.by, m.Box.Max.X*s.by, m.Box.Max.Y*s.by))
		}
	}
	return all
}
