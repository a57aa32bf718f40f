package main

import (
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/read/ocr"
)

func TestWithoutItsProgramsOCRIsLeftAndSaidOnce(t *testing.T) {
	dir, file := leakWithoutOCR(t)
	t.Setenv("PATH", t.TempDir())
	code, out := runVerb(t, "", "add", dir, leak+"/files", "--identity", file, "--allow-swap")
	if code == exitFailed || strings.Count(out, "tesseract-ocr,") != 1 || !strings.Contains(out, string(vidimus.NeedsOCR)) {
		t.Errorf("exit %d:\n%s", code, out)
	}
	if code, _ := runVerb(t, "", "ocr", dir, "--identity", file, "--allow-swap"); code != exitFailed {
		t.Errorf("ocr without its programs ends with %d", code)
	}
}

func TestOCRDoesWhatAddLeft(t *testing.T) {
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	dir, file := leakWithoutOCR(t)
	code, out := runVerb(t, "", "ocr", dir, "--identity", file, "--allow-swap")
	if code == exitFailed || strings.Contains(out, string(vidimus.NeedsOCR)+":") || !strings.Contains(out, "waiting 0") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	code, out = runVerb(t, "", "retry", dir, "--reason", "damaged", "--identity", file, "--allow-swap")
	if code == exitFailed || !strings.Contains(out, "1 file(s) are tried again") {
		t.Errorf("retry: exit %d:\n%s", code, out)
	}
	if code, _ := runVerb(t, "", "retry", dir, "--reason", "no such", "--identity", file); code != exitUsage {
		t.Errorf("an unknown reason: exit %d", code)
	}
}

// leakWithoutOCR makes a case of the practice leak, its pictures not read.
func leakWithoutOCR(t *testing.T) (dir, file string) {
	t.Helper()
	dir, file = caseWithIdentity(t, "--practice")
	if code, out := runVerb(t, "", "add", dir, leak+"/files", "--ocr", "off", "--identity", file, "--allow-swap"); code != exitFailures {
		t.Fatalf("exit %d:\n%s", code, out)
	}
	return dir, file
}
