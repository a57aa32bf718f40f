package web

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/people"
)

// invented is a list of one person, who is named in the minutes and in the
// hostile text.
func invented(context.Context) (l people.List, err error) {
	l.Next = 1
	_, _, err = l.Add("witness", []string{"Yarkand"}, "2026-11-29")
	return l, err
}

// withheldIn withholds a line of the minutes and all of the hostile text's
// first, with a hostile reason.
func withheldIn(w *archive.Work, all []*sheet) error {
	if len(all) < 5 {
		return nil
	}
	for _, s := range []*sheet{all[2], all[4]} {
		p := vidimus.Page{Number: s.page, Section: s.section, Text: s.text, Places: s.places, Width: 595, Height: 842}
		a := protect.Withhold(p, readingOf(all, s), 0, 10, protect.NotOurs)
		a.Why = "<b>because</b> \u202eesuaceb"
		if _, err := pipeline.Withhold(w, s.item(), []protect.Area{a}); err != nil {
			return err
		}
	}
	return nil
}

func TestLinesAndABoxAreWithheldAndUndone(t *testing.T) {
	all := sheets()
	drawSheets(t, all[2:3])
	s := openRoom(t, testRoom(t, all))
	w := openWindow(t)
	w.enter(t, s)
	w.openHit(t, "committee", 1)
	w.press(t, "x")
	w.expect(t, "h1", "Withhold parts of minutes/committee")
	w.do(t, chromedp.Click(chromedp.CSS(".pick:nth-of-type(2) input")))
	w.follow(t, ".text form > button")
	w.expect(t, "main [role=status]", "1 area is withheld now.")
	if n := js[int](t, w, `document.querySelectorAll(".paper .held").length`); n != 2 {
		t.Errorf("%d areas lie on the picture, want 2", n)
	}
	w.press(t, "U")
	if n := js[int](t, w, `document.querySelectorAll(".paper .held").length`); n != 1 {
		t.Errorf("after the undo %d areas lie on the picture, want 1", n)
	}
	w.drag(t, "[data-draw]", .2, .3, .6, .35)
	if !js[bool](t, w, `Math.abs(document.getElementById("x0").value - 119) < 2 && Math.abs(document.getElementById("y1").value - 295) < 2 && document.querySelector(".draw").width.baseVal.value > 200`) {
		t.Error("the box that was drawn is not in the form")
	}
	w.do(t, chromedp.Click(chromedp.ID("class-other")), chromedp.SetValue(chromedp.ID("why"), "a stamp"))
	w.follow(t, ".text form > button")
	w.expect(t, ".areas", "a stamp")
	w.expect(t, ".areas li:last-child", "other")
	w.quiet(t, s)
}

// drag draws on an element, from one point to another in parts of its size.
func (w *window) drag(t *testing.T, selector string, x0, y0, x1, y1 float64) {
	t.Helper()
	js[bool](t, w, `document.querySelector("`+selector+`").scrollIntoView({block: "start"}); true`)
	box := js[[4]float64](t, w, `(() => { const b = document.querySelector("`+selector+`").getBoundingClientRect(); return [b.left, b.top, b.width, b.height] })()`)
	mouse := func(kind input.DispatchMouseEventType, x, y float64) {
		p := input.DispatchMouseEventParams{Type: kind, X: box[0] + x*box[2], Y: box[1] + y*box[3], Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
		if _, err := chromedp.Call(w.ctx, input.DispatchMouseEvent, p); err != nil {
			t.Fatal(err)
		}
	}
	mouse(input.DispatchMouseEventTypeMousePressed, x0, y0)
	mouse(input.DispatchMouseEventTypeMouseMoved, (x0+x1)/2, (y0+y1)/2)
	mouse(input.DispatchMouseEventTypeMouseMoved, x1, y1)
	mouse(input.DispatchMouseEventTypeMouseReleased, x1, y1)
}

func TestSuggestionsAreListedAndNotApplied(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	page := body(t, send(t, c, "GET", "http://"+s.host+from(from(searched("committee"), ".hits a"), "[data-key=x]")(t, s, c), ""))
	if strings.Count(page, "No longer withhold") != 1 {
		t.Error("more is withheld than was chosen")
	}
	_, suggested, _ := strings.Cut(page, `id="suggested-head"`)
	for _, want := range []string{"line 5: <bdi>P-001</bdi>", "copy or recipient number"} {
		if !strings.Contains(suggested, want) {
			t.Errorf("no suggestion %q", want)
		}
	}
	after := body(t, send(t, c, "POST", "http://"+s.host+"/redact/add", url.Values{"what": {handleIn(t, suggested, "/redact/add")}, "class": {"person"}}.Encode()))
	if strings.Count(after, "No longer withhold") != 2 || !strings.Contains(after, "P-001") {
		t.Error("the suggestion was not withheld when somebody said so")
	}
}

func TestWhatIsNoLineAndNoBoxIsRefused(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	page := body(t, send(t, c, "GET", "http://"+s.host+from(from(searched("committee"), ".hits a"), "[data-key=x]")(t, s, c), ""))
	what := handleIn(t, page, "/redact/add")
	for _, form := range []url.Values{
		{"class": {"person"}}, {"class": {"a friend"}, "line": {"1"}}, {"class": {"person"}, "line": {"900"}}, {"class": {"person"}, "line": {"-1"}},
		{"class": {"other"}, "x0": {"1"}}, {"class": {"other"}, "x0": {"9"}, "y0": {"9"}, "x1": {"1"}, "y1": {"1"}}, {"class": {"other"}, "x0": {"NaN"}, "y0": {"9"}, "x1": {"1"}, "y1": {"1"}},
	} {
		form.Set("what", what)
		if got := body(t, send(t, c, "POST", "http://"+s.host+"/redact/add", form.Encode())); !strings.Contains(got, "Nothing was changed") {
			t.Errorf("%v was taken", form)
		}
	}
}
