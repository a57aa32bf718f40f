//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/key"
	"vidimus/protect"
	"vidimus/protect/people"
	"vidimus/read/ocr"
)

// buried is a name in one layer of one file.
type buried struct {
	layer
	script int
	path   string
	items  []vidimus.ItemID // of the file, and of what is inside it
	lost   map[string]fateOfName
}

// fateOfName is what became of a name in an output.
type fateOfName string

const (
	nameRefused fateOfName = "refused"
	nameAbsent  fateOfName = "not there"
	nameShown   fateOfName = "**shown**"
)

var layerOutputs = []string{"original", "text", "cite", "transcript", "facsimile"}

// layered is a case of files in whose layers the names of five people stand.
type layered struct {
	t                 *testing.T
	at, dir, identity string
	all               []*buried
	hunt              *hunter
}

func newLayered(t *testing.T, all []*buried) *layered {
	t.Helper()
	l := &layered{t: t, at: t.TempDir(), all: all}
	l.dir = filepath.Join(l.at, "case")
	var recipient string
	l.identity, recipient = newIdentity(t, l.at)
	v := inventor{by: rand.New(rand.NewPCG(21, 7))}
	var names []string
	var canaries []canary
	for s := range scriptsOfNames {
		names = append(names, v.in(s))
		sure, _ := people.Person{Names: names[s:]}.Forms()
		for _, form := range sure {
			canaries = append(canaries, canary{what: pNumber(s), word: form})
		}
	}
	l.hunt = newHunter(canaries)
	for i, b := range all {
		b.lost = map[string]fateOfName{}
		b.path = fmt.Sprintf("%03d.%s", i, b.ext)
		if b.inName {
			b.path = fmt.Sprintf("%03d list of %s.%s", i, names[b.script], b.ext)
		}
		write(t, filepath.Join(l.at, "leak", b.path), b.file(t, wordedBy(i), names[b.script]))
	}
	write(t, filepath.Join(l.at, "pass"), []byte("demo\n"))
	t.Setenv("VIDIMUS_SIGNER_PASSPHRASE_FILE", filepath.Join(l.at, "pass"))
	l.must("", "init", l.dir, "--recipient", recipient, "--allow-swap")
	if code, out := l.run("", "add", l.dir, filepath.Join(l.at, "leak"), "--allow-swap"); code != exitDone && code != exitFailures {
		t.Fatalf("add: exit %d:\n%s", code, out)
	}
	l.must(strings.Join(names, "\n")+"\n", "protected", "add", l.dir, "--vault-recipient", recipient)
	l.must("", "signer", "new", l.signer(), "--weak", "--signer-passphrase-file", filepath.Join(l.at, "pass"))
	l.must("", "signer", "register", l.dir, l.signer())
	for _, f := range linesOf[struct {
		Item            vidimus.ItemID
		Path            string
		Pages, Sections int
	}](t, l.must("", "list", l.dir, "--json")) {
		for _, b := range all {
			if strings.HasPrefix(f.Path, b.path) && (f.Path == b.path || f.Pages+f.Sections > 0) {
				b.items = append(b.items, f.Item)
			}
		}
	}
	return l
}

func (l *layered) signer() string { return filepath.Join(l.at, "a.signer") }

func (l *layered) run(in string, args ...string) (int, string) {
	l.t.Helper()
	var out bytes.Buffer
	code := command(l.t.Context(), key.ChildMain(), append(args, "--identity", l.identity, "--vault-identity", l.identity), strings.NewReader(in), &out, &out)
	return code, out.String()
}

func (l *layered) must(in string, args ...string) string {
	l.t.Helper()
	code, out := l.run(in, args...)
	if code != exitDone {
		l.t.Fatalf("%s: exit %d:\n%s", strings.Join(args[:2], " "), code, out)
	}
	return out
}

// copies asks for copies in clear, as they are and as text.
func (l *layered) copies() {
	l.t.Helper()
	for i, b := range l.all {
		to := filepath.Join(l.at, fmt.Sprintf("copy%d", i))
		code, _ := l.run("", "show", l.dir, string(b.items[0]), "--original", to)
		b.lost["original"] = nameRefused
		if code == exitDone {
			kept, err := os.ReadFile(to)
			if err != nil {
				l.t.Fatal(err)
			}
			b.lost["original"] = l.shown(b, kept)
		}
		b.lost["text"] = nameAbsent
		for _, item := range b.items {
			code, out := l.run("", "show", l.dir, string(item), "--text", "--json")
			switch {
			case code != exitDone:
				b.lost["text"] = nameRefused
			case l.shown(b, []byte(out)) == nameShown:
				b.lost["text"] = nameShown
			}
		}
	}
}

func (l *layered) shown(b *buried, out []byte) fateOfName {
	if found := l.hunt.in(out); len(found) > 0 {
		l.t.Errorf("%s, %s, %s: %v", b.sort, b.where, scriptsOfNames[b.script], found)
		return nameShown
	}
	return nameAbsent
}

// withhold withholds each person's lines in their own file.
func (l *layered) withhold() {
	l.t.Helper()
	for _, b := range l.all {
		for _, item := range b.items {
			l.run("", "redact", l.dir, string(item), "--protected", pNumber(b.script))
		}
	}
}

// entry is a document of a plan, and whose name is in its file.
type entry struct {
	of *buried
	protect.Document
}

