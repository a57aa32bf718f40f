//go:build linux

package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vidimus/internal/casetest"
)

// headless finds a browser, or skips the test where there is none; in CI there
// must be one.
func headless(t *testing.T) string {
	t.Helper()
	bin, err := exec.LookPath("chromium-headless-shell")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no Chromium in CI: install chromium-headless-shell")
	} else if err != nil {
		t.Skip("no Chromium: install chromium-headless-shell to run the browser tests")
	}
	return bin
}

// pictureComes waits for the picture of a page.
const pictureComes = `new Promise((done) => {
  const here = () => performance.getEntriesByType("resource").some((e) => e.name.includes("/p/") && e.responseStatus === 200);
  const look = (n) => here() ? done(true) : n > 0 ? setTimeout(() => look(n - 1), 50) : done(false);
  look(1200);
})`

// visit has a real browser find a word and look at its page. The browser's
// profile is an ordinary one, on disk, and is searched with all else.
func (w *world) visit(t *testing.T, leak *hostile) {
	bin := headless(t)
	profile := filepath.Join(w.root, "browser")
	if err := os.Mkdir(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(bin), chromedp.UserDataDir(filepath.Join(profile, "data")), chromedp.WSURLReadTimeout(2*time.Minute),
		chromedp.Env("HOME="+profile, "TMPDIR="+profile, "XDG_CONFIG_HOME="+profile, "XDG_CACHE_HOME="+profile))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	limited, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	allocator, end := chromedp.NewExecAllocator(limited, opts...)
	ctx, leave := chromedp.NewContext(allocator)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	leaves := func(step chromedp.Action[chromedp.Void]) {
		t.Helper()
		must(casetest.Settled(func() error {
			_, err := chromedp.RunResponse(ctx, step)
			return err
		}))
	}
	must(chromedp.Do(ctx)) // the way in lives half a minute: the browser runs before it is drawn
	room := w.openRoom(t)
	must(chromedp.Do(ctx, chromedp.Navigate("file://"+room.way), chromedp.WaitVisible(chromedp.ID("q"))))
	for _, word := range leak.words {
		must(casetest.Settled(func() error { return chromedp.Do(ctx, chromedp.SetValue(chromedp.ID("q"), word)) }))
		leaves(chromedp.Click(chromedp.CSS(".ask button")))
		leaves(chromedp.Click(chromedp.CSS(".hits a")))
		lit, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS("main mark")))
		must(err)
		if !strings.Contains(word, lit) {
			t.Errorf("lit %q, want %q", lit, word)
		}
		if word == leak.words["PDF"] {
			drawn, err := chromedp.Run(ctx, chromedp.Evaluate[bool](pictureComes, chromedp.EvalAwaitPromise))
			must(err)
			if !drawn {
				t.Error("the page has no picture")
			}
		}
	}
	for address, there := range map[string]string{"/files": ".files", "/folders": ".tree", "/progress": ".sum", "/help": ".pairs"} {
		must(chromedp.Do(ctx, chromedp.Navigate("http://"+room.host+address), chromedp.WaitVisible(chromedp.CSS(there))))
	}
	leave()
	end()
	room.close(t)
}

// served is a room that `serve` has opened.
type served struct {
	*running
	way, host string
	stdin     *io.PipeWriter
	stdout    *io.PipeWriter
	printed   chan struct{} // closed when r.out holds all
}

// openRoom starts `serve` and takes the way in that it prints.
func (w *world) openRoom(t *testing.T) *served {
	t.Helper()
	in, stdin := io.Pipe()
	out, stdout := io.Pipe()
	r := &running{Cmd: exec.Command("vidimus", "serve", w.dir(), "--json"), w: w, typed: "the room"}
	r.Dir, r.Env = filepath.Join(w.root, "cwd"), w.environ()
	r.Stdin, r.Stdout, r.Stderr, r.WaitDelay = in, stdout, &r.err, time.Second
	r.start()
	s := &served{running: r, stdin: stdin, stdout: stdout, printed: make(chan struct{})}
	var line map[string]string
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		t.Fatal(err)
	}
	go func() { // what more it prints, until close
		defer close(s.printed)
		io.Copy(&r.out, out)
	}()
	s.way, s.host = line["way_in"], line["host"]
	if !strings.HasPrefix(s.way, w.run) {
		t.Fatalf("the way in lies outside of memory, or of this test")
	}
	return s
}

// close ends the room as Ctrl-C does.
func (s *served) close(t *testing.T) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if code := s.finish(); code != exitDone {
		t.Errorf("the room ended with %d: %s", code, s.err.Bytes())
	}
}

func (s *served) finish() int {
	s.stdin.Close()
	_ = s.Wait() // how it ended is in the exit code
	s.stdout.Close()
	<-s.printed
	_, code := s.end()
	return code
}
