package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAReaderKeepsAMention(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	w.openHit(t, "committee", 1)
	w.do(t, chromedp.KeyEvent("m"), chromedp.SetValue(chromedp.ID("marked"), "the list"), chromedp.SetValue(chromedp.ID("nth"), "1"),
		chromedp.SetValue(chromedp.ID("mention-kind"), "place"), chromedp.SetValue(chromedp.ID("mention-value"), "<b>莎车</b>"))
	w.follow(t, "#marker fieldset button")
	w.expect(t, "#added li", "place the list = <b>莎车</b>")
	w.follow(t, "#added button")
	if js[bool](t, w, `document.getElementById("added") !== null`) {
		t.Error("it was not taken back")
	}
	w.quiet(t, s)
}

func TestMentionsAreKeptAndTakenBackWithoutScript(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	base := "http://" + s.host
	post := func(page, form, address string, more ...string) string {
		t.Helper()
		values := url.Values{"what": {handleIn(t, page, form)}}
		for i := 0; i < len(more); i += 2 {
			values.Set(more[i], more[i+1])
		}
		return body(t, send(t, c, "POST", base+address, values.Encode()))
	}
	page := body(t, send(t, c, "GET", base+from(searched("committee"), ".hits a")(t, s, c), ""))
	if strings.Contains(page, `id="added"`) {
		t.Error("something is added to a page before anybody did")
	}
	_, added, there := strings.Cut(post(page, "/passages/mark", "/mentions/add", "words", "Yarkand", "kind", "phone"), `id="added"`)
	added, _, _ = strings.Cut(added, "</section>")
	if !there || !strings.Contains(added, "phone") || strings.Contains(added, "Yarkand") {
		t.Errorf("a phone is listed as %s", added)
	}
	for what, values := range map[string][]string{
		"do not stand on this page": {"words", "not there", "kind", "place"},
		"no known kind":             {"words", "the secretary", "nth", "1", "kind", "face"},
		"has no value":              {"words", "the secretary", "nth", "1", "kind", "account", "value", "5"},
		"nothing is selected":       {"words", " ", "kind", "place"},
	} {
		if got := post(page, "/passages/mark", "/mentions/add", values...); !strings.Contains(got, what) {
			t.Errorf("%q is not said", what)
		}
	}
	page = post(page, "/passages/mark", "/mentions/add", "words", "both copies", "kind", "place", "value", "莎车")
	if hits := body(t, send(t, c, "GET", base+searched("place:Yarkand")(t, s, c), "")); !strings.Contains(hits, "<mark>both copies</mark>") {
		t.Error("the place is not found")
	}
	if page = post(page, "/mentions/remove", "/mentions/remove"); strings.Count(page, "/mentions/remove") != 1 {
		t.Error("one of two was to be taken back")
	}
}
