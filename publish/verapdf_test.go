package publish

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/protect"
)

// pictured is the edition of a plan whose two documents are in Uyghur, Chinese,
// Kazakh, Russian and English, with all that an edition can have: pictures
// upright and across, withheld lines, attestations, duress, corrections.
func pictured(t *testing.T) protect.Cleared {
	t.Helper()
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	page := vidimus.Page{Number: 1, Width: 595, Height: 842, Text: "This sentence is invented.\n县里的会议没有开。\nبۇ جۈملە ئويدۇرۇلغان، 12-ئاي.\nЭто предложение выдумано.\nБұл сөйлем ойдан шығарылған.\nNobody spoke."}
	across := vidimus.Page{Number: 2, Width: 842, Height: 595, Text: strings.Repeat("يەنە بىر جۈملە. 另一句话。One more sentence stands here.\n", 120)}
	at := strings.Index(page.Text, "Nobody")
	hidden := protect.Withhold(page, 1, at, at+1, protect.Person)
	hidden.Box = vidimus.Box{X0: 50, Y0: 400, X1: 545, Y1: 420}
	plan := protect.Plan{Format: protect.PlanFormat, Mode: protect.Facsimile, Title: "بۇ 词 “Invented” <papers>", Publisher: "Sample press", Date: "2035-01-01",
		Introduction: []string{"All of this is invented.", "这是编造的。"},
		Documents: []protect.Document{{Item: "aaaaaaaaaaaaaaaa", Title: "سۆز", Date: "3017-04", About: []string{"About it."}, Duress: "it is a sample", Facsimile: "it is a sample",
			Attestations: []protect.Attestation{{By: "Reader A", How: protect.Pseudonym, Says: "I have seen the original."}}},
			{Item: "aaaaaaaaaaaaaaaa", Title: "词", Facsimile: "it is a sample"}}}
	e, pictures, err := protect.Make(plan, func(protect.Document) ([]protect.Source, []protect.Area, error) {
		return []protect.Source{{Reading: 1, Page: page, Language: "ug"}, {Reading: 1, Page: across, Language: "ug"}}, []protect.Area{hidden}, nil
	}, func(_ protect.Document, s protect.Source, areas []vidimus.Box) ([]byte, error) {
		m := image.NewGray(image.Rect(0, 0, int(s.Page.Width), int(s.Page.Height)))
		for i := range m.Pix {
			m.Pix[i] = 0xff * byte(i/7%2)
		}
		m.SetGray(3, 3, color.Gray{})
		return protect.Bilevel(protect.Sheet{Picture: m, DPI: 72, Areas: areas})
	})
	if err != nil {
		t.Fatal(err)
	}
	e.Replaces(protect.Edition{Documents: []protect.Shown{{Title: "A"}}}, false)
	c, err := protect.Clear("case", e, pictures, []protect.Approval{{Signer: "a"}, {Signer: "b"}}, func(protect.Approval, string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bookIn writes the book of an edition to a folder.
func bookIn(t *testing.T, dir, name string, c protect.Cleared, change func([]byte) []byte) {
	t.Helper()
	files, err := Render(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Path == "edition.pdf" {
			b := change(f.Data)
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// renamed has a book lack what it says under a key, without moving a byte.
func renamed(t *testing.T, from, to string) func([]byte) []byte {
	return func(b []byte) []byte {
		if !bytes.Contains(b, []byte(from)) || len(from) != len(to) {
			t.Errorf("the book has no %s", from)
		}
		return bytes.ReplaceAll(b, []byte(from), []byte(to))
	}
}

// validated is what veraPDF says of each file of a folder.
func validated(t *testing.T, dir, flavour string) map[string]bool {
	t.Helper()
	jar, err := filepath.Abs("../build/verapdf.jar")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(jar); err != nil {
		casetest.Without(t, "veraPDF is not there: `make build/verapdf.jar` fetches it")
	}
	if _, err := exec.LookPath("java"); err != nil {
		casetest.Without(t, "veraPDF needs a Java to run")
	}
	home := t.TempDir()
	out, err := exec.Command("java", "-Duser.home="+home, "-cp", jar, "org.verapdf.apps.GreenfieldCliWrapper", "-f", flavour, "--format", "xml", dir).Output()
	var report struct {
		Jobs []struct {
			Name       string `xml:"item>name"`
			Validation struct {
				Compliant bool `xml:"isCompliant,attr"`
				Details   struct {
					Rules  int `xml:"passedRules,attr"`
					Checks int `xml:"passedChecks,attr"`
				} `xml:"details"`
			} `xml:"validationReport"`
		} `xml:"jobs>job"`
	}
	if err2 := xml.Unmarshal(out, &report); err2 != nil {
		t.Fatalf("veraPDF: %v: %v\n%s", err, err2, out)
	}
	all := map[string]bool{}
	for _, j := range report.Jobs {
		all[filepath.Base(j.Name)] = j.Validation.Compliant
		t.Logf("%s, %s: %v, %d rules, %d checks passed", flavour, filepath.Base(j.Name), j.Validation.Compliant, j.Validation.Details.Rules, j.Validation.Details.Checks)
	}
	return all
}

// veraPDF accepts our books as what they say they are, and not those that
// lack something of it.
func TestBooksAreWhatTheySayTheyAre(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs a validator that starts slowly")
	}
	whole := func(b []byte) []byte { return b }
	for flavour, lacks := range map[string][2]string{"2u": {"/ToUnicode", "/ToUnicodX"}, "ua1": {"/Alt ", "/AltX"}} {
		dir := t.TempDir()
		bookIn(t, dir, "transcript.pdf", cleared(t), whole)
		bookIn(t, dir, "facsimile.pdf", pictured(t), whole)
		bookIn(t, dir, "lacking.pdf", pictured(t), renamed(t, lacks[0], lacks[1]))
		said := validated(t, dir, flavour)
		if len(said) != 3 || !said["transcript.pdf"] || !said["facsimile.pdf"] || said["lacking.pdf"] {
			t.Errorf("%s: %v", flavour, said)
		}
	}
}

// A book shows the very pictures of the folder.
func TestABookHasThePicturesOfItsFolder(t *testing.T) {
	c := pictured(t)
	dir := t.TempDir()
	bookIn(t, dir, "a.pdf", c, func(b []byte) []byte { return b })
	book, err := os.ReadFile(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	pictures, err := c.Pictures()
	if err != nil {
		t.Fatal(err)
	}
	if len(pictures) != 4 {
		t.Fatalf("%d pictures", len(pictures))
	}
	for path, file := range pictures {
		at := bytes.Index(file, []byte("IDAT"))
		if !bytes.Contains(book, file[at+4:at+1000]) {
			t.Errorf("the book has not the bytes of %s", path)
		}
	}
	out := says(t, "pdfimages", []string{"-png", "FILE", filepath.Join(dir, "p")}, filepath.Join(dir, "a.pdf"))
	shown, err := filepath.Glob(filepath.Join(dir, "p-*.png"))
	if err != nil || len(shown) != 4 {
		t.Fatalf("pdfimages finds %d pictures: %s", len(shown), out)
	}
	for i, path := range []string{"document-1-picture-1.png", "document-1-picture-2.png", "document-2-picture-1.png", "document-2-picture-2.png"} {
		if !samePixels(t, pictures[path], shown[i]) {
			t.Errorf("%s is shown with other dots", path)
		}
	}
}

func samePixels(t *testing.T, file []byte, path string) bool {
	t.Helper()
	other, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, _, err1 := image.Decode(bytes.NewReader(file))
	b, _, err2 := image.Decode(bytes.NewReader(other))
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, _, _, _ := a.At(x, y).RGBA()
			s, _, _, _ := b.At(x, y).RGBA()
			if r != s {
				return false
			}
		}
	}
	return true
}
