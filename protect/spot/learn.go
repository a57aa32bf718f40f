package spot

import (
	"image"

	"vidimus"
	"vidimus/protect/match"
	"vidimus/search"
)

// mostLearnt is how many looks of one person's name are taken from pages.
const mostLearnt = 12

// sameFace is the least likeness to an example in letters: on a page of the same
// face names were never less than 0.77 alike, and other words up to 0.67.
const sameFace = 0.72

// Learn takes from a page how names stand on it: only where its words surely
// name somebody of the list. strips are the lines of its picture, which is so
// many pixels wide and high.
func (s *Spotter) Learn(p vidimus.Page, size image.Point, strips []Strip) {
	if p.Width <= 0 || p.Height <= 0 {
		return
	}
	sx, sy := float64(size.X)/p.Width, float64(size.Y)/p.Height
	for _, h := range s.list.Find(p.Text) {
		boxes := search.Boxes(p.Places, []search.Range{{Start: h.Start, End: h.End}})
		if h.Certainty != match.Exact || h.How != "name" || len(boxes) != 1 || s.learnt[h.Person] >= mostLearnt {
			continue // over the end of a line it stands in two boxes
		}
		b := boxes[0]
		s.learn(h.Person, scriptOf(p.Text[h.Start:h.End]),
			image.Rect(int(b.X0*sx), int(b.Y0*sy), int(b.X1*sx+1), int(b.Y1*sy+1)), strips)
	}
}

// learn makes a template of the window that fills a box best.
func (s *Spotter) learn(person string, of script, box image.Rectangle, strips []Strip) {
	const filled = 0.85
	var from *line
	var found window
	top := filled
	for _, st := range strips {
		if around := st.Place(st.Picture.Rect); !around.Overlaps(box) {
			continue
		}
		for l := range st.pieces() {
			for w := range l.windows() {
				if share := shared(st.Place(l.on(w)), box); share > top {
					from, found, top = l, w, share
				}
			}
		}
	}
	if from == nil {
		return
	}
	t := from.template(person, of, found)
	if of != unspaced {
		t.enough = max(t.enough, sameFace)
	}
	if s.news(from, found, t) {
		s.add(t)
		s.learnt[person]++
	}
}

// shared tells how much of the width of two boxes is common, where they stand
// at one height.
func shared(a, b image.Rectangle) float64 {
	if both := min(a.Max.Y, b.Max.Y) - max(a.Min.Y, b.Min.Y); 2*both < min(a.Dy(), b.Dy()) {
		return 0
	}
	both := min(a.Max.X, b.Max.X) - max(a.Min.X, b.Min.X)
	return float64(both) / float64(max(a.Max.X, b.Max.X)-min(a.Min.X, b.Min.X))
}

// news tells that a template is worth keeping: like the person's name as we
// draw it, for the box of a word can be wrong, but not the same.
func (s *Spotter) news(l *line, w window, t template) bool {
	const same, other = 0.9, 0.35
	near := false
	for i := range s.templates {
		k := &s.templates[i]
		if k.person != t.person || k.script != t.script || k.headed || t.aspect < narrower*k.aspect || t.aspect > wider*k.aspect {
			continue
		}
		switch likeness := alike(k.edges, l.edges(w, k.edges.columns()), k.parts, other); {
		case likeness >= same:
			return false
		case likeness >= other:
			near = true
		}
	}
	return near
}
