package publish

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/protect"
)

// tools are those of other hands with which what was withheld is looked for in
// a book: what each says of it.
var tools = []struct {
	name string
	args []string // FILE and OUT stand for paths; OUT is read instead of what is printed
}{
	{"pdftotext", []string{"-enc", "UTF-8", "FILE", "-"}},
	{"pdftotext", []string{"-raw", "-enc", "UTF-8", "FILE", "-"}},
	{"mutool", []string{"draw", "-q", "-F", "text", "-o", "-", "FILE"}},
	{"mutool", []string{"clean", "-d", "FILE", "OUT"}},
	{"qpdf", []string{"--qdf", "--object-streams=disable", "--stream-data=uncompress", "FILE", "OUT"}},
	{"exiftool", []string{"-a", "-u", "-G1", "-ee", "FILE"}},
	{"pdfimages", []string{"-list", "FILE"}},
	{"pdfdetach", []string{"-list", "FILE"}},
}

// bookOf gives the book of a paper in which somebody is named, in two scripts.
func bookOf(t *testing.T, title string, withhold bool) string {
	t.Helper()
	page := vidimus.Page{Number: 1, Text: "The county met.\nBerak Tushan spoke, and 贝拉克 too.\nThen they went home."}
	plan := protect.Plan{Format: protect.PlanFormat, Mode: protect.Transcript, Title: title, Publisher: "Sample press", OnePerson: true,
		Documents: []protect.Document{{Item: "aaaaaaaaaaaaaaaa", Title: "A paper"}}}
	var areas []protect.Area
	if at := strings.Index(page.Text, "Berak"); withhold {
		areas = append(areas, protect.Withhold(page, 1, at, at+1, protect.Person))
	}
	e, _, err := protect.Make(plan, func(protect.Document) ([]protect.Source, []protect.Area, error) {
		return []protect.Source{{Reading: 1, Page: page, Language: "en"}}, areas, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := book(e, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "edition.pdf")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// says runs a tool over a book.
func says(t *testing.T, name string, args []string, book string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		casetest.Without(t, name+" is not installed")
	}
	out := filepath.Join(t.TempDir(), "out.pdf")
	written := false
	var given []string
	for _, a := range args {
		written = written || a == "OUT"
		given = append(given, strings.NewReplacer("FILE", book, "OUT", out).Replace(a))
	}
	b, err := exec.Command(name, given...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if written {
		if b, err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	return string(b)
}

// names tells whether a tool's output has the name: as it is, in UTF-16 as PDF
// writes it, or in hexadecimal digits.
func names(out string) bool {
	folded := strings.ToLower(out)
	for _, form := range []string{"tushan", "贝拉克", "t\x00u\x00s\x00h\x00a\x00n", "\x00t\x00u\x00s\x00h\x00a\x00n", "00740075007300680061006e", "00540075007300680061006e", "8d1d62c9514b"} {
		if strings.Contains(folded, form) {
			return true
		}
	}
	return false
}

// Tools that people recover redactions with find nothing of what is withheld;
// in the same book without the withholding they do, each that looks at text.
func TestOtherToolsFindNothingOfWhatIsWithheld(t *testing.T) {
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	ours, open := bookOf(t, "Papers", true), bookOf(t, "The Tushan papers", false)
	for _, tool := range tools {
		t.Run(tool.name+" "+tool.args[0], func(t *testing.T) {
			if names(says(t, tool.name, tool.args, ours)) {
				t.Error("it finds what is withheld")
			}
			finds := names(says(t, tool.name, tool.args, open))
			t.Logf("withheld: nothing; shown: %v", finds)
			if looks := tool.name != "pdfimages" && tool.name != "pdfdetach"; finds != looks {
				t.Errorf("where nothing is withheld: finds %v, want %v", finds, looks)
			}
		})
	}
}
