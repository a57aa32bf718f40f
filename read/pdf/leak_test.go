package pdf

import (
	"os"
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"

	"golang.org/x/text/unicode/norm"
)

// squeezed is text composed, without white space and soft hyphens.
func squeezed(s string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(s, "\u00ad", "-"))), "")
}

func TestThePracticeLeakReadsAsItsSidecarsSay(t *testing.T) {
	worker := newNear(t)
	for _, c := range []struct {
		file, truth  string
		pages, blank int
	}{
		{"memo.pdf", "memo.txt", 3, 0},
		{"speeches/speech-3017-04-09.pdf", "speech.txt", 4, 0},
		{"directives/directive-14.pdf", "directive.txt", 5, 1},
		{"door to door/script.pdf", "script.txt", 4, 0},
	} {
		doc, err := open(t, worker, "../../testdata/leak/files/"+c.file)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Pages != c.pages || doc.Type != read.TypePDF {
			t.Errorf("%s: %d pages of %s", c.file, doc.Pages, doc.Type)
		}
		truth, err := os.ReadFile("../../testdata/leak/truth/" + c.truth)
		if err != nil {
			t.Fatal(err)
		}
		blank := 0
		var text strings.Builder
		for page, err := range doc.All(t.Context()) {
			if err != nil {
				t.Errorf("%s: %v", c.file, err)
			}
			if page.Blank() {
				blank++
			}
			text.WriteString(page.Text)
		}
		if blank != c.blank {
			t.Errorf("%s: %d blank pages", c.file, blank)
		}
		got, want := squeezed(text.String()), squeezed(string(truth))
		if at := differ(got, want); at >= 0 {
			t.Errorf("%s differs:\n got %.80q\nwant %.80q", c.file, got[min(at, len(got)):], want[min(at, len(want)):])
		}
	}
}

// differ gives where two strings part, or -1.
func differ(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

func TestADamagedFileIsNoMoreThanDamaged(t *testing.T) {
	doc, err := open(t, newNear(t), "../../testdata/leak/files/recovered/MEMO~1.PDF")
	if reason, _ := vidimus.FaultOf(err); reason != vidimus.Damaged || doc.Type != read.TypePDF {
		t.Errorf("%v, type %q", err, doc.Type)
	}
}
