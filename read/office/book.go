package office

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/read"
)

// Bounds of a workbook: its shared strings are held in memory.
const (
	maxStrings  = 128 << 20
	sectionRows = 40

	maxHiddenCols = 1000 // stretches of columns
)

// sheet is an entry of the workbook.
type sheet struct {
	name, part string
	hidden     bool
}

// book is shown the workbook part.
type book struct {
	out    *read.Writer
	links  map[string]link
	sheets []sheet
	year04 bool
	name   string // of the defined name that we are in
	value  strings.Builder
}

func (b *book) start(e element) (bool, error) {
	switch e.Name.Local {
	case "workbookPr":
		b.year04 = e.attr("date1904") == "1" || e.attr("date1904") == "true"
	case "sheet":
		state := e.attr("state")
		b.sheets = append(b.sheets, sheet{e.attr("name"), b.links[e.attr("id")].target, state == "hidden" || state == "veryHidden"})
	case "definedName":
		b.name = e.attr("name")
		b.value.Reset()
	}
	return len(b.sheets) < maxLinks, nil
}

func (b *book) text(s string) error {
	b.value.WriteString(s)
	return nil
}

func (b *book) end(name string) error {
	if name != "definedName" {
		return nil
	}
	return b.out.Write(read.Properties, "name "+b.name+": "+strings.TrimSpace(b.value.String())+"\n")
}

func readBook(p *pack) error {
	main := p.main("xl/workbook.xml")
	b := &book{out: p.out, links: p.links(main)}
	if err := p.walk(main, b); err != nil {
		return err
	}
	texts, formats := &texts{}, &formats{custom: map[int]string{}, year04: b.year04}
	for _, l := range b.links {
		var err error
		switch {
		case l.external:
		case l.kind == "sharedStrings":
			err = p.walk(l.target, texts)
		case l.kind == "styles":
			err = p.walk(l.target, formats)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range b.sheets {
		if err := p.readSheet(s, texts, formats); err != nil {
			return err
		}
	}
	return nil
}

func (p *pack) readSheet(s sheet, texts *texts, formats *formats) error {
	g := &grid{out: p.out, sheet: s, texts: texts, formats: formats, links: p.links(s.part)}
	kind := read.OwnWords
	if s.hidden {
		kind = read.Hidden
	}
	if err := p.out.Flush(kind); err != nil {
		return err
	}
	if err := p.out.Write(kind, s.name+"\n"); err != nil {
		return err
	}
	if err := p.walk(s.part, g); err != nil {
		return err
	}
	names := make([]string, 0, len(g.links))
	for id := range g.links {
		names = append(names, id)
	}
	sort.Strings(names)
	for _, id := range names {
		l := g.links[id]
		if l.external || l.kind != "comments" && l.kind != "threadedComment" {
			continue
		}
		if err := p.walk(l.target, &sheetComments{out: p.out, sheet: s.name}); err != nil {
			return err
		}
	}
	return p.out.Flush(kind)
}

// texts are the strings that cells share.
type texts struct {
	all  []string
	now  strings.Builder
	in   bool
	held int
}

func (t *texts) start(e element) (bool, error) {
	t.in = e.Name.Local == "t"
	return e.Name.Local != "rPh", nil
}

func (t *texts) text(s string) error {
	if t.in {
		t.now.WriteString(s)
	}
	return nil
}

func (t *texts) end(name string) error {
	t.in = false
	if name != "si" {
		return nil
	}
	s := strings.Trim(t.now.String(), "\r\n")
	t.all = append(t.all, s)
	t.now.Reset()
	if t.held += len(s) + 16; t.held > maxStrings {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return nil
}

// sheetComments is shown the comments of a sheet, old or threaded.
type sheetComments struct {
	out     *read.Writer
	sheet   string
	authors []string
	ref, by string
	value   strings.Builder
}

func (c *sheetComments) start(e element) (bool, error) {
	switch e.Name.Local {
	case "comment", "threadedComment":
		c.ref, c.by = e.attr("ref"), e.attr("dT")
		if n, err := strconv.Atoi(e.attr("authorId")); err == nil && n >= 0 && n < len(c.authors) {
			c.by = c.authors[n]
		}
		c.value.Reset()
	case "author":
		c.value.Reset()
	case "rPh":
		return false, nil
	}
	return len(c.authors) < maxLinks, nil
}

func (c *sheetComments) text(s string) error {
	c.value.WriteString(s)
	return nil
}

func (c *sheetComments) end(name string) error {
	switch name {
	case "author":
		c.authors = append(c.authors, strings.TrimSpace(c.value.String()))
	case "comment", "threadedComment":
		return c.out.Write(read.Comments, fmt.Sprintf("%s %s, %s: %s\n", c.sheet, c.ref, c.by, strings.TrimSpace(c.value.String())))
	}
	return nil
}
