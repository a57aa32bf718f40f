//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/key"
	"vidimus/protect"
	"vidimus/protect/trace"
	"vidimus/read/ocr"
)

// twinCase is a case of all marked files, or of all clean ones.
type twinCase struct {
	t             *testing.T
	at            string
	dir, identity string
	items         map[string]vidimus.ItemID
	seen          map[string]map[trace.Kind]trace.Certainty // by file
}

func twinName(i int, p planted) string { return fmt.Sprintf("%03d.%s", i, p.ext) }

func newTwinCase(t *testing.T, plants []planted, marked bool) *twinCase {
	t.Helper()
	c := &twinCase{t: t, at: t.TempDir(), items: map[string]vidimus.ItemID{}, seen: map[string]map[trace.Kind]trace.Certainty{}}
	c.dir, c.identity = caseWithIdentity(t)
	for i, p := range plants {
		s := wordedBy(i)
		write(t, filepath.Join(c.at, "leak", twinName(i, p)), p.file(s, marked))
		if p.beside != nil {
			write(t, filepath.Join(c.at, "leak", "beside"+twinName(i, p)), p.beside(s))
		}
	}
	write(t, filepath.Join(c.at, "pass"), []byte("demo\n"))
	t.Setenv("VIDIMUS_SIGNER_PASSPHRASE_FILE", filepath.Join(c.at, "pass"))
	c.run(exitDone, "add", c.dir, filepath.Join(c.at, "leak"), "--allow-swap")
	c.run(exitDone, "signer", "new", c.signer(), "--weak", "--signer-passphrase-file", filepath.Join(c.at, "pass"))
	c.run(exitDone, "signer", "register", c.dir, c.signer())
	for _, f := range linesOf[struct {
		Item vidimus.ItemID
		Path string
	}](t, c.run(exitDone, "list", c.dir)) {
		c.items[f.Path] = f.Item
	}
	for _, tr := range linesOf[traced](t, c.run(exitDone, "traces", c.dir)) {
		if c.seen[tr.Path] == nil {
			c.seen[tr.Path] = map[trace.Kind]trace.Certainty{}
		}
		if old := c.seen[tr.Path][tr.Kind]; old == "" || slices.Index(surest, tr.Certainty) < slices.Index(surest, old) {
			c.seen[tr.Path][tr.Kind] = tr.Certainty
		}
	}
	return c
}

var surest = []trace.Certainty{trace.Found, trace.Suspected, trace.CannotTell}

func (c *twinCase) signer() string { return filepath.Join(c.at, "a.signer") }

// run runs the program and gives what it prints as data.
func (c *twinCase) run(want int, args ...string) string {
	c.t.Helper()
	var out, talk bytes.Buffer
	code := command(c.t.Context(), key.ChildMain(), append(args, "--json", "--identity", c.identity), strings.NewReader(""), &out, &talk)
	if code != want {
		c.t.Fatalf("%s: exit %d, want %d:\n%s%s", strings.Join(args[:2], " "), code, want, &out, &talk)
	}
	return out.String()
}

