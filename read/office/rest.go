package office

import (
	"archive/zip"
	"io"
	"strings"
	"unicode/utf16"

	"vidimus/read"
)

// rest reads the parts that all kinds of files have: properties, what they
// refer to outside, charts and diagrams, and data that is not shown.
func (p *pack) rest() error {
	for _, entry := range p.files {
		name := partName(entry.Name)
		var err error
		switch {
		case strings.HasPrefix(name, "docprops/") && strings.HasSuffix(name, ".xml"), name == "meta.xml":
			err = p.properties(entry.Name)
		case strings.HasSuffix(name, ".rels"):
			err = p.outside(entry)
		case strings.Contains(name, "/charts/chart") || strings.Contains(name, "/diagrams/data") || strings.Contains(name, "xl/drawings/drawing"):
			err = p.walk(entry.Name, &plainText{out: p.out, kind: read.OwnWords})
		case strings.HasPrefix(name, "customxml/item") && !strings.Contains(name, "props"), strings.HasPrefix(name, "basic/"), strings.HasPrefix(name, "xl/externallinks/externallink"):
			err = p.walk(entry.Name, &plainText{out: p.out, kind: read.Hidden})
		case strings.HasPrefix(name, "xl/pivotcache/"):
			err = p.walk(entry.Name, &plainText{out: p.out, kind: read.Hidden, values: true})
		case name == "word/settings.xml":
			err = p.walk(entry.Name, silent{})
		case strings.Contains(name, "printersettings"):
			err = p.printer(entry)
		}
		if err != nil {
			return err
		}
	}
	return p.edits.write(p.out)
}

func (p *pack) properties(name string) error {
	l := &leaves{}
	if err := p.walk(name, l); err != nil {
		return err
	}
	return p.out.Write(read.Properties, l.lines.String())
}

// outside names what a part fetches from elsewhere. Links that people click
// stand in the text.
func (p *pack) outside(entry *zip.File) error {
	l := &linkReader{links: map[string]link{}}
	if err := p.walk(entry.Name, l); err != nil {
		return err
	}
	for _, k := range l.order {
		if k.external && k.kind != "hyperlink" {
			if err := p.out.Write(read.Properties, k.kind+": "+k.target+"\n"); err != nil {
				return err
			}
		}
	}
	return nil
}

// printer names the printer that a sheet was set up for: the first 32
// characters of DEVMODEW, padded with zeros.
func (p *pack) printer(entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	var b [64]byte
	n, _ := io.ReadFull(r, b[:])
	var name []uint16
	for i := 0; i+1 < n && (b[i] != 0 || b[i+1] != 0); i += 2 {
		name = append(name, uint16(b[i])|uint16(b[i+1])<<8)
	}
	if len(name) == 0 {
		return nil
	}
	return p.out.Write(read.Properties, "printer: "+read.Clean(string(utf16.Decode(name)))+"\n")
}

// plainText writes all text of a part, a line for each paragraph or value.
type plainText struct {
	out    *read.Writer
	kind   string
	values bool // attributes "v" are the text
	line   strings.Builder
}

func (t *plainText) start(e element) (bool, error) {
	switch e.Name.Local {
	case "f", "externalData", "formatCode", "from", "to", "instrText", "pos", "ext", "extLst":
		return false, nil
	case "br", "line-break":
		t.line.WriteByte('\n')
	}
	if v := e.attr("v"); t.values && v != "" {
		return true, t.out.Write(t.kind, v+"\n")
	}
	return true, nil
}

func (t *plainText) text(s string) error {
	t.line.WriteString(s)
	return nil
}

func (t *plainText) end(name string) error {
	if name == "t" || name == "r" || name == "rPr" {
		return nil
	}
	s := strings.TrimSpace(t.line.String())
	t.line.Reset()
	if s == "" {
		return nil
	}
	return t.out.Write(t.kind, s+"\n")
}
