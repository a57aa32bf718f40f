package office

import (
	"path"
	"strconv"
	"strings"

	"vidimus/read"
)

// encryption is shown the manifest of an OpenDocument file.
type encryption struct{ found bool }

func (c *encryption) start(e element) (bool, error) {
	c.found = c.found || e.Name.Local == "encryption-data"
	return true, nil
}
func (c *encryption) end(string) error  { return nil }
func (c *encryption) text(string) error { return nil }

func (p *pack) encryptedODF() bool {
	c := &encryption{}
	if m := p.named["meta-inf/manifest.xml"]; m != nil {
		p.walkEntry(m, c) // what is broken there shows nothing
	}
	return c.found
}

func readODF(p *pack) error {
	names := []string{"content.xml", "styles.xml"} // headers and footers are styles
	for _, f := range p.files {
		if n := partName(f.Name); path.Base(n) == "content.xml" && n != "content.xml" {
			names = append(names, f.Name) // objects embedded
		}
	}
	for _, name := range names {
		if err := p.walk(name, &odf{out: p.out, kinds: []string{read.OwnWords}}); err != nil {
			return err
		}
	}
	return nil
}

// odf is shown the content or the styles of an OpenDocument file.
type odf struct {
	out    *read.Writer
	kinds  []string // of the reading that text goes to; the innermost last
	marks  []string // elements that began a kind
	paras  []*strings.Builder
	after  strings.Builder
	sheet  string // name of the table, in a spreadsheet
	book   bool
	row    int
	col    int
	repeat int
	value  string
	cell   *strings.Builder // nil outside of one
	cells  int
	line   strings.Builder
	rows   int
	pages  int
	unseen bool
}

func (o *odf) kind() string { return o.kinds[len(o.kinds)-1] }

// begin sends what is inside an element to a reading of its own.
func (o *odf) begin(element, kind string) {
	o.kinds, o.marks = append(o.kinds, kind), append(o.marks, element)
}

func (o *odf) start(e element) (bool, error) {
	switch e.Name.Local {
	case "automatic-styles", "font-face-decls", "scripts", "settings", "image-map":
		return false, nil
	case "spreadsheet":
		o.book = true
	case "annotation":
		o.begin("annotation", read.Comments)
	case "tracked-changes":
		o.begin("tracked-changes", read.Changes)
	case "hidden-text", "hidden-paragraph":
		o.begin(e.Name.Local, read.Hidden)
	case "notes":
		o.begin("notes", read.Comments)
	case "insertion", "deletion", "format-change":
		return true, o.out.Write(o.kind(), e.Name.Local+": ")
	case "page":
		o.pages++
		return true, o.out.Write(o.kind(), "[slide "+strconv.Itoa(o.pages)+"]\n")
	case "p", "h", "creator", "date":
		o.paras = append(o.paras, &strings.Builder{})
	case "s":
		n, _ := strconv.Atoi(e.attr("c"))
		o.say(strings.Repeat(" ", min(max(n, 1), 1000)))
	case "tab":
		o.say("\t")
	case "line-break":
		o.say("\n")
	case "a":
		if h := e.attr("href"); h != "" && !strings.HasPrefix(h, "#") && o.after.Len() < maxNotes {
			o.after.WriteString("<" + h + ">\n")
		}
	case "desc", "title":
		o.paras = append(o.paras, &strings.Builder{})
	default:
		return true, o.table(e)
	}
	return true, nil
}

