package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/read/pdf"
	"vidimus/sandbox"
)

// TestAccuracy reads a folder of public files, which is no part of this
// repository, with the program's own workers behind walls, and counts what the
// files' own test suites say must be found. It writes its account to the file
// that VIDIMUS_ACCURACY names.
func TestAccuracy(t *testing.T) {
	to, root := os.Getenv("VIDIMUS_ACCURACY"), os.Getenv("VIDIMUS_CORPUS")
	if to == "" {
		t.Skip("takes a minute: run `make accuracy`")
	}
	if root == "" {
		root = "../../../shared/corpus"
	}
	files, err := asserted(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := pdf.Warm(engineCache()); err != nil {
		t.Fatal(err)
	}
	a := &accuracy{rows: map[[2]string]*accuracyRow{}, unread: map[string]int{}, closed: map[vidimus.Reason][]string{}}
	v := &visitor{}
	defer v.close()
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(root, f.path))
		if err != nil {
			t.Fatal(err)
		}
		a.judge(f, v.visit(t.Context(), b, path.Base(f.path), 0))
	}
	if a.measures, err = corpus.Measures(); err != nil {
		t.Fatal(err)
	}
	account := a.String()
	fmt.Print(account)
	if !filepath.IsAbs(to) {
		to = filepath.Join("../..", to)
	}
	if err := os.WriteFile(to, []byte(account), 0o644); err != nil {
		t.Fatal(err)
	}
	all := a.total()
	if all.found*10 < all.asserted*9 {
		t.Errorf("found %d of %d", all.found, all.asserted)
	}
	if unlocked := all.files - len(a.closed[vidimus.Encrypted]); all.opened*100 < unlocked*98 {
		t.Errorf("opened %d of %d", all.opened, unlocked)
	}
}

// assertion is what the manifest says of one file.
type assertion struct {
	path            string
	found, notFound []string
}

// asserted reads the manifest: a table whose first column is the path and whose
// eleventh has what is expected, one thing after another.
func asserted(root string) (all []assertion, err error) {
	f, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		return nil, vidimus.WithHint(err, "set VIDIMUS_CORPUS")
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) < 11 || cells[0] == "path" {
			continue
		}
		a := assertion{path: cells[0]}
		for e := range strings.SplitSeq(cells[10], " | ") {
			if s, ok := strings.CutPrefix(e, "contains: "); ok && !markup(s) {
				a.found = append(a.found, unwritten(s))
			}
			if s, ok := strings.CutPrefix(e, "notcontains: "); ok && !markup(s) {
				a.notFound = append(a.notFound, s)
			}
		}
		all = append(all, a)
	}
	return all, lines.Err()
}

// unwritten takes away what a suite's own way of writing, Markdown or HTML, adds to
// a file's words.
func unwritten(s string) string { return strings.TrimLeft(s, "# ") }

func markup(s string) bool { return strings.HasPrefix(s, "<") }

// visited is all that a file gave, children included.
type visited struct {
	mediaType string
	reason    vidimus.Reason // why it, or a page or child of it, was not read
	opened    bool
	own, all  strings.Builder
}

// Bounds of what is looked at inside a file.
const (
	visitDepth = 4
	visitBytes = 256 << 20
)

// visitor reads files with one worker after another.
type visitor struct{ worker *sandbox.Worker }

func (v *visitor) close() {
	if v.worker != nil {
		v.worker.Close()
		v.worker = nil
	}
}

func (v *visitor) visit(ctx context.Context, b []byte, name string, depth int) *visited {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	to := &visited{}
	children, err := v.read(ctx, b, name, to)
	to.opened = err == nil
	if err != nil {
		v.close()
		reason, own := vidimus.FaultOf(err)
		if !own {
			reason = vidimus.ReaderDied
		}
		to.reason = reason
	}
	for _, c := range children {
		if depth == visitDepth {
			break
		}
		inner := v.visit(ctx, c.body, path.Base(c.name), depth+1)
		fmt.Fprintf(&to.all, "\n%s\n%s", c.name, inner.all.String())
		to.reason = cmp.Or(to.reason, inner.reason)
	}
	return to
}

type visitedChild struct {
	name string
	body []byte
}

