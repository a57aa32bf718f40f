// Package office reads the files of office programs that are zip archives of
// XML: Word, Excel and PowerPoint since 2007 (ECMA-376), and OpenDocument (OASIS
// ODF 1.3). Their text comes in the order of the document; comments, tracked
// changes, what is not shown, and what the file says about itself are readings
// of their own kind; pictures and embedded files are children.
package office

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// Engine names what a reading was made with.
const Engine = "office 3"

// Format reads office files. An OLE container is theirs when it turns out to
// hold an encrypted one, which has a Fault of its own.
func Format() read.Format {
	return read.PartsFormat([]string{read.TypeDocx, read.TypeXlsx, read.TypePptx, read.TypeOdt, read.TypeOds, read.TypeOdp, read.TypeOLE}, open)
}

// open finds by its parts what a file is: names and first bytes can be wrong.
func open(f *sandbox.File) (read.Parts, error) {
	if err := refuseOLE(f); err != nil {
		return nil, err
	}
	p, err := newPack(f)
	if err != nil {
		return nil, err
	}
	var run func(*pack) error
	switch {
	case p.has("content.xml"):
		if p.encryptedODF() {
			return nil, &vidimus.Fault{Reason: vidimus.Encrypted}
		}
		run = readODF
	case p.main("word/document.xml") != "":
		run = readWord
	case p.main("xl/workbook.xml") != "":
		run = readBook
	case p.main("ppt/presentation.xml") != "":
		run = readSlides
	case p.has("[Content_Types].xml"):
		return nil, &vidimus.Fault{Reason: vidimus.KindNotRead} // Excel's binary workbook
	default:
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	return read.Stream(func(emit func(read.Part) error) error {
		p.out = read.NewWriter(emit)
		if err := run(p); err != nil {
			return err
		}
		if err := p.rest(); err != nil {
			return err
		}
		if err := p.out.End(); err != nil {
			return err
		}
		return p.children()
	}), nil
}

// main gives the name of the main part: the one that the package's relations
// name, when it lies in the usual folder, else the usual one.
func (p *pack) main(usual string) string {
	for _, l := range p.links("") {
		if l.kind == "officeDocument" && !l.external && p.has(l.target) && strings.EqualFold(path.Dir(l.target), path.Dir(usual)) && path.Ext(l.target) == ".xml" {
			return l.target
		}
	}
	if p.has(usual) {
		return usual
	}
	return ""
}

// oleDirectory is how much of an OLE file is searched for the stream that
// holds an encrypted file.
const oleDirectory = 64 << 20

// refuseOLE says why an OLE container is not read.
func refuseOLE(f *sandbox.File) error {
	head := make([]byte, 8)
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if !bytes.Equal(head, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}) {
		return nil
	}
	name := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	b := make([]byte, 64<<10)
	for off := int64(0); off < min(f.Size, oleDirectory); off += int64(len(b) - len(name)) {
		n, err := f.ReadAt(b, off)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if bytes.Contains(b[:n], name) {
			return &vidimus.Fault{Reason: vidimus.Encrypted}
		}
	}
	return &vidimus.Fault{Reason: vidimus.KindNotRead}
}

// children emits what lies in the file as files of their own: all but XML,
// fonts and the settings of printers.
func (p *pack) children() error {
	for _, entry := range p.files {
		switch strings.ToLower(path.Ext(entry.Name)) {
		case ".xml", ".rels", ".vml", ".odttf", ".fntdata", ".rdf":
			continue
		}
		name := partName(entry.Name)
		if name == "mimetype" || strings.Contains(name, "printersettings") || strings.HasPrefix(name, "configurations2/") || strings.HasPrefix(name, "layout-cache") {
			continue
		}
		if err := p.child(entry); err != nil {
			return err
		}
	}
	return nil
}
