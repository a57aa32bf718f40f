package web

import (
	"context"
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

	"vidimus/internal/casetest"
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
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(bin))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	limited, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
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
	for _, step := range steps {
		if err := casetest.Settled(func() error { return chromedp.Do(w.ctx, step) }); err != nil {
			t.Fatal(err)
		}
	}
}

// leave does what opens another page, and waits for that.
func (w *window) leave(t *testing.T, step chromedp.Action[chromedp.Void]) {
	t.Helper()
	err := casetest.Settled(func() error {
		_, err := chromedp.RunResponse(w.ctx, step)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func say[T any](t *testing.T, w *window, a chromedp.Action[T]) T {
	t.Helper()
	var v T
	err := casetest.Settled(func() (err error) {
		v, err = chromedp.Run(w.ctx, a)
		return err
	})
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
	w.leave(t, chromedp.Click(chromedp.CSS(".ask button")))
}

// press sends a key that opens another page.
func (w *window) press(t *testing.T, key string) {
	t.Helper()
	w.leave(t, chromedp.KeyEvent(key))
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
