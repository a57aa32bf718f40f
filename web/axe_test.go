package web

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"vidimus/internal/casetest"
)

// axeCore is the tool that looks at pages as those do who do not see or point:
// from npm, for tests only, and in no part of the program.
const axeCore = "../node_modules/axe-core/axe.min.js"

// TestNoPageFailsThoseWhoDoNotSeeOrPoint runs all rules of axe-core on every
// page, light and dark, wide and narrow.
func TestNoPageFailsThoseWhoDoNotSeeOrPoint(t *testing.T) {
	axe, err := os.ReadFile(axeCore)
	if err != nil {
		casetest.Without(t, "axe-core is not there: npm ci installs it")
	}
	all := sheets()
	drawSheets(t, all[2:4])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	c := w.as(t, s)
	for _, look := range []struct {
		scheme        string
		width, height int64
	}{{"light", 1440, 900}, {"dark", 390, 844}} {
		w.do(t, chromedp.EmulateViewport(look.width, look.height))
		w.scheme(t, look.scheme)
		for _, page := range visits {
			w.do(t, chromedp.Navigate("http://"+s.host+page.address(t, s, c)))
			js[bool](t, w, string(axe)+"; true")
			for _, found := range say(t, w, chromedp.Evaluate[[]string](violations, chromedp.EvalAwaitPromise)) {
				t.Errorf("%s, %s: %s", page.name, look.scheme, found)
			}
		}
	}
	js[bool](t, w, `document.querySelector("main").append(document.createElement("button")); true`)
	if len(say(t, w, chromedp.Evaluate[[]string](violations, chromedp.EvalAwaitPromise))) == 0 {
		t.Error("a button without words was not found: nothing was looked at")
	}
	w.quiet(t, s)
}

const violations = `axe.run().then(r => r.violations.flatMap(v => v.nodes.slice(0, 3).map(n => v.id + ": " + n.target + ": " + n.failureSummary.replaceAll("\n", " "))))`

// as lets a visitor in, and gives the window the same session.
func (w *window) as(t *testing.T, s *Server) *http.Client {
	t.Helper()
	c := visitor(t, s)
	enter(t, s, c)
	name, _, _ := strings.Cut(s.host, ":")
	for _, cookie := range c.Jar.Cookies(&url.URL{Scheme: "http", Host: s.host, Path: "/"}) {
		set := network.SetCookieParams{Name: cookie.Name, Value: cookie.Value, Domain: name, Path: "/", HTTPOnly: new(true), SameSite: network.CookieSameSiteStrict}
		if _, err := chromedp.Call(w.ctx, network.SetCookie, set); err != nil {
			t.Fatal(err)
		}
	}
	return c
}
