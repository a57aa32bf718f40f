package spot

import (
	"cmp"
	"fmt"
	"image"
	"slices"
	"strings"
	"unicode"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// template is how a protected person's name looks. Only a Spotter makes one,
// from its list.
type template struct {
	person string
	script script
	aspect float32
	coarse coarse
	edges  edges
	parts  int
	headed bool    // it stands on its head
	enough float32 // the likeness that a person is asked to look at
}

// script is what matters here of a name's script.
type script uint8

const (
	alphabetic  script = iota // from the left, words parted by spaces
	rightToLeft               // from the right
	unspaced                  // a name may begin anywhere
)

func scriptOf(name string) script {
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Han, r):
			return unspaced
		case unicode.Is(unicode.Arabic, r):
			return rightToLeft
		}
	}
	return alphabetic
}

// template makes one of a window.
func (l *line) template(person string, of script, w window) template {
	t := template{person: person, script: of, aspect: w.aspect(), coarse: l.coarse(w), edges: l.edges(w, columnsFor(w.aspect()))}
	t.parts = max(2, int(t.aspect+0.5))
	t.enough = enough(of, t.parts)
	return t
}

// turned is the template on its head.
func (t template) turned() template {
	t.headed = true
	slices.Reverse(t.coarse[:])
	from := t.edges
	t.edges = edges{make([]float32, 0, len(from.cells)), slices.Clone(from.squares)}
	for i := len(from.cells) - directions; i >= 0; i -= directions {
		cell := from.cells[i : i+directions]
		t.edges.cells = append(append(t.edges.cells, cell[directions/2:]...), cell[:directions/2]...)
	}
	slices.Reverse(t.edges.squares)
	return t
}

// add keeps a template, upright and on its head.
func (s *Spotter) add(t template) {
	at := s.atLeast(t.aspect)
	s.templates = slices.Insert(s.templates, at, t, t.turned())
}

// setter opens our own faces.
func setter() (*typeset.Setter, error) {
	var files [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		b, err := fonts.Face(name)
		if err != nil {
			return nil, err
		}
		files[i] = b
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		return nil, fmt.Errorf("open the faces that names are drawn in: %w", err)
	}
	return typeset.NewSetter(faces), nil
}

// written adds to forms how they stand in headings.
func written(forms []string) (all []string) {
	for _, f := range forms {
		all = append(all, f)
		if capitals := strings.ToUpper(f); scriptOf(f) == alphabetic && capitals != f {
			all = append(all, capitals)
		}
	}
	return all
}

// draw makes a template of a form in our own faces.
func (s *Spotter) draw(person, form string) {
	const size, margin = 48, 16
	of := scriptOf(form)
	set := s.set.Paragraph(form, 1<<20, of == rightToLeft)
	if len(set) != 1 || set[0].Width > 2*maxAspect*typeset.Em {
		return
	}
	m := image.NewGray(image.Rect(0, 0, int(set[0].Width*size/typeset.Em)+2*margin, 4*size))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	typeset.NewRaster(m, size).Line(set[0], margin, 2.5*size, 0, 4*size)
	for l := range (Strip{Picture: cropped(m, margin/2)}).pieces() {
		if w, ok := l.whole(); ok {
			s.add(l.template(person, of, w))
		}
		return
	}
}

// whole is the window around all ink of a line.
func (l *line) whole() (w window, ok bool) {
	for v := range l.windows() {
		if v.x0 == float32(l.cuts[0].x0) {
			w, ok = v, true
		}
	}
	return w, ok
}

// cropped is a picture with only so much white above and below.
func cropped(m *image.Gray, margin int) *image.Gray {
	top, bottom := m.Rect.Dy(), 0
	for y := range m.Rect.Dy() {
		if slices.Min(m.Pix[y*m.Stride:y*m.Stride+m.Rect.Dx()]) < 128 {
			top, bottom = min(top, y), y+1
		}
	}
	top, bottom = max(top-margin, 0), min(bottom+margin, m.Rect.Dy())
	if bottom <= top {
		return image.NewGray(image.Rectangle{})
	}
	return &image.Gray{Pix: m.Pix[top*m.Stride : bottom*m.Stride], Stride: m.Stride, Rect: image.Rect(0, 0, m.Rect.Dx(), bottom-top)}
}

// finding is a template that a window looks like.
type finding struct {
	person   string
	likeness float32
}

// narrower and wider are how far the proportions of a window can be from a
// template's.
const narrower, wider = 0.8, 1.25

// window holds a window against every template of its proportions; they are
// sorted by these.
func (s *Spotter) window(l *line, w window) (all []finding) {
	var first coarse
	seen, aspect := false, w.aspect()
	var second map[int]edges
	for i := s.atLeast(aspect / wider); i < len(s.templates); i++ {
		t := &s.templates[i]
		if aspect < narrower*t.aspect {
			break
		}
		if !t.stands(w) {
			continue
		}
		if !seen {
			first, seen = l.coarse(w), true
		}
		if dot(first[:], t.coarse[:]) < t.first() {
			continue
		}
		n := t.edges.columns()
		look, there := second[n]
		if !there {
			look = l.edges(w, n)
			if second == nil {
				second = map[int]edges{}
			}
			second[n] = look
		}
		if k := alike(t.edges, look, t.parts, t.enough); k >= t.enough {
			all = append(all, finding{t.person, k})
		}
	}
	return all
}

// atLeast is where templates begin that are at least so wide for their height.
func (s *Spotter) atLeast(aspect float32) int {
	i, _ := slices.BinarySearchFunc(s.templates, aspect, func(t template, a float32) int { return cmp.Compare(t.aspect, a) })
	return i
}

// stands tells that a name can stand in a window: at the beginning of a word,
// where the script parts words.
func (t *template) stands(w window) bool {
	switch {
	case t.script == unspaced:
		return true
	case (t.script == rightToLeft) != t.headed:
		return w.ends
	}
	return w.begins
}

// first is how alike the first look must be at least: long names were never
// less than 0.84 alike there, short ones never less than 0.60.
func (t *template) first() float32 {
	if t.script == unspaced {
		return 0.6
	}
	return 0.75
}

// enough is the likeness from which a person is asked to look: above the
// likest of what is no name on the pages that it was chosen with. Words in
// letters are more alike than others, and there are more of them.
func enough(of script, parts int) float32 {
	switch {
	case parts <= 2:
		return 0.68
	case of != unspaced && parts == 3:
		return 0.66
	case of != unspaced:
		return 0.64
	case parts == 3:
		return 0.62
	}
	return 0.5
}
