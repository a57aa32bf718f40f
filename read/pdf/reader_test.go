package pdf

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"vidimus"
	"vidimus/read"
)

// made is a PDF of pages, each with the entries and the content given. It has
// no cross-reference table: the engine finds the objects.
func made(pages ...[2]string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
	kids := ""
	for i, p := range pages {
		kids += fmt.Sprintf("%d 0 R ", 10+2*i)
		fmt.Fprintf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R%s>>endobj\n",
			10+2*i, 11+2*i, p[0])
		fmt.Fprintf(&b, "%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", 11+2*i, len(p[1]), p[1])
	}
	fmt.Fprintf(&b, "2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n", kids, len(pages))
	b.WriteString("3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
	return b.String()
}

func document(t testing.TB, content string) *read.Document {
	t.Helper()
	doc, err := read.Open(t.Context(), newNear(t), strings.NewReader(content), int64(len(content)), "")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

const hello = "BT /F 10 Tf 20 80 Td (Hello there) Tj ET"

func TestBoxesAreWherePagesShowThem(t *testing.T) {
	for _, c := range []struct {
		name, entries string
		width, height float64
		want          vidimus.Box // of the H: drawn from 20 to 27.2, on the line 80
	}{
		{"as it is", "", 200, 100, vidimus.Box{X0: 20, Y0: 10, X1: 27.2, Y1: 22}},
		{"turned by 90", "/Rotate 90", 100, 200, vidimus.Box{X0: 78, Y0: 20, X1: 90, Y1: 27.2}},
		{"turned by 180", "/Rotate 180", 200, 100, vidimus.Box{X0: 172.8, Y0: 78, X1: 180, Y1: 90}},
		{"turned by 270", "/Rotate 270", 100, 200, vidimus.Box{X0: 10, Y0: 172.8, X1: 22, Y1: 180}},
		{"cropped", "/CropBox[10 20 110 95]", 100, 75, vidimus.Box{X0: 10, Y0: 5, X1: 17.2, Y1: 17}},
	} {
		page, err := document(t, made([2]string{c.entries, hello})).Page(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if page.Width != c.width || page.Height != c.height || page.Text != "Hello there\n" || len(page.Places) != 10 {
			t.Errorf("%s: %v by %v, %q, %d places", c.name, page.Width, page.Height, page.Text, len(page.Places))
			continue
		}
		got := page.Places[0].Box
		for _, d := range []float64{got.X0 - c.want.X0, got.Y0 - c.want.Y0, got.X1 - c.want.X1, got.Y1 - c.want.Y1} {
			if math.Abs(d) > 2 {
				t.Errorf("%s: %v, want about %v", c.name, got, c.want)
				break
			}
		}
	}
}

func TestAPageIsBlankOnlyWithoutInk(t *testing.T) {
	for _, c := range []struct {
		name, content string
		blank         bool
	}{
		{"nothing", "", true},
		{"spaces", "BT /F 10 Tf 20 80 Td (   ) Tj ET", true},
		{"white on white", "1 g 10 10 50 50 re f", true},
		{"a dot", "0 g 100 50 0.5 0.5 re f", false},
		{"a pale grey line", "0.95 G 0.2 w 10 10 m 190 90 l S", false},
		{"words", hello, false},
	} {
		page, err := document(t, made([2]string{"", c.content})).Page(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if page.Blank() != c.blank {
			t.Errorf("%s: blank is %v", c.name, page.Blank())
		}
	}
}

func TestAWordCutAtALineEndHasASoftHyphen(t *testing.T) {
	page, err := document(t, made([2]string{"", "BT /F 10 Tf 12 TL 20 80 Td (an exam-) Tj T* (ple of it) Tj ET"})).Page(t.Context(), 1)
	if err != nil || page.Text != "an exam\u00ad\nple of it\n" {
		t.Errorf("%q, %v", page.Text, err)
	}
}

func TestAPictureShowsThePage(t *testing.T) {
	doc := document(t, made([2]string{"", "1 0 0 rg 0 50 100 50 re f"}))
	picture, err := doc.Picture(t.Context(), 1, 144)
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 400 || size.Y != 200 {
		t.Errorf("%v pixels", size)
	}
	if r, g, _, _ := picture.At(50, 50).RGBA(); r != 0xffff || g != 0 {
		t.Errorf("the red corner is %v", picture.At(50, 50))
	}
	if r, g, b, _ := picture.At(350, 150).RGBA(); r&g&b != 0xffff {
		t.Errorf("the white corner is %v", picture.At(350, 150))
	}
}

func TestOnePageThatFailsLeavesTheOthers(t *testing.T) {
	content := made([2]string{"", hello}, [2]string{"", hello}, [2]string{"", hello})
	content = strings.Replace(content, "12 0 obj<</Type/Page", "12 0 obj[/Type/Xxxx", 1)
	doc := document(t, content)
	good, bad := 0, 0
	for _, err := range doc.All(t.Context()) {
		if _, own := vidimus.FaultOf(err); own {
			bad++
		} else if err == nil {
			good++
		}
	}
	if good < 2 || good+bad != doc.Pages {
		t.Errorf("%d good, %d bad of %d", good, bad, doc.Pages)
	}
}

func TestAnEncryptedFileSaysSo(t *testing.T) {
	content := strings.Replace(made([2]string{"", hello}), "trailer<<", "4 0 obj<</Filter/Standard/V 1/R 2/P -4/O("+
		strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")>>endobj\ntrailer<</Encrypt 4 0 R/ID[(a)(a)]", 1)
	_, err := read.Open(t.Context(), newNear(t), strings.NewReader(content), int64(len(content)), "")
	if reason, _ := vidimus.FaultOf(err); reason != vidimus.Encrypted {
		t.Errorf("%v", err)
	}
}

func TestAfterATrapTheNextFileIsRead(t *testing.T) {
	worker := newNear(t)
	content := made([2]string{"", hello})
	doc, err := read.Open(t.Context(), worker, strings.NewReader(content), int64(len(content)), "")
	if err != nil {
		t.Fatal(err)
	}
	e := engineOf(worker)
	e.call("FPDFText_GetUnicode", 0x7fffffff, 0) // reads beyond the memory
	if !e.broken {
		t.Fatal("no trap")
	}
	for range 2 {
		if page, err := doc.Page(t.Context(), 1); err != nil || page.Text != "Hello there\n" {
			t.Errorf("%q, %v", page.Text, err)
		}
	}
}

func FuzzPDF(f *testing.F) {
	f.Add([]byte(made([2]string{"", hello})))
	f.Add([]byte(made([2]string{"/Rotate 90/Annots[<<>>]", "q 1 0 0 rg 0 0 9 9 re f Q"}, [2]string{"", ""})))
	f.Add([]byte(full()))
	worker := newNear(f)
	f.Fuzz(func(t *testing.T, content []byte) {
		doc, err := read.Open(t.Context(), worker, strings.NewReader(string(content)), int64(len(content)), "a.pdf")
		if err != nil {
			return
		}
		for n := 1; n <= min(doc.Pages, 3); n++ {
			doc.Page(t.Context(), n)
		}
		if _, _, err := held(t, doc); err != nil {
			if _, own := vidimus.FaultOf(err); !own {
				t.Error(err)
			}
		}
	})
}

// spent is the processor time of this process.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchmark compares processor time, ours in this process and poppler's in its
// own, on files of so many pages.
func benchmark(b *testing.B, from, to int) {
	var files []string
	for _, path := range corpusFiles(b) {
		if info, err := os.Stat(path); err == nil && info.Size() < 3<<20 {
			if n := popplerCount(path); n >= from && n <= to {
				files = append(files, path)
			}
		}
	}
	worker := newNear(b)
	var ours, theirs time.Duration
	for b.Loop() {
		start := spent(b)
		for _, path := range files {
			if doc, err := open(b, worker, path); err == nil {
				for range doc.All(b.Context()) {
				}
			}
		}
		ours += spent(b) - start
		for _, path := range files {
			c := exec.Command("pdftotext", "-q", "-bbox", path, os.DevNull)
			c.Run()
			theirs += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
		}
	}
	b.ReportMetric(float64(len(files)), "files")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "of-poppler")
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N)/float64(len(files)), "µs/file")
}

func BenchmarkLongFiles(b *testing.B)      { benchmark(b, 8, 10000) }
func BenchmarkManySmallFiles(b *testing.B) { benchmark(b, 1, 2) }
