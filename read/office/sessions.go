package office

import (
	"strings"

	"vidimus/read"
)

// sessions gathers the numbers that word processors give to each session of
// editing (ECMA-376 part 1, 17.15.1.70; nsid of lists, 17.9.14; officeooo:rsid
// of LibreOffice): files with the same ones were written on one machine.
type sessions struct {
	seen map[string]bool
	list []string
	cut  bool
}

// maxSessions bounds how many are named.
const maxSessions = 4096

// note looks at one element.
func (s *sessions) note(e element) {
	switch e.Name.Local {
	case "rsid", "rsidRoot", "nsid":
		s.add(e.attr("val"))
	}
	for _, a := range e.Attr {
		if strings.HasPrefix(a.Name.Local, "rsid") || a.Name.Local == "paragraph-rsid" {
			s.add(a.Value)
		}
	}
}

func (s *sessions) add(number string) {
	number = strings.ToUpper(number)
	if len(number) != 8 || strings.Trim(number, "0123456789ABCDEF") != "" || number == "00000000" || s.seen[number] {
		return
	}
	if len(s.list) == maxSessions {
		s.cut = true
		return
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[number] = true
	s.list = append(s.list, number)
}

// write gives them as one property.
func (s *sessions) write(out *read.Writer) error {
	if len(s.list) == 0 {
		return nil
	}
	line := "rsid: " + strings.Join(s.list, " ")
	if s.cut {
		line += " and more"
	}
	return out.Write(read.Properties, line+"\n")
}

// noting shows a visitor's elements to sessions first.
type noting struct {
	visitor
	sessions *sessions
}

func (n noting) start(e element) (bool, error) {
	n.sessions.note(e)
	return n.visitor.start(e)
}

// silent goes through a part of which nothing but sessions is read.
type silent struct{}

func (silent) start(element) (bool, error) { return true, nil }
func (silent) end(string) error            { return nil }
func (silent) text(string) error           { return nil }
