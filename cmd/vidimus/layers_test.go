//go:build linux

package main

import (
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"strings"
	"testing"
	"unicode/utf16"
)

// layer is a place in a sort of file in which a name can stand.
type layer struct {
	sort, where string
	ext         string
	ocr         bool // only OCR reads it
	drawn       bool // the file has pages that can be drawn
	file        func(t *testing.T, s worded, name string) []byte
	inName      bool // of the file
}

func layers() []layer {
	all := append(layersOfWord(), layersOfSheets()...)
	return append(append(append(all, layersOfPDF()...), layersOfMail()...), layersOfOthers()...)
}

// lineWith has a name among words that are in no other file.
func lineWith(name string) string { return "At the yard stood " + name + " in winter." }

func layersOfWord() (all []layer) {
	add := func(where string, file func(s worded, name string) []byte) {
		all = append(all, layer{sort: "Word", where: where, ext: "docx", file: func(_ *testing.T, s worded, name string) []byte { return file(s, html.EscapeString(name)) }})
	}
	run := func(where, format string) {
		add(where, func(s worded, name string) []byte {
			return wordFile(s, "", `<w:r><w:t xml:space="preserve"> </w:t></w:r>`+fmt.Sprintf(format, name))
		})
	}
	part := func(where, kind, file, format string) {
		add(where, func(s worded, name string) []byte {
			return wordFile(s, "", "", "word/_rels/document.xml.rels", relationOf(kind, file, ""), "word/"+file, fmt.Sprintf(format, wordSpaces, lineWith(name)))
		})
	}
	run("words", `<w:r><w:t>%s</w:t></w:r>`)
	run("hidden words", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>%s</w:t></w:r>`)
	run("a tracked insertion", `<w:ins w:author="a"><w:r><w:t>%s</w:t></w:r></w:ins>`)
	run("a tracked deletion", `<w:del w:author="a"><w:r><w:delText>%s</w:delText></w:r></w:del>`)
	run("who tracked a change", `<w:ins w:author="%s"><w:r><w:t>more</w:t></w:r></w:ins>`)
	run("a text box", `<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>`)
	run("words for a picture", `<w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:docPr id="1" name="p" descr="%s"/></wp:inline></w:drawing></w:r>`)
	run("a field", `<w:r><w:instrText> AUTHOR "%s" </w:instrText></w:r>`)
	run("a bookmark", `<w:bookmarkStart w:id="1" w:name="%s"/><w:bookmarkEnd w:id="1"/>`)
	part("a header", "header", "header1.xml", `<w:hdr%s><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:hdr>`)
	part("a footer", "footer", "footer1.xml", `<w:ftr%s><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:ftr>`)
	part("a footnote", "footnotes", "footnotes.xml", `<w:footnotes%s><w:footnote w:id="1"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:footnote></w:footnotes>`)
	part("a comment", "comments", "comments.xml", `<w:comments%s><w:comment w:id="1" w:author="a"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:comment></w:comments>`)
	properties := func(where, file, format string) {
		add(where, func(s worded, name string) []byte { return wordFile(s, "", "", file, fmt.Sprintf(format, name)) })
	}
	properties("the author", "docProps/core.xml", `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>%s</dc:creator></cp:coreProperties>`)
	properties("the company", "docProps/app.xml", `<Properties><Company>%s</Company></Properties>`)
	properties("a property of its own", "docProps/custom.xml", `<Properties xmlns:vt="v"><property name="case"><vt:lpwstr>%s</vt:lpwstr></property></Properties>`)
	properties("data that nothing shows", "customXml/item1.xml", `<data>%s</data>`)
	all = append(all, layer{sort: "Word", where: "a picture", ext: "docx", ocr: true, file: func(t *testing.T, s worded, name string) []byte {
		return wordFile(s, "", "", "word/media/image1.png", asPNG(t, lineWith(name)))
	}})
	return all
}

func layersOfSheets() (all []layer) {
	add := func(sort, where, ext string, file func(s worded, name string) []byte) {
		all = append(all, layer{sort: sort, where: where, ext: ext, file: func(_ *testing.T, s worded, name string) []byte { return file(s, html.EscapeString(name)) }})
	}
	add("Excel", "a cell", "xlsx", func(s worded, name string) []byte { return workbookOf(append(worded{lineWith(name)}, s...), "") })
	add("Excel", "a hidden sheet", "xlsx", func(s worded, name string) []byte { return workbookOf(s, name) })
	add("Excel", "a sheet's name", "xlsx", func(s worded, name string) []byte {
		return workbookPlain(s, name, "")
	})
	add("Excel", "a defined name", "xlsx", func(s worded, name string) []byte {
		return workbookPlain(s, "One", `<definedNames><definedName name="who">"`+name+`"</definedName></definedNames>`)
	})
	add("Excel", "the author", "xlsx", func(s worded, name string) []byte {
		return workbookOf(s, "", "docProps/core.xml", `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>`+name+`</dc:creator></cp:coreProperties>`)
	})
	slides := func(where, shown, notes, attribute string) {
		add("PowerPoint", where, "pptx", func(s worded, name string) []byte {
			text := func(lines ...string) string {
				out := ""
				for _, l := range lines {
					out += `<a:p><a:r><a:t>` + l + `</a:t></a:r></a:p>`
				}
				return `<p:cSld><p:spTree><p:sp><p:txBody>` + out + `</p:txBody></p:sp></p:spTree></p:cSld>`
			}
			const spaces = ` xmlns:p="p" xmlns:a="a" xmlns:r="` + `http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
			return packageOf("ppt/presentation.xml", `<p:presentation`+spaces+`><p:sldIdLst><p:sldId id="256" r:id="a"/></p:sldIdLst></p:presentation>`,
				"ppt/_rels/presentation.xml.rels", relationOf("slide", "slides/slide1.xml", ""),
				"ppt/slides/slide1.xml", `<p:sld`+spaces+attribute+`>`+text(append(s, strings.ReplaceAll(shown, "NAME", name))...)+`</p:sld>`,
				"ppt/slides/_rels/slide1.xml.rels", relationOf("notesSlide", "../notesSlides/notesSlide1.xml", ""),
				"ppt/notesSlides/notesSlide1.xml", `<p:notes`+spaces+`>`+text(strings.ReplaceAll(notes, "NAME", name))+`</p:notes>`)
		})
	}
	slides("a slide", "It was NAME.", "", "")
	slides("notes", "", "It was NAME.", "")
	slides("a hidden slide", "It was NAME.", "", ` show="0"`)
	writer := func(where, kind, body, meta string) {
		add("OpenDocument", where, kind, func(s worded, name string) []byte {
			put := func(x string) string { return strings.ReplaceAll(x, "NAME", name) }
			open := `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:dc="d"><office:body>`
			paragraphs := ""
			for _, l := range s {
				paragraphs += `<text:p>` + l + `</text:p>`
			}
			inner := `<office:text>` + paragraphs + put(body) + `</office:text>`
			mimetype := "application/vnd.oasis.opendocument.text"
			if kind == "ods" {
				mimetype = "application/vnd.oasis.opendocument.spreadsheet"
				inner = `<office:spreadsheet><table:table table:name="One"><table:table-row><table:table-cell>` + paragraphs + `</table:table-cell></table:table-row></table:table>` + put(body) + `</office:spreadsheet>`
			}
			return packageOf("mimetype", mimetype, "content.xml", open+inner+`</office:body></office:document-content>`,
				"meta.xml", `<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta>`+put(meta)+`</office:meta></office:document-meta>`)
		})
	}
	writer("words", "odt", `<text:p>NAME</text:p>`, "")
	writer("a comment", "odt", `<text:p>more<office:annotation><dc:creator>a</dc:creator><text:p>NAME</text:p></office:annotation></text:p>`, "")
	writer("a footnote", "odt", `<text:p>more<text:note><text:note-body><text:p>NAME</text:p></text:note-body></text:note></text:p>`, "")
	writer("the author", "odt", "", `<dc:creator>NAME</dc:creator>`)
	writer("a table's name", "ods", `<table:table table:name="NAME"><table:table-row><table:table-cell><text:p>more</text:p></table:table-cell></table:table-row></table:table>`, "")
	return all
}

