//go:build linux

package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"slices"
	"strings"

	"rsc.io/qr"

	"vidimus/protect/trace"
)

// planted is a mark in one sort of file, and how its two twins are made.
type planted struct {
	kind trace.Kind
	how  string
	ext  string
	file func(s worded, marked bool) []byte
	// beside is another file that lies in the case too.
	beside func(s worded) []byte
	ocr    bool   // its words are read from its picture
	quote  string // the marked words, that a careless person might quote
}

// one gives what the marked twin has, or what the clean one has.
func one[T any](marked bool, yes, no T) T {
	if marked {
		return yes
	}
	return no
}

const sample = "SAMPLE"

func twinPlants() []planted {
	all := append(ofWhatIsSaid(), ofOffice()...)
	return append(append(append(all, ofMail()...), ofWords()...), ofPictures()...)
}

// ofWhatIsSaid are marks in what PDF and JPEG files say about themselves.
func ofWhatIsSaid() (all []planted) {
	info := func(kind trace.Kind, how, trailer string, objects ...string) {
		all = append(all, planted{kind: kind, how: how, ext: "pdf", file: func(s worded, marked bool) []byte {
			f := pdfFile{content: set(s, none, none)}
			if marked {
				f.trailer, f.objects = trailer, objects
			}
			return f.bytes()
		}})
	}
	xmp := func(field string) string {
		return streamOf("/Type/Metadata/Subtype/XML", []byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><m:`+field+` xmlns:m="m">`+sample+`</m:`+field+`></rdf:Description></rdf:RDF></x:xmpmeta>`))
	}
	info(trace.AuthorName, "Author of a PDF", "/Info 20 0 R", "<</Author("+sample+")>>")
	info(trace.Software, "Producer of a PDF", "/Info 20 0 R", "<</Producer("+sample+")>>")
	info(trace.Times, "CreationDate of a PDF", "/Info 20 0 R", "<</CreationDate(D:30170409)>>")
	info(trace.FileIdentifier, "/ID of a PDF", "/ID[<"+fmt.Sprintf("%x", sample)+"><00>]")
	info(trace.FileIdentifier, "XMP InstanceID in a PDF", "", xmp("InstanceID"))
	info(trace.Template, "XMP DocumentPath in a PDF", "", xmp("DocumentPath"))
	tags := func(kind trace.Kind, how string, mark func(file []byte) []byte) {
		all = append(all, planted{kind: kind, how: how, ext: "pdf", file: func(s worded, marked bool) []byte {
			m := printedSheet(s, 3)
			file := jpegOf(m, 85)
			if marked {
				file = mark(file)
			}
			b := m.Bounds()
			width, height := float64(b.Dx())*72/twinDPI, float64(b.Dy())*72/twinDPI
			return pdfFile{width: width, height: height,
				content: fmt.Sprintf("q %.2f 0 0 %.2f 0 0 cm /I Do Q 3 Tr\n%s", width, height, set(s, none, none)),
				objects: []string{streamOf(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", b.Dx(), b.Dy()), file)},
			}.bytes()
		}})
	}
	tags(trace.DeviceModel, "EXIF Make of a picture in a PDF", func(f []byte) []byte { return exif(f, map[uint16]string{0x10f: sample}, nil, false, false) })
	tags(trace.Serial, "EXIF BodySerialNumber", func(f []byte) []byte { return exif(f, nil, map[uint16]string{0xa431: sample}, false, false) })
	tags(trace.Coordinates, "EXIF position", func(f []byte) []byte { return exif(f, nil, nil, true, false) })
	tags(trace.Thumbnail, "EXIF small picture", func(f []byte) []byte { return exif(f, nil, nil, false, true) })
	return all
}

// ofOffice are marks in files of office programs.
func ofOffice() (all []planted) {
	add := func(kind trace.Kind, how, ext string, file func(s worded, marked bool) []byte) {
		all = append(all, planted{kind: kind, how: how, ext: ext, file: file})
	}
	part := func(kind trace.Kind, how, name, content string) {
		add(kind, how, "docx", func(s worded, marked bool) []byte {
			if !marked {
				return wordFile(s, "", "")
			}
			return wordFile(s, "", "", name, content)
		})
	}
	core := func(field, value string) string {
		return `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><` + field + `>` + value + `</` + field + `></cp:coreProperties>`
	}
	app := func(field string) string {
		return `<Properties><` + field + `>` + sample + `</` + field + `></Properties>`
	}
	part(trace.AuthorName, "lastModifiedBy of a Word file", "docProps/core.xml", core("cp:lastModifiedBy", sample))
	part(trace.Times, "lastPrinted of a Word file", "docProps/core.xml", core("cp:lastPrinted", "3017-04-09"))
	part(trace.Software, "Application of a Word file", "docProps/app.xml", app("Application"))
	part(trace.Template, "Template of a Word file", "docProps/app.xml", app("Template"))
	part(trace.OutsideLink, "a picture of a Word file from outside", "word/_rels/document.xml.rels", relationOf("image", "http://sample.example/1.png", ` TargetMode="External"`))
	add(trace.CommentNames, "a comment of a Word file", "docx", func(s worded, marked bool) []byte {
		return wordFile(s, "", "", one(marked, []string{"word/_rels/document.xml.rels", relationOf("comments", "comments.xml", ""),
			"word/comments.xml", `<w:comments` + wordSpaces + `><w:comment w:id="0" w:author="` + sample + `">` + paragraph("look", "") + `</w:comment></w:comments>`}, nil)...)
	})
	add(trace.RevisionMarks, "rsid of a Word file", "docx", func(s worded, marked bool) []byte {
		return wordFile(s, one(marked, ` w:rsidR="53414D50"`, ""), "")
	})
	add(trace.ChangeMarks, "a tracked deletion of a Word file", "docx", func(s worded, marked bool) []byte {
		return wordFile(s, "", one(marked, `<w:del w:author="`+sample+`"><w:r><w:delText>gone</w:delText></w:r></w:del>`, ""))
	})
	add(trace.HiddenContent, "hidden words of a Word file", "docx", func(s worded, marked bool) []byte {
		return wordFile(s, "", one(marked, `<w:r><w:rPr><w:vanish/></w:rPr><w:t>`+sample+`</w:t></w:r>`, ""))
	})
	add(trace.HiddenContent, "a hidden sheet of a workbook", "xlsx", func(s worded, marked bool) []byte { return workbookOf(s, one(marked, sample, "")) })
	add(trace.PrinterName, "printer settings of a workbook", "xlsx", func(s worded, marked bool) []byte {
		return workbookOf(s, "", one(marked, []string{"xl/printerSettings/printerSettings1.bin", "S\x00A\x00M\x00P\x00L\x00E\x00\x00\x00"}, nil)...)
	})
	return all
}

// ofMail are marks in mails.
func ofMail() (all []planted) {
	field := func(kind trace.Kind, how, name, value string) {
		all = append(all, planted{kind: kind, how: how, ext: "eml", file: func(s worded, marked bool) []byte {
			head := "From: A <a@sample.example>\r\nTo: B <b@sample.example>\r\nSubject: paper\r\n"
			return []byte(one(marked, name+": "+value+"\r\n", "") + head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + s.text())
		}})
	}
	field(trace.MailRoute, "Received of a mail", "Received", "from sample.example by mx.example; Mon, 1 Jan 3017 10:00:00 +0000")
	field(trace.MailID, "Message-ID of a mail", "Message-ID", "<"+sample+"@sample.example>")
	field(trace.MailProgram, "X-Mailer of a mail", "X-Mailer", sample+" 1")
	field(trace.HiddenCopies, "Bcc of a mail", "Bcc", "sample@sample.example")
	all = append(all, planted{kind: trace.MailBoundary, how: "boundary of a mail", ext: "eml", file: func(s worded, marked bool) []byte {
		b := one(marked, "----=_"+sample, "b")
		return []byte("From: A <a@sample.example>\r\nSubject: paper\r\nContent-Type: multipart/mixed; boundary=\"" + b + "\"\r\n\r\n--" + b + "\r\nContent-Type: text/plain\r\n\r\n" + s.text() + "\r\n--" + b + "--\r\n")
	}})
	return all
}

// ofWords are marks in the words themselves.
func ofWords() (all []planted) {
	text := func(kind trace.Kind, how, old, new string) {
		all = append(all, planted{kind: kind, how: how + " in a text file", ext: "txt", file: func(s worded, marked bool) []byte {
			return []byte(s.with(old, one(marked, new, strings.NewReplacer("\u0308", "", "\u200b", "").Replace(old))).text())
		}})
	}
	text(trace.Invisible, "a zero-width space", "county", "cou\u200bnty")
	text(trace.Invisible, "letters of the tag block", "again", "again\U000E0053\U000E0041\U000E004D")
	text(trace.OddSpaces, "a thin space", "On that", "On\u2009that")
	text(trace.LookAlikes, "a Cyrillic о", "county", "c\u043eunty")
	all = append(all, planted{kind: trace.MixedForms, how: "one letter written apart in a text file", ext: "txt", file: func(s worded, marked bool) []byte {
		return []byte("Ürümqi and " + one(marked, "U\u0308rümqi", "Ürümqi") + " are named\n" + s.text())
	}})
	stamp := func(kind trace.Kind, how, line string) {
		all = append(all, planted{kind: kind, how: how, ext: "txt", quote: line, file: func(s worded, marked bool) []byte {
			return []byte(s.text() + one(marked, line+"\n", ""))
		}})
	}
	stamp(trace.CopyNumber, "a copy's number at the foot", "Copy 4 of 12")
	stamp(trace.VisibleIDs, "a path at the foot", `C:\Users\sample\paper.txt`)
	changed := func(s worded, marked bool) []byte {
		return []byte(s.with("again", one(marked, "anew", "again")).text())
	}
	all = append(all,
		planted{kind: trace.CopyWording, how: "a word, with another copy in the case", ext: "txt", file: changed, quote: "anew", beside: func(s worded) []byte { return []byte("\n\n" + s.text()) }},
		planted{kind: trace.CopyWording, how: "a word, of the one copy in the case", ext: "txt", file: changed})
	sheet := func(kind trace.Kind, how string, file func(s worded, marked bool) pdfFile) {
		all = append(all, planted{kind: kind, how: how, ext: "pdf", file: func(s worded, marked bool) []byte { return file(s, marked).bytes() }})
	}
	lift := func(by float64) func(int) float64 { return func(l int) float64 { return one(l%5 == 2, by, 0) } }
	sheet(trace.ShiftedLines, "lines 0.5 pt higher in a PDF", func(s worded, marked bool) pdfFile {
		return tall(set(long(s), lift(one(marked, 0.5, 0)), none))
	})
	sheet(trace.ShiftedLines, "the same, on a page of few lines", func(s worded, marked bool) pdfFile {
		return pdfFile{content: set(s, lift(one(marked, 0.5, 0)), none)}
	})
	sheet(trace.ShiftedWords, "gaps of two widths in a PDF", func(s worded, marked bool) pdfFile {
		return tall(set(long(s), none, func(n int) float64 { return one(marked, 0.4*float64(n*7%3%2), 0) }))
	})
	covered := func(how, colour, over string) {
		sheet(trace.CoveredWords, how, func(s worded, marked bool) pdfFile {
			return pdfFile{content: set(s, none, none) + colour + one(marked, "BT /F 10 Tf 1 0 0 1 40 30 Tm (for "+sample+" only) Tj ET\n", "") + over}
		})
	}
	covered("words under a black box on a PDF", "0 g\n", "0 g 36 24 140 18 re f\n")
	covered("white words on a PDF", "1 g\n", "")
	sheet(trace.FormValues, "a note on a PDF that is not drawn", func(s worded, marked bool) pdfFile {
		return pdfFile{content: set(s, none, none), page: one(marked, "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T("+sample+")/Contents(look)>>]", "")}
	})
	sheet(trace.FormValues, "a form's value that is drawn on a PDF", func(s worded, marked bool) pdfFile {
		f := pdfFile{content: set(s, none, none)}
		if marked {
			f.page = "/Annots[21 0 R]"
			f.catalog = "/AcroForm<</Fields[21 0 R]>>"
			f.objects = []string{"<<>>", "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(" + sample + ")/Rect[300 20 390 40]/P 4 0 R/AP<</N 22 0 R>>>>",
				streamOf("/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 3 0 R>>>>", []byte("BT /F 9 Tf 2 2 Td ("+sample+") Tj ET"))}
		}
		return f
	})
	sheet(trace.FormValues, "a stamp that is drawn on a PDF and says nothing", func(s worded, marked bool) pdfFile {
		f := pdfFile{content: set(s, none, none)}
		if marked {
			f.page = "/Annots[<</Type/Annot/Subtype/Stamp/Rect[300 20 390 40]/AP<</N 21 0 R>>>>]"
			f.objects = []string{"<<>>", streamOf("/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 3 0 R>>>>", []byte("BT /F 9 Tf 2 2 Td ("+sample+") Tj ET"))}
		}
		return f
	})
	sheet(trace.LinkAddress, "a link of a PDF", func(s worded, marked bool) pdfFile {
		return pdfFile{content: set(s, none, none), page: one(marked, "/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(https://sample.example/7)>>>>]", "")}
	})
	for _, tone := range []float64{0.6, 0.9, 0.97} {
		sheet(trace.FaintTint, fmt.Sprintf("a drawn watermark under a PDF, %.0f %% of white", 100*tone), func(s worded, marked bool) pdfFile {
			mark := fmt.Sprintf("%.2f g 60 40 180 120 re f 0 g\n", tone)
			return pdfFile{content: one(marked, mark, "") + set(s, none, none)}
		})
	}
	return all
}

// long gives the lines of a full page.
func long(s worded) worded {
	all := slices.Clone(s)
	for i := range 3 {
		all = append(all, wordedBy(1000 + 10*len(s[1]) + i)[1:]...)
	}
	return all
}

// tall is a page of A4 with its first line near the top.
func tall(content string) pdfFile {
	return pdfFile{width: 595, height: 842, content: "1 0 0 1 0 544 cm\n" + content}
}

// ofPictures are marks that can be seen.
func ofPictures() (all []planted) {
	scan := func(kind trace.Kind, how string, quality int, grain float64, mark func(m *image.RGBA)) {
		how += one(quality > 0, fmt.Sprintf(", JPEG %d", quality), ", lossless")
		all = append(all, planted{kind: kind, how: how, ext: "pdf", file: func(s worded, marked bool) []byte {
			m := printedSheet(s, grain)
			if marked {
				mark(m)
			}
			return scanOf(s, m, quality)
		}})
	}
	for _, blue := range []float64{0.9, 0.7, 0.3} {
		for _, quality := range []int{0, 90, 60} {
			scan(trace.PrinterDots, fmt.Sprintf("yellow dots that leave %.0f %% of blue on a scan", 100*blue), quality, 3, func(m *image.RGBA) { dotsOf(m, 1, 1, blue) })
		}
	}
	scan(trace.PrinterDots, "dots as a scanner sees them (98, 95, 60 %) on a scan", 0, 3, func(m *image.RGBA) { dotsOf(m, 0.98, 0.95, 0.6) })
	for _, tone := range []float64{0.98, 0.9} {
		for _, quality := range []int{0, 75} {
			scan(trace.FaintTint, fmt.Sprintf("a grey watermark on a scan, %.0f %%", 100*tone), quality, 3, func(m *image.RGBA) { rectangle(m, tone, tone, tone) })
		}
	}
	scan(trace.FaintTint, "a yellow watermark on a scan, 80 % of blue", 0, 3, func(m *image.RGBA) { rectangle(m, 1, 1, 0.8) })
	scan(trace.SensorNoise, "the grain of one scanner on a scan", 0, 0, func(m *image.RGBA) { grainOf(m) })
	scan(trace.Handwriting, "a stroke of a pen on a scan", 0, 3, strokeOf)
	scan(trace.MachineCode, "a QR code reading SAMPLE on a scan", 0, 3, func(m *image.RGBA) { codeOf(m, 960, 560) })
	all = append(all, planted{kind: trace.Coding, how: "two qualities of JPEG of one scan", ext: "pdf", file: func(s worded, marked bool) []byte { return scanOf(s, printedSheet(s, 3), one(marked, 71, 83)) }})
	all = append(all, planted{kind: trace.ScreenClock, how: "the clock of a telephone's picture", ext: "png", ocr: true, file: func(s worded, marked bool) []byte {
		page := printedSheet(append(append(worded{one(marked, "9:41 LTE 80%", "")}, ""), s[:7]...), 0)
		m := image.NewRGBA(image.Rect(0, 0, 1334, 750))
		draw.Draw(m, m.Bounds(), page, image.Pt(40, 60), draw.Src)
		return pngFile(m)
	}})
	all = append(all, planted{kind: trace.AuthorName, how: "EXIF Artist of a JPEG that OCR reads", ext: "jpg", ocr: true, file: func(s worded, marked bool) []byte {
		return exif(jpegOf(printedSheet(s, 3), 90), map[uint16]string{0x13b: one(marked, sample, "")}, nil, false, false)
	}})
	recognised := func(kind trace.Kind, how string, quality int, mark func(m *image.RGBA)) {
		how += " on a scan that OCR reads" + one(quality > 0, fmt.Sprintf(", JPEG %d", quality), ", lossless")
		all = append(all, planted{kind: kind, how: how, ext: one(quality > 0, "jpg", "png"), ocr: true, file: func(s worded, marked bool) []byte {
			m := printedSheet(s, 3)
			if marked {
				mark(m)
			}
			if quality > 0 {
				return jpegOf(m, quality)
			}
			return pngFile(m)
		}})
	}
	dots := func(m *image.RGBA) { dotsOf(m, 1, 1, 0.7) }
	recognised(trace.PrinterDots, "yellow dots that leave 70 % of blue", 0, dots)
	recognised(trace.PrinterDots, "yellow dots that leave 70 % of blue", 60, dots)
	recognised(trace.FaintTint, "a grey watermark, 90 %,", 75, func(m *image.RGBA) { rectangle(m, 0.9, 0.9, 0.9) })
	recognised(trace.Handwriting, "a stroke of a pen", 0, strokeOf)
	return all
}

// dotsOf plants a tile of 16 by 32 cells at 0.04 inch over the page. The cells
// that have a dot are the bits of SAMPLE: no printer writes so.
func dotsOf(m *image.RGBA, r, g, b float64) {
	const pitch = 0.04 * twinDPI
	size := m.Bounds().Size()
	for ty := 0.0; ty < float64(size.Y); ty += 32 * pitch {
		for tx := 0.0; tx < float64(size.X); tx += 16 * pitch {
			for bit := range 8 * len(sample) {
				if sample[bit/8]>>(bit%8)&1 == 1 {
					x, y := int(tx+pitch*float64(bit*5%16)), int(ty+pitch*float64(bit*7%32))
					tinted(m, image.Pt(x, y), r, g, b)
					tinted(m, image.Pt(x+1, y), r, g, b)
				}
			}
		}
	}
}

func rectangle(m *image.RGBA, r, g, b float64) {
	for y := 200; y < 600; y++ {
		for x := 200; x < 900; x++ {
			if (x/40+y/40)%2 == 0 {
				tinted(m, image.Pt(x, y), r, g, b)
			}
		}
	}
}

func strokeOf(m *image.RGBA) {
	for i := range 300 {
		draw.Draw(m, image.Rect(900+i/2, 100+i, 904+i/2, 104+i), image.NewUniform(color.RGBA{20, 20, 90, 255}), image.Point{}, draw.Src)
	}
}

// grainOf is a pattern that each page of one device would have.
func grainOf(m *image.RGBA) {
	random := rand.New(rand.NewPCG(8, 8))
	for i := 0; i < len(m.Pix); i += 4 {
		n := random.NormFloat64() * 3
		for c := range 3 {
			m.Pix[i+c] = uint8(min(255, max(0, float64(m.Pix[i+c])+n)))
		}
	}
}

func codeOf(m *image.RGBA, x, y int) {
	code, err := qr.Encode(sample, qr.M)
	if err != nil {
		panic(err)
	}
	const module = 5
	for dy := range code.Size {
		for dx := range code.Size {
			c := color.RGBA{245, 245, 245, 255}
			if code.Black(dx, dy) {
				c = color.RGBA{15, 15, 15, 255}
			}
			draw.Draw(m, image.Rect(x+dx*module, y+dy*module, x+(dx+1)*module, y+(dy+1)*module), image.NewUniform(c), image.Point{}, draw.Src)
		}
	}
}
