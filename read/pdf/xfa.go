package pdf

import (
	"bytes"
	"encoding/xml"
	"strings"

	"vidimus"
	"vidimus/read"
)

// maxPacket is the longest packet of an XFA form that is read.
const maxPacket = 32 << 20

// forms gives what an XFA form says and holds, whose pages show nothing
// without the program that made it: the texts of its template, and its data.
func (x *extras) forms() error {
	e := x.engine
	n := int32(e.call("FPDF_GetXFAPacketCount", x.document))
	for i := range uint64(uint32(max(n, 0))) {
		if err := x.another(); err != nil {
			return err
		}
		name := x.bytes("FPDF_GetXFAPacketName", x.document, i)
		if name != "template" && name != "datasets" {
			continue
		}
		packet, err := x.packet(i)
		if err != nil {
			return err
		}
		if err := x.values(packet, name == "template"); err != nil {
			return err
		}
	}
	return nil
}

func (x *extras) packet(i uint64) ([]byte, error) {
	e, memory := x.engine, x.engine.module.Memory()
	e.call("FPDF_GetXFAPacketContent", x.document, i, 0, 0, x.buffer)
	size, _ := memory.ReadUint32Le(uint32(x.buffer))
	if size > maxPacket {
		return nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	at := e.call("malloc", uint64(max(size, 1)))
	defer e.call("free", at)
	e.call("FPDF_GetXFAPacketContent", x.document, i, at, uint64(size), x.buffer)
	b, ok := memory.Read(uint32(at), size)
	if e.broken || !ok || at == 0 {
		return nil, x.fault()
	}
	return bytes.Clone(b), nil
}

// values gives the text of an XML packet. Of a template only what is shown
// counts, which stands in elements named text or in pieces of XHTML.
func (x *extras) values(packet []byte, template bool) error {
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	var open []string
	for {
		token, err := d.RawToken()
		if err != nil {
			return nil // what came before it is given
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(open) < read.SectionRunes {
				open = append(open, t.Name.Local)
			}
		case xml.EndElement:
			open = open[:max(0, len(open)-1)]
		case xml.CharData:
			text := strings.Join(strings.Fields(read.Clean(strings.ToValidUTF8(string(t), "\ufffd"))), " ")
			if text == "" || len(open) == 0 {
				continue
			}
			last := open[len(open)-1]
			switch {
			case !template:
				text = last + " = " + text
			case last != "text" && last != "p" && last != "span":
				continue
			}
			if err := x.write(read.Annotations, text+"\n"); err != nil {
				return err
			}
		}
	}
}
