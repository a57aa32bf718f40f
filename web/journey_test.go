package web

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vidimus"
)

// TestByKeyboardAlone goes from a cold start to a word in its place, to the
// file around it, and to what was not read, without pointing at anything.
func TestByKeyboardAlone(t *testing.T) {
	all := sheets()
	drawSheets(t, all[2:4])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	w.slash(t)
	w.do(t, chromedp.KeyEvent("(list"))
	w.until(t, `document.getElementById("q-wrong").textContent.includes("character 1")`)
	w.do(t, chromedp.KeyEvent(") yarkand\r"), chromedp.WaitVisible(chromedp.CSS(".hits")))
	w.expect(t, "h1", "2 pages match")
	w.do(t, chromedp.KeyEvent("j"))
	w.press(t, "\r")
	w.expect(t, ".where .quiet", "hit 1 of 2")
	w.do(t, chromedp.KeyEvent("w"), chromedp.KeyEvent("w"))
	if got := js[string](t, w, chosenWord); got != "of" {
		t.Errorf("the second word is %q", got)
	}
	w.do(t, chromedp.KeyEvent("b"))
	if got := js[string](t, w, chosenWord); got != "Minutes" {
		t.Errorf("the first word is %q", got)
	}
	before := js[float64](t, w, paperWidth)
	w.do(t, chromedp.KeyEvent("+"), chromedp.KeyEvent("+"))
	if after := js[float64](t, w, paperWidth); after < before*1.5 {
		t.Errorf("enlarged twice from %v to %v", before, after)
	}
	w.do(t, chromedp.KeyEvent("0"))
	w.press(t, "r")
	if !js[bool](t, w, `(() => { const b = document.querySelector(".paper").viewBox.baseVal; return b.width === 842 && b.height === 595 })()`) {
		t.Error("the picture is not turned")
	}
	w.press(t, "n")
	w.expect(t, ".where .quiet", "hit 2 of 2")
	w.press(t, "i")
	w.expect(t, ".facts", "application/pdf")
	w.press(t, "u")
	w.do(t, chromedp.KeyEvent("j"))
	w.press(t, "\r")
	w.expect(t, ".where", "committee")
	w.press(t, "N")
	w.press(t, "\x1b")
	w.expect(t, "h1", "Files")
	w.do(t, chromedp.KeyEvent("?"), chromedp.WaitVisible(chromedp.ID("keys")), chromedp.KeyEvent("\x1b"), chromedp.WaitNotVisible(chromedp.ID("keys")))
	w.quiet(t, s)
}

// chosenWord is what is lit in the text because it was chosen, where something
// is lit in the picture too.
const chosenWord = `(() => {
  const box = document.querySelector(".here").getBoundingClientRect();
  const lit = CSS.highlights.get("here");
  return box.width > 0 && box.height > 0 && lit ? Array.from(lit)[0].toString() : "";
})()`

const paperWidth = `document.querySelector(".paper").getBoundingClientRect().width`

// TestByMouse chooses values, takes them away, and follows words from picture
// to text and back.
func TestByMouse(t *testing.T) {
	all := sheets()
	drawSheets(t, all[2:4])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	w.do(t, chromedp.EmulateViewport(1440, 900))
	w.search(t, "yarkand")
	w.follow(t, "#facet-type ~ ul li:nth-child(2) a") // application/pdf
	w.expect(t, "h1", "3 pages match")
	w.expect(t, ".chips", "PDF")
	w.follow(t, ".chips a") // turned round
	w.expect(t, "h1", "26 pages match")
	w.expect(t, ".facets s", "PDF")
	w.search(t, "committee") // filters stay
	w.expect(t, "h1", "No page matches")
	w.follow(t, ".chips .off")
	w.expect(t, "h1", "1 page matches")
	w.follow(t, ".hits a")
	w.point(t, ".lines p:nth-child(5)")
	if got := js[string](t, w, chosenWord); got != "1." {
		t.Errorf("pointed at in the text: %q", got)
	}
	w.do(t, chromedp.MouseClickXY(1, 1))
	at := js[[2]float64](t, w, `(() => {
	  const g = document.querySelector(".here").parentNode.getScreenCTM();
	  const word = words.find(w => lines[w.line].textContent.slice(w.from, w.to) === "secretary,");
	  const p = new DOMPoint(word.x + word.width / 2, word.y + word.height / 2).matrixTransform(g);
	  return [p.x, p.y];
	})()`)
	w.do(t, chromedp.MouseClickXY(at[0], at[1]))
	if got := js[string](t, w, chosenWord); got != "secretary," {
		t.Errorf("chosen in the picture: %q", got)
	}
	w.quiet(t, s)
}