func (l *layered) entries(mode protect.Mode) (all []entry) {
	for n, b := range l.all {
		for i, item := range b.items {
			d := protect.Document{Item: item, Title: "Paper"}
			switch mode {
			case protect.Cite:
				if i > 0 {
					continue // a quotation stands in the file itself
				}
				d.Quotes = []string{quoted}
			case protect.Facsimile:
				if i > 0 || !b.drawn || n/len(scriptsOfNames)%len(scriptsOfNames) != b.script {
					continue // OCR reads each page four times: one script a layer
				}
				d.Facsimile = "to look for names"
			}
			all = append(all, entry{b, d})
		}
	}
	return all
}

var ofThePlan = regexp.MustCompile(`document (\d+) of the plan`)

// edition makes an edition of all that it can be made of, and again without
// the documents at which the release check found somebody: no byte of that may
// name anybody.
func (l *layered) edition(mode protect.Mode) {
	l.t.Helper()
	all := l.entries(mode)
	for try := 0; len(all) > 0; try++ {
		name := filepath.Join(l.at, fmt.Sprintf("%s%d", mode, try))
		open, refused := l.make(mode, name, all)
		if refused > 0 { // it has no words, or not the quotation
			all = slices.Delete(all, refused-1, refused)
			continue
		}
		stopped := map[int]bool{}
		for _, p := range open {
			var n int
			if _, err := fmt.Sscanf(p.Page, "document-%d", &n); err == nil && p.Check == protect.CheckProtected && p.Point == "" {
				stopped[n-1] = true
			}
		}
		if len(stopped) == 0 {
			for path, b := range filesUnder(l.t, name+".unreleased") {
				if found := l.hunt.in(append([]byte(path+"\n"), b...)); len(found) > 0 {
					l.t.Errorf("%s, %s: %v", mode, path, found)
				}
			}
			if i := slices.IndexFunc(open, func(p openPoint) bool { return p.Check == protect.CheckProtected && p.Point == "" }); i >= 0 {
				l.t.Errorf("%s: somebody stands on %s, and in no document", mode, open[i].Page)
			}
			break
		}
		for i, e := range all {
			if stopped[i] {
				e.of.lost[string(mode)] = nameRefused
			}
		}
		kept := all[:0:0]
		for i, e := range all {
			if !stopped[i] {
				kept = append(kept, e)
			}
		}
		all = kept
	}
	for _, e := range all {
		if e.of.lost[string(mode)] == "" {
			e.of.lost[string(mode)] = nameAbsent
		}
	}
}

// make gives what is open, or the number of the document of which no edition
// can be made.
func (l *layered) make(mode protect.Mode, to string, all []entry) ([]openPoint, int) {
	l.t.Helper()
	plan := protect.Plan{Format: protect.PlanFormat, Mode: mode, Title: "Invented papers", Publisher: "Sample press", OnePerson: true}
	for _, e := range all {
		plan.Documents = append(plan.Documents, e.Document)
	}
	b, err := json.Marshal(plan)
	if err != nil {
		l.t.Fatal(err)
	}
	file := to + ".json"
	write(l.t, file, b)
	if code, out := l.run("", "approve", l.dir, file, "--signer", l.signer()); code != exitDone {
		m := ofThePlan.FindStringSubmatch(out)
		if m == nil {
			l.t.Fatalf("approve: exit %d:\n%s", code, out)
		}
		n, _ := strconv.Atoi(m[1])
		return nil, n
	}
	_, out := l.run("", "edition", "make", l.dir, file, "-o", to, "--json")
	var said struct{ Open []openPoint }
	if err := json.Unmarshal([]byte(out[strings.LastIndex(strings.TrimSpace(out), "\n")+1:]), &said); err != nil {
		l.t.Fatalf("%v:\n%s", err, out)
	}
	return said.Open, 0
}

// table has a row for each layer; a cell counts the scripts.
func (l *layered) table() string {
	var b strings.Builder
	b.WriteString("| the name stands in |")
	for _, o := range layerOutputs {
		fmt.Fprintf(&b, " %s |", o)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(layerOutputs)) + "\n")
	done := map[string]bool{}
	for _, x := range l.all {
		row := x.sort + ": " + x.where
		if done[row] {
			continue
		}
		done[row] = true
		fmt.Fprintf(&b, "| %s |", row)
		for _, o := range layerOutputs {
			count := map[fateOfName]int{}
			for _, y := range l.all {
				if y.sort == x.sort && y.where == x.where && y.lost[o] != "" {
					count[y.lost[o]]++
				}
			}
			cell := "–"
			for i, f := range slices.Sorted(maps.Keys(count)) {
				cell = one(i == 0, "", cell+", ") + fmt.Sprintf("%d %s", count[f], f)
			}
			fmt.Fprintf(&b, " %s |", cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// A name in five scripts in every layer of every sort of file: no output has it
// in any form, or it is refused. VIDIMUS_STRESS plants each script in each
// layer, makes facsimiles of one, and holds the table in docs/protected.md; else one
// script a layer is planted.
func TestANameInAnyLayerIsInNoOutput(t *testing.T) {
	if _, err := fonts.Installed(fonts.UKIJ); err != nil {
		casetest.Without(t, err)
	}
	full := os.Getenv("VIDIMUS_STRESS") != ""
	if full {
		if _, err := ocr.Find(t.Context()); err != nil {
			casetest.Without(t, err)
		}
	}
	var all []*buried
	for i, at := range layers() {
		for s := range scriptsOfNames {
			if full || s == i%len(scriptsOfNames) && !at.ocr && (!testing.Short() || i%3 == 0) {
				all = append(all, &buried{layer: at, script: s})
			}
		}
	}
	l := newLayered(t, all)
	l.copies()
	l.withhold()
	for _, mode := range modesOfEditions {
		if full || mode != protect.Facsimile {
			l.edition(mode)
		}
	}
	if full {
		inDocs(t, "layers", l.table())
	} else {
		t.Log("\n" + l.table())
	}
}
