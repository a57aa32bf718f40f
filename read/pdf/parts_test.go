package pdf

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/read"
)

// held gives the readings and the children of a document.
func held(t testing.TB, doc *read.Document) (readings, children map[string]string, err error) {
	t.Helper()
	readings, children = map[string]string{}, map[string]string{}
	for range vidimus.MaxPages {
		s, err := doc.Next(t.Context(), func(c read.Child) error {
			if c.Fault != "" {
				children[c.Name] = string(c.Fault)
				return nil
			}
			body, err := io.ReadAll(c.Body)
			children[c.Name] = string(body)
			return err
		})
		if errors.Is(err, io.EOF) {
			return readings, children, nil
		} else if err != nil {
			return readings, children, err
		}
		if s != nil {
			readings[s.Kind] += s.Text
		}
	}
	return readings, children, errors.New("endless")
}

// with adds objects, and entries of the catalogue and the trailer.
func with(content, catalog, trailer string, objects ...string) string {
	content = strings.Replace(content, "/Catalog", "/Catalog"+catalog, 1)
	content = strings.Replace(content, "trailer<<", "trailer<<"+trailer, 1)
	all := ""
	for i, o := range objects {
		all += fmt.Sprintf("%d 0 obj%s endobj\n", 100+i, o)
	}
	return strings.Replace(content, "trailer", all+"trailer", 1)
}

// full has everything beside its pages.
func full() string {
	page := "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/T(Alice)/Contents(Who saw this?)>>" +
		"<</Type/Annot/Subtype/Popup/Rect[1 1 9 9]/Contents(Who saw this?)>>" +
		"<</Type/Annot/Subtype/Highlight/Rect[1 1 9 9]>>" +
		"<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(https://example.org/a)>>>>" +
		"<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/Contents(the bill)/FS 105 0 R>>" +
		"104 0 R 107 0 R]"
	stream := "<</Type/EmbeddedFile/Length 5>>stream\nhello\nendstream"
	return with(made([2]string{"", hello}, [2]string{page, hello}),
		"/Outlines 101 0 R/AcroForm<</Fields[104 0 R]>>/Names<</EmbeddedFiles<</Names[(a)105 0 R]>>>>", "/Info 100 0 R",
		"<</Title<FEFF98DF8863>/Author(Bob)/Case(K-7)>>",
		"<</First 102 0 R/Last 102 0 R>>",
		"<</Title(One)/Parent 101 0 R/First 103 0 R/Last 103 0 R/Next 102 0 R>>", // itself: a circle
		"<</Title(One point one)/Parent 102 0 R>>",
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Carol)/Rect[20 20 90 40]/P 12 0 R/AP<</N 108 0 R>>>>",
		"<</Type/Filespec/F(bill.txt)/UF(bill.txt)/EF<</F 106 0 R>>>>",
		stream,
		"<</Type/Annot/Subtype/FreeText/Rect[20 50 90 60]/Contents(on top)/AP<</N 108 0 R>>>>",
		"<</Type/XObject/Subtype/Form/BBox[0 0 70 20]/Resources<</Font<</F 3 0 R>>>>/Length 31>>stream\nBT /F 9 Tf 2 2 Td (Carol) Tj ET \nendstream")
}

func TestWhatAFileHoldsBesideItsPagesIsReadInAnyOrder(t *testing.T) {
	want := map[string]string{
		read.Properties:  "Author: Bob\nCase: K-7\nTitle: 食衣\n",
		read.Outline:     "One\n  One point one\n",
		read.Annotations: "page 2, Alice: Who saw this?\npage 2, https://example.org/a\npage 2, the bill\npage 2, name = Carol\npage 2, on top\n",
	}
	for name, before := range map[string]bool{"after the pages": false, "before the pages": true} {
		doc := document(t, full())
		if !doc.Parts {
			t.Fatal("no parts")
		}
		pages := func() {
			for page, err := range doc.All(t.Context()) {
				if err != nil || !strings.HasPrefix(page.Text, "Hello there\n") && !strings.Contains(page.Text, "Carol") {
					t.Errorf("%s: page %d is %q, %v", name, page.Number, page.Text, err)
				}
			}
		}
		if !before {
			pages()
		}
		readings, children, err := held(t, doc)
		if err != nil {
			t.Error(err)
		}
		for kind, text := range readings {
			readings[kind] = strings.TrimRight(text, "\n") + "\n"
		}
		if diff := cmp.Diff(want, readings); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(map[string]string{"bill.txt": "hello"}, children); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if before {
			pages()
		}
	}
}

func TestAPlainFileHasNothingBesideItsPages(t *testing.T) {
	readings, children, err := held(t, document(t, made([2]string{"", hello})))
	if err != nil || len(readings)+len(children) > 0 {
		t.Errorf("%q, %q, %v", readings, children, err)
	}
}

func TestAnXFAFormGivesItsTextsAndItsData(t *testing.T) {
	packet := func(s string) string { return fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(s), s) }
	content := with(made([2]string{"", hello}), "/AcroForm<</Fields[]/XFA[(template)100 0 R(datasets)101 0 R]>>", "",
		packet("<template><field name=\"a\"><caption><value><text>Your name</text></value></caption><script>if (x) y</script></field></template>"),
		packet("<xfa:datasets><xfa:data><form><Name>Carol</Name><Empty/></form></xfa:data></xfa:datasets>"))
	readings, _, err := held(t, document(t, content))
	if want := "Your name\nName = Carol"; err != nil || strings.TrimSpace(readings[read.Annotations]) != want {
		t.Errorf("%q, %v", readings, err)
	}
}

func TestEndlessTextIsBounded(t *testing.T) {
	title := "(" + strings.Repeat("a", 1<<20) + ")"
	marks := []string{"<</First 101 0 R/Last 140 0 R>>"}
	for i := 1; i <= 40; i++ {
		marks = append(marks, fmt.Sprintf("<</Title %s/Parent 100 0 R/Next %d 0 R>>", "200 0 R", 101+i))
	}
	content := with(made([2]string{"", hello}), "/Outlines 100 0 R", "", marks...)
	content = strings.Replace(content, "trailer", "200 0 obj"+title+"endobj\ntrailer", 1)
	doc, given := document(t, content), 0
	for {
		s, err := doc.Next(t.Context(), nil)
		if err != nil {
			if reason, _ := vidimus.FaultOf(err); reason != vidimus.SizeLimit || given > maxText {
				t.Errorf("%d bytes, %v", given, err)
			}
			return
		}
		given += len(s.Text)
	}
}

func TestWordsOfALayerThatIsOffAreRead(t *testing.T) {
	page := "/Resources<</Font<</F 3 0 R>>/Properties<</L 100 0 R>>>>"
	content := with(made([2]string{page, hello + " /OC /L BDC BT /F 10 Tf 20 40 Td (Under the layer) Tj ET EMC"}),
		"/OCProperties<</OCGs[100 0 R]/D<</OFF[100 0 R]>>>>", "", "<</Type/OCG/Name(draft)>>")
	content = strings.Replace(content, "/Resources<</Font<</F 3 0 R>>>>/Contents", "/Contents", 1)
	page1, err := document(t, content).Page(t.Context(), 1)
	if err != nil || !strings.Contains(page1.Text, "Under the layer") {
		t.Errorf("%q, %v", page1.Text, err)
	}
}
