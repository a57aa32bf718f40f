package publish

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/internal/casetest"
)

// OCR of a book as it is drawn finds nothing of what is withheld either.
func TestOCRFindsNothingOfWhatIsWithheld(t *testing.T) {
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	for _, name := range []string{"pdftoppm", "tesseract"} {
		if _, err := exec.LookPath(name); err != nil {
			casetest.Without(t, name+" is not installed")
		}
	}
	if names(recognised(t, bookOf(t, "Papers", true))) {
		t.Error("it reads what is withheld")
	}
	if !names(recognised(t, bookOf(t, "The Tushan papers", false))) {
		t.Error("where nothing is withheld it reads nothing")
	}
}

// recognised is what Tesseract reads of all pages of a book.
func recognised(t *testing.T, book string) string {
	t.Helper()
	dir := t.TempDir()
	if err := exec.Command("pdftoppm", "-r", "150", "-png", book, filepath.Join(dir, "p")).Run(); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "p*.png"))
	if err != nil || len(pages) == 0 {
		t.Fatal(err, pages)
	}
	var all strings.Builder
	for _, p := range pages {
		out, err := exec.Command("tesseract", p, "stdout", "-l", "eng+chi_sim").Output()
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.ReplaceAll(string(out), " ", ""))
	}
	return all.String()
}
