//go:build linux

package main

import (
	"crypto/sha256"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/publish"
	"vidimus/sandbox"
)

// candidates are names that one may guess among, no two alike.
func candidates(script, n int) (names []string) {
	v := inventor{by: rand.New(rand.NewPCG(uint64(script), 31))}
	seen := map[string]bool{}
	for len(names) < n {
		if name := v.try(script); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// guessing counts what somebody sees, for each name that may be hidden.
type guessing map[string]int

// bits is how much of the choice between the names, all as likely, is told by
// what is seen: nothing where all look the same, all where each looks another.
func (g guessing) bits() float64 {
	all, left := 0.0, 0.0
	for _, n := range g {
		all += float64(n)
	}
	for _, n := range g {
		left += float64(n) / all * math.Log2(float64(n))
	}
	return math.Log2(all) - left
}

func seen(b ...[]byte) string {
	h := sha256.New()
	for _, part := range b {
		fmt.Fprintln(h, len(part))
		h.Write(part)
	}
	return string(h.Sum(nil))
}

// lineAbout is the second of three lines, with a name.
func lineAbout(name string) string {
	return "The county met.\nAt the yard stood " + name + " in winter.\nThen they went home."
}

// withheld gives the edition of a page of which the lines with a name are
// withheld.
func withheld(t *testing.T, mode protect.Mode, text, name string) protect.Edition {
	t.Helper()
	page := vidimus.Page{Number: 1, Text: text}
	at := strings.Index(text, name)
	area := protect.Withhold(page, 1, at, at+len(name), protect.Person)
	plan := protect.Plan{Format: protect.PlanFormat, Mode: mode, Title: "Papers", Publisher: "Sample press", OnePerson: true,
		Documents: []protect.Document{{Item: "aaaaaaaaaaaaaaaa", Title: "A paper"}}}
	if mode == protect.Cite {
		plan.Documents[0].Quotes = []string{"The county met."}
	}
	e, _, err := protect.Make(plan, func(protect.Document) ([]protect.Source, []protect.Area, error) {
		return []protect.Source{{Reading: 1, Page: page, Language: "en"}}, []protect.Area{area}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// folder gives every byte of the files of an edition, and their names.
func folder(t *testing.T, e protect.Edition) (all [][]byte) {
	t.Helper()
	cleared, err := protect.Clear("case", e, nil, []protect.Approval{{Signer: "a"}}, func(protect.Approval, string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "edition")
	if err := publish.Write(cleared, dir); err != nil {
		t.Fatal(err)
	}
	for path, b := range filesUnder(t, dir+publish.Unreleased) { // by name
		all = append(all, []byte(path), b)
	}
	return all
}

// pageAbout draws three lines, the second with a name.
func pageAbout(set *typeset.Setter, name string) []byte {
	var pdf typeset.PDF
	page := pdf.AddPage(holeWidth*2, holeHeight)
	for i, line := range strings.Split(lineAbout(name), "\n") {
		page.Text(set.Paragraph(line, 200*typeset.Em, false)[0], 8, 12, 30+float64(i)*18)
	}
	return pdf.Bytes()
}

// ofName chooses what is withheld of a page: whole lines, or a box drawn
// closely around the name by hand.
func ofName(name string, byHand bool) func(p vidimus.Page) vidimus.Box {
	return func(p vidimus.Page) vidimus.Box {
		at := strings.Index(p.Text, "stood ") + len("stood ")
		end := strings.Index(p.Text, " in winter")
		if !byHand {
			return protect.Withhold(p, 1, at, end, protect.Person).Box
		}
		box := vidimus.Box{X0: math.Inf(1), Y0: math.Inf(1)}
		for _, place := range p.Places {
			if place.Start >= at && place.End <= end && place.Box.X1 > place.Box.X0 {
				b := place.Box
				box = vidimus.Box{X0: min(box.X0, b.X0), Y0: min(box.Y0, b.Y0), X1: max(box.X1, b.X1), Y1: max(box.Y1, b.Y1)}
			}
		}
		return protect.WithholdBox(p, 1, box, protect.Person).Box
	}
}

// Names of all lengths, in all scripts, on one line: what is seen of an edition
// in which the line is withheld is the same, byte by byte, so that nobody can
// choose between them; with careless holes they can.
func TestTheWidthOfANameIsInNoEdition(t *testing.T) {
	set := setterOf(t)
	many, drawn, whole := 60, 6, 3
	if os.Getenv("VIDIMUS_STRESS") != "" {
		many, drawn, whole = 20_000, 80, 12
	}
	walls, err := standing(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	w, err := sandbox.Start(t.Context(), pipeline.WorkerKind, walls)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	words, files, lines, boxes, shown := guessing{}, guessing{}, guessing{}, guessing{}, guessing{}
	for script := range scriptsOfNames {
		for i, name := range candidates(script, many/len(scriptsOfNames)) {
			for _, mode := range []protect.Mode{protect.Cite, protect.Transcript} {
				e := withheld(t, mode, lineAbout(name), name)
				words[string(mode)+seen(e.Bytes())]++
				if i < whole {
					files[string(mode)+seen(folder(t, e)...)]++
				}
			}
			if i < drawn {
				page := pageAbout(set, name)
				h := hidden{name: "names", files: [2][]byte{page, page}, area: ofName(name, false)}
				lines[seen(facsimileOf(t, w, h, 0))]++
				h.area = ofName(name, true)
				boxes[seen(facsimileOf(t, w, h, 0))]++
				h.area = func(vidimus.Page) vidimus.Box { return vidimus.Box{Y1: 5} }
				shown[seen(facsimileOf(t, w, h, 0))]++
			}
		}
	}
	for what, g := range map[string]guessing{"words": words, "files": files} {
		if len(g) != 2 { // of two modes
			t.Errorf("%s differ by the name: %d kinds", what, len(g))
		}
	}
	if lines.bits() != 0 || boxes.bits() != 0 {
		t.Errorf("of the name a withheld line tells %.2f bits, and a box %.2f", lines.bits(), boxes.bits())
	}
	if len(shown) != drawn*len(scriptsOfNames) {
		t.Errorf("where another line is withheld only %d names are told from each other", len(shown))
	}
	if os.Getenv("VIDIMUS_STRESS") != "" {
		inDocs(t, "width", widthTable(set, many/len(scriptsOfNames), words, files, lines, boxes))
	}
}

// careless are holes that tell how wide the name is, in points.
var careless = []struct {
	name string
	seen func(wide float64) float64
}{
	{"the places of what follows are kept", func(w float64) float64 { return w }},
	{"a box as wide as the name, 200 dpi", func(w float64) float64 { return math.Ceil(w * protect.FacsimileDPI / 72) }},
	{"a box in steps of 32 pixels", func(w float64) float64 { return math.Ceil(w * protect.FacsimileDPI / 72 / 32) }},
	{"a box of 1.5 inches or more", func(w float64) float64 { return max(108, math.Ceil(w)) }},
}

// flowing is a paragraph that is broken into lines anew for each name.
func flowing(set *typeset.Setter, name string) string {
	text := "The county met at noon and heard the clerk, and at the yard behind the old mill stood " + name +
		" in winter with the two who had come before the others, until they all went home again by the road along the river."
	var shown []string
	lines := set.Paragraph(text, 38*typeset.Em, false)
	for i, l := range lines {
		from, to := strings.Index(text, l.Text), strings.Index(text, l.Text)+len(l.Text)
		at := strings.Index(text, name)
		if i > 0 && from <= 0 { // letters of two directions in one line
			return ""
		}
		if to <= at || from >= at+len(name) {
			shown = append(shown, l.Text)
		}
	}
	return strings.Join(shown, "\n")
}

// widthTable prints how many bits of the choice between names each way to hide
// one tells.
func widthTable(set *typeset.Setter, many int, words, files, lines, boxes guessing) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| what is hidden, and how | names | bits to guess | bits told |\n|---|---|---|---|\n")
	row := func(what string, n int, told float64) {
		fmt.Fprintf(&b, "| %s | %d | %.1f | %.2f |\n", what, n, math.Log2(float64(n)), told)
	}
	for script := range 3 {
		names := candidates(script, many)
		for _, rule := range careless {
			g := guessing{}
			for _, name := range names {
				g[fmt.Sprintf("%.4f", rule.seen(set.Paragraph(name, 1000*typeset.Em, script == 1)[0].Width/typeset.Em*11))]++
			}
			row(fmt.Sprintf("%s; %s names", rule.name, scriptsOfNames[script]), many, g.bits())
		}
	}
	flow := guessing{}
	for _, name := range candidates(0, many) {
		flow[flowing(set, name)]++
	}
	row("ours, lines that are broken anew for each name, by somebody who knows every other word", many, flow.bits())
	size := func(g guessing) (n int) {
		for _, k := range g {
			n += k
		}
		return n
	}
	row("**ours, cited and in transcripts, the edition's words; all scripts**", size(words)/2, words.bits()-1)
	row("**ours, cited and in transcripts, every byte of the folder (site, data, book); all scripts**", size(files)/2, files.bits()-1)
	row("**ours, in facsimiles, whole lines; all scripts**", size(lines), lines.bits())
	row("**ours, in facsimiles, a box drawn closely around the name (`--box`); all scripts**", size(boxes), boxes.bits())
	return b.String()
}

func setterOf(t *testing.T) *typeset.Setter {
	t.Helper()
	var files [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		var err error
		if files[i], err = fonts.Installed(name); err != nil {
			casetest.Without(t, err)
		}
	}
	f, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		t.Fatal(err)
	}
	return typeset.NewSetter(f)
}
