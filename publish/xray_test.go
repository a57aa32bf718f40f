package publish

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/internal/casetest"
)

// careless is a book in which a black box lies over words that are still there.
func careless(t *testing.T) string {
	t.Helper()
	drawing := "BT /F1 11 Tf 1 0 0 1 72 700 Tm (Berak Tushan spoke) Tj ET\n0 0 0 rg 70 695 200 18 re f\n"
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%sendstream", len(drawing), drawing), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	var w strings.Builder
	w.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, w.Len())
		fmt.Fprintf(&w, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := w.Len()
	fmt.Fprintf(&w, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&w, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&w, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	path := filepath.Join(t.TempDir(), "careless.pdf")
	if err := os.WriteFile(path, []byte(w.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// x-ray (Free Law Project) looks for boxes over words. It is in no system's
// packages: who has it in PATH as xray runs this.
func TestXRayFindsNoBoxOverWords(t *testing.T) {
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	if _, err := exec.LookPath("xray"); err != nil {
		t.Skip("x-ray is not installed: `pip install x-ray` in an environment of its own")
	}
	for path, finds := range map[string]bool{bookOf(t, "Papers", true): false, careless(t): true} {
		out := says(t, "xray", []string{"FILE"}, path)
		if strings.Contains(out, `"bbox"`) != finds {
			t.Errorf("it should find %v, and says: %s", finds, out)
		}
	}
}

// Whatever is packed in the book, unpacked without knowing what a PDF is.
func TestNothingWithheldIsPackedInABook(t *testing.T) {
	if _, err := setter(); err != nil {
		casetest.Without(t, err)
	}
	for path, finds := range map[string]bool{bookOf(t, "Papers", true): false, bookOf(t, "The Tushan papers", false): true} {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all, streams := string(b), 0
		for i := range b {
			r, err := zlib.NewReader(bytes.NewReader(b[i:]))
			if err != nil {
				continue
			}
			if out, _ := io.ReadAll(io.LimitReader(r, 64<<20)); len(out) > 0 {
				all, streams = all+"\n"+string(out), streams+1
			}
		}
		if streams == 0 || names(all) != finds {
			t.Errorf("%d streams; the name is in them: %v, want %v", streams, !finds, finds)
		}
	}
}
