package office_test

import "testing"

func TestNumbersOfSessionsAreNamedOnce(t *testing.T) {
	body := `<w:p w:rsidR="00188191" w:rsidRDefault="00aa0001"><w:r w:rsidRPr="00188191"><w:t>words</w:t></w:r></w:p><w:p w:rsidR="../../etc"/>`
	got, err := contentsOf(t, document(t, body, "word/settings.xml", `<w:settings`+w+`><w:rsids><w:rsidRoot w:val="00BB0002"/></w:rsids></w:settings>`), "a.docx")
	if err != nil {
		t.Fatal(err)
	}
	if s, want := got.readings["properties"], "rsid: 00188191 00AA0001 00BB0002\n"; s != want {
		t.Errorf("%q, not %q", s, want)
	}
}