func (v *visitor) read(ctx context.Context, b []byte, name string, to *visited) (children []visitedChild, err error) {
	if v.worker == nil {
		if v.worker, err = sandbox.Start(ctx, pipeline.WorkerKind, sandbox.Options{}); err != nil {
			return nil, err
		}
	}
	doc, err := read.Open(ctx, v.worker, bytes.NewReader(b), int64(len(b)), name)
	to.mediaType = doc.Type
	if err != nil {
		return nil, err
	}
	for page, err := range doc.All(ctx) {
		if reason, own := vidimus.FaultOf(err); own {
			to.reason = reason
		} else if err != nil {
			return nil, err
		}
		if page.Ink && page.Wordless() {
			to.reason = vidimus.NeedsOCR
		}
		to.own.WriteString(page.Text + "\n")
	}
	left := visitBytes
	for doc.Parts {
		s, err := doc.Next(ctx, func(c read.Child) error {
			if c.Fault != "" {
				to.reason = c.Fault
				children = append(children, visitedChild{name: c.Name})
				return nil
			}
			body, err := io.ReadAll(io.LimitReader(c.Body, int64(left)))
			io.Copy(io.Discard, c.Body)
			left -= len(body)
			children = append(children, visitedChild{c.Name, body})
			if reason, own := vidimus.FaultOf(err); own {
				to.reason, err = reason, nil
			}
			return err
		})
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			to.all.WriteString(to.own.String())
			return children, err
		}
		if s != nil && s.Kind == read.OwnWords {
			to.own.WriteString(s.Text + "\n")
		} else if s != nil {
			to.all.WriteString(s.Text + "\n")
		}
	}
	to.all.WriteString(to.own.String())
	return children, nil
}

// accuracyRow is what came of a suite's files of one type.
type accuracyRow struct{ files, opened, asserted, found, not, kept int }

// accuracy is the whole account.
type accuracy struct {
	rows     map[[2]string]*accuracyRow // by suite and type
	misses   []string
	unread   map[string]int              // asserted strings of files of kinds not read
	closed   map[vidimus.Reason][]string // files of kinds read that did not open
	ocr      int
	measures string // of other tests, as rows of a table
	// foreign are expectations that are not about words of the file.
	foreign []string
}

// archives have no words of their own.
var archives = map[string]bool{"application/gzip": true, "application/zip": true, "application/x-tar": true}

// bare makes texts alike that differ in white space or the form of characters.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u00ad' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

// judge counts one file.
func (a *accuracy) judge(f assertion, v *visited) {
	suite, _, _ := strings.Cut(f.path, "/")
	if why, ok := notOfFile[f.path]; ok {
		a.foreign = append(a.foreign, fmt.Sprintf("`%s`: %q: %s", f.path, append(f.found, f.notFound...), why))
		return
	}
	if v.reason == vidimus.KindNotRead && !v.opened {
		a.unread[v.mediaType] += len(f.found)
		return
	}
	key := [2]string{strings.ReplaceAll(suite, "+", "/"), v.mediaType}
	row := a.rows[key]
	if row == nil {
		row = &accuracyRow{}
		a.rows[key] = row
	}
	row.files++
	if v.opened {
		row.opened++
	} else {
		a.closed[v.reason] = append(a.closed[v.reason], "`"+f.path+"`")
	}
	all, own := bare(v.all.String()), bare(v.own.String())
	for _, s := range f.found {
		switch {
		case strings.Contains(all, bare(s)):
			row.asserted++
			row.found++
		case v.reason == vidimus.NeedsOCR, onPicture[f.path] == s:
			a.ocr++
		case v.reason == vidimus.KindNotRead && archives[v.mediaType]: // of what is in it
			a.unread[v.mediaType]++
		default:
			row.asserted++
			a.misses = append(a.misses, fmt.Sprintf("`%s`: %q: %s", f.path, s, cmp.Or(why[f.path], string(v.reason), "not known")))
		}
	}
	for _, s := range f.notFound {
		row.not++
		if !strings.Contains(own, bare(s)) {
			row.kept++
		} else {
			a.misses = append(a.misses, fmt.Sprintf("`%s`: not kept out: %q: %s", f.path, s, cmp.Or(why[f.path], "not known")))
		}
	}
}

func (a *accuracy) total() (all accuracyRow) {
	for _, r := range a.rows {
		all.files, all.opened = all.files+r.files, all.opened+r.opened
		all.asserted, all.found = all.asserted+r.asserted, all.found+r.found
		all.not, all.kept = all.not+r.not, all.kept+r.kept
	}
	return all
}

