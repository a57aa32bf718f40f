//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
	"vidimus/protect/match"
)

// split is a name whose halves stand at the end of a page and at the beginning
// of the next.
type split struct {
	language, name    string
	pages             [2][]string // body lines of both
	first, second     string      // what must not be shown
	before, following string      // words beside it that are shown
}

var splits = []split{
	{"en", "Berak Tushan", [2][]string{{"The county met at noon.", "Before the wall stood Berak"}, {"Tushan and said nothing.", "Then they went home again."}}, "Berak", "Tushan", "The county met", "Then they went"},
	{"en", "Oskovin Mirat", [2][]string{{"The clerk wrote a list.", "On it the last was Osko-"}, {"vin Mirat of the brook.", "Nobody read it aloud that day."}}, "Osko", "Mirat", "The clerk wrote", "Nobody read it"},
	{"zh", "陈雅筠", [2][]string{{"水库上涨，村庄搬迁。", "当天在场的还有陈雅"}, {"筠和两名工人。", "会议在下午结束了。"}}, "陈雅", "筠", "村庄搬迁", "会议在下午"},
	{"ug", "ئۇلدرېش زۇمراشى", [2][]string{{"يىغىن چۈشتە باشلاندى.", "تامنىڭ يېنىدا ئۇلدرېش"}, {"زۇمراشى تۇراتتى.", "كېيىن ئۇلار قايتتى."}}, "ئۇلدرېش", "زۇمراشى", "يىغىن", "قايتتى"},
	{"ru", "Госмар Хеттин", [2][]string{{"Совет собрался в полдень.", "У стены стоял Госмар"}, {"Хеттин и молчал.", "Потом все разошлись домой."}}, "Госмар", "Хеттин", "Совет собрался", "Потом все"},
}

// paperOf prints pages with a header of two lines and a footer of two.
func paperOf(t *testing.T, pages [][]string) []byte {
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
	set := typeset.NewSetter(f)
	var pdf typeset.PDF
	for n, body := range pages {
		page, y := pdf.AddPage(595, 842), 60.0
		lines := append(append([]string{"Sample county office", fmt.Sprintf("File 7, sheet %d", n+1)}, body...), "Invented, for practice", fmt.Sprintf("- %d -", n+1))
		for _, text := range lines {
			rtl := strings.ContainsAny(text, "اېىە")
			for _, l := range set.Paragraph(text, 40*typeset.Em, rtl) {
				x := 60.0
				if rtl {
					x = 535 - l.Width/typeset.Em*11
				}
				page.Text(l, 11, x, y)
				y += 17
			}
		}
	}
	return pdf.Bytes()
}

// splitCase is a case of one paper with all the splits, and its list.
type splitCase struct {
	*newsroom
	item string
}

func newSplitCase(t *testing.T) splitCase {
	t.Helper()
	var pages [][]string
	var names []string
	for _, s := range splits {
		pages = append(pages, s.pages[0], s.pages[1])
		names = append(names, s.name)
	}
	n := newNewsroom(t, map[string][]byte{"paper.pdf": paperOf(t, pages)}, names...)
	return splitCase{n, n.items()["paper.pdf"]}
}

// A name over the border of two pages is found on both, refuses every copy, and
// is withheld on both; the edition has no half of it.
func TestNamesOverTheBordersOfPagesAreFoundAndWithheldOnBoth(t *testing.T) {
	c := newSplitCase(t)
	c.areFoundOnBothPages()
	c.refuseCopies()
	c.stopAnEdition()
	for i := range splits {
		if code, out := c.run("", "redact", c.dir, c.item, "--protected", pNumber(i)); code != exitDone {
			t.Fatalf("redact: exit %d:\n%s", code, out)
		}
	}
	c.leaveNoHalf()
}

func (c splitCase) areFoundOnBothPages() {
	c.t.Helper()
	_, out := c.run("", "protected", "find", c.dir, "--json")
	for i := range splits {
		for page := 2*i + 1; page <= 2*i+2; page++ {
			if !slices.ContainsFunc(strings.Split(out, "\n"), func(line string) bool {
				var s sightingLine
				return json.Unmarshal([]byte(line), &s) == nil && s.ID == pNumber(i) && s.Page == page && s.How == "split" && s.Certainty == match.Exact && len(s.Boxes) > 0
			}) {
				c.t.Errorf("%s is not found on page %d:\n%s", pNumber(i), page, out)
			}
		}
	}
}

// refuseCopies wants every copy in clear refused, also of one page alone.
func (c splitCase) refuseCopies() {
	c.t.Helper()
	for _, args := range [][]string{
		{"export", c.dir, "--as", "pages"}, {"show", c.dir, c.item, "--text"}, {"show", c.dir, c.item, "--text", "--json"},
		{"show", c.dir, c.item, "--original", c.at("copy.pdf")},
		{"edition", "review", c.dir, "--items", c.item, "--mode", "transcript", "--json"},
	} {
		code, out := c.run("", args...)
		for i := range splits {
			if args[0] != "edition" && (code == exitDone || !strings.Contains(out, pNumber(i))) {
				c.t.Errorf("%v: exit %d, %s is not named:\n%s", args[:1], code, pNumber(i), out)
			}
		}
	}
	for page := 1; page <= 2; page++ { // half a name on a page alone
		for _, way := range [][]string{{"--text"}, {"--image", c.at("page.png")}} {
			if code, out := c.run("", append([]string{"show", c.dir, c.item, "--page", fmt.Sprint(page)}, way...)...); code == exitDone || !strings.Contains(out, pNumber(0)) {
				c.t.Errorf("page %d by %s: exit %d:\n%s", page, way[0], code, out)
			}
		}
	}
}

func (c splitCase) stopAnEdition() {
	c.t.Helper()
	open := c.make(c.at("open"), "--items", c.item, "--mode", "transcript")
	for i := range splits {
		if !slices.ContainsFunc(open, func(p openPoint) bool {
			return p.Point == "" && p.Why == pNumber(i)+" stands here: over the border of two pages"
		}) {
			c.t.Errorf("%s does not stop the edition: %v", pNumber(i), open)
		}
	}
}

func (c splitCase) leaveNoHalf() {
	c.t.Helper()
	_, out := c.run("", "redact", c.dir, c.item, "--list", "--json")
	if n := strings.Count(out, `"person"`); n != 2*len(splits) {
		c.t.Errorf("%d areas:\n%s", n, out)
	}
	_, out = c.run("", "protected", "list", c.dir, "--json")
	if n := strings.Count(out, `"found":2,"withheld":2`); n != len(splits) {
		c.t.Errorf("withheld of %d people:\n%s", n, out)
	}
	dir := c.at("out")
	open := c.make(dir, "--items", c.item, "--mode", "transcript")
	if code, out := c.release(dir, open); code != exitDone {
		c.t.Fatalf("exit %d:\n%s\n%v", code, out, open)
	}
	words, err := os.ReadFile(filepath.Join(dir, "document-1.html"))
	if err != nil {
		c.t.Fatal(err)
	}
	for i, s := range splits {
		for _, half := range []string{s.first, s.second} {
			if strings.Contains(string(words), half) {
				c.t.Errorf("half of %s is shown", pNumber(i))
			}
		}
		for _, rest := range []string{s.before, s.following} {
			if !strings.Contains(string(words), rest) {
				c.t.Errorf("what stands near %s is not shown:\n%s", pNumber(i), words)
			}
		}
	}
}
