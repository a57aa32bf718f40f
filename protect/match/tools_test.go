package match

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// otherTools are programs of other hands with which people look for what was
// withheld. IN and OUT stand for paths; OUT is read besides what is printed.
var otherTools = []struct {
	name string
	pdf  bool // it takes nothing else
	args []string
}{
	{"pdftotext", true, []string{"-enc", "UTF-8", "IN", "-"}},
	{"mutool", true, []string{"draw", "-q", "-F", "text", "-o", "-", "IN"}},
	{"qpdf", true, []string{"--qdf", "--object-streams=disable", "--stream-data=uncompress", "IN", "OUT"}},
	{"exiftool", false, []string{"-a", "-u", "-G1", "-ee", "IN"}},
	{"xray", true, []string{"IN"}},
}

// toolNames are the columns of the table: x-ray tells of text under a box, and
// inflate+grep is done here.
var toolNames = []string{"pdftotext", "mutool", "qpdf", "inflate+grep", "exiftool", "xray", "OCR", "our check"}

// toolsFinding gives which tools find a name in a file.
func toolsFinding(t *testing.T, file string) (found []string) {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	isPDF := strings.Contains(file, "%PDF")
	for _, tool := range otherTools {
		if _, err := exec.LookPath(tool.name); err != nil || tool.pdf && !isPDF {
			continue
		}
		os.Remove(out)
		var args []string
		for _, a := range tool.args {
			args = append(args, strings.NewReplacer("IN", in, "OUT", out).Replace(a))
		}
		said, _ := exec.Command(tool.name, args...).Output() // careless files are often damaged: what is said counts
		written, _ := os.ReadFile(out)
		if says(said) || says(written) {
			found = append(found, tool.name)
		}
	}
	if streams, err := Streams([]byte(file), maxViews); says([]byte(file)) || err == nil && slices.ContainsFunc(streams, says) {
		found = append(found, "inflate+grep")
	}
	if isPDF && os.Getenv("VIDIMUS_STRESS") != "" && recognisedIn(dir, in) {
		found = append(found, "OCR")
	}
	return found
}

// says tells whether an output has the name, in any of a few encodings.
func says(out []byte) bool {
	plain := bytes.ToLower(bytes.Join(bytes.Fields(out), nil))
	for _, form := range []string{"tushan", "t\x00u\x00s\x00h\x00a\x00n", "00740075007300680061006e", "00540075007300680061006e", "54757368616e"} {
		if bytes.Contains(plain, []byte(form)) {
			return true
		}
	}
	return false
}

// recognisedIn has Tesseract read the page as it is drawn.
func recognisedIn(dir, file string) bool {
	page := filepath.Join(dir, "page")
	if exec.Command("pdftoppm", "-r", "150", "-singlefile", "-png", file, page).Run() != nil {
		return false
	}
	said, _ := exec.Command("tesseract", page+".png", "stdout").Output()
	return says(said)
}

// Where another tool finds a name in a careless export, the release check does.
// A sample is tried; with VIDIMUS_STRESS all, also by OCR, and the table in
// docs/protected.md is held where x-ray is installed.
func TestWhereOtherToolsFindTheNameOurCheckDoes(t *testing.T) {
	l := New(people)
	full := os.Getenv("VIDIMUS_STRESS") != ""
	var table strings.Builder
	table.WriteString("| careless file | " + strings.Join(toolNames, " | ") + " |\n|---|" + strings.Repeat("---|", len(toolNames)) + "\n")
	tried := 0
	for _, c := range leakCases {
		for _, n := range c.careless {
			if tried++; !full && tried%8 != 1 {
				continue
			}
			file := n.bytes("Berak Tushan")
			found := toolsFinding(t, file)
			if fires(t, l, file) {
				found = append(found, "our check")
			} else if len(found) > 0 {
				t.Errorf("%s %s: found by %v, and not by us", c.name, n.what, found)
			}
			fmt.Fprintf(&table, "| %s |", strings.TrimSuffix(c.name+": "+n.what, ": "))
			for _, name := range toolNames {
				table.WriteString(map[bool]string{true: " finds |", false: " – |"}[slices.Contains(found, name)])
			}
			table.WriteByte('\n')
		}
	}
	if _, err := exec.LookPath("xray"); full && err == nil {
		inDocs(t, "tools", table.String())
	}
}
