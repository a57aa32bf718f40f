package publish

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/protect"
)

// cleared makes an edition of invented words in four scripts.
func cleared(t *testing.T) protect.Cleared {
	t.Helper()
	if _, err := fonts.Face(fonts.Sans); err != nil {
		casetest.Without(t, err)
	}
	page := vidimus.Page{Number: 3, Text: "This sentence is invented.\n县里的会议没有开。\nبۇ جۈملە ئويدۇرۇلغان.\nЭто предложение выдумано.\nNobody of this Name stands here\nthe end <script>alert(1)</script>"}
	at := strings.Index(page.Text, "Nobody")
	p := protect.Plan{Format: protect.PlanFormat, Mode: protect.Transcript, Title: "Invented papers", Publisher: "Sample press", Date: "2035-01-01",
		Introduction: []string{"All of this is invented."},
		Documents: []protect.Document{{Item: "aaaaaaaaaaaaaaaa", Title: "A speech", Date: "3017-04", Duress: "because it is a sample",
			Attestations: []protect.Attestation{{By: "Reader A", How: protect.Pseudonym, Says: "I have seen the original."}}}}}
	e, _, err := protect.Make(p, func(protect.Document) ([]protect.Source, []protect.Area, error) {
		return []protect.Source{{Reading: 1, Page: page, Language: "zh"}}, []protect.Area{protect.Withhold(page, 1, at, at+1, protect.Person)}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := protect.Clear("case", e, nil, []protect.Approval{{Signer: "a"}, {Signer: "b"}}, func(protect.Approval, string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnEditionIsTheSameBytesEachTime(t *testing.T) {
	a, err := Render(cleared(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Render(cleared(t))
	if err != nil {
		t.Fatal(err)
	}
	for i := range a {
		if a[i].Path != b[i].Path || !bytes.Equal(a[i].Data, b[i].Data) {
			t.Errorf("%s differs", a[i].Path)
		}
		if bytes.Contains(a[i].Data, []byte("Nobody")) {
			t.Errorf("%s has a withheld word", a[i].Path)
		}
	}
	if len(a) != 5 {
		t.Errorf("%d files", len(a))
	}
}

func TestWhatWasNotClearedIsNotWritten(t *testing.T) {
	if _, err := Render(protect.Cleared{}); !errors.Is(err, protect.ErrNotCleared) {
		t.Error(err)
	}
	dir := filepath.Join(t.TempDir(), "e")
	if err := Release(protect.Released{}, dir); err == nil {
		t.Error("the zero value was released")
	}
}

func TestPagesAreHTMLWithoutAScriptOrAnAddressElsewhere(t *testing.T) {
	files, err := Render(cleared(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		root, err := html.Parse(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "img" || n.Data == "iframe" || n.Data == "link") {
				t.Errorf("%s has a %s", f.Path, n.Data)
			}
			for _, a := range n.Attr {
				if (a.Key == "href" || a.Key == "src") && strings.Contains(a.Val, ":") {
					t.Errorf("%s names an address elsewhere", f.Path)
				}
			}
		}
	}
}

func TestWrittenEditionsAreUnreleasedAndUnchanged(t *testing.T) {
	c, dir := cleared(t), filepath.Join(t.TempDir(), "edition")
	for range 2 { // what was left by a first try is replaced
		if err := Write(c, dir); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Fatal("it looks released")
	}
	at := os.DirFS(dir + Unreleased)
	if wrong, err := Differs(c, at); err != nil || len(wrong) > 0 {
		t.Fatalf("%v %v", wrong, err)
	}
	info, err := os.Stat(filepath.Join(dir+Unreleased, "index.html"))
	if err != nil || !info.ModTime().Equal(epoch) {
		t.Errorf("time of a file: %v %v", info.ModTime(), err)
	}
	files, err := Render(c)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(fstest.MapFS){
		"a changed file": func(m fstest.MapFS) { m["index.html"].Data = append(m["index.html"].Data, ' ') },
		"a missing file": func(m fstest.MapFS) { delete(m, "edition.pdf") },
		"an added file":  func(m fstest.MapFS) { m["notes.txt"] = &fstest.MapFile{Data: []byte("x")} },
		"a hidden file":  func(m fstest.MapFS) { m[".x/y"] = &fstest.MapFile{Data: []byte("x")} },
	} {
		m := fstest.MapFS{}
		for _, f := range files {
			m[f.Path] = &fstest.MapFile{Data: bytes.Clone(f.Data)}
		}
		change(m)
		if wrong, err := Differs(c, m); err == nil || len(wrong) != 1 {
			t.Errorf("%s: %v %v", name, wrong, err)
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Write(c, dir); err == nil {
		t.Error("a released edition is written over")
	}
}
