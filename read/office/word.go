package office

import (
	"fmt"
	"strconv"
	"strings"

	"vidimus/read"
)

// word is shown the parts of a Word file that hold paragraphs.
type word struct {
	out     *read.Writer
	links   map[string]link
	lists   *lists
	kind    string // of the reading that paragraphs go to
	path    []string
	paras   []*para // the innermost last: text boxes stand in paragraphs
	cell    []*strings.Builder
	row     []bool // whether the row has a cell yet
	edits   []edit
	quotes  map[string]*strings.Builder // what open comments are on, by id
	quoted  map[string]string
	hidden  bool // the run is not shown
	deleted int  // depth of deletions
	code    strings.Builder
}

// para is a paragraph while it is read.
type para struct {
	text, after strings.Builder
	style       string
	num, level  string
}

// edit is a tracked change while it is read.
type edit struct {
	what, by string
	text     strings.Builder
}

// Bounds of what comments stand on, which is repeated beside them: characters
// of one, and how many overlap.
const (
	maxQuote  = 400
	maxQuotes = 200
)

func readWord(p *pack) error {
	main := p.main("word/document.xml")
	w := &word{out: p.out, lists: newLists(), kind: read.OwnWords, quotes: map[string]*strings.Builder{}, quoted: map[string]string{}}
	links := p.links(main)
	part := func(kind string) string {
		for _, l := range links {
			if l.kind == kind && !l.external {
				return l.target
			}
		}
		return ""
	}
	for _, name := range []string{part("styles"), part("numbering")} {
		if err := p.walk(name, w.lists); err != nil {
			return err
		}
	}
	show := func(name, kind string) error {
		w.links, w.kind = p.links(name), kind
		if err := p.walk(name, w); err != nil {
			return err
		}
		return w.endCode() // of a field that does not end
	}
	for _, name := range p.like("word/header") {
		if err := show(name, read.OwnWords); err != nil {
			return err
		}
	}
	if err := show(main, read.OwnWords); err != nil {
		return err
	}
	for _, name := range append([]string{part("footnotes"), part("endnotes")}, p.like("word/footer")...) {
		if err := show(name, read.OwnWords); err != nil {
			return err
		}
	}
	return show(part("comments"), read.Comments)
}

// like gives the parts whose names begin so, in the order of the file.
func (p *pack) like(prefix string) (names []string) {
	for _, f := range p.files {
		if n := partName(f.Name); strings.HasPrefix(n, prefix) && strings.HasSuffix(n, ".xml") {
			names = append(names, f.Name)
		}
	}
	return names
}

func (w *word) start(e element) (bool, error) {
	w.path = append(w.path, e.Name.Local)
	into, err := w.open(e)
	if !into {
		w.path = w.path[:len(w.path)-1]
	}
	return into, err
}

func (w *word) open(e element) (bool, error) {
	switch e.Name.Local {
	case "Fallback": // the same text box once more, for older programs
		return false, nil
	case "p":
		w.paras = append(w.paras, &para{})
	case "pStyle":
		w.para().style = e.attr("val")
	case "numId":
		w.para().num = e.attr("val")
	case "ilvl":
		w.para().level = e.attr("val")
	case "tr":
		w.row = append(w.row, false)
	case "tc":
		w.cell = append(w.cell, &strings.Builder{})
	case "r":
		w.hidden = false
	case "vanish":
		if w.within("r", 2) {
			w.hidden = e.on()
		}
	case "ins", "moveTo", "del", "moveFrom":
		return true, w.openEdit(e)
	case "footnote", "endnote":
		if t := e.attr("type"); t == "separator" || t == "continuationSeparator" {
			return false, nil
		}
		return true, w.out.Write(w.kind, "["+e.attr("id")+"] ")
	case "comment":
		return true, w.out.Write(w.kind, w.commentHead(e))
	case "rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange", "trPrChange":
		return false, nil
	default:
		return true, w.inline(e)
	}
	return true, nil
}

// inline reads what stands within a paragraph and is no text node.
func (w *word) inline(e element) error {
	switch e.Name.Local {
	case "tab", "ptab":
		if !w.within("tabs", 1) {
			return w.say("\t")
		}
	case "br", "cr":
		return w.say("\n")
	case "noBreakHyphen":
		return w.say("-")
	case "sym":
		if n, err := strconv.ParseUint(e.attr("char"), 16, 16); err == nil {
			return w.say(string(rune(n)))
		}
	case "footnoteReference", "endnoteReference":
		return w.say("[" + e.attr("id") + "]")
	case "hyperlink":
		if l := w.links[e.attr("id")]; l.external {
			w.note("<" + l.target + ">")
		}
	case "docPr", "cNvPr", "imagedata", "shape":
		w.describe(e)
	case "commentRangeStart":
		if len(w.quotes) < maxQuotes {
			w.quotes[e.attr("id")] = &strings.Builder{}
		}
	case "commentRangeEnd":
		if b := w.quotes[e.attr("id")]; b != nil {
			w.quoted[e.attr("id")] = b.String()
			delete(w.quotes, e.attr("id"))
		}
	case "bookmarkStart":
		if name := e.attr("name"); name != "" && !strings.HasPrefix(name, "_") { // the program's own begin so
			return w.out.Write(read.Hidden, "bookmark: "+name+"\n")
		}
	case "fldSimple":
		return w.out.Write(read.Hidden, "field: "+strings.TrimSpace(e.attr("instr"))+"\n")
	}
	return nil
}

