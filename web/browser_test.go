package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAReaderFindsAPageAndTheNext(t *testing.T) {
	all := sheets()
	drawSheets(t, all[2:4])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	w.slash(t)
	w.do(t, chromedp.KeyEvent("yarkand\r"), chromedp.WaitVisible(chromedp.CSS(".hits")))
	w.expect(t, "h1", "29 pages match")
	w.press(t, "]")
	w.expect(t, ".count .quiet", "Hits 21 to 29")
	w.press(t, "[")
	w.search(t, "list yarkand")
	w.expect(t, "h1", "2 pages match")
	w.do(t, chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	w.press(t, "\r")
	w.expect(t, ".where .quiet", "hit 1 of 2")
	if marks := js[string](t, w, `Array.from(document.querySelectorAll(".lines mark"), m => m.textContent).join(" ")`); marks != "list Yarkand" && marks != "list Yarkand list" {
		t.Errorf("lit %q", marks)
	}
	if !js[bool](t, w, pictureIsThere+` && document.querySelectorAll("rect:not(.here)").length >= 2`) {
		t.Error("no picture with lit words")
	}
	w.press(t, "n")
	w.expect(t, ".where .quiet", "hit 2 of 2")
	w.press(t, "p")
	w.press(t, "\x1b")
	w.expect(t, "h1", "2 pages match")
	w.quiet(t, s)
}

func TestAReaderTurnsThePagesOfAFile(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	host, _, _ := strings.Cut(s.Host(), ":")
	w := openWindow(t, chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE "+host)) // as `vidimus open` does
	w.enter(t, s)
	w.openHit(t, "committee", 1)
	w.expect(t, ".where .quiet", "page 1 of 2 · hit 1 of 1 · English")
	w.press(t, "]")
	w.expect(t, ".where .quiet", "page 2 of 2")
	w.press(t, "z")
	w.expect(t, ".where .quiet", "page 2 of 2")
	if !js[bool](t, w, `document.querySelector("main").className === "alone"`) {
		t.Error("the picture is not across the window")
	}
	w.press(t, "[")
	w.expect(t, ".where .quiet", "page 1 of 2")
	w.do(t, chromedp.KeyEvent("?"), chromedp.WaitVisible(chromedp.ID("keys")), chromedp.KeyEvent("\x1b"), chromedp.WaitNotVisible(chromedp.ID("keys")))
	w.press(t, "\x1b")
	w.expect(t, "h1", "1 page matches")
	w.quiet(t, s)
}

func TestEverythingWorksWithoutScript(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	entered := body(t, enter(t, s, c))
	if !strings.Contains(entered, `http-equiv="refresh" content="0; url=/"`) {
		t.Error("the page after the way in does not go on by itself")
	}
	hits := body(t, send(t, c, "POST", "http://"+s.host+"/search", "q=committee"))
	if !strings.Contains(hits, `<a href="/v/`) || !strings.Contains(hits, "<mark>committee</mark>") {
		t.Error("no hit to open")
	}
}

func TestASectionIsShownAsPictureAndText(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	w.openHit(t, "letter", 1)
	w.expect(t, ".text .quiet", "drawn from its words")
	if !js[bool](t, w, pictureIsThere+` && document.querySelectorAll("rect:not(.here)").length === 1`) {
		t.Error("no picture with a lit word")
	}
	w.quiet(t, s)
}

func TestAHitInACommentOpensTheComment(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	w.openHit(t, "margin", 1)
	w.expect(t, ".where .quiet", "comments · section 2 of 2 · hit 1 of 1")
	w.expect(t, ".lines", "the margin says otherwise")
	w.press(t, "[")
	w.expect(t, ".lines", "see the first")
	w.quiet(t, s)
}

// pictureIsThere says that the picture of a page has come.
const pictureIsThere = `performance.getEntriesByType("resource").some(e => e.name.includes("/p/") && e.responseStatus === 200)`