// why are the reasons of misses that were looked at.
var why = map[string]string{
	"apache+tika/testHTML_embedded_img_in_js.html": "the suite looks into pictures that a script holds; scripts are not run or read",
	"apache+tika/testPassword4Spaces.pdf":          "encrypted; the suite gives the password, we take none yet",
	"apache+tika/testWORD_text_box.docx":           "the suite leaves text boxes out by an option; a reader sees them",
	"alephdata+ingest-file/email_strip_markup.eml": "the suite keeps the words of an HTML mail apart from its text; they are its only words",
}

// notOfFile are files whose suite asserts what its program says, not what the
// file says.
var notOfFile = map[string]string{
	"Unstructured-IO+unstructured/README.md":         "names the program",
	"Unstructured-IO+unstructured/eng_spa_mult.eml":  "codes of the languages found",
	"Unstructured-IO+unstructured/eng_spa_mult.ppt":  "codes of the languages found",
	"Unstructured-IO+unstructured/eng_spa_mult.pptx": "codes of the languages found",
	"Unstructured-IO+unstructured/fake-text.txt":     "a line of the program's log",
	"Unstructured-IO+unstructured/norwich-city.txt":  "a line of the program's log",
	"apache+tika/testColonDelimited.txt":             "the name of the delimiter found",
}

// onPicture are strings that stand only on a picture, of pages with other words.
var onPicture = map[string]string{"apache+tika/testPDF_JBIG2.pdf": "Norconex"}

const accuracyHead = `# Accuracy

What ` + "`make accuracy`" + ` printed last: a folder of public files, which is no part of this repository, read by the program's own
workers behind walls. For each suite and type: files, those opened, and of the strings that the suite's own tests want to
find (white space and the form of characters aside) those found, in any reading or in a file inside; then those that must
not be in the file's own words, and are not. OCR is left out. An expectation is the suite's, under its own options.

`

// String writes the account as Markdown.
func (a *accuracy) String() string {
	var b strings.Builder
	b.WriteString(accuracyHead)
	all := a.total()
	fmt.Fprintf(&b, "**All: %d of %d strings found (%.1f %%), %d of %d kept out; %d of %d files opened.** ", all.found, all.asserted,
		100*float64(all.found)/float64(max(all.asserted, 1)), all.kept, all.not, all.opened, all.files)
	locked := len(a.closed[vidimus.Encrypted])
	fmt.Fprintf(&b, "Not counted: %d strings that need OCR.\n\n", a.ocr)
	fmt.Fprintf(&b, "Of the files not opened, %d ask for a password, without which the suites do not open them either, and which cannot be given "+
		"yet. Without these %.1f %% are opened.\n\n", locked, 100*float64(all.opened)/float64(max(all.files-locked, 1)))
	b.WriteString("| suite | type | opened / files | found / asserted | kept out |\n|---|---|---|---|---|\n")
	for _, key := range slices.SortedFunc(maps.Keys(a.rows), func(x, y [2]string) int {
		return cmp.Or(strings.Compare(x[0], y[0]), strings.Compare(x[1], y[1]))
	}) {
		r := a.rows[key]
		fmt.Fprintf(&b, "| %s | %s | %d / %d | %d / %d | %d / %d |\n", key[0], key[1], r.opened, r.files, r.found, r.asserted, r.kept, r.not)
	}
	if a.measures != "" {
		b.WriteString("\n## Counts, charsets, cells and places\n\nPlaces are words taken at random: what the picture shows in their boxes is read again.\n\n| what | right / all | share | goal |\n|---|---|---|---|\n" + a.measures)
	}
	b.WriteString("\n## Misses\n\n")
	for _, m := range a.misses {
		b.WriteString("- " + m + "\n")
	}
	b.WriteString("\n## Files not opened\n\n")
	for _, reason := range slices.Sorted(maps.Keys(a.closed)) {
		fmt.Fprintf(&b, "- %s: %s\n", reason, strings.Join(a.closed[reason], ", "))
	}
	b.WriteString("\n## Not counted: not words of the file\n\n")
	for _, m := range a.foreign {
		b.WriteString("- " + m + "\n")
	}
	b.WriteString("\n## Not counted: kinds not read, or archives that hold them\n\n")
	for _, t := range slices.Sorted(maps.Keys(a.unread)) {
		if a.unread[t] > 0 {
			fmt.Fprintf(&b, "- %s: %d\n", t, a.unread[t])
		}
	}
	return b.String()
}
