//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"sync"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// What writes the files in which marks are planted. Nothing here decodes one,
// and every value that a mark carries is the word SAMPLE.

// worded is what stands in a file: one sentence that all have, for a quotation,
// and words of its own, so that no two files are near copies.
type worded []string

const quoted = "the county met"

func wordedBy(file int) worded {
	common := strings.Fields(`water bridge winter market teacher letter morning river village office council paper
		number family garden window station people children garden answer question summer corner journey machine minister
		evening weather country building mountain harvest kitchen promise silence record member visitor neighbour`)
	random := rand.New(rand.NewPCG(uint64(file), 41))
	lines := worded{"On that day " + quoted + " again"}
	for range 9 {
		var line []string
		for range 6 {
			line = append(line, common[random.IntN(len(common))])
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return lines
}

func (s worded) text() string { return strings.Join(s, "\n") + "\n" }

// with gives the lines with one changed.
func (s worded) with(old, new string) worded {
	return strings.Split(strings.Replace(strings.Join(s, "\n"), old, new, 1), "\n")
}

// packageOf makes a package of names and contents in turn.
func packageOf(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		f, _ := z.Create(parts[i])
		io.WriteString(f, parts[i+1])
	}
	z.Close()
	return b.Bytes()
}

const (
	wordSpaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func paragraph(text, entries string) string {
	return `<w:p` + entries + `><w:r><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r></w:p>`
}

// wordFile makes a Word file; more stands in its first paragraph.
func wordFile(s worded, entries, more string, parts ...string) []byte {
	var body strings.Builder
	for i, l := range s {
		p := paragraph(l, entries)
		if i == 0 {
			p = strings.Replace(p, "</w:p>", more+"</w:p>", 1)
		}
		body.WriteString(p)
	}
	return packageOf(append([]string{"word/document.xml", `<w:document` + wordSpaces + `><w:body>` + body.String() + `</w:body></w:document>`}, parts...)...)
}

func relationOf(kind, target, mode string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + relations + kind + `" Target="` + target + `"` + mode + `/></Relationships>`
}

// workbookOf makes a workbook of a sheet, and one that is not shown.
func workbookOf(s worded, hidden string, parts ...string) []byte {
	sheet := func(lines []string) string {
		var rows strings.Builder
		for i, l := range lines {
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>`, i+1, i+1, html.EscapeString(l))
		}
		return `<worksheet><sheetData>` + rows.String() + `</sheetData></worksheet>`
	}
	return packageOf(append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="` + strings.TrimSuffix(relations, "/") + `"><sheets><sheet name="One" r:id="a"/>` + one(hidden != "", `<sheet name="Two" state="hidden" r:id="b"/>`, "") + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", strings.Replace(relationOf("worksheet", "worksheets/sheet1.xml", ""), "</Rel", `<Relationship Id="b" Type="`+relations+`worksheet" Target="worksheets/sheet2.xml"/></Rel`, 1),
		"xl/worksheets/sheet1.xml", sheet(s), "xl/worksheets/sheet2.xml", sheet([]string{hidden})}, parts...)...)
}

// pdfFile is a PDF that the engine opens though it has no table of its objects.
type pdfFile struct {
	content                string
	width, height          float64
	catalog, page, trailer string
	font                   string   // entries of the font
	objects                []string // from number 20; /I draws the first
	more                   string   // other things to draw
}

func (f pdfFile) bytes() []byte {
	if f.width == 0 {
		f.width, f.height = 420, 298
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R%s>>endobj\n2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n", f.catalog)
	fmt.Fprintf(&b, "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding%s>>endobj\n", f.font)
	fmt.Fprintf(&b, "4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</Font<</F 3 0 R>>/XObject<</I 20 0 R%s>>>>/Contents 5 0 R%s>>endobj\n", f.width, f.height, f.more, f.page)
	fmt.Fprintf(&b, "5 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", len(f.content), f.content)
	for i, o := range f.objects {
		fmt.Fprintf(&b, "%d 0 obj%s endobj\n", 20+i, o)
	}
	fmt.Fprintf(&b, "trailer<</Root 1 0 R%s>>\n%%%%EOF\n", f.trailer)
	return b.Bytes()
}

func streamOf(entries string, body []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", entries, len(body), body)
}

// set draws lines of words, each where at puts it; gap is between words.
func set(s worded, at func(line int) float64, gap func(n int) float64) string {
	var b strings.Builder
	n := 0
	for i, l := range s {
		x := 40.0
		for _, w := range strings.Fields(l) {
			fmt.Fprintf(&b, "BT /F 10 Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n", x, 260-20*float64(i)+at(i), escapedPDF(w))
			x += helvetica(w) + 2.8 + gap(n)
			n++
		}
	}
	return b.String()
}

func none(int) float64 { return 0 }

func escapedPDF(s string) string {
	return strings.NewReplacer("(", `\(`, ")", `\)`, `\`, `\\`).Replace(s)
}

// helvetica is about the width of a word of 10 points.
func helvetica(w string) float64 {
	width := 0.0
	for _, r := range w {
		switch {
		case strings.ContainsRune("ijl'", r):
			width += 2.22
		case strings.ContainsRune("ft", r):
			width += 2.78
		case r == 'r':
			width += 3.33
		case r == 'm':
			width += 8.33
		case r == 'w':
			width += 7.22
		case strings.ContainsRune("ckvxyzs", r):
			width += 5
		default:
			width += 5.56
		}
	}
	return width
}

// scanOf shows a picture on the page, with the words as a layer that is not
// drawn, as a scanner that reads leaves them.
func scanOf(s worded, m *image.RGBA, quality int) []byte {
	b := m.Bounds()
	width, height := float64(b.Dx())*72/twinDPI, float64(b.Dy())*72/twinDPI
	return pdfFile{width: width, height: height,
		content: fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /I Do Q 3 Tr\n%s", width, height, over(s)),
		objects: []string{pictureObject(m, quality)},
	}.bytes()
}

// over lays each word over itself on a printed sheet, as wide as it is there.
func over(s worded) string {
	var b strings.Builder
	for i, l := range s {
		at := 0
		for _, w := range strings.Fields(l) {
			at += strings.Index(l[at:], w)
			x, wide := printedWidth(l[:at]), printedWidth(w)
			fmt.Fprintf(&b, "BT /F %d Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n", printedSize, 100*wide/(helvetica(w)*printedSize/10), 40+x, 260-20*float64(i), escapedPDF(w))
			at += len(w)
		}
	}
	return b.String()
}

const printedSize = 12

// printedWidth is how wide words are on a printed sheet, in points.
func printedWidth(words string) float64 {
	if words == "" {
		return 0
	}
	const stop = "." // white space at the end of a line has no width
	width := func(w string) float64 { return twinSetter().Paragraph(w, 1e6, false)[0].Width }
	return (width(words+stop) - width(stop)) * printedSize / typeset.Em
}

const twinDPI = 200

// sheetOf is a page as a colour scan of it would be: words in black on paper
// that is nowhere quite white. The same seed has the same grain.
func printedSheet(s worded, grain float64) *image.RGBA {
	w, h := 420*twinDPI/72, 298*twinDPI/72
	ink := image.NewGray(image.Rect(0, 0, w, h))
	for i := range ink.Pix {
		ink.Pix[i] = 255
	}
	raster, setter := typeset.NewRaster(ink, printedSize*twinDPI/72.0), twinSetter()
	for i, l := range s {
		if l == "" {
			continue
		}
		for _, set := range setter.Paragraph(l, 1e6, false) {
			raster.Line(set, 40*twinDPI/72.0, (38+20*float64(i))*twinDPI/72.0, 0, h)
		}
	}
	random := rand.New(rand.NewPCG(5, 5))
	m := image.NewRGBA(ink.Bounds())
	for i, v := range ink.Pix {
		for c := range 3 {
			m.Pix[4*i+c] = uint8(min(255, max(0, (16+float64(v)*232/255)+random.NormFloat64()*grain)))
		}
		m.Pix[4*i+3] = 255
	}
	return m
}

var twinSetter = sync.OnceValue(func() *typeset.Setter {
	var files [3][]byte
	for i, name := range []string{"noto-sans", "noto-sans-sc", "ukij"} {
		files[i], _ = fonts.Face(name)
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		panic(err)
	}
	return typeset.NewSetter(faces)
})

func pngFile(m image.Image) []byte {
	var b bytes.Buffer
	png.Encode(&b, m)
	return b.Bytes()
}

func jpegOf(m image.Image, quality int) []byte {
	var b bytes.Buffer
	jpeg.Encode(&b, m, &jpeg.Options{Quality: quality})
	return b.Bytes()
}

// tinted darkens each channel by a share, as toner over paper does: what is
// black stays so.
func tinted(m *image.RGBA, at image.Point, r, g, b float64) {
	if !at.In(m.Bounds()) {
		return
	}
	c := m.RGBAAt(at.X, at.Y)
	m.SetRGBA(at.X, at.Y, color.RGBA{uint8(float64(c.R) * r), uint8(float64(c.G) * g), uint8(float64(c.B) * b), 255})
}

// exif puts a block of tags into a JPEG: text by tag in the first directory,
// and in that of the picture; next is a directory of a small picture.
func exif(file []byte, first, picture map[uint16]string, place, small bool) []byte {
	var t bytes.Buffer
	t.WriteString("II*\x00\x08\x00\x00\x00")
	le := binary.LittleEndian
	type entry struct {
		tag, kind    uint16
		count, value uint32
	}
	data := []byte{}
	at := uint32(2000) // where texts and directories lie
	put := func(b []byte) uint32 {
		p := at + uint32(len(data))
		data = append(data, b...)
		return p
	}
	texts := func(all map[uint16]string) (out []entry) {
		for tag := range 0x10000 {
			if s, ok := all[uint16(tag)]; ok {
				out = append(out, entry{uint16(tag), 2, uint32(len(s) + 1), put(append([]byte(s), 0))})
			}
		}
		return out
	}
	directory := func(all []entry, next uint32) []byte {
		b := le.AppendUint16(nil, uint16(len(all)))
		for _, e := range all {
			b = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, e.tag), e.kind), e.count), e.value)
		}
		return le.AppendUint32(b, next)
	}
	main := texts(first)
	if len(picture) > 0 {
		main = append(main, entry{0x8769, 4, 1, put(directory(texts(picture), 0))})
	}
	if place {
		degrees := put(le.AppendUint32(le.AppendUint32(le.AppendUint32(le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, 31), 1), 8), 1), 0), 1))
		main = append(main, entry{0x8825, 4, 1, put(directory([]entry{{1, 2, 2, 'S'}, {2, 5, 3, degrees}, {3, 2, 2, 'W'}, {4, 5, 3, degrees}}, 0))})
	}
	next := uint32(0)
	if small {
		thumb := jpegOf(image.NewGray(image.Rect(0, 0, 16, 16)), 50)
		next = put(directory([]entry{{0x103, 3, 1, 6}, {0x201, 4, 1, put(thumb)}, {0x202, 4, 1, uint32(len(thumb))}}, 0))
	}
	t.Write(directory(main, next))
	t.Write(make([]byte, int(at)-t.Len()))
	t.Write(data)
	body := append([]byte("Exif\x00\x00"), t.Bytes()...)
	out := append([]byte{}, file[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xff, 0xe1), uint16(len(body)+2))
	return append(append(out, body...), file[2:]...)
}
