package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"vidimus/archive"
	"vidimus/search"
)

const leak = "../../testdata/leak"

// practiceCase makes a case of the practice leak, opened by an identity.
func practiceCase(t *testing.T) (dir string, u *unlocking) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir, file := filepath.Join(t.TempDir(), "case"), filepath.Join(t.TempDir(), "identity")
	if err := os.WriteFile(file, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	u = &unlocking{identityFile: file}
	if code, out := runVerb(t, "", "init", dir, "--recipient", id.Recipient().String(), "--practice", "--allow-swap"); code != 0 {
		t.Fatal(out)
	}
	if code, out := runVerb(t, "", "add", dir, leak+"/files", "--ocr", "off", "--identity", file, "--allow-swap", "--json"); code != exitFailures {
		t.Fatal(out)
	}
	return dir, u
}

// runVerb runs a command line in this process.
func runVerb(t *testing.T, in string, args ...string) (code int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = command(t.Context(), nil, args, strings.NewReader(in), &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

// documents reads the table of the leak: path → columns by name.
func documents(t *testing.T) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(leak + "/documents.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	names := strings.Split(lines[0], "\t")
	var all []map[string]string
	for _, l := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(l, "\t") {
			row[names[i]] = cell
		}
		all = append(all, row)
	}
	return all
}

// folded is a page for comparison: NFC, white space folded.
func folded(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// own gives the pages of each path in the first of its readings, and all its
// text in every reading.
func own(t *testing.T, exported string) (pages map[string][]string, all map[string]string) {
	t.Helper()
	pages, all = map[string][]string{}, map[string]string{}
	first := map[string]int64{}
	for line := range strings.Lines(exported) {
		var p exportedPage
		if json.Unmarshal([]byte(line), &p) != nil {
			continue
		}
		all[p.Path] += p.Text + "\n"
		if n := int64(p.Reading); first[p.Path] == 0 || n == first[p.Path] {
			first[p.Path] = n
			pages[p.Path] = append(pages[p.Path], p.Text)
		}
	}
	return pages, all
}

func TestEveryPageOfTheLeakEqualsItsSidecar(t *testing.T) {
	dir, u := practiceCase(t)
	code, out := runVerb(t, "", "export", dir, "--as", "pages", "--identity", u.identityFile)
	if code != 0 {
		t.Fatal(out)
	}
	got, all := own(t, out)
	compared := map[string]bool{}
	for _, d := range documents(t) {
		// Of two files with one content the first taken in has the pages.
		if d["truth"] == "" || got[d["path"]] == nil {
			continue
		}
		compared[d["document"]] = true
		b, err := os.ReadFile(filepath.Join(leak, d["truth"]))
		if err != nil {
			t.Fatal(err)
		}
		truth := strings.Split(string(b), "\f")
		switch d["kind"] {
		case "scan":
			if len(got[d["path"]]) != len(truth) {
				t.Errorf("%s: %d pages, want %d", d["path"], len(got[d["path"]]), len(truth))
			}
		case "mail":
			subject, body, _ := strings.Cut(string(b), "\n")
			if text := folded(all[d["path"]]); !strings.Contains(text, "Subject: "+folded(subject)) || !strings.Contains(text, folded(body)) {
				t.Errorf("%s: its subject and body are not in\n%q", d["path"], text)
			}
		case "xlsx":
			everyCell(t, d["path"], all[d["path"]], truth)
		default:
			samePages(t, d["path"], got[d["path"]], truth)
		}
	}
	if len(compared) != 26 {
		t.Errorf("%d documents were compared, want 26", len(compared))
	}
}

// samePages compares page by page.
func samePages(t *testing.T, path string, got, want []string) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d pages, want %d", path, len(got), len(want))
		return
	}
	for i := range want {
		if folded(got[i]) != folded(want[i]) {
			t.Errorf("%s page %d:\n%q\nwant\n%q", path, i+1, folded(got[i]), folded(want[i]))
		}
	}
}

// everyCell looks for the cells of a workbook's sidecar: hidden sheets and
// columns are in readings of their own.
func everyCell(t *testing.T, path, text string, sheets []string) {
	t.Helper()
	n := 0
	for _, sheet := range sheets {
		_, rows, _ := strings.Cut(sheet, "\n")
		for cell := range strings.FieldsFuncSeq(rows, func(r rune) bool { return r == '\t' || r == '\n' }) {
			if n++; !strings.Contains(text, ": "+cell) {
				t.Errorf("%s: the cell %q is missing", path, cell)
			}
		}
	}
	if n < 50 {
		t.Errorf("%s: only %d cells in the sidecar", path, n)
	}
}

func TestTheArithmeticOfTheLeakIsThatOfItsTable(t *testing.T) {
	dir, u := practiceCase(t)
	_, out := runVerb(t, "", "status", dir, "--json", "--identity", u.identityFile)
	var s status
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	number := func(cell string) int {
		n, _ := strconv.Atoi(cell) // the damaged file has empty cells
		return n
	}
	seen, duplicates, failed, partly, blank := 0, 0, 0, 0, 0
	for _, d := range documents(t) {
		seen += 1 + number(d["inside"])
		duplicates += number(d["inside_duplicates"])
		switch {
		case d["duplicate_of"] != "":
			duplicates++
			continue
		case d["damaged"] == "yes":
			failed++
		case d["kind"] == "locked":
			failed++ // the file inside
			partly++
		case d["kind"] == "scan", d["wordless"] != "0":
			partly++ // nobody has looked at the scans: OCR is off
		}
		blank += number(d["blank"])
	}
	if s.Seen != seen || s.Duplicates != duplicates || s.Failed != failed || s.Waiting != 0 || s.Partly != partly || s.Blank != blank {
		t.Errorf("status %+v, want seen %d, duplicates %d, failed %d, partly %d, blank %d", s, seen, duplicates, failed, partly, blank)
	}
	if s.Seen != s.Read+s.Partly+s.Failed+s.Duplicates+s.Waiting {
		t.Error("the arithmetic does not hold")
	}
}

// TestAnyTwoHanOfAPageFindIt draws neighbours from the sidecars, line ends
// between them aside.
func TestAnyTwoHanOfAPageFindIt(t *testing.T) {
	dir, u := practiceCase(t)
	d, err := openCase(t.Context(), &console{}, u, dir, archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.withIndex(t.Context(), &console{}, archive.ToRead); err != nil {
		t.Fatal(err)
	}
	var pairs []string
	for _, name := range []string{"speech", "notes", "counts", "script"} {
		b, err := os.ReadFile(filepath.Join(leak, "truth", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, hanPairs(string(b))...)
	}
	if len(pairs) < 1000 {
		t.Fatalf("only %d pairs of Han in the sidecars", len(pairs))
	}
	random := rand.New(rand.NewPCG(300, 2))
	for range 300 {
		pair := pairs[random.IntN(len(pairs))]
		q, err := search.Parse(pair)
		if err != nil {
			t.Fatal(err)
		}
		r, err := search.Run(t.Context(), d.index, d.Case, q, search.Window{Limit: 1}, search.Recorded)
		if err != nil || r.Total == 0 {
			t.Errorf("%q: %d pages, %v", pair, r.Total, err)
		}
	}
}

// hanPairs gives all neighbours among the Han of a text.
func hanPairs(text string) (pairs []string) {
	var before rune
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			if before != 0 {
				pairs = append(pairs, string(before)+string(r))
			}
			before = r
		case !unicode.IsSpace(r) || r == '\f':
			before = 0
		}
	}
	return pairs
}
