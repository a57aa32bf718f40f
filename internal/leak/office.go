package leak

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vidimus/internal/typeset"
)

// packed is one member of an archive.
type packed struct {
	name string
	data []byte
}

// archive writes members with one fixed time.
func archive(members ...packed) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate, Modified: fixedTime})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(m.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fixedTime is the earliest that a ZIP archive can name: the leak's own
// calendar fits into none.
var fixedTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	packageNS   = "http://schemas.openxmlformats.org/package/2006/"
	documentNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// office writes a package of Office Open XML (ECMA-376) whose main part is
// named; members are its other parts, types their content types by part name.
func office(main, author string, types [][2]string, members ...packed) ([]byte, error) {
	var overrides strings.Builder
	for _, t := range types {
		fmt.Fprintf(&overrides, `<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>`, t[0], t[1])
	}
	head := []packed{
		{"[Content_Types].xml", []byte(declaration + `<Types xmlns="` + packageNS + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			overrides.String() + `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`)},
		{"_rels/.rels", []byte(declaration + `<Relationships xmlns="` + packageNS + `relationships">` +
			`<Relationship Id="rId1" Type="` + documentNS + `/officeDocument" Target="` + main + `"/>` +
			`<Relationship Id="rId2" Type="` + packageNS + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)},
		{"docProps/core.xml", []byte(declaration + `<cp:coreProperties xmlns:cp="` + packageNS + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
			`<dc:creator>` + escaped(author) + `</dc:creator><cp:lastModifiedBy>` + escaped(author) + `</cp:lastModifiedBy></cp:coreProperties>`)},
	}
	return archive(append(head, members...)...)
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

// wordFile writes a document as a Word file. A reader gives it back as one
// section; its pages are those that its writer's page breaks make.
func wordFile(d Document, blocks []block, set *typeset.Setter) ([]byte, []Page, error) {
	var body strings.Builder
	lines := []string{markLine(d.Languages)}
	wordParagraph(&body, lines[0], "")
	for _, b := range blocks {
		switch b.kind {
		case newPage:
			body.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
			continue
		case heading:
			wordParagraph(&body, b.text, "Heading1")
		default:
			wordParagraph(&body, b.text, "")
		}
		lines = append(lines, b.text)
	}
	lines = append(lines, markLine(d.Languages))
	wordParagraph(&body, markLine(d.Languages), "")
	const words = "wordprocessingml."
	main := declaration + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="` + documentNS + `"><w:body>` +
		body.String() + `<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1700" w:bottom="1700" w:left="1280" w:right="1280" w:header="0" w:footer="0"/></w:sectPr></w:body></w:document>`
	data, err := office("word/document.xml", d.Author, [][2]string{{"word/document.xml", words + "document.main"}, {"word/header1.xml", words + "header"}},
		packed{"word/document.xml", []byte(main)},
		packed{"word/_rels/document.xml.rels", []byte(declaration + `<Relationships xmlns="` + packageNS + `relationships">` +
			`<Relationship Id="rId1" Type="` + documentNS + `/header" Target="header1.xml"/></Relationships>`)},
		packed{"word/header1.xml", []byte(wordMarks(d.Languages, set))})
	return data, []Page{{Text: strings.Join(lines, "\n\n") + "\n"}}, err
}

// wordParagraph writes one paragraph, with the number that a word processor gives
// to each session of work: it is the same in all that were written on one
// machine.
func wordParagraph(w *strings.Builder, text, style string) {
	props := ""
	if style != "" {
		props = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	fmt.Fprintf(w, `<w:p w:rsidR="00188191">%s<w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, props, escaped(text))
}

// sheet is one sheet of a workbook; in a source it begins "= Name", "=hidden
// Name" for one that is not shown, "=column Name" for one that hides its last
// column.
type sheet struct {
	name           string
	hidden, column bool
	rows           [][]string
}

func sheets(source string, languages []string) []sheet {
	var all []sheet
	edge := []string{markLine(languages)}
	for line := range strings.Lines(strings.TrimSpace(source)) {
		line = strings.TrimSuffix(line, "\n")
		if how, name, ok := strings.Cut(line, " "); ok && strings.HasPrefix(line, "=") {
			all = append(all, sheet{name: name, hidden: how == "=hidden", column: how == "=column", rows: [][]string{edge}})
			continue
		}
		s := &all[len(all)-1]
		s.rows = append(s.rows, strings.Split(line, "|"))
	}
	for i := range all {
		all[i].rows = append(all[i].rows, edge)
	}
	return all
}

// workbook writes a document as an Excel file.
func workbook(d Document, source string) ([]byte, []Page, error) {
	const cells = "spreadsheetml."
	var list, links strings.Builder
	types := [][2]string{{"xl/workbook.xml", cells + "sheet.main"}}
	var parts []packed
	var pages []Page
	for i, s := range sheets(source, d.Languages) {
		n := strconv.Itoa(i + 1)
		state := ""
		if s.hidden {
			state = ` state="hidden"`
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%s"%s r:id="rId%s"/>`, escaped(s.name), n, state, n)
		fmt.Fprintf(&links, `<Relationship Id="rId%s" Type="%s/worksheet" Target="worksheets/sheet%s.xml"/>`, n, documentNS, n)
		name := "xl/worksheets/sheet" + n + ".xml"
		types = append(types, [2]string{name, cells + "worksheet"})
		parts = append(parts, packed{name, []byte(s.xml())})
		pages = append(pages, Page{Text: s.text(), Hidden: s.hidden})
	}
	parts = append([]packed{
		{"xl/workbook.xml", []byte(declaration + `<workbook xmlns="` + sheetNS + `" xmlns:r="` + documentNS + `"><sheets>` + list.String() + `</sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", []byte(declaration + `<Relationships xmlns="` + packageNS + `relationships">` + links.String() + `</Relationships>`)},
	}, parts...)
	data, err := office("xl/workbook.xml", d.Author, types, parts...)
	return data, pages, err
}

const sheetNS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

func (s sheet) xml() string {
	var w strings.Builder
	w.WriteString(declaration + `<worksheet xmlns="` + sheetNS + `">`)
	if s.column {
		last := len(s.rows[1])
		fmt.Fprintf(&w, `<cols><col min="%d" max="%d" width="0" hidden="1" customWidth="1"/></cols>`, last, last)
	}
	w.WriteString(`<sheetData>`)
	for y, cells := range s.rows {
		fmt.Fprintf(&w, `<row r="%d">`, y+1)
		for x, c := range cells {
			at := string(rune('A'+x)) + strconv.Itoa(y+1)
			if _, err := strconv.Atoi(c); err == nil {
				fmt.Fprintf(&w, `<c r="%s"><v>%s</v></c>`, at, c)
			} else if c != "" {
				fmt.Fprintf(&w, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, escaped(c))
			}
		}
		w.WriteString(`</row>`)
	}
	w.WriteString(`</sheetData></worksheet>`)
	return w.String()
}

// text is the sheet's sidecar: its cells with tabs between, row by row.
func (s sheet) text() string {
	var w strings.Builder
	w.WriteString(s.name + "\n")
	for _, cells := range s.rows {
		w.WriteString(strings.Join(cells, "\t") + "\n")
	}
	return w.String()
}
