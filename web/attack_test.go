package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestHostileTextIsShownAndDoesNothing(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	w.search(t, "javascript alert")
	if got := w.text(t, ".group h2"); !strings.Contains(got, "<script>document.title='taken'</script>") || !strings.Contains(got, "RLO") {
		t.Errorf("the name is not shown as it is: %q", got)
	}
	w.leave(t, chromedp.Click(chromedp.CSS(".hits a")))
	if got := w.text(t, ".lines"); !strings.Contains(got, "<img src=x onerror=") || !strings.Contains(got, "U+0007") {
		t.Errorf("the text is not shown as it is: %q", got)
	}
	if got := say(t, w, chromedp.Title()); got != "Page · vidimus" {
		t.Errorf("title %q", got)
	}
	if n := js[int](t, w, `document.querySelectorAll("main script, main img:not([src^=\"/p/\"]), .lines a, [onerror]").length`); n != 0 {
		t.Errorf("%d elements came out of the text", n)
	}
	w.quiet(t, s)
}

// TestHostileContentDoesNothingOnAnyPage visits every page with a case whose
// names, mails, sheets and texts hold scripts, pictures, links and overrides.
func TestHostileContentDoesNothingOnAnyPage(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	c := w.as(t, s)
	for _, page := range visits {
		w.do(t, chromedp.Navigate("http://"+s.host+page.address(t, s, c)))
		if title := say(t, w, chromedp.Title()); !strings.HasSuffix(title, " · vidimus") {
			t.Errorf("%s: title %q", page.name, title)
		}
		if found := js[string](t, w, foreignParts); found != "" {
			t.Errorf("%s: out of the content came %s", page.name, found)
		}
	}
	w.quiet(t, s)
}

// foreignParts are elements that no template has, and controls that turn text.
const foreignParts = `(() => {
  const own = "html head title meta link script body a header p div form label input button nav main h1 h2 h3 section ol ul li span bdi wbr dl dt dd kbd mark strong s code table thead tbody tr th td svg g image rect details summary figure figcaption progress br textarea fieldset legend select option img";
  const odd = Array.from(document.querySelectorAll("*")).filter(e => !own.split(" ").includes(e.localName) ||
    Array.from(e.attributes).some(a => a.name.startsWith("on") || a.name === "style" && e.localName !== "svg"));
  const away = Array.from(document.querySelectorAll("[href], [src], [action], [formaction]")).filter(e =>
    !/^(\/|#)/.test(e.getAttribute("href") || e.getAttribute("src") || e.getAttribute("action") || e.getAttribute("formaction")));
  const shown = document.querySelector("main").cloneNode(true);
  for (const typed of shown.querySelectorAll("textarea")) typed.remove(); // what is typed turns nothing around it
  const turned = /[\u202a-\u202e\u2066-\u2069]/.test(shown.textContent) ? ["a control that turns text"] : [];
  return [...odd, ...away].map(e => e.outerHTML.slice(0, 80)).concat(turned).join(", ");
})()`

// TestThePolicyStopsWhatItShould also shows that the watcher of the other
// tests hears violations.
func TestThePolicyStopsWhatItShould(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	attacks := map[string]string{
		"HTML from a string":       `(() => { try { document.body.innerHTML = "<b id=taken>"; return false } catch { return true } })()`,
		"a policy of its own":      `(() => { try { trustedTypes.createPolicy("mine", {}); return false } catch { return true } })()`,
		"a script from a string":   `(() => { try { document.createElement("script").textContent = "1"; return false } catch { return true } })()`,
		"a fetch":                  `fetch("/files").then(() => false, () => true)`,
		"a picture from elsewhere": `new Promise(done => { const i = new Image(); i.onload = () => done(false); i.onerror = () => done(true); i.src = "http://127.0.0.1:9/x.png" })`,
	}
	for name, code := range attacks {
		if !say(t, w, chromedp.Evaluate[bool](code, chromedp.EvalAwaitPromise)) {
			t.Errorf("%s was let through", name)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.security) == 0 {
		t.Error("the watcher heard no violation")
	}
}

// TestAServerOnAnotherPortOfOurHostGetsNothing attacks from where the cookie
// does travel: a page that another user serves under our own host's name.
func TestAServerOnAnotherPortOfOurHostGetsNothing(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	attack := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!doctype html><title>other</title><h1>other</h1>
<form id=f method=post action="http://` + s.host + `/search"><input name=q value=yarkand></form>
<iframe id=i src="http://` + s.host + `/files"></iframe>`))
	}))
	defer attack.Close()
	_, port, _ := net.SplitHostPort(attack.Listener.Addr().String())
	host, _, _ := net.SplitHostPort(s.host)
	w := openWindow(t)
	w.enter(t, s)
	for _, other := range []string{host + ":" + port, "127.0.0.1:" + port, "evil.localhost:" + port} {
		w.do(t, chromedp.Navigate("http://"+other+"/"))
		code := `fetch("http://` + s.host + `/files", {credentials: "include"}).then(r => r.text(), () => "refused")`
		if got := say(t, w, chromedp.Evaluate[string](code, chromedp.EvalAwaitPromise)); got != "refused" {
			t.Errorf("%s read %d bytes", other, len(got))
		}
		if _, err := chromedp.RunResponse(w.ctx, chromedp.Func(func(ctx context.Context, tgt *chromedp.Target) error {
			_, err := chromedp.Evaluate[any](`document.getElementById("f").submit()`)(ctx, tgt)
			return err
		})); err != nil {
			t.Fatal(err)
		}
		if got := w.text(t, "h1"); got != "No way in here" {
			t.Errorf("%s: its form arrived at %q", other, got)
		}
	}
}
