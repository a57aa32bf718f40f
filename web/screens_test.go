package web

import (
	"encoding/base64"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"vidimus"
)

// TestScreens draws the pages into $VIDIMUS_SCREENSHOTS, to be looked at:
// wide and narrow, light and dark. In every size it holds that no page is
// wider than its window.
func TestScreens(t *testing.T) {
	all := sheets()
	drawSheets(t, all[:4])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	for _, size := range sizes {
		for _, scheme := range []string{"light", "dark"} {
			if screensFolder == "" && (scheme == "dark" || size.width > 1000) {
				continue // nobody looks, and these are no narrower
			}
			w.scheme(t, scheme)
			w.screens(t, s, size, "-"+size.name+"-"+scheme)
		}
	}
	w.quiet(t, s)
}

// TestScreensFromRightToLeft draws them in the language that does not exist.
func TestScreensFromRightToLeft(t *testing.T) {
	all := sheets()
	drawSheets(t, all[:4])
	s, err := listenIn(inPseudo(), testRoom(t, all))
	if err != nil {
		t.Fatal(err)
	}
	serve(t, s)
	w := openWindow(t)
	w.enter(t, s)
	for _, size := range sizes {
		if screensFolder != "" && size.width != 1024 || size.width < 400 {
			w.screens(t, s, size, "-"+size.name+"-rtl")
		}
	}
	w.quiet(t, s)
}

var screensFolder = os.Getenv("VIDIMUS_SCREENSHOTS")

// screens draws all pages in one size.
func (w *window) screens(t *testing.T, s *Server, size size, suffix string) {
	t.Helper()
	w.do(t, chromedp.EmulateViewport(size.width, size.height))
	for _, screen := range screens {
		screen.open(t, w, s)
		name := screen.name + suffix
		if wide := js[int](t, w, `document.documentElement.scrollWidth`); wide > int(size.width) {
			t.Errorf("%s is %d pixels wide", name, wide)
		}
		if screensFolder != "" {
			shoot(t, w, filepath.Join(screensFolder, name+".png"))
		}
	}
}

type size struct {
	name          string
	width, height int64
}

// sizes are a desk, a tablet, a phone, and a desk at 200 % zoom.
var sizes = []size{{"1440", 1440, 900}, {"1024", 1024, 768}, {"390", 390, 844}, {"zoom200", 720, 450}}

// screens are the pages worth a look.
var screens = []struct {
	name string
	open func(*testing.T, *window, *Server)
}{
	{"front", goes("/")},
	{"hits", func(t *testing.T, w *window, _ *Server) { w.search(t, "yarkand") }},
	{"forms", func(t *testing.T, w *window, _ *Server) { w.search(t, "shache") }},
	{"none", func(t *testing.T, w *window, _ *Server) { w.search(t, "nowhere") }},
	{"wrong", func(t *testing.T, w *window, _ *Server) { w.search(t, "(yarkand") }},
	{"page-english", opens("committee yarkand")},
	{"page-chinese", opens("莎车县 登记")},
	{"page-uyghur", opens("يەكەن yarkand")},
	{"page-turned", func(t *testing.T, w *window, _ *Server) { w.openHit(t, "committee yarkand", 1); w.press(t, "r") }},
	{"page-whole", func(t *testing.T, w *window, _ *Server) { w.openHit(t, "committee yarkand", 1); w.press(t, "f") }},
	{"section", opens("letter")},
	{"hostile", opens("javascript alert")},
	{"comments", opens("margin")},
	{"sheet", opens("household")},
	{"mail", opens("attached")},
	{"files", goes("/files")},
	{"folders", goes("/folders")},
	{"folder", func(t *testing.T, w *window, s *Server) {
		goes("/folders")(t, w, s)
		w.follow(t, ".folder:nth-child(2) a")
		w.follow(t, ".into")
	}},
	{"file", func(t *testing.T, w *window, s *Server) { opens("household")(t, w, s); w.press(t, "i") }},
	{"container", func(t *testing.T, w *window, s *Server) { opens("attached")(t, w, s); w.press(t, "i") }},
	{"progress", goes("/progress")},
	{"passages", goes("/passages")},
	{"passage", func(t *testing.T, w *window, s *Server) {
		goes("/passages")(t, w, s)
		w.follow(t, ".hits li:nth-child(1) a")
	}},
	{"passage-stale", func(t *testing.T, w *window, s *Server) {
		goes("/passages")(t, w, s)
		w.follow(t, ".hits li:nth-child(2) a")
	}},
	{"marking", func(t *testing.T, w *window, _ *Server) {
		w.openHit(t, "committee yarkand", 1)
		w.do(t, chromedp.KeyEvent("w"), chromedp.KeyEvent("W"), chromedp.KeyEvent("W"), chromedp.KeyEvent("m"))
	}},
	{"redact", func(t *testing.T, w *window, _ *Server) {
		w.openHit(t, "committee yarkand", 1)
		w.press(t, "x")
	}},
	{"redact-uyghur", func(t *testing.T, w *window, _ *Server) { w.openHit(t, "يەكەن yarkand", 1); w.press(t, "x") }},
	{"edition", goes("/edition")},
	{"review", func(t *testing.T, w *window, s *Server) { goes("/edition")(t, w, s); w.press(t, "v") }},
	{"people", goes("/people")},
	{"person", func(t *testing.T, w *window, s *Server) { goes("/people")(t, w, s); w.follow(t, ".files a") }},
	{"traces", goes("/traces")},
	{"trace", func(t *testing.T, w *window, s *Server) {
		goes("/traces")(t, w, s)
		w.follow(t, ".hits li:nth-child(3) a")
	}},
	{"trace-shown", func(t *testing.T, w *window, s *Server) {
		goes("/traces")(t, w, s)
		w.follow(t, ".hits li:nth-child(3) a")
		w.follow(t, ".panel > p > a")
	}},
	{"help", goes("/help")},
	{"filtered", func(t *testing.T, w *window, _ *Server) {
		w.search(t, "yarkand")
		w.follow(t, ".facets .off")
		w.follow(t, ".facets a")
	}},
	{"keys", func(t *testing.T, w *window, _ *Server) {
		w.do(t, chromedp.KeyEvent("?"), chromedp.WaitVisible(chromedp.ID("keys")))
	}},
}