// linesOf reads one value a line.
func linesOf[T any](t *testing.T, s string) (all []T) {
	t.Helper()
	for d := json.NewDecoder(strings.NewReader(s)); d.More(); {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// madeOf is a finished folder, and what the release check left open.
type madeOf struct {
	files map[string][]byte
	open  []openPoint
}

// edition makes the edition of some files in one mode, as a person would.
func (c *twinCase) edition(mode protect.Mode, name string, plants []planted, which []int) madeOf {
	c.t.Helper()
	plan := protect.Plan{Format: protect.PlanFormat, Mode: mode, Title: "Invented papers", Publisher: "Sample press", OnePerson: true}
	for n, i := range which {
		d := protect.Document{Item: c.items[twinName(i, plants[i])], Title: fmt.Sprintf("Paper %d", n+1)}
		switch mode {
		case protect.Cite:
			d.Quotes = []string{one(name == "quoting", plants[i].quote, quoted)}
		case protect.Facsimile:
			d.Facsimile = "to compare twins"
		}
		plan.Documents = append(plan.Documents, d)
	}
	b, err := json.Marshal(plan)
	if err != nil {
		c.t.Fatal(err)
	}
	file, to := filepath.Join(c.at, name+".json"), filepath.Join(c.at, name)
	write(c.t, file, b)
	c.run(exitDone, "approve", c.dir, file, "--signer", c.signer())
	var said struct{ Open []openPoint }
	if err := json.Unmarshal([]byte(c.run(exitFailed, "edition", "make", c.dir, file, "-o", to)), &said); err != nil {
		c.t.Fatal(err)
	}
	m := madeOf{map[string][]byte{}, said.Open}
	for path, b := range filesUnder(c.t, to+".unreleased") {
		m.files[path] = b
	}
	if len(m.files) == 0 {
		c.t.Fatal("an edition without files")
	}
	return m
}

// same compares what two editions show of their n-th document.
func (m madeOf) same(t *testing.T, o madeOf, n int) bool {
	t.Helper()
	prefix := fmt.Sprintf("document-%d", n+1)
	for path, b := range m.files {
		if (strings.HasPrefix(path, prefix+".") || strings.HasPrefix(path, prefix+"-")) && !bytes.Equal(b, o.files[path]) {
			return false
		}
	}
	shown := func(m madeOf) string {
		var e struct{ Documents []json.RawMessage }
		if err := json.Unmarshal(m.files["edition.json"], &e); err != nil {
			t.Fatal(err)
		}
		return string(e.Documents[n])
	}
	return shown(m) == shown(o)
}

// whole compares all files.
func (m madeOf) whole(o madeOf) bool {
	if len(m.files) != len(o.files) {
		return false
	}
	for path, b := range m.files {
		if !bytes.Equal(b, o.files[path]) {
			return false
		}
	}
	return true
}

// stops reports an open point on the n-th document for a kind of trace. Of
// layout every facsimile asks, of what OCR read every transcript.
func (m madeOf) stops(n int, k trace.Kind) bool {
	layout := k == trace.ShiftedLines || k == trace.ShiftedWords
	return slices.ContainsFunc(m.open, func(o openPoint) bool {
		page, _, _ := strings.Cut(o.Page, "#")
		return page == fmt.Sprintf("document-%d.html", n+1) &&
			(strings.HasPrefix(o.Why, string(k)+" (") || strings.HasPrefix(o.Why, "OCR read words") || layout && strings.HasPrefix(o.Why, "pictures show this document") || k == trace.CopyWording && o.Check == protect.CheckWording)
	})
}

// fate is what became of one mark in one mode. What OCR reads is not promised
// to be the same: a mark can turn a letter.
type fate struct{ promised, read, same, stops bool }

// holds is what is promised: the same bytes where removed_by names the mode,
// a stop where it does not and the bytes differ.
func (f fate) holds() bool {
	if f.read {
		return f.stops
	}
	return f.same || !f.promised && f.stops
}

func (f fate) String() string {
	switch {
	case f.promised && f.same && !f.read:
		return "removed"
	case !f.same && f.stops:
		return "stops"
	case f.same && f.stops:
		return "stops, though the same"
	case f.same:
		return "the same: not quoted"
	}
	return "MISSED"
}

var modesOfEditions = []protect.Mode{protect.Cite, protect.Transcript, protect.Facsimile}

// For each planted mark: the mode that removed_by names gives the same bytes
// from the marked copy and from its clean twin, and in other modes the release
// check stops. A sample of kinds is planted, with VIDIMUS_STRESS all; VIDIMUS_TWINS names the file
// into which the table is written.
func TestTwinsOfEveryKindOfTrace(t *testing.T) {
	if testing.Short() {
		t.Skip("the whole program, many times")
	}
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	plants := twinPlants()
	for _, k := range trace.Kinds() {
		if !slices.ContainsFunc(plants, func(p planted) bool { return p.kind == k }) {
			t.Errorf("%s is not planted", k)
		}
	}
	table := os.Getenv("VIDIMUS_TWINS")
	if os.Getenv("VIDIMUS_STRESS") == "" && table == "" {
		plants = sampleOf(plants)
	}
	marked, clean := newTwinCase(t, plants, true), newTwinCase(t, plants, false)
	fates := make([]map[protect.Mode]fate, len(plants))
	for _, mode := range modesOfEditions {
		for _, promised := range []bool{true, false} {
			var which []int
			for i, p := range plants {
				if slices.Contains(trace.Trace{Kind: p.kind}.RemovedBy(), trace.Mode(mode)) == promised {
					which = append(which, i)
				}
			}
			if len(which) == 0 {
				continue
			}
			name := fmt.Sprintf("%s-%v", mode, promised)
			a, b := marked.edition(mode, name, plants, which), clean.edition(mode, name, plants, which)
			alike := true
			for n, i := range which {
				if fates[i] == nil {
					fates[i] = map[protect.Mode]fate{}
				}
				fates[i][mode] = fate{promised, plants[i].ocr && mode == protect.Transcript, a.same(t, b, n), a.stops(n, plants[i].kind)}
				if f := fates[i][mode]; !f.holds() {
					t.Errorf("%s, mode %s: %s: %s", plants[i].kind, mode, plants[i].how, f)
				}
				alike = alike && fates[i][mode].same
			}
			if promised && alike && !a.whole(b) {
				t.Errorf("mode %s: the editions differ in some file", mode)
			}
		}
	}
	marked.quoting(plants)
	report := twinReport(plants, fates, marked, clean)
	t.Log("\n" + report)
	if table != "" {
		writeSection(t, table, "Twins", report)
	}
}

// quoting wants a stop where somebody quotes the marked words themselves.
func (c *twinCase) quoting(plants []planted) {
	c.t.Helper()
	var which []int
	for i, p := range plants {
		if p.quote != "" {
			which = append(which, i)
		}
	}
	m := c.edition(protect.Cite, "quoting", plants, which)
	for n, i := range which {
		if !m.stops(n, plants[i].kind) {
			c.t.Errorf("%s, mode cite: the mark itself is quoted, and nothing stops", plants[i].kind)
		}
	}
}

// sampleOf keeps one mark of some kinds, and what OCR need not read.
func sampleOf(all []planted) (some []planted) {
	kinds := []trace.Kind{trace.AuthorName, trace.Coordinates, trace.RevisionMarks, trace.HiddenCopies, trace.HiddenContent, trace.LookAlikes,
		trace.CopyNumber, trace.CopyWording, trace.ShiftedLines, trace.FormValues, trace.LinkAddress, trace.FaintTint, trace.PrinterDots}
	for _, p := range all {
		if slices.Contains(kinds, p.kind) && !p.ocr && !slices.ContainsFunc(some, func(o planted) bool { return o.kind == p.kind }) {
			some = append(some, p)
		}
	}
	return some
}

// twinReport is the table, a row for each mark.
func twinReport(plants []planted, fates []map[protect.Mode]fate, marked, clean *twinCase) string {
	var b strings.Builder
	b.WriteString("| trace | planted as | seen in the marked, in the clean | cite | transcript | facsimile |\n|---|---|---|---|---|---|\n")
	seen := func(c trace.Certainty) string {
		if c == "" {
			return "–"
		}
		return string(c)
	}
	for i, p := range plants {
		name := twinName(i, p)
		fmt.Fprintf(&b, "| %s | %s | %s, %s |", p.kind, p.how, seen(marked.seen[name][p.kind]), seen(clean.seen[name][p.kind]))
		for _, m := range modesOfEditions {
			fmt.Fprintf(&b, " %s |", fates[i][m])
		}
		b.WriteByte('\n')
	}
	promised, kept, stops, missed := 0, 0, 0, 0
	for _, of := range fates {
		for _, f := range of {
			switch {
			case f.promised && !f.read && f.same:
				promised, kept = promised+1, kept+1
			case f.promised && !f.read:
				promised++
			case f.stops:
				stops++
			case !f.same:
				missed++
			}
		}
	}
	fmt.Fprintf(&b, "\nOf %d cells that promise the same bytes %d have them; of the others the release check stops at %d, and %d are missed.\n", promised, kept, stops, missed)
	return b.String()
}

// writeSection puts text between the two comments of a name in a page of docs.
func writeSection(t *testing.T, file, name, text string) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), "<!-- "+name+" -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end of "+name+" -->")
	if !ok || !ok2 {
		t.Fatalf("%s has no place for %s", file, name)
	}
	write(t, file, []byte(before+"<!-- "+name+" -->\n"+text+"<!-- end of "+name+" -->"+after))
}
