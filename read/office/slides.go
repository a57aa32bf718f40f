package office

import (
	"fmt"
	"strings"

	"vidimus/read"
)

// order is shown the presentation part: slides in their order.
type order struct{ ids []string }

func (o *order) start(e element) (bool, error) {
	if e.Name.Local == "sldId" && len(o.ids) < maxLinks {
		for _, a := range e.Attr { // the other "id" is a number
			if a.Name.Local == "id" && a.Name.Space != "" {
				o.ids = append(o.ids, a.Value)
			}
		}
	}
	return true, nil
}
func (o *order) end(string) error  { return nil }
func (o *order) text(string) error { return nil }

// authors is shown who wrote comments.
type authors struct{ names map[string]string }

func (a *authors) start(e element) (bool, error) {
	if name := e.attr("name"); name != "" && len(a.names) < maxLinks {
		a.names[e.attr("id")] = name
	}
	return true, nil
}
func (a *authors) end(string) error  { return nil }
func (a *authors) text(string) error { return nil }

func readSlides(p *pack) error {
	main := p.main("ppt/presentation.xml")
	o, links, who := &order{}, p.links(main), &authors{names: map[string]string{}}
	if err := p.walk(main, o); err != nil {
		return err
	}
	for _, l := range links {
		if l.kind == "commentAuthors" || l.kind == "authors" {
			if err := p.walk(l.target, who); err != nil {
				return err
			}
		}
	}
	shown := map[string]bool{}
	for n, id := range o.ids {
		shown[partName(links[id].target)] = true
		if err := p.readSlide(fmt.Sprintf("slide %d", n+1), links[id].target, who, false); err != nil {
			return err
		}
	}
	// Slides that no order names are in the file all the same.
	for _, name := range p.like("ppt/slides/slide") {
		if !shown[partName(name)] {
			if err := p.readSlide("slide outside the order", name, who, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pack) readSlide(title, name string, who *authors, hidden bool) error {
	s := &slide{out: p.out, links: p.links(name), kind: read.OwnWords, title: title}
	if hidden {
		s.kind = read.Hidden
	}
	if err := p.walk(name, s); err != nil {
		return err
	}
	for _, l := range s.links {
		if l.external || l.kind != "notesSlide" && l.kind != "comments" {
			continue
		}
		notes := &slide{out: p.out, who: who, kind: read.Comments, title: title + ", " + l.kind, notes: true}
		if err := p.walk(l.target, notes); err != nil {
			return err
		}
	}
	return p.out.Flush(s.kind)
}

// slide is shown one slide, or its notes, or its comments.
type slide struct {
	out    *read.Writer
	links  map[string]link
	who    *authors
	kind   string
	title  string // written before the first words
	titled bool
	notes  bool
	skip   bool // the shape repeats the slide's number
	inText bool
	cells  int
	para   strings.Builder
	row    strings.Builder
	after  strings.Builder
}

func (s *slide) start(e element) (bool, error) {
	switch e.Name.Local {
	case "sld":
		if e.attr("show") == "0" || e.attr("show") == "false" {
			s.kind = read.Hidden
		}
	case "Fallback":
		return false, nil
	case "cm", "reply":
		if s.who != nil {
			at := e.attr("dt") + e.attr("created")
			return true, s.write(s.who.names[e.attr("authorId")] + ", " + at + ":\n")
		}
	case "ph":
		s.skip = e.attr("type") == "sldNum" || s.notes && e.attr("type") == "sldImg"
	case "sp":
		s.skip = false
	case "t", "text":
		s.inText = true
	case "br":
		s.para.WriteByte('\n')
	case "tab":
		s.para.WriteByte('\t')
	case "tr":
		s.row.Reset()
		s.cells = 0
	case "tc":
		if s.cells++; s.cells > 1 {
			s.row.WriteByte('\t')
		}
	case "hlinkClick":
		if l := s.links[e.attr("id")]; l.external {
			s.after.WriteString("<" + l.target + ">\n")
		}
	case "cNvPr":
		if d := e.attr("descr"); d != "" {
			return true, s.write("[" + d + "]\n")
		}
	}
	return true, nil
}

func (s *slide) text(t string) error {
	if s.inText && !s.skip {
		s.para.WriteString(t)
	}
	return nil
}

func (s *slide) end(name string) error {
	switch name {
	case "t":
		s.inText = false
	case "p", "text":
		s.inText = false
		text := s.para.String()
		s.para.Reset()
		if s.cells > 0 {
			s.row.WriteString(strings.TrimSpace(text) + " ")
			return nil
		}
		text += "\n" + s.after.String()
		s.after.Reset()
		return s.write(text)
	case "tr":
		text := s.row.String() + "\n" + s.after.String()
		s.after.Reset()
		s.cells = 0
		return s.write(text)
	}
	return nil
}

func (s *slide) write(text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if !s.titled {
		s.titled = true
		text = "[" + s.title + "]\n" + text
	}
	return s.out.Write(s.kind, text)
}
