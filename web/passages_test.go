package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
)

// passagesIn marks three passages: one that stands, one that is stale, and one
// whose words, note and tags are hostile.
func passagesIn(tx archive.Tx, all []*sheet) error {
	if len(all) < 5 {
		return nil
	}
	put := func(s *sheet, words, note string, tags ...string) (vidimus.Passage, error) {
		at := strings.Index(s.text, words)
		p := vidimus.Passage{Item: s.item(), Reading: readingOf(all, s), Page: s.page, Start: at, End: at + len(words),
			Quote: words, Note: note, Tags: tags, Star: len(tags) > 1, Made: "2026-11-29"}
		_, err := tx.Passages().Put(p)
		return p, err
	}
	_, err1 := put(all[2], "19 had no page number", "compare with the annex", "numbers", "open")
	moved, err2 := put(all[29], "answered the letter", "")
	hostile, _, _ := strings.Cut(all[4].text, "\n")
	_, err3 := put(all[4], hostile, "<script>document.title='taken'</script>\u202egpj", "<b>bold</b>")
	number, err4 := tx.Readings().Begin(vidimus.Reading{Item: moved.Item, Kind: read.OwnWords, Producer: vidimus.Producer{Stage: "read", Version: 2}})
	return errors.Join(err1, err2, err3, err4,
		tx.Readings().AddPages(number, []vidimus.Page{{Number: 1, Section: true, Text: "Anew. " + all[29].text}}), tx.Readings().Finish(number))
}

func TestAReaderMarksWordsOnAPage(t *testing.T) {
	all := sheets()
	drawSheets(t, all[2:3])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	w.openHit(t, "committee", 1)
	// By keys: the first word, up to the third, then the form.
	w.do(t, chromedp.KeyEvent("w"), chromedp.KeyEvent("W"), chromedp.KeyEvent("W"), chromedp.KeyEvent("m"))
	selected := ""
	for range 1200 { // the browser tells of a selection, and of a form that opens, when it comes to it
		if selected = js[string](t, w, `document.querySelector("[data-marked]").value`); selected == "Minutes of the" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if selected != "Minutes of the" {
		t.Errorf("selected %q", selected)
	}
	w.do(t, chromedp.SetValue(chromedp.ID("new-note"), "the head of it"), chromedp.SetValue(chromedp.ID("new-tags"), "heads, minutes"))
	w.follow(t, "#marker button")
	w.expect(t, "#passage-head", "Passage 4")
	w.expect(t, ".lines mark", "Minutes of the")
	if !js[bool](t, w, `document.querySelectorAll("rect:not(.here)").length === 1 && document.getElementById("tags").value === "heads, minutes"`) {
		t.Error("its box or its tags are not there")
	}
	w.do(t, chromedp.Navigate("http://"+s.host+"/passages"), chromedp.SetValue(chromedp.ID("words"), "head"))
	w.follow(t, ".line-form button")
	w.expect(t, "main", "the head of it")
	if n := js[int](t, w, `document.querySelectorAll(".hits li").length`); n != 1 {
		t.Errorf("%d passages fit, want 1", n)
	}
	w.quiet(t, s)
}

func TestPassagesAreMarkedMovedAndRemovedWithoutScript(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	base := "http://" + s.host
	post := func(page, address string, more ...string) *http.Response {
		t.Helper()
		values := url.Values{"what": {handleIn(t, page, address)}}
		for i := 0; i < len(more); i += 2 {
			values.Set(more[i], more[i+1])
		}
		return send(t, c, "POST", base+address, values.Encode())
	}
	page := body(t, send(t, c, "GET", base+from(searched("committee"), ".hits a")(t, s, c), ""))
	if got := body(t, post(page, "/passages/mark", "words", "both copies", "star", "1")); !strings.Contains(got, "<mark>both copies</mark>") {
		t.Error("typed words were not marked")
	}
	if got := body(t, post(page, "/passages/mark", "words", "not there")); !strings.Contains(got, "do not stand on this page") {
		t.Error("words that do not stand there were marked")
	}
	stale := body(t, send(t, c, "GET", base+from(at("/passages"), "[data-passage=2]")(t, s, c), ""))
	if !strings.Contains(stale, "read anew") || strings.Contains(stale, "Anew.") {
		t.Error("a stale passage is not shown on the words of then")
	}
	moved := body(t, post(stale, "/passages/change"))
	if strings.Contains(moved, "read anew") || !strings.Contains(moved, "Anew.") || !strings.Contains(moved, "<mark>answered the letter</mark>") {
		t.Error("the passage was not moved to the reading of now")
	}
	post(moved, "/passages/change", "remove", "1")
	if list := body(t, send(t, c, "GET", base+"/passages", "")); strings.Contains(list, `data-passage="2"`) {
		t.Error("the passage was not removed")
	}
}

// handleIn gives the handle in the first form that posts to an address.
func handleIn(t *testing.T, page, address string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `action="`+address+`"`)
	_, rest, ok2 := strings.Cut(rest, `name="what" value="`)
	value, _, ok3 := strings.Cut(rest, `"`)
	if !ok || !ok2 || !ok3 {
		t.Fatalf("no form for %s", address)
	}
	return value
}

func TestASelectionIsFoundInTheText(t *testing.T) {
	text := "a\u202ebc\n莎车😀 x\ny"
	for _, c := range []struct{ at, want string }{
		{"0,0,0,1", "a"},
		{"0,4,0,6", "bc"}, // RLO stands in three letters
		{"0,5,1,1", "c\n莎"},
		{"1,2,1,4", "😀"},
		{"1,0,9,0", "莎车😀 x\ny"},
		{"0,99,1,1", "\n莎"},
	} {
		r, ok := selected(text, c.at)
		if !ok || text[r.Start:r.End] != c.want {
			t.Errorf("%s is %q, want %q", c.at, text[min(r.Start, r.End):r.End], c.want)
		}
	}
	for _, at := range []string{"", "1", "0,1,0,1", "0,2,0,1", "-1,0,1,1", "a,b,c,d", "0,0,0,1,2"} {
		if _, ok := selected(text, at); ok {
			t.Errorf("%q is a selection", at)
		}
	}
}

// FuzzSelected holds that what a page sends never points outside of the text.
func FuzzSelected(f *testing.F) {
	f.Add("a\u202eb\n莎", "0,0,1,1")
	f.Fuzz(func(t *testing.T, text, at string) {
		if r, ok := selected(text, at); ok && (r.Start < 0 || r.End > len(text)) {
			t.Errorf("%v of %d bytes", r, len(text))
		}
	})
}
