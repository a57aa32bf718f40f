//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/publish"
	"vidimus/search"
	"vidimus/understand"
)

// disguised is a person whose name stands in one disguise in one script, in an
// item of its own.
type disguised struct {
	id       string
	disguise disguise
	script   int
	name     string
	hidden   string
	item     vidimus.ItemID
}

func plant() (all []disguised) {
	v := inventor{by: rand.New(rand.NewPCG(7, 7))}
	for _, d := range disguises {
		for s := range scriptsOfNames {
			name := v.in(s)
			all = append(all, disguised{id: pNumber(len(all)), disguise: d, script: s, name: name, hidden: d.hide(name)})
		}
	}
	return all
}

// met is what became of a name in an output.
type met int

const (
	notThere met = iota // the output does not say it
	missed
	forReview
	refusedSurely
)

// grid is the table disguise × output.
type grid struct {
	outputs []string
	cells   map[string]map[string][]met // by disguise and output
}

func (g *grid) put(p disguised, output string, m met) {
	if !slices.Contains(g.outputs, output) {
		g.outputs = append(g.outputs, output)
	}
	if g.cells[p.disguise.name] == nil {
		g.cells[p.disguise.name] = map[string][]met{}
	}
	g.cells[p.disguise.name][output] = append(g.cells[p.disguise.name][output], m)
}

// table prints the grid: rows are disguises, columns outputs by letter. A cell
// counts the scripts in which a name was refused surely, and for a person.
func (g *grid) table() string {
	var b strings.Builder
	letter := func(n int) string { return string(rune('A'+n%26)) + strings.Repeat("'", n/26) }
	b.WriteString("| disguise |")
	for n := range g.outputs {
		fmt.Fprintf(&b, " %s |", letter(n))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(g.outputs)) + "\n")
	for _, d := range disguises {
		fmt.Fprintf(&b, "| %s |", d.name)
		for _, o := range g.outputs {
			fmt.Fprintf(&b, " %s |", cell(g.cells[d.name][o]))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	for n, o := range g.outputs {
		fmt.Fprintf(&b, "- %s: %s\n", letter(n), o)
	}
	return b.String()
}

func cell(all []met) string {
	var n [4]int
	for _, m := range all {
		n[m]++
	}
	switch {
	case n[missed] > 0:
		return fmt.Sprintf("**%d missed**", n[missed])
	case n[refusedSurely]+n[forReview] == 0:
		return "–"
	case n[forReview] == 0:
		return fmt.Sprint(n[refusedSurely])
	}
	return fmt.Sprintf("%d+%d", n[refusedSurely], n[forReview])
}

// inDocs holds a table against docs/protected.md, where it stands between two
// marks; with VIDIMUS_TABLES it is written there.
func inDocs(t *testing.T, name, table string) {
	t.Helper()
	const path = "../../docs/protected.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(string(b), begin)
	was, after, closed := strings.Cut(rest, end)
	switch {
	case !found || !closed:
		t.Fatalf("docs/protected.md has no place for %s", name)
	case was == table:
	case os.Getenv("VIDIMUS_TABLES") == "":
		t.Errorf("docs/protected.md says otherwise; VIDIMUS_TABLES=1 writes it:\n%s", table)
	default:
		if err := os.WriteFile(path, []byte(before+begin+table+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// exhibit is a case with names disguised, open in this process.
type exhibit struct {
	*newsroom
	all []disguised
	c   *console
	d   *desk
	g   *grid
	m   *match.List
	by  string // what the names of outputs end in
}

// newExhibit plants the names in the words of files, or in their names.
func newExhibit(t *testing.T, g *grid, inNames bool) *exhibit {
	t.Helper()
	x := &exhibit{all: plant(), c: &console{out: io.Discard, err: io.Discard}, g: g}
	if inNames {
		x.by = ", by the file's name"
	}
	files, names := map[string][]byte{}, []string{}
	for i, p := range x.all {
		names = append(names, p.name)
		path, text := fmt.Sprintf("%03d.txt", i), "At the yard stood "+p.hidden+" on 3 May 2017 in winter.\nThen they went home.\n"
		switch {
		case inNames && (p.disguise.bytes || strings.ContainsAny(p.hidden, "/\n")):
			continue
		case inNames:
			path, text = fmt.Sprintf("%03d list of %s x.txt", i, p.hidden), "Nothing on 3 May 2017 in winter.\n"+fmt.Sprint(i)
		case p.disguise.bytes:
			text = p.hidden
		}
		files[path] = []byte(text)
	}
	x.newsroom = newNewsroom(t, files, names...)
	for path, item := range x.items() {
		var i int
		if _, err := fmt.Sscanf(path, "%03d", &i); err != nil {
			t.Fatal(err)
		}
		x.all[i].item = vidimus.ItemID(item)
	}
	u := &unlocking{identityFile: x.identity, vaultIdentityFile: x.identity}
	var err error
	if x.d, err = openCase(t.Context(), x.c, u, x.dir, archive.ToWrite); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.d.Close() })
	if err := x.d.withIndex(t.Context(), x.c, archive.ToWrite); err != nil {
		t.Fatal(err)
	}
	list, err := x.d.people(t.Context(), x.c)
	if err != nil {
		t.Fatal(err)
	}
	x.m = list.Matcher()
	return x
}

// copied holds a copy against the list as it would be on leaving, and judges
// each of the disguised.
func (x *exhibit) copied(output string, of []disguised, s sheet, fill func(io.Writer) error) {
	x.t.Helper()
	var out bytes.Buffer
	if err := fill(&out); err != nil {
		x.t.Fatalf("%s: %v", output, err)
	}
	found, err := whoIsNamed(x.t.Context(), x.d, x.m, s, fill)
	if err != nil {
		x.t.Fatalf("%s: %v", output, err)
	}
	for _, p := range of {
		x.judge(output, p, out.String(), found.exact[p.id], found.review[p.id] || found.unread)
	}
}

func (x *exhibit) judge(output string, p disguised, out string, exact, review bool) {
	switch {
	case exact:
		x.g.put(p, output+x.by, refusedSurely)
	case review:
		x.g.put(p, output+x.by, forReview)
	case !p.disguise.bytes && !says(out, p.hidden):
		x.g.put(p, output+x.by, notThere)
	default:
		x.g.put(p, output+x.by, missed)
		x.t.Errorf("%s: %s of %s is missed", output, p.disguise.name, p.id)
	}
}

// says tells whether an output has words, whatever it did to spaces, and to
// characters that cannot be seen.
func says(out, words string) bool {
	plain := func(s string) string {
		s = strings.NewReplacer(`\n`, "", "&amp;", "&", `\u0026`, "&").Replace(norm.NFC.String(s))
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
				return -1
			}
			return r
		}, s)
	}
	return strings.Contains(plain(out), plain(words))
}