// TestPictureAndTextMoveTogether scrolls one with the wheel and looks where
// the other is.
func TestPictureAndTextMoveTogether(t *testing.T) {
	long := &sheet{path: "long.pdf", language: "en", page: 1, pages: 1, text: strings.Repeat("A line of the long committee page.\n", 28)}
	drawSheets(t, []*sheet{long})
	s := openRoom(t, testRoom(t, []*sheet{long, long, long}))
	w := openWindow(t)
	w.enter(t, s)
	w.do(t, chromedp.EmulateViewport(1100, 500))
	w.openHit(t, "long committee", 1)
	for _, pane := range [][2]string{{"text", "picture"}, {"picture", "text"}} {
		js[bool](t, w, `text.scrollTop = 0; picture.scrollTop = 0; true`)
		w.wheel(t, "."+pane[0], 150)
		w.until(t, pane[0]+`.scrollTop > 0 && `+pane[1]+`.scrollTop > 0`)
	}
	w.quiet(t, s)
}

// wheel turns the wheel over the middle of an element.
func (w *window) wheel(t *testing.T, selector string, by float64) {
	t.Helper()
	at := w.middle(t, selector)
	turn := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: at[0], Y: at[1], DeltaX: 1e-9, DeltaY: by}
	if _, err := chromedp.Call(w.ctx, input.DispatchMouseEvent, turn); err != nil {
		t.Fatal(err)
	}
}

// middle gives where an element is seen.
func (w *window) middle(t *testing.T, selector string) [2]float64 {
	t.Helper()
	return js[[2]float64](t, w, `(() => { const b = document.querySelector("`+selector+`").getBoundingClientRect(); return [b.left + b.width / 2, b.top + Math.min(b.height, innerHeight - b.top) / 2] })()`)
}

// point moves the mouse to the left end of an element's first line.
func (w *window) point(t *testing.T, selector string) {
	t.Helper()
	at := js[[2]float64](t, w, `(() => { const b = document.querySelector("`+selector+`").getBoundingClientRect(); return [b.left + 4, b.top + 12] })()`)
	move := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: at[0], Y: at[1]}
	if _, err := chromedp.Call(w.ctx, input.DispatchMouseEvent, move); err != nil {
		t.Fatal(err)
	}
}

// until waits for something to become true.
func (w *window) until(t *testing.T, code string) {
	t.Helper()
	for range 1200 {
		if js[bool](t, w, code) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never: %s", code)
}

// TestWhatIsReadIsSeenToGoOn has the room told of an adder elsewhere, and looks
// at the page while numbers change and when it has ended.
func TestWhatIsReadIsSeenToGoOn(t *testing.T) {
	room := testRoom(t, sheets())
	counts, err := room.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waiting, adding := make(chan int, 1), make(chan bool, 1)
	waiting <- 30
	adding <- true
	room.Left = func(context.Context) (Left, error) {
		n, a := <-waiting, <-adding
		waiting <- n
		adding <- a
		c := counts
		c.Seen, c.Waiting = c.Seen+n, n
		return Left{c, 2, a}, nil
	}
	s := openRoom(t, room)
	w := openWindow(t)
	w.enter(t, s)
	w.do(t, chromedp.Navigate("http://"+s.host+"/progress"))
	w.expect(t, ".going", "Another window or terminal")
	w.expect(t, ".going", "30 files wait")
	<-waiting
	waiting <- 10
	w.until(t, `document.querySelector(".going").textContent.includes("10 files wait") && document.querySelector(".going").textContent.includes("a minute")`)
	<-adding
	adding <- false
	w.until(t, `document.querySelector(".going") === null`)
	w.quiet(t, s)
}

// TestFailuresAreReadAgainAsWasAsked presses the buttons and hears what the
// case is asked for.
func TestFailuresAreReadAgainAsWasAsked(t *testing.T) {
	room := testRoom(t, sheets())
	heard := make(chan Again, 10)
	room.Retry = func(_ context.Context, what Again) error { heard <- what; return nil }
	s := openRoom(t, room)
	w := openWindow(t)
	w.enter(t, s)
	w.do(t, chromedp.Navigate("http://"+s.host+"/progress"))
	w.follow(t, "div.how form button")
	if got := <-heard; got != (Again{}) {
		t.Errorf("all: heard %v", got)
	}
	w.follow(t, ".reason .turn form button")
	if got := <-heard; !got.Reason.Known() || got.Item != "" {
		t.Errorf("of a reason: heard %v", got)
	}
	w.follow(t, ".reason a")
	w.follow(t, ".facts form button")
	if got := <-heard; got.Item == "" {
		t.Errorf("one file: heard %v", got)
	}
	w.quiet(t, s)

	room.Retry = func(context.Context, Again) error {
		return vidimus.WithHint(context.Canceled, "wait until it has ended")
	}
	s = openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	page := body(t, send(t, c, "GET", "http://"+s.host+"/progress", ""))
	_, rest, _ := strings.Cut(page, `name="what" value="`)
	handle, _, _ := strings.Cut(rest, `"`)
	if got := body(t, send(t, c, "POST", "http://"+s.host+"/retry", "what="+handle)); !strings.Contains(got, "wait until it has ended") {
		t.Error("a refusal is not shown with what to do")
	}
	if r := send(t, c, "POST", "http://"+s.host+"/retry", "what=made-up"); r.StatusCode != 404 {
		t.Errorf("a made-up handle: %d", r.StatusCode)
	}
}