// table reads rows and cells.
func (o *odf) table(e element) error {
	switch e.Name.Local {
	case "table":
		o.row, o.rows, o.sheet = 0, 0, e.attr("name")
		if !o.book {
			return nil
		}
		if err := o.out.Flush(o.kind()); err != nil {
			return err
		}
		return o.out.Write(o.kind(), o.sheet+"\n")
	case "table-row":
		o.col, o.cells = 0, 0
		o.repeat, _ = strconv.Atoi(e.attr("number-rows-repeated"))
		v := e.attr("visibility")
		o.unseen = v == "collapse" || v == "filter"
		o.row++
	case "table-cell", "covered-table-cell":
		o.col++
		o.cell, o.value = &strings.Builder{}, ""
		for _, name := range []string{"value", "date-value", "time-value", "boolean-value"} {
			if v := e.attr(name); v != "" && o.value == "" {
				o.value = v
			}
		}
		if n, err := strconv.Atoi(e.attr("number-columns-repeated")); err == nil && n > 1 {
			o.cells = min(n, 20_000)
		}
		if f := e.attr("formula"); f != "" {
			return o.out.Write(read.Hidden, o.sheet+" "+columnName(o.col)+strconv.Itoa(o.row)+" "+f+"\n")
		}
	}
	return nil
}

func (o *odf) say(s string) {
	if n := len(o.paras); n > 0 {
		o.paras[n-1].WriteString(s)
	}
}

func (o *odf) text(s string) error {
	o.say(s)
	return nil
}

func (o *odf) end(name string) error {
	switch name {
	case "p", "h", "creator", "date", "desc", "title":
		return o.endPara(name)
	case "table-cell", "covered-table-cell":
		o.endCell()
	case "table-row":
		return o.endRow()
	}
	if n := len(o.marks); n > 0 && o.marks[n-1] == name {
		o.kinds, o.marks = o.kinds[:len(o.kinds)-1], o.marks[:n-1]
	}
	return nil
}

func (o *odf) endPara(name string) error {
	n := len(o.paras)
	if n == 0 {
		return nil
	}
	text := o.paras[n-1].String()
	o.paras = o.paras[:n-1]
	if strings.TrimSpace(text) == "" && name != "p" {
		return nil
	}
	switch own := o.kind() == read.OwnWords; {
	case name == "creator" || name == "date":
		text += ", "
	case name == "desc" || name == "title":
		o.after.WriteString("[" + text + "]\n")
		if n == 1 && o.cell == nil {
			return o.notes()
		}
		return nil
	case own && n > 1: // a frame within a paragraph
		o.after.WriteString(text + "\n")
		return nil
	case own && o.cell != nil:
		o.cell.WriteString(text + " ")
		return nil
	default:
		text += "\n"
	}
	if err := o.out.Write(o.kind(), text); err != nil || n > 1 {
		return err
	}
	return o.notes()
}

// notes writes what stands after a paragraph.
func (o *odf) notes() error {
	text := o.after.String()
	o.after.Reset()
	return o.out.Write(o.kind(), text)
}

// endCell adds a cell to the row: with its address in a spreadsheet.
func (o *odf) endCell() {
	if o.cell == nil {
		return
	}
	text := strings.TrimSpace(o.cell.String())
	o.cell = nil
	switch {
	case o.book && (text != "" || o.value != ""):
		if o.line.Len() > 0 {
			o.line.WriteByte('\t')
		}
		o.line.WriteString(columnName(o.col) + strconv.Itoa(o.row) + ": " + text)
		if o.value != "" && o.value != text {
			o.line.WriteString(" [" + o.value + "]")
		}
	case !o.book:
		if o.col > 1 {
			o.line.WriteByte('\t')
		}
		o.line.WriteString(text)
	}
	o.col += max(o.cells-1, 0)
	o.cells = 0
}

func (o *odf) endRow() error {
	o.row += max(o.repeat-1, 0)
	text := o.line.String()
	o.line.Reset()
	if strings.TrimSpace(text) == "" {
		return nil
	}
	kind := o.kind()
	if o.unseen {
		kind, text = read.Hidden, o.sheet+" "+text
	}
	if err := o.out.Write(kind, text+"\n"+o.after.String()); err != nil {
		return err
	}
	o.after.Reset()
	if o.rows++; !o.book || o.rows%sectionRows != 0 {
		return nil
	}
	if err := o.out.Flush(o.kind()); err != nil {
		return err
	}
	return o.out.Write(o.kind(), o.sheet+"\n")
}
