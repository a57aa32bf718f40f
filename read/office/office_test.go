package office_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"
)

const (
	w = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// packed makes a zip of names and contents in turn.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(parts[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rels(links ...string) string {
	s := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i := 0; i+2 < len(links); i += 3 {
		mode := ""
		if strings.Contains(links[i+2], "://") {
			mode = ` TargetMode="External"`
		}
		s += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, links[i], r, links[i+1], links[i+2], mode)
	}
	return s + `</Relationships>`
}

// document makes a Word file of a body and more parts.
func document(t testing.TB, body string, parts ...string) []byte {
	return packed(t, append([]string{"word/document.xml", `<w:document` + w + `><w:body>` + body + `</w:body></w:document>`}, parts...)...)
}

func TestWordsOfWordFilesStandWhereTheyBelong(t *testing.T) {
	for _, c := range []struct{ name, body, kind, want string }{
		{"runs make paragraphs", `<w:p><w:r><w:t>one </w:t></w:r><w:r><w:t>word</w:t></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>`, "text", "one word\ntwo\n"},
		{"cells are parted by tabs and rows by lines", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`, "text", "a\t\tb\nc\n"},
		{"what is inserted is text", `<w:p><w:ins w:author="Li" w:date="2020-01-02"><w:r><w:t>new</w:t></w:r></w:ins></w:p>`, "text", "new\n"},
		{"what is inserted is a change", `<w:p><w:ins w:author="Li" w:date="2020-01-02"><w:r><w:t>new</w:t></w:r></w:ins></w:p>`, "changes", "inserted by Li, 2020-01-02: new\n"},
		{"what is deleted is a change only", `<w:p><w:del w:author="Li"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>`, "text", "kept\n"},
		{"what is moved away is a change only", `<w:p><w:moveFrom w:author="Li"><w:r><w:t>old</w:t></w:r></w:moveFrom></w:p>`, "changes", "moved away by Li: old\n"},
		{"what is not shown is hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>`, "hidden", "secret\n"},
		{"what is not shown is no text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>`, "text", "shown\n"},
		{"a switch can be off", `<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r></w:p>`, "text", "shown\n"},
		{"a text box follows its paragraph, once", `<w:p><w:r><w:t>a</w:t><Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></Choice><Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></Fallback></w:r><w:r><w:t>b</w:t></w:r></w:p>`, "text", "ab\nbox\n"},
		{"a field that does not end is hidden", `<w:p><w:r><w:instrText>AUTHOR x</w:instrText></w:r></w:p>`, "hidden", "field: AUTHOR x\n"},
		{"names of bookmarks are hidden", `<w:p><w:bookmarkStart w:id="1" w:name="paper_x"/><w:bookmarkStart w:id="2" w:name="_GoBack"/></w:p>`, "hidden", "bookmark: paper_x\n"},
		{"field codes are hidden", `<w:p><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r><w:r><w:fldChar/></w:r></w:p>`, "hidden", "field: DDEAUTO cmd\n"},
	} {
		got, err := contentsOf(t, document(t, c.body), "a.docx")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if s := got.readings[c.kind]; strings.TrimSpace(s) != strings.TrimSpace(c.want) {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

func TestListsOfWordFilesAreNumbered(t *testing.T) {
	item := func(level string, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	numbering := `<w:numbering` + w + `><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
	got, err := contentsOf(t, document(t, item("0", "a")+item("1", "b")+item("1", "c")+item("0", "d")+item("1", "e"),
		"word/numbering.xml", numbering, "word/_rels/document.xml.rels", rels("a", "numbering", "numbering.xml")), "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	if s, want := got.readings["text"], "三、 a\n(i) b\n(ii) c\n四、 d\n(i) e\n"; s != want {
		t.Errorf("%q, not %q", s, want)
	}
}

func TestPartsAroundTheDocumentAreRead(t *testing.T) {
	body := `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>this</w:t></w:r><w:commentRangeEnd w:id="0"/><w:hyperlink r:id="h"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`
	p := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	got, err := contentsOf(t, document(t, body,
		"word/_rels/document.xml.rels", rels("c", "comments", "comments.xml", "f", "footnotes", "footnotes.xml", "h", "hyperlink", "https://example.org/x", "t", "attachedTemplate", "file:///C:/people/name.dotm"),
		"word/header1.xml", `<w:hdr`+w+`>`+p("head")+`</w:hdr>`,
		"word/comments.xml", `<w:comments`+w+`><w:comment w:id="0" w:author="Wang" w:date="2019-05-06">`+p("really?")+`</w:comment></w:comments>`,
		"word/footnotes.xml", `<w:footnotes`+w+`><w:footnote w:id="2">`+p("a note")+`</w:footnote></w:footnotes>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Zhao</dc:creator></cp:coreProperties>`,
		"word/media/image1.png", "picture"), "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"text":       "head\nthislink[2]\n<https://example.org/x>\n[2] a note\n",
		"comments":   "Wang, 2019-05-06 on “this”:\nreally?\n",
		"properties": "attachedTemplate: file:///C:/people/name.dotm\ncreator: Zhao\n",
	} {
		if s := got.readings[kind]; s != want {
			t.Errorf("%s: %q, not %q", kind, s, want)
		}
	}
	if len(got.children) != 1 || got.children[0].Name != "word/media/image1.png" || string(got.bodies[0]) != "picture" {
		t.Errorf("children: %v", got.children)
	}
}

func workbook(t testing.TB, state, sheet string) []byte {
	return packed(t,
		"xl/workbook.xml", `<workbook xmlns:r="`+r+`"><sheets><sheet name="One" state="`+state+`" r:id="a"/></sheets><definedNames><definedName name="list">One!A1</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels", rels("a", "worksheet", "worksheets/sheet1.xml", "b", "sharedStrings", "sharedStrings.xml", "c", "styles", "styles.xml"),
		"xl/sharedStrings.xml", `<sst><si><t>name</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si></sst>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet>`+sheet+`</worksheet>`)
}

func TestCellsStandAtTheirAddressesAsShownAndAsStored(t *testing.T) {
	row := func(cells string) string { return `<sheetData><row r="3">` + cells + `</row></sheetData>` }
	for _, c := range []struct{ name, state, sheet, kind, want string }{
		{"shared and rich text", "", row(`<c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c>`), "text", "One\nA3: name\tC3: rich\n"},
		{"text in the cell", "", row(`<c r="AA3" t="inlineStr"><is><t>here</t></is></c>`), "text", "One\nAA3: here\n"},
		{"a long number keeps its digits", "", row(`<c r="A3"><v>123456789012345</v></c>`), "text", "One\nA3: 123456789012345\n"},
		{"a date", "", row(`<c r="A3" s="1"><v>43895</v></c>`), "text", "One\nA3: 2020-03-05 [43895]\n"},
		{"a date in a form of its own", "", row(`<c r="A3" s="4"><v>43895</v></c>`), "text", "One\nA3: 2020-03-05 [43895]\n"},
		{"a share", "", row(`<c r="A3" s="2"><v>0.125</v></c>`), "text", "One\nA3: 12.50% [0.125]\n"},
		{"a grouped number", "", row(`<c r="A3" s="3"><v>-1234567.891</v></c>`), "text", "One\nA3: -1,234,567.89 [-1234567.891]\n"},
		{"cells without addresses", "", row(`<c><v>1</v></c><c><v>2</v></c>`), "text", "One\nA3: 1\tB3: 2\n"},
		{"a formula is hidden", "", row(`<c r="A3"><f>SUM(B1:B2)</f><v>7</v></c>`), "hidden", "One A3 =SUM(B1:B2)\n"},
		{"a hidden sheet", "veryHidden", row(`<c r="A3"><v>7</v></c>`), "hidden", "One\nA3: 7\n"},
		{"a hidden row", "", `<sheetData><row r="3" hidden="1"><c r="A3"><v>7</v></c></row></sheetData>`, "hidden", "One A3: 7\n"},
		{"a hidden column", "", `<cols><col min="2" max="3" hidden="1"/></cols>` + row(`<c r="A3"><v>6</v></c><c r="B3"><v>7</v></c>`), "hidden", "One B3: 7\n"},
		{"a header", "", `<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Top &amp;&amp; left</oddHeader></headerFooter>`, "text", "One\nTop & left\n"},
		{"a name", "", "", "properties", "name list: One!A1\n"},
	} {
		got, err := contentsOf(t, workbook(t, c.state, c.sheet), "a.xlsx")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if s := strings.TrimSpace(got.readings[c.kind]); s != strings.TrimSpace(c.want) {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

func TestSectionsOfASheetHoldFortyRowsUnderItsName(t *testing.T) {
	var rows strings.Builder
	for i := range 100 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d"><v>%d</v></c></row>`, i+1, i+1, i)
	}
	got, err := contentsOf(t, workbook(t, "", `<sheetData>`+rows.String()+`</sheetData>`), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(got.readings["text"], "One\n"); n != 3 {
		t.Errorf("%d sections with the sheet's name", n)
	}
}

func TestSlidesComeInTheirOrderWithNotes(t *testing.T) {
	a := ` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
	slide := func(text, attr string) string {
		return `<p:sld xmlns:p="p"` + a + attr + `><p:sp><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:sp></p:sld>`
	}
	got, err := contentsOf(t, packed(t,
		"ppt/presentation.xml", `<p:presentation xmlns:p="p" xmlns:r="`+r+`"><p:sldIdLst><p:sldId id="256" r:id="b"/><p:sldId id="257" r:id="a"/><p:sldId id="258" r:id="c"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", rels("a", "slide", "slides/slide1.xml", "b", "slide", "slides/slide2.xml", "c", "slide", "slides/slide3.xml"),
		"ppt/slides/slide1.xml", slide("later", ""), "ppt/slides/slide2.xml", slide("first", ""), "ppt/slides/slide3.xml", slide("unseen", ` show="0"`),
		"ppt/slides/_rels/slide1.xml.rels", rels("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
		"ppt/notesSlides/notesSlide1.xml", slide("say this", "")), "a.pptx")
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{
		"text":     "[slide 1]\nfirst\n[slide 2]\nlater\n",
		"hidden":   "[slide 3]\nunseen\n",
		"comments": "[slide 2, notesSlide]\nsay this\n",
	} {
		if s := got.readings[kind]; s != want {
			t.Errorf("%s: %q, not %q", kind, s, want)
		}
	}
}

const odfSpaces = ` xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:dc="d" xmlns:xlink="x"`

func TestOpenDocumentsAreRead(t *testing.T) {
	for _, c := range []struct{ name, body, kind, want string }{
		{"paragraphs", `<office:text><text:h>head</text:h><text:p>a<text:s text:c="2"/>b<text:span>c</text:span></text:p></office:text>`, "text", "head\na  bc\n"},
		{"comments", `<office:text><text:p>a<office:annotation><dc:creator>Li</dc:creator><text:p>why</text:p></office:annotation>b</text:p></office:text>`, "comments", "Li, why\n"},
		{"text beside a comment", `<office:text><text:p>a<office:annotation><dc:creator>Li</dc:creator><text:p>why</text:p></office:annotation>b</text:p></office:text>`, "text", "ab\n"},
		{"a table", `<office:text><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></office:text>`, "text", "a\tb\n"},
		{"a sheet", `<office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="4"/><table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value="0.5"><text:p>50 %</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`, "text", "S\nC5: 50 % [0.5]\n"},
		{"a hidden row", `<office:spreadsheet><table:table table:name="S"><table:table-row table:visibility="collapse"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`, "hidden", "S A1: x\n"},
	} {
		got, err := contentsOf(t, packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
			`<office:document-content`+odfSpaces+`><office:body>`+c.body+`</office:body></office:document-content>`), "a.odt")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if s := strings.TrimSpace(got.readings[c.kind]); s != strings.TrimSpace(c.want) {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

func TestWhatCannotBeReadSaysWhy(t *testing.T) {
	ole := []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	encrypted := append(bytes.Repeat([]byte{0}, 3000), "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"...)
	for _, c := range []struct {
		name string
		file []byte
		want vidimus.Reason
	}{
		{"an encrypted office file", append(bytes.Clone(ole), encrypted...), vidimus.Encrypted},
		{"another OLE file", append(bytes.Clone(ole), make([]byte, 3000)...), vidimus.KindNotRead},
		{"an encrypted OpenDocument file", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x",
			"META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>`), vidimus.Encrypted},
		{"a binary workbook", packed(t, "[Content_Types].xml", "<a/>", "xl/workbook.bin", "x"), vidimus.KindNotRead},
		{"a torn zip", document(t, "")[:90], vidimus.Damaged},
	} {
		_, err := contentsOf(t, c.file, "a.docx")
		if reason, _ := vidimus.FaultOf(err); reason != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestABrokenPartIsNamedAndItsBeginningKept(t *testing.T) {
	got, err := contentsOf(t, packed(t, "word/document.xml", `<w:document`+w+`><w:body><w:p><w:r><w:t>kept</w:t></w:r></w:p><w:p a=<`,
		"docProps/core.xml", `<c><creator>Zhao</creator></c>`), "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	if got.readings["text"] != "kept\n" || got.readings["properties"] != "creator: Zhao\n" {
		t.Errorf("%q", got.readings)
	}
	if len(got.children) != 1 || got.children[0].Fault != vidimus.Damaged || got.children[0].Name != "word/document.xml" {
		t.Errorf("%v", got.children)
	}
}

func TestBombsAreBounded(t *testing.T) {
	entities := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document` + w + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`
	for name, part := range map[string]string{
		"entities":  entities,
		"depth":     strings.Repeat("<a>", 100_000),
		"one token": `<w:document` + w + `><w:body><w:p><w:r><w:t>` + strings.Repeat(" ", 40<<20),
	} {
		got, err := contentsOf(t, packed(t, "word/document.xml", part), "a.docx")
		if err != nil {
			t.Fatal(name, err)
		}
		if n := len(got.readings["text"]); n > 100 {
			t.Errorf("%s: %d bytes of text", name, n)
		}
		if name != "entities" && (len(got.children) != 1 || got.children[0].Fault == "") {
			t.Errorf("%s: %v", name, got.children)
		}
	}
}

func FuzzOffice(f *testing.F) {
	f.Add(`<w:document`+w+`><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`, byte(0))
	f.Add(`<worksheet><sheetData><row r="3"><c r="A3" s="1"><v>43895.5</v></c></row></sheetData></worksheet>`, byte(1))
	f.Add(`<office:document-content`+odfSpaces+`><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></office:document-content>`, byte(2))
	f.Add(`<p:sld xmlns:p="p" xmlns:a="a"><a:tbl><a:tr><a:tc><a:p><a:t>a</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>`, byte(3))
	f.Add(`<w:numbering`+w+`><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="-5"/></w:lvl></w:abstractNum></w:numbering>`, byte(4))
	f.Add(`<styleSheet><numFmts><numFmt numFmtId="14" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`, byte(5))
	f.Fuzz(func(t *testing.T, part string, where byte) {
		var file []byte
		switch where % 6 {
		case 0:
			file = packed(t, "word/document.xml", part, "word/comments.xml", part, "word/_rels/document.xml.rels", rels("c", "comments", "comments.xml"))
		case 1:
			file = packed(t, "xl/workbook.xml", `<workbook xmlns:r="`+r+`"><sheet name="One" r:id="a"/></workbook>`, "xl/_rels/workbook.xml.rels", rels("a", "worksheet", "sheet.xml"), "xl/sheet.xml", part)
		case 2:
			file = packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", part)
		case 3:
			file = packed(t, "ppt/presentation.xml", part, "ppt/slides/slide1.xml", part)
		case 4:
			file = document(t, `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>`, "word/numbering.xml", part, "word/_rels/document.xml.rels", rels("a", "numbering", "numbering.xml"))
		case 5:
			file = packed(t, "xl/workbook.xml", part, "xl/styles.xml", part, "xl/_rels/workbook.xml.rels", rels("c", "styles", "styles.xml"))
		}
		got, err := contentsOf(t, file, "a.docx")
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
		for kind, s := range got.readings {
			if read.Clean(s) != s {
				t.Fatalf("%s is not clean", kind)
			}
		}
	})
}

func FuzzOfficeZip(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(document(f, "<w:p/>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, err := contentsOf(t, b, "a.docx")
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
	})
}