// words are the disguised that are text.
func (x *exhibit) words() []disguised {
	return slices.DeleteFunc(slices.Clone(x.all), func(p disguised) bool { return p.disguise.bytes || p.item == "" })
}

func (x *exhibit) wholeCase() {
	ctx := x.t.Context()
	all := x.words()
	x.copied("export", all, sheet{what: "pages", texts: true}, func(w io.Writer) error { return exportPages(ctx, w, x.d.Case) })
	for _, csv := range []bool{false, true} {
		b := batch{csv: csv}
		i := inquiry{window: search.Window{Limit: 1000}}
		x.copied(map[bool]string{false: "batch", true: "batch as CSV"}[csv], all, sheet{what: "search results"}, func(w io.Writer) error {
			_, err := b.answers(ctx, x.c, x.d, w, []asking{{line: 1, typed: "winter", carried: []string{}}}, i)
			return err
		})
	}
	events, err := pipeline.Timeline(ctx, x.d.Case)
	if err != nil {
		x.t.Fatal(err)
	}
	s := sheet{what: "timeline"}
	x.copied("timeline", all, s, func(w io.Writer) error { return printTimeline(w, false, events) })
	x.copied("timeline, JSON", all, s, func(w io.Writer) error { return printTimeline(w, true, events) })
	x.copied("timeline, drawn", all, s, func(w io.Writer) error { return pipeline.WriteTimeline(w, events) })
}

func (x *exhibit) eachItem() {
	ctx := x.t.Context()
	for _, p := range x.all {
		one := []disguised{p}
		file, blob, err := pipeline.OpenOriginal(ctx, x.d.Case, p.item)
		if err != nil {
			x.t.Fatal(err)
		}
		x.copied("original", one, sheet{what: "original", item: p.item, shown: true}, func(w io.Writer) error {
			_, err := io.Copy(w, io.NewSectionReader(blob, 0, blob.Size()))
			return err
		})
		blob.Close()
		if p.disguise.bytes {
			continue
		}
		for _, json := range []bool{false, true} {
			x.copied(map[bool]string{false: "text", true: "text, JSON"}[json], one, sheet{what: "text", item: p.item, texts: true}, func(w io.Writer) error {
				return writePages(ctx, w, json, x.d.Case, file, 0)
			})
		}
		x.copied("picture of a page", one, sheet{what: picture, item: p.item, page: 1, shown: true}, func(w io.Writer) error {
			_, err := io.WriteString(w, p.hidden)
			return err
		})
		typed := "Were you told of " + p.hidden + " in that year?\n"
		x.copied("question sheet", one, sheet{what: "question sheet"}, func(w io.Writer) error { _, err := io.WriteString(w, typed); return err })
		x.copied("call list", one, sheet{what: "call list of an edition"}, func(w io.Writer) error {
			return writeWent(w, true, []pipeline.Went{{Day: "2026-11-29", How: "given", To: p.hidden}})
		})
		said := receipt{Sources: []receiptSource{{Said: []receiptSaid{{Note: typed}}}}}
		x.copied("receipt", one, sheet{what: "receipt"}, func(w io.Writer) error { return said.print(w, true) })
	}
}