func goes(address string) func(*testing.T, *window, *Server) {
	return func(t *testing.T, w *window, s *Server) { w.do(t, chromedp.Navigate("http://"+s.host+address)) }
}

func opens(query string) func(*testing.T, *window, *Server) {
	return func(t *testing.T, w *window, _ *Server) { w.openHit(t, query, 1) }
}

// follow clicks a link.
func (w *window) follow(t *testing.T, selector string) {
	t.Helper()
	w.leave(t, chromedp.Click(chromedp.CSS(selector)))
}

func (w *window) openHit(t *testing.T, query string, n int) {
	t.Helper()
	w.search(t, query)
	w.leave(t, chromedp.Click(chromedp.CSS(fmt.Sprintf(".hits li:nth-child(%d) a", n))))
	w.do(t, chromedp.Sleep(0))
}

func (w *window) scheme(t *testing.T, scheme string) {
	t.Helper()
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
}

func shoot(t *testing.T, w *window, path string) {
	t.Helper()
	say(t, w, chromedp.Evaluate[bool](`document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise))
	if err := os.WriteFile(path, say(t, w, chromedp.CaptureScreenshot()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// glyphs measures every character of a drawn sheet: bytes and box.
const glyphs = `(() => {
  const out = []; let at = 0; const range = document.createRange(); const bytes = new TextEncoder();
  for (const p of document.querySelectorAll("p")) {
    const node = p.firstChild; let unit = 0;
    for (const c of node ? node.data : "") {
      range.setStart(node, unit); range.setEnd(node, unit += c.length);
      const b = range.getBoundingClientRect(), n = bytes.encode(c).length;
      out.push([at, at + n, b.left, b.top, b.right, b.bottom]); at += n;
    }
    at++;
  }
  return out
})()`

// drawSheets gives sheets a picture and the places of their characters, as a
// reader of PDF would.
func drawSheets(t *testing.T, all []*sheet) {
	t.Helper()
	w := openWindow(t)
	w.do(t, chromedp.EmulateViewport(595, 842, chromedp.EmulateScale(2)))
	for _, s := range all {
		var b strings.Builder
		b.WriteString(`<!doctype html><meta charset=utf-8><style>body{margin:70px 60px;font:13px/1.9 "Noto Serif CJK SC","UKIJ Tuz Tom",serif}p{margin:0;min-height:1em}</style>`)
		for text := range strings.Lines(s.text) {
			text = strings.TrimSuffix(text, "\n")
			fmt.Fprintf(&b, "<p dir=%s>%s</p>", direction(text), html.EscapeString(text))
		}
		w.do(t, chromedp.Navigate("data:text/html;base64,"+base64.StdEncoding.EncodeToString([]byte(b.String()))))
		s.png = say(t, w, chromedp.CaptureScreenshot())
		for _, g := range js[[][6]float64](t, w, glyphs) {
			s.places = append(s.places, vidimus.Place{Start: int(g[0]), End: int(g[1]), Box: vidimus.Box{X0: g[2], Y0: g[3], X1: g[4], Y1: g[5]}})
		}
	}
}