// describe notes what a picture is said to show.
func (w *word) describe(e element) {
	for _, name := range []string{"title", "descr", "alt"} {
		if s := e.attr(name); s != "" && !(e.Name.Local == "imagedata" && name == "alt") {
			w.note("[" + s + "]")
		}
	}
}

// note adds a line after the paragraph: within it, it would part words that
// stand together on the page.
func (w *word) note(line string) {
	if len(w.paras) > 0 {
		after := &w.para().after
		if !strings.Contains(after.String(), line) && after.Len() < maxNotes {
			after.WriteString(line + "\n")
		}
	}
}

// maxNotes bounds what stands after one paragraph.
const maxNotes = 64 << 10

// within reports whether the element n above is named so.
func (w *word) within(name string, n int) bool {
	return len(w.path) > n && w.path[len(w.path)-1-n] == name
}

// para gives the innermost paragraph; numbering outside of any goes nowhere.
func (w *word) para() *para {
	if len(w.paras) == 0 {
		return &para{}
	}
	return w.paras[len(w.paras)-1]
}

func (w *word) text(s string) error {
	if len(w.path) == 0 {
		return nil
	}
	switch w.path[len(w.path)-1] {
	case "t":
		return w.say(s)
	case "delText":
		w.edited(s)
	case "instrText", "delInstrText":
		w.code.WriteString(s)
	}
	return nil
}

// say takes text of a run to where it belongs.
func (w *word) say(s string) error {
	w.edited(s)
	switch {
	case w.deleted > 0:
		return nil
	case w.hidden && w.kind == read.OwnWords:
		return w.out.Write(read.Hidden, s+"\n")
	}
	for _, q := range w.quotes {
		if q.Len() < maxQuote {
			q.WriteString(s)
		}
	}
	if len(w.paras) > 0 {
		w.para().text.WriteString(s)
	}
	return nil
}

func (w *word) edited(s string) {
	if n := len(w.edits); n > 0 {
		w.edits[n-1].text.WriteString(s)
	}
}

func (w *word) commentHead(e element) string {
	head := signed(e)
	if q := strings.TrimSpace(w.quoted[e.attr("id")]); q != "" {
		head += " on “" + q + "”"
	}
	return head + ":\n"
}

// signed says who and when.
func signed(e element) string {
	s := e.attr("author")
	if s == "" {
		s = "unnamed"
	}
	if at := e.attr("date"); at != "" {
		s += ", " + at
	}
	return s
}

func (w *word) openEdit(e element) error {
	what := map[string]string{"ins": "inserted", "moveTo": "moved here", "del": "deleted", "moveFrom": "moved away"}[e.Name.Local]
	w.edits = append(w.edits, edit{what: what, by: signed(e)})
	if e.Name.Local == "del" || e.Name.Local == "moveFrom" {
		w.deleted++
	}
	return nil
}

func (w *word) closeEdit(name string) error {
	n := len(w.edits)
	if n == 0 {
		return nil
	}
	text := strings.TrimSpace(w.edits[n-1].text.String())
	line := fmt.Sprintf("%s by %s: %s\n", w.edits[n-1].what, w.edits[n-1].by, text)
	w.edits = w.edits[:n-1]
	if name == "del" || name == "moveFrom" {
		w.deleted--
	}
	if text == "" {
		return nil
	}
	return w.out.Write(read.Changes, line)
}

func (w *word) end(name string) error {
	w.path = w.path[:max(len(w.path)-1, 0)]
	switch name {
	case "p":
		return w.endPara()
	case "r":
		w.hidden = false
	case "tc":
		return w.endCell()
	case "tr":
		return w.endRow()
	case "ins", "moveTo", "del", "moveFrom":
		return w.closeEdit(name)
	case "fldChar", "instrText":
		if name == "fldChar" || w.code.Len() > maxNotes {
			return w.endCode()
		}
	}
	return nil
}

// endCode writes the code of a field.
func (w *word) endCode() error {
	s := strings.TrimSpace(w.code.String())
	if s == "" {
		return nil
	}
	w.code.Reset()
	return w.out.Write(read.Hidden, "field: "+s+"\n")
}

func (w *word) endPara() error {
	if len(w.paras) == 0 {
		return nil
	}
	p := w.para()
	w.paras = w.paras[:len(w.paras)-1]
	text := w.lists.label(p) + p.text.String() + "\n" + p.after.String()
	switch {
	case len(w.paras) > 0:
		w.para().after.WriteString(text)
		return nil
	case len(w.cell) > 0:
		w.cell[len(w.cell)-1].WriteString(strings.ReplaceAll(text, "\n", " "))
		return nil
	}
	return w.out.Write(w.kind, text)
}

// endCell adds a cell to its row.
func (w *word) endCell() error {
	n := len(w.cell)
	if n == 0 {
		return nil
	}
	text := strings.TrimSpace(w.cell[n-1].String())
	w.cell = w.cell[:n-1]
	if r := len(w.row); r > 0 {
		if w.row[r-1] {
			text = "\t" + text
		}
		w.row[r-1] = true
	}
	return w.sayCell(text)
}

// sayCell puts text of a table where the table stands.
func (w *word) sayCell(text string) error {
	switch {
	case len(w.cell) > 0:
		w.cell[len(w.cell)-1].WriteString(text)
	case len(w.paras) > 0:
		w.para().after.WriteString(text)
	default:
		return w.out.Write(w.kind, text)
	}
	return nil
}

func (w *word) endRow() error {
	if len(w.row) > 0 {
		w.row = w.row[:len(w.row)-1]
	}
	if len(w.cell) > 0 {
		return w.sayCell(" ")
	}
	return w.sayCell("\n")
}
