package match

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"net/url"
	"strings"
	"unicode/utf16"
)

// What follows writes small files as careless programs do.

func utf16BE(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return string(b)
}

// deflated is a stream of a PDF.
func deflated(dict, data string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(data))
	w.Close()
	return fmt.Sprintf("<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream", b.Len(), dict, b.String())
}

func plainStream(dict, data string) string {
	return fmt.Sprintf("<< /Length %d %s >>\nstream\n%s\nendstream", len(data), dict, data)
}

// pdfOf is a file of one page, the objects of which begin with its drawing; page
// is what stands in the page's dictionary besides.
func pdfOf(page, drawing string, objects ...string) string {
	if !strings.Contains(page, "/Resources") {
		page += " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
	}
	var w strings.Builder
	w.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	all := append([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + page + " >>", drawing}, objects...)
	var at []int
	for i, o := range all {
		at = append(at, w.Len())
		fmt.Fprintf(&w, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := w.Len()
	fmt.Fprintf(&w, "xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for _, n := range at {
		fmt.Fprintf(&w, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&w, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(all)+1, start)
	return w.String()
}

// drawn is a file of which the page draws something.
func drawn(drawing string, objects ...string) string {
	return pdfOf("", deflated("", drawing), objects...)
}

// row is a name as the operand of Tj: as it is in Latin letters, else by codes.
func row(who string) string {
	if isASCII(who) {
		return "(" + who + ")"
	}
	return "<" + hex.EncodeToString([]byte(utf16BE(who))) + ">"
}

// words is a name as a string of a dictionary.
func words(who string) string {
	if isASCII(who) {
		return "(" + who + ")"
	}
	var w strings.Builder
	for _, c := range []byte("\xfe\xff" + utf16BE(who)) {
		fmt.Fprintf(&w, "\\%03o", c)
	}
	return "(" + w.String() + ")"
}

func isASCII(s string) bool {
	for _, c := range []byte(s) {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// letter by letter, and in pieces with kerning.
func singleTj(who string) (w string) {
	for _, r := range who {
		w += row(string(r)) + " Tj 6 0 Td\n"
	}
	return "BT /F1 11 Tf 72 700 Td\n" + w + "ET"
}

func kernedTJ(who string) (w string) {
	for i, r := range []rune(who) {
		w += fmt.Sprintf("%s %d ", row(string(r)), 20-10*(i%5))
	}
	return "BT /F1 11 Tf 72 700 Td [" + w + "] TJ ET"
}

func set(state, who string) string { return "BT /F1 11 Tf " + state + " " + row(who) + " Tj ET\n" }

const box = "0 0 0 rg 70 695 200 16 re f\n"

// cidFont draws by numbers of glyphs, which only a table turns into letters.
func cidFont(who string) string {
	var codes, table strings.Builder
	for i, r := range []rune(who) {
		fmt.Fprintf(&codes, "%04X", 0x21+7*i)
		fmt.Fprintf(&table, "<%04X> <%X>\n", 0x21+7*i, utf16BE(string(r)))
	}
	return pdfOf("/Resources << /Font << /F1 5 0 R >> >>", deflated("", "BT /F1 11 Tf <"+codes.String()+"> Tj ET"),
		"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R >>",
		deflated("", fmt.Sprintf("begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap", len([]rune(who)), table.String())))
}

// predicted is an object stream of which each row of the table says what it
// adds to the one above.
func predicted(who string) string {
	const columns = 8
	data := []byte("7 0 << /V " + words(who) + " >> ")
	for len(data)%columns != 0 {
		data = append(data, ' ')
	}
	var out []byte
	before := make([]byte, columns)
	for at := 0; at < len(data); at += columns {
		out = append(out, 2)
		for i, c := range data[at : at+columns] {
			out = append(out, c-before[i])
		}
		before = data[at : at+columns]
	}
	return drawn("", deflated("/Type /ObjStm /N 1 /First 4 /DecodeParms << /Predictor 12 /Columns 8 >>", string(out)))
}

const jpegHead = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00"

// jpegWith holds a segment of metadata, and bytes behind its end.
func jpegWith(exif, behind string) string {
	segment := "Exif\x00\x00" + exif
	return jpegHead + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(segment)+2))) + segment + "\xff\xd9" + behind
}

// tiff is a picture's properties of one entry.
func tiff(tag uint16, value string) string {
	b := append([]byte("II*\x00\x08\x00\x00\x00\x01\x00"), byte(tag), byte(tag>>8), 2, 0)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(value)))
	b = append(binary.LittleEndian.AppendUint32(b, 26), 0, 0, 0, 0)
	return string(b) + value
}

func pngWith(behind string, chunks ...[2]string) string {
	out := "\x89PNG\r\n\x1a\n"
	for _, c := range append(append([][2]string{{"IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x01\x00\x00\x00\x00"}}, chunks...), [2]string{"IDAT", zlibbed("\x00\x80")}, [2]string{"IEND", ""}) {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(c[1])))
		b = append(append(b, c[0]...), c[1]...)
		out += string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
	}
	return out + behind
}

func zlibbed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func zipped(name, data string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, _ := w.Create(name)
	f.Write([]byte(data))
	w.Close()
	return b.String()
}

func in85(filter, data string) string {
	out := make([]byte, ascii85.MaxEncodedLen(len(data)))
	return plainStream("/Filter "+filter, string(out[:ascii85.Encode(out, []byte(data))])+"~>")
}

func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func in64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func hashed(s string) (w string) {
	for _, c := range []byte(s) {
		w += fmt.Sprintf("#%02X", c)
	}
	return w
}

func spacedHex(s string) string {
	if !isASCII(s) {
		s = utf16BE(s)
	}
	return strings.TrimSpace(fmt.Sprintf("% X", s))
}

func octals(s string) (w string) {
	if !isASCII(s) {
		s = utf16BE(s)
	}
	for _, c := range []byte(s) {
		w += fmt.Sprintf("\\%o", c)
	}
	return "(" + strings.ReplaceAll(w, "\\0\\", "\\000\\") + ")"
}

func entity(s string) (w string) {
	for _, r := range s {
		w += fmt.Sprintf("&#%d;", r)
	}
	return w
}

func escapedJSON(s string) (w string) {
	for _, u := range utf16.Encode([]rune(s)) {
		w += fmt.Sprintf(`\u%04x`, u)
	}
	return w
}

func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}
