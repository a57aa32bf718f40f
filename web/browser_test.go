package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// window is a real browser that watches what its pages ask for and complain of.
type window struct {
	ctx      context.Context
	mu       sync.Mutex
	asked    []string // addresses
	security []string // what the browser reports against the policy
}

// openWindow starts a browser, or skips the test where there is none; in CI
// there must be one.
func openWindow(t *testing.T, more ...chromedp.ExecAllocatorOption) *window {
	t.Helper()
	bin := ""
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && bin == "" {
			bin = found
		}
	}
	if bin == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium in CI: install chromium-headless-shell")
		}
		t.Skip("no Chromium: install chromium-headless-shell to run the browser tests")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(bin), chromedp.UserDataDir(t.TempDir()))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	limited, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	allocator, end := chromedp.NewExecAllocator(limited, append(opts, more...)...)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() { leave(); end(); cancel() })
	w := &window{ctx: ctx}
	if err := chromedp.Listen(ctx, w.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *window) hear(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		w.asked = append(w.asked, e.Request.URL)
	case *log.EventEntryAdded:
		if e.Entry.Source == "security" || strings.Contains(e.Entry.Text, "Content Security Policy") {
			w.security = append(w.security, e.Entry.Text)
		}
	}
}

func (w *window) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func say[T any](t *testing.T, w *window, a chromedp.Action[T]) T {
	t.Helper()
	v, err := chromedp.Run(w.ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func js[T any](t *testing.T, w *window, code string) T {
	t.Helper()
	return say(t, w, chromedp.Evaluate[T](code))
}

// enter opens the way in as `vidimus open` does: the page in a file sends itself.
func (w *window) enter(t *testing.T, s *Server) {
	t.Helper()
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	w.do(t, chromedp.Navigate("file://"+path), chromedp.WaitVisible(chromedp.ID("q")))
}

// search types a question and waits for its answer.
func (w *window) search(t *testing.T, query string) {
	t.Helper()
	w.do(t, chromedp.SetValue(chromedp.ID("q"), query))
	if _, err := chromedp.RunResponse(w.ctx, chromedp.Click(chromedp.CSS(".ask button"))); err != nil {
		t.Fatal(err)
	}
}

// press sends a key that opens another page.
func (w *window) press(t *testing.T, key string) {
	t.Helper()
	if _, err := chromedp.RunResponse(w.ctx, chromedp.KeyEvent(key)); err != nil {
		t.Fatal(err)
	}
}

// slash presses / as a keyboard does: one event that makes the character only
// if the page lets it. chromedp.KeyEvent sends the character apart.
func (w *window) slash(t *testing.T) {
	t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		key := input.DispatchKeyEventParams{Type: kind, Key: "/", Text: "/", Code: "Slash", WindowsVirtualKeyCode: 191}
		if _, err := chromedp.Call(w.ctx, input.DispatchKeyEvent, key); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *window) text(t *testing.T, selector string) string {
	t.Helper()
	return say(t, w, chromedp.TextContent(chromedp.CSS(selector)))
}

// expect fails the test if the element does not hold the words.
func (w *window) expect(t *testing.T, selector, words string) {
	t.Helper()
	if got := w.text(t, selector); !strings.Contains(got, words) {
		t.Errorf("%s says %q, want %q", selector, got, words)
	}
}

// quiet fails the test if a page asked another host for anything, or if the
// browser held anything against the policy.
func (w *window) quiet(t *testing.T, s *Server) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, address := range w.asked {
		if !strings.HasPrefix(address, "http://"+s.host+"/") && !strings.HasPrefix(address, "file:///dev/shm/") &&
			!strings.HasPrefix(address, "file:///run/user/") && address != "about:blank" {
			t.Errorf("asked another host: %s", address)
		}
	}
	for _, text := range w.security {
		t.Errorf("against the policy: %s", text)
	}
}

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
	if !js[bool](t, w, `document.querySelector(".sheet img").naturalWidth > 0 && document.querySelectorAll("rect").length >= 2`) {
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
	w := openWindow(t)
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

func TestHostileTextIsShownAndDoesNothing(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	w := openWindow(t)
	w.enter(t, s)
	w.search(t, "javascript alert")
	if got := w.text(t, ".hits h2"); !strings.Contains(got, "<script>document.title='taken'</script>") || !strings.Contains(got, "RLO") {
		t.Errorf("the name is not shown as it is: %q", got)
	}
	if _, err := chromedp.RunResponse(w.ctx, chromedp.Click(chromedp.CSS(".hits a"))); err != nil {
		t.Fatal(err)
	}
	if got := w.text(t, ".lines"); !strings.Contains(got, "<img src=x onerror=") || !strings.Contains(got, "U+0007") {
		t.Errorf("the text is not shown as it is: %q", got)
	}
	if got := say(t, w, chromedp.Title()); got != "Page · vidimus" {
		t.Errorf("title %q", got)
	}
	if n := js[int](t, w, `document.querySelectorAll("main script, main img, .lines a, [onerror]").length`); n != 0 {
		t.Errorf("%d elements came out of the text", n)
	}
	w.quiet(t, s)
}

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