func (x *exhibit) compared() {
	all := x.words()
	for _, p := range all {
		old := []pipeline.Worded{{Reading: 1, Page: vidimus.Page{Number: 1, Text: "At the yard stood somebody in winter."}}}
		now := []pipeline.Worded{{Reading: 2, Page: vidimus.Page{Number: 1, Text: "At the yard stood " + p.hidden + " in winter."}}}
		found := pipeline.Comparison{Old: old, New: now, Difference: understand.Diff([]string{old[0].Page.Text}, []string{now[0].Page.Text})}
		for _, json := range []bool{false, true} {
			x.copied(map[bool]string{false: "comparison", true: "comparison, JSON"}[json], []disguised{p}, sheet{what: "comparison"}, func(w io.Writer) error {
				return printDiff(w, json, "a", "b", found)
			})
		}
	}
}

// edition writes the disguised words to an edition of all files, and lets the
// release check read it, file by file.
func (x *exhibit) edition() {
	ctx, all := x.t.Context(), x.words()
	plan := protect.Plan{Format: protect.PlanFormat, Mode: protect.Transcript, Title: "Invented papers", Publisher: "Sample press", OnePerson: true}
	for _, p := range all {
		plan.Documents = append(plan.Documents, protect.Document{Item: p.item, Title: "A paper"})
	}
	e, pictures, err := pipeline.MakeEdition(ctx, x.d.Case, plan, nil)
	if err != nil {
		x.t.Fatal(err)
	}
	for _, json := range []bool{false, true} {
		x.copied(map[bool]string{false: "review", true: "review, JSON"}[json], all, sheet{what: "review of an edition", rows: e.Rows()}, func(w io.Writer) error {
			if json {
				return (&console{out: w}).data(reviewed{Edition: e})
			}
			return writeReview(w, reviewed{Edition: e})
		})
	}
	cleared, err := protect.Clear("case", e, pictures, []protect.Approval{{Signer: "a"}}, func(protect.Approval, string) bool { return true })
	if err != nil {
		x.t.Fatal(err)
	}
	dir := x.at("edition")
	if err := publish.Write(cleared, dir); err != nil {
		x.t.Fatal(err)
	}
	check := protect.Examination{CaseID: "case", Cleared: cleared, Folder: os.DirFS(dir + publish.Unreleased), Differs: publish.Differs}
	if err := lookFor(ctx, x.c, x.d, plan, cleared, &check); err != nil {
		x.t.Fatal(err)
	}
	_, open, err := protect.Examine(check)
	if err != nil {
		x.t.Fatal(err)
	}
	for i, p := range all {
		site := fmt.Sprintf("document-%d.html", i+1)
		words, err := os.ReadFile(filepath.Join(dir+publish.Unreleased, site))
		if err != nil {
			x.t.Fatal(err)
		}
		for _, file := range [][2]string{{"edition: page", site}, {"edition: data", "edition.json"}, {"edition: book", "edition.pdf"}} {
			output, page := file[0], file[1]
			exact, review := false, false
			for _, o := range open {
				if o.Check == protect.CheckProtected && o.Page == page && strings.HasPrefix(o.Why, p.id) {
					exact, review = exact || o.Final, review || !o.Final
				}
			}
			x.judge(output, p, string(words), exact, review)
		}
	}
}

// Every disguise of a name in five scripts, in every output that leaves in
// clear: refused by number, or sent to a person to look at. The table is in
// docs/protected.md.
func TestEveryDisguiseInEveryOutput(t *testing.T) {
	if _, err := fonts.Installed(fonts.UKIJ); err != nil {
		casetest.Without(t, err)
	}
	g := &grid{cells: map[string]map[string][]met{}}
	x := newExhibit(t, g, false)
	x.wholeCase()
	x.eachItem()
	x.compared()
	x.edition()
	named := newExhibit(t, g, true)
	named.wholeCase()
	inDocs(t, "disguises", g.table())
}
