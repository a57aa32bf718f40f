package tags

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Bounds of a packet.
const (
	maxPacket = 4 << 20 // bytes
	maxDeep   = 64
)

// XMP gives what a packet says (ISO 16684-1): a line for each value, by the name
// of its field without its namespace. What cannot be parsed ends it.
func XMP(r io.Reader) []string {
	d := xml.NewDecoder(io.LimitReader(r, maxPacket))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	p := packet{}
	for {
		token, err := d.Token()
		if err != nil {
			return p.lines
		}
		switch e := token.(type) {
		case xml.StartElement:
			if len(p.names) == maxDeep {
				return p.lines
			}
			p.names = append(p.names, e.Name)
			for _, a := range e.Attr {
				if !structural(a.Name) {
					p.say(a.Name.Local, a.Value)
				}
			}
		case xml.EndElement:
			if len(p.names) > 0 {
				p.names = p.names[:len(p.names)-1]
			}
		case xml.CharData:
			p.say(p.field(), string(e))
		}
	}
}

type packet struct {
	names []xml.Name // of the elements that are open
	size  int
	lines []string
}

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// structural reports names that give a packet its shape, and say nothing.
func structural(n xml.Name) bool {
	return n.Space == "xmlns" || n.Local == "xmlns" || n.Space == "xml" || n.Local == "xmptk" ||
		(n.Space == rdf || n.Space == "rdf") && n.Local != "resource"
}

// field is the innermost open element that names one.
func (p *packet) field() string {
	for i := len(p.names) - 1; i >= 0; i-- {
		if n := p.names[i]; n.Space != rdf && n.Space != "rdf" {
			return n.Local
		}
	}
	return ""
}

func (p *packet) say(name, value string) {
	value = strings.Join(strings.Fields(strings.ToValidUTF8(value, "\ufffd")), " ")
	if name == "" || value == "" {
		return
	}
	if len(value) > maxValue {
		value = strings.ToValidUTF8(value[:maxValue], "")
	}
	line := fmt.Sprintf("%s: %s", name, value)
	if p.size += len(line); p.size <= maxWords {
		p.lines = append(p.lines, line)
	}
}
