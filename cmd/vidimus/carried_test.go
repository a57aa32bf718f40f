package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/read/layout"
	"vidimus/read/ocr"
)

// photographed is a picture of a sentence.
func photographed(t *testing.T, sentence string) *image.Gray {
	t.Helper()
	sheet, err := layout.New().Lay(sentence)
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Draw(200)
}

func asPNG(t *testing.T, sentence string) string {
	var b bytes.Buffer
	if err := png.Encode(&b, photographed(t, sentence)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// officeFile is an office file: names of parts and what they hold, in turn.
func officeFile(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// stampedScan is a PDF of one page: a picture of a sentence, and words over its
// empty lower part.
func stampedScan(t *testing.T, sentence, stamp string) string {
	t.Helper()
	m := photographed(t, sentence)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, m, nil); err != nil {
		t.Fatal(err)
	}
	content := fmt.Sprintf("q 595 0 0 %d 0 300 cm /I Do Q BT /F 12 Tf 60 100 Td (%s) Tj ET", 595*m.Rect.Dy()/m.Rect.Dx(), stamp)
	return fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"+
		"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>/Contents 5 0 R>>endobj\n"+
		"5 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"+
		"6 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream endobj\n"+
		"trailer<</Root 1 0 R>>\n%%%%EOF\n", len(content), content, m.Rect.Dx(), m.Rect.Dy(), picture.Len(), picture.String())
}

// carriers are files with a picture inside, by a word that only the picture has.
func carriers(t *testing.T) map[string][2]string {
	const types, xml = "[Content_Types].xml", `<?xml version="1.0"?>`
	inside := func(word string) string { return asPNG(t, "The lorry brought "+word+" to the northern gate.") }
	return map[string][2]string{
		"marble": {"report.docx", officeFile(t, types, "<Types/>", "word/document.xml",
			xml+`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>See the picture.</w:t></w:r></w:p></w:body></w:document>`,
			"word/media/image1.png", inside("marble"))},
		"timber": {"talk.pptx", officeFile(t, types, "<Types/>", "ppt/presentation.xml", xml+`<p:presentation xmlns:p="p"/>`,
			"ppt/slides/slide1.xml", xml+`<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>See the picture.</a:t></a:p></p:sld>`,
			"ppt/media/image1.png", inside("timber"))},
		"gravel": {"sums.xlsx", officeFile(t, types, "<Types/>", "xl/workbook.xml", xml+`<workbook xmlns="x"><sheets/></workbook>`,
			"xl/media/image1.png", inside("gravel"))},
		"copper": {"letter.odt", officeFile(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml",
			xml+`<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>See the picture.</text:p></office:text></office:body></office:document-content>`,
			"Pictures/1.png", inside("copper"))},
		"barley": {"page.html", `<html><body><p>See the picture.</p><img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString([]byte(inside("barley"))) + `"></body></html>`},
		"cotton": {"mail.eml", "From: a@example.org\r\nTo: b@example.org\r\nSubject: a picture\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
			"--x\r\nContent-Type: text/plain\r\n\r\nSee the picture.\r\n--x\r\nContent-Type: image/png; name=p.png\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			base64.StdEncoding.EncodeToString([]byte(inside("cotton"))) + "\r\n--x--\r\n"},
		"cement": {"stamped.pdf", stampedScan(t, "The lorry brought cement to the northern gate.\nIt came again before the morning, and nobody wrote it down.", "Received and filed")},
	}
}

func TestWordsInPicturesInsideFilesAreFound(t *testing.T) {
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	from := t.TempDir()
	files := carriers(t)
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(from, f[0]), []byte(f[1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir, identity := caseWithIdentity(t)
	code, out := runVerb(t, "", "add", dir, from, "--ocr", "off", "--identity", identity, "--allow-swap")
	if code != exitFailures || !strings.Contains(out, string(vidimus.NeedsOCR)) {
		t.Fatalf("add: exit %d:\n%s", code, out)
	}
	if hits := found(t, dir, identity, "cement"); len(hits) != 0 {
		t.Error("a word of a picture is found before OCR")
	}
	if code, out := runVerb(t, "", "ocr", dir, "--identity", identity, "--allow-swap"); code != exitDone {
		t.Errorf("ocr: exit %d:\n%s", code, out)
	}
	for word, f := range files {
		hits := found(t, dir, identity, word)
		if len(hits) != 1 || !strings.Contains(hits[0], f[0]) {
			t.Errorf("%s in %s: hits %q", word, f[0], hits)
		}
	}
	// Own words and what OCR read beside them are one page in two readings.
	if hits := found(t, dir, identity, "filed"); len(hits) != 1 {
		t.Errorf("the stamp: hits %q", hits)
	}
}

// found gives the paths of the files in which a word is found, as often as it is.
func found(t *testing.T, dir, identity, word string) (paths []string) {
	t.Helper()
	code, out := runVerb(t, word+"\n", "search", dir, "-", "--json", "--identity", identity)
	var answer struct{ Hits []struct{ Path string } }
	if err := json.Unmarshal([]byte(out), &answer); err != nil || code != exitDone {
		t.Fatalf("search: exit %d, %v:\n%s", code, err, out)
	}
	for _, h := range answer.Hits {
		paths = append(paths, h.Path)
	}
	return paths
}
