package office

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"vidimus"
	"vidimus/read/charset"

	"golang.org/x/text/encoding/unicode"
)

// maxDepth of elements; real files have some 40.
const maxDepth = 500

// element is the start of one.
type element struct{ xml.StartElement }

// attr gives an attribute by its local name.
func (e element) attr(name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on reads a switch as Office writes it: <w:vanish/> is on.
func (e element) on() bool {
	v := e.attr("val")
	return v != "0" && v != "false" && v != "off"
}

// visitor is shown an XML file. With start it says whether it wants to see
// what is inside, too; end comes only for what it wanted.
type visitor interface {
	start(element) (into bool, err error)
	end(name string) error
	text(string) error
}

// walk shows the file to v. Entities that a file declares itself are not
// known to the decoder, so none can grow.
func walk(r *metered, v visitor) error {
	d := xml.NewDecoder(decoded(r))
	d.Strict = false
	d.CharsetReader = func(label string, from io.Reader) (io.Reader, error) {
		if c := charset.Labelled(label); c != nil && !strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return c.NewDecoder().Reader(from), nil
		}
		return from, nil
	}
	depth, skipped := 0, 0
	for {
		r.token = 0
		token, err := d.Token()
		switch _, own := vidimus.FaultOf(err); {
		case errors.Is(err, io.EOF):
			return nil
		case own:
			return err
		case err != nil:
			return fmt.Errorf("read a part of a file: %w", &vidimus.Fault{Reason: vidimus.Damaged})
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return &vidimus.Fault{Reason: vidimus.Damaged}
			}
			if skipped > 0 {
				continue
			}
			into, err := v.start(element{t})
			if err != nil {
				return err
			}
			if !into {
				skipped = depth
			}
		case xml.EndElement:
			if depth--; skipped > depth {
				skipped = 0
				continue
			}
			if skipped == 0 {
				if err := v.end(t.Name.Local); err != nil {
					return err
				}
			}
		case xml.CharData:
			if skipped == 0 {
				if err := v.text(string(t)); err != nil {
					return err
				}
			}
		}
	}
}

// decoded makes UTF-8 of UTF-16, which the decoder does not know.
func decoded(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 32<<10)
	head, _ := b.Peek(2)
	if bytes.Equal(head, []byte{0xff, 0xfe}) || bytes.Equal(head, []byte{0xfe, 0xff}) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(b)
	}
	return b
}

// leaves collects the elements that hold text, as "name: value" lines.
type leaves struct {
	name  string
	value strings.Builder
	lines strings.Builder
}

func (l *leaves) start(e element) (bool, error) {
	l.name = e.Name.Local
	if n := e.attr("name"); n != "" && (l.name == "property" || l.name == "user-defined") {
		l.name = n
	}
	l.value.Reset()
	return l.lines.Len() < maxProperties, nil
}

func (l *leaves) text(s string) error {
	l.value.WriteString(s)
	return nil
}

func (l *leaves) end(name string) error {
	if v := strings.TrimSpace(l.value.String()); v != "" {
		l.lines.WriteString(l.name + ": " + v + "\n")
	}
	l.value.Reset()
	return nil
}

// maxProperties bounds the text of one list of properties.
const maxProperties = 4 << 20