// workbookPlain is a workbook of one sheet; more stands behind what lists it.
func workbookPlain(s worded, name, more string) []byte {
	rows := ""
	for i, l := range s {
		rows += fmt.Sprintf(`<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>`, i+1, i+1, l)
	}
	return packageOf("xl/workbook.xml", `<workbook xmlns:r="`+strings.TrimSuffix(relations, "/")+`"><sheets><sheet name="`+name+`" r:id="a"/></sheets>`+more+`</workbook>`,
		"xl/_rels/workbook.xml.rels", relationOf("worksheet", "worksheets/sheet1.xml", ""),
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+rows+`</sheetData></worksheet>`)
}

// pdfText is text as PDF writes it in any script.
func pdfText(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return "<FEFF" + b.String() + ">"
}

func layersOfPDF() (all []layer) {
	add := func(where string, file func(s worded, text string) pdfFile) {
		all = append(all, layer{sort: "PDF", where: where, ext: "pdf", drawn: true, file: func(_ *testing.T, s worded, name string) []byte {
			f := file(s, pdfText(name))
			f.content = set(s, none, none) + f.content
			return f.bytes()
		}})
	}
	objects := func(where, catalog, page, trailer string, objects ...string) {
		add(where, func(_ worded, text string) pdfFile {
			f := pdfFile{catalog: catalog, page: strings.ReplaceAll(page, "NAME", text), trailer: trailer}
			for _, o := range objects {
				f.objects = append(f.objects, strings.ReplaceAll(o, "NAME", text))
			}
			return f
		})
	}
	all = append(all, layer{sort: "PDF", where: "words", ext: "pdf", drawn: true, file: func(t *testing.T, s worded, name string) []byte {
		return paperOf(t, [][]string{append([]string{lineWith(name)}, s...)})
	}})
	add("what readers are told instead", func(_ worded, text string) pdfFile {
		return pdfFile{content: "/Span<</ActualText" + text + ">>BDC BT /F 10 Tf 40 20 Td (x) Tj ET EMC\n"}
	})
	add("a layer that is off", func(_ worded, text string) pdfFile {
		return pdfFile{content: "/OC/L BDC /Span<</ActualText" + text + ">>BDC BT /F 10 Tf 40 20 Td (x) Tj ET EMC EMC\n",
			catalog: "/OCProperties<</OCGs[21 0 R]/D<</OFF[21 0 R]>>>>", objects: []string{"<<>>", "<</Type/OCG/Name(L)>>"}}
	})
	objects("a layer's name", "/OCProperties<</OCGs[21 0 R]/D<<>>>>", "", "", "<<>>", "<</Type/OCG/Name NAME>>")
	objects("a note", "", "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T(a)/Contents NAME>>]", "")
	objects("who wrote a note", "", "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T NAME/Contents(look)>>]", "")
	objects("a form's value", "/AcroForm<</Fields[21 0 R]>>", "/Annots[21 0 R]", "", "<<>>", "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V NAME/Rect[300 20 390 40]/P 4 0 R>>")
	objects("a bookmark", "/Outlines 21 0 R", "", "", "<<>>", "<</First 22 0 R/Last 22 0 R>>", "<</Title NAME/Parent 21 0 R>>")
	objects("an attachment's name", "/Names<</EmbeddedFiles<</Names[(a)21 0 R]>>>>", "", "", "<<>>", "<</Type/Filespec/F(a.txt)/UF NAME/EF<</F 22 0 R>>>>", streamOf("/Type/EmbeddedFile", []byte("paper")))
	objects("the author", "", "", "/Info 20 0 R", "<</Author NAME>>")
	objects("a key of its own", "", "", "/Info 20 0 R", "<</Case NAME>>")
	objects("words for a picture", "/StructTreeRoot 21 0 R", "", "", "<<>>", "<</Type/StructTreeRoot/K 22 0 R>>", "<</S/Figure/Alt NAME/P 21 0 R>>")
	utf8 := func(where string, file func(name string) pdfFile) {
		all = append(all, layer{sort: "PDF", where: where, ext: "pdf", drawn: true, file: func(_ *testing.T, s worded, name string) []byte {
			f := file(name)
			f.content = set(s, none, none)
			return f.bytes()
		}})
	}
	utf8("an attachment", func(name string) pdfFile {
		return pdfFile{catalog: "/Names<</EmbeddedFiles<</Names[(a)21 0 R]>>>>", objects: []string{"<<>>", "<</Type/Filespec/F(a.txt)/EF<</F 22 0 R>>>>", streamOf("/Type/EmbeddedFile", []byte(lineWith(name)))}}
	})
	utf8("an XMP packet", func(name string) pdfFile {
		return pdfFile{catalog: "/Metadata 21 0 R", objects: []string{"<<>>", streamOf("/Type/Metadata/Subtype/XML", []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator xmlns:dc="d">`+name+`</dc:creator></x:xmpmeta>`))}}
	})
	utf8("an object that nothing names", func(name string) pdfFile {
		return pdfFile{objects: []string{"<<>>", streamOf("", []byte(lineWith(name)))}}
	})
	utf8("behind its end", func(name string) pdfFile { return pdfFile{trailer: ">>\n%%EOF\n% " + name + "\n<<"} })
	all = append(all, layer{sort: "PDF", where: "a scan", ext: "pdf", ocr: true, drawn: true, file: func(t *testing.T, _ worded, name string) []byte {
		return []byte(stampedScan(t, lineWith(name)+"\nThey came again before the morning.", "Received and filed"))
	}})
	return all
}

func layersOfMail() (all []layer) {
	add := func(where string, file func(s worded, name string) string) {
		all = append(all, layer{sort: "mail", where: where, ext: "eml", file: func(_ *testing.T, s worded, name string) []byte { return []byte(file(s, name)) }})
	}
	mail := func(head, body string) string {
		return "From: A <a@sample.example>\r\nTo: B <b@sample.example>\r\nSubject: paper\r\nMIME-Version: 1.0\r\n" + head + "\r\n" + body
	}
	const plain = "Content-Type: text/plain; charset=utf-8\r\n"
	for _, field := range []string{"X-Owner", "Keywords", "Bcc", "Comments", "Reply-To"} {
		add("the field "+field, func(s worded, name string) string {
			return mail(field+": "+mime.BEncoding.Encode("utf-8", name)+" <c@sample.example>\r\n"+plain, s.text())
		})
	}
	add("who sent it", func(s worded, name string) string {
		return strings.Replace(mail(plain, s.text()), "A <", mime.QEncoding.Encode("utf-8", name)+" <", 1)
	})
	add("the subject", func(s worded, name string) string {
		return strings.Replace(mail(plain, s.text()), "paper", mime.BEncoding.Encode("utf-8", name), 1)
	})
	add("words", func(s worded, name string) string { return mail(plain, s.text()+lineWith(name)) })
	add("words in base64", func(s worded, name string) string {
		return mail(plain+"Content-Transfer-Encoding: base64\r\n", base64.StdEncoding.EncodeToString([]byte(s.text()+lineWith(name))))
	})
	parts := func(s worded, kind, head, body string) string {
		return mail("Content-Type: multipart/"+kind+"; boundary=b\r\n", "--b\r\n"+plain+"\r\n"+s.text()+"\r\n--b\r\n"+head+"\r\n"+body+"\r\n--b--\r\n")
	}
	add("the same in HTML", func(s worded, name string) string {
		return parts(s, "alternative", "Content-Type: text/html; charset=utf-8\r\n", "<p>"+html.EscapeString(lineWith(name))+"</p>")
	})
	add("an attachment", func(s worded, name string) string {
		return parts(s, "mixed", "Content-Type: text/plain; charset=utf-8; name=a.txt\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n", base64.StdEncoding.EncodeToString([]byte(lineWith(name))))
	})
	add("an attachment's name", func(s worded, name string) string {
		return parts(s, "mixed", "Content-Type: text/plain; name=\""+mime.BEncoding.Encode("utf-8", name+".txt")+"\"\r\nContent-Disposition: attachment\r\n", "paper")
	})
	add("a mail inside", func(s worded, name string) string {
		return parts(s, "mixed", "Content-Type: message/rfc822\r\n", "From: C <c@sample.example>\r\nSubject: again\r\n"+plain+"\r\n"+lineWith(name))
	})
	add("before its first part", func(s worded, name string) string {
		return strings.Replace(parts(s, "mixed", plain, "more"), "--b\r\n", name+"\r\n--b\r\n", 1)
	})
	return all
}

func layersOfOthers() (all []layer) {
	add := func(sort, where, ext string, file func(s worded, name string) []byte) {
		all = append(all, layer{sort: sort, where: where, ext: ext, file: func(_ *testing.T, s worded, name string) []byte { return file(s, name) }})
	}
	page := func(where, body string) {
		add("HTML", where, "html", func(s worded, name string) []byte {
			return []byte("<!doctype html><html><head><meta charset=utf-8><title>paper</title></head><body><p>" + strings.Join(s, "</p><p>") + "</p>" + strings.ReplaceAll(body, "NAME", html.EscapeString(name)) + "</body></html>")
		})
	}
	page("words", "<p>At the yard stood NAME.</p>")
	page("a comment", "<!-- NAME -->")
	page("words for a picture", `<img src="a.png" alt="NAME">`)
	page("a title", `<p title="NAME">more</p>`)
	page("a script", `<script>var a = "NAME";</script>`)
	page("hidden words", `<p style="display:none">NAME</p>`)
	page("an address", `<a href="https://sample.example/NAME">more</a>`)
	page("what it says of itself", `<meta name="author" content="NAME">`)
	page("a form's value", `<input type="hidden" value="NAME">`)
	add("CSV", "a cell", "csv", func(s worded, name string) []byte {
		return []byte("day,who\n" + strings.Join(s, ",x\n") + ",x\n1,\"" + name + "\"\n")
	})
	add("CSV", "a column's name", "csv", func(s worded, name string) []byte {
		return []byte("day," + name + "\n" + strings.Join(s, ",x\n") + ",x\n")
	})
	add("text", "words", "txt", func(s worded, name string) []byte { return []byte(s.text() + lineWith(name) + "\n") })
	add("text", "words in UTF-16", "txt", func(s worded, name string) []byte {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s.text() + lineWith(name) + "\n")) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	})
	all = append(all, layer{sort: "text", where: "the file's name", ext: "txt", inName: true, file: func(_ *testing.T, s worded, _ string) []byte { return []byte(s.text()) }})
	add("zip", "a member", "zip", func(s worded, name string) []byte { return packageOf("a.txt", s.text()+lineWith(name)+"\n") })
	add("zip", "a member's name", "zip", func(s worded, name string) []byte { return packageOf(name+".txt", s.text()) })
	add("zip", "a folder's name", "zip", func(s worded, name string) []byte { return packageOf(name+"/a.txt", s.text()) })
	picture := func(where, ext string, ocr bool, file func(t *testing.T, s worded, name string) []byte) {
		all = append(all, layer{sort: "picture", where: where, ext: ext, ocr: ocr, drawn: true, file: file})
	}
	picture("words", "png", true, func(t *testing.T, _ worded, name string) []byte {
		return []byte(asPNG(t, lineWith(name)+"\nThey came again before the morning."))
	})
	picture("EXIF", "jpg", true, func(_ *testing.T, s worded, name string) []byte {
		return exif(jpegOf(printedSheet(s, 3), 90), map[uint16]string{0x13b: name}, nil, false, false)
	})
	picture("a comment of JPEG", "jpg", true, func(_ *testing.T, s worded, name string) []byte {
		f := jpegOf(printedSheet(s, 3), 90)
		note := append([]byte{0xff, 0xfe, byte((len(name) + 2) >> 8), byte(len(name) + 2)}, name...)
		return append(append(append([]byte{}, f[:2]...), note...), f[2:]...)
	})
	return all
}
