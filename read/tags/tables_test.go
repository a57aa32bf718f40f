package tags

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
)

func packed(t testing.TB, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 64)), &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTablesOfJPEGAreNamed(t *testing.T) {
	for _, quality := range []int{1, 49, 50, 75, 92} {
		file := packed(t, quality)
		want := []string{fmt.Sprintf("quantisation table: the standard's at quality %d", quality)}
		if got := Tables(bytes.NewReader(file)); !slices.Equal(got, want) {
			t.Errorf("quality %d: %q", quality, got)
		}
		at := bytes.Index(file, []byte{0xff, markerDQT})
		file[at+20]++
		if got := Tables(bytes.NewReader(file)); len(got) == 0 || strings.Contains(got[0], "quality") {
			t.Errorf("a table of its own: %q", got)
		}
		if got := Tables(bytes.NewReader(file[2:])); got != nil {
			t.Errorf("what is no JPEG: %q", got)
		}
	}
}

func TestPacketsGiveTheirFields(t *testing.T) {
	const packet = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="a">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="x" xmlns:dc="d" xmlns:m="m" xmp:CreatorTool="Sample 1">
<dc:creator><rdf:Seq><rdf:li>Sample</rdf:li></rdf:Seq></dc:creator><m:InstanceID>uuid:1</m:InstanceID>
<m:History><rdf:Seq><rdf:li m:when="3017"/></rdf:Seq></m:History><m:DerivedFrom rdf:parseType="Resource"><m:documentID>d</m:documentID></m:DerivedFrom>
</rdf:Description></rdf:RDF></x:xmpmeta>`
	want := []string{"CreatorTool: Sample 1", "creator: Sample", "InstanceID: uuid:1", "when: 3017", "documentID: d"}
	if got := XMP(strings.NewReader(packet)); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func FuzzTags(f *testing.F) {
	f.Add(packed(f, 75))
	f.Add([]byte(`<x:xmpmeta><a b="c">d</a>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		lines := append(XMP(bytes.NewReader(b)), Tables(bytes.NewReader(b))...)
		for _, format := range []string{"jpeg", "tiff", "png", "webp"} {
			lines = append(lines, Of(bytes.NewReader(b), format).Lines...)
		}
		for _, l := range lines {
			if name, value, ok := strings.Cut(l, ": "); !ok || name == "" || value == "" {
				t.Fatalf("no field: %q", l)
			}
		}
	})
}
