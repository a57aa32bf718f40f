package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/sandbox"
	"vidimus/web"
)

// TestAReaderFindsAPageOfTheLeakInTheRoom goes the whole way, with nothing in
// anything's place: the leak, walls, records, index, room, browser. With
// VIDIMUS_SCREENSHOTS it keeps what was seen.
func TestAReaderFindsAPageOfTheLeakInTheRoom(t *testing.T) {
	dir, u := practiceCase(t)
	server := roomOf(t, dir, u)
	see := browse(t)
	way, err := server.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	see.do(chromedp.Navigate("file://"+way), chromedp.WaitVisible(chromedp.ID("q")))
	see.picture("front")
	for _, c := range []struct{ name, query string }{
		{"chinese", "水库"},
		{"english", `"the reservoir"`},
		{"uyghur", "كۆچۈرۈش Tevoran"},
	} {
		see.do(chromedp.SetValue(chromedp.ID("q"), c.query))
		see.click(".ask button")
		see.do(chromedp.WaitVisible(chromedp.CSS(".hits")))
		see.picture(c.name + "-hits")
		see.click(".hits a")
		see.do(chromedp.WaitVisible(chromedp.CSS(".lines mark")))
		lit := see.truth(`document.querySelector(".paper") === null`)
		for range 600 {
			if lit = lit || see.truth(`performance.getEntriesByType("resource").some(e => e.name.includes("/p/") && e.responseStatus === 200) && document.querySelectorAll("rect:not(.here)").length > 0`); lit {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if !lit {
			t.Errorf("%s: no picture with lit words", c.name)
		}
		if !see.truth(`document.querySelector(".practice, .band") !== null || document.body.innerText.includes("INVENTED")`) {
			t.Errorf("%s: nothing says that the case is invented", c.name)
		}
		see.picture(c.name + "-page")
	}
	see.do(chromedp.Navigate("http://" + server.Host() + "/files"))
	see.picture("files")
}

func roomOf(t *testing.T, dir string, u *unlocking) *web.Server {
	t.Helper()
	d, err := openCase(t.Context(), &console{}, u, dir, archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.withIndex(t.Context(), &console{}, archive.ToRead); err != nil {
		t.Fatal(err)
	}
	pictures := pipeline.NewPictures(d.Case, sandbox.Options{})
	work := newRoomWork(t.Context(), d, sandbox.Options{}, true)
	if err := work.vault.atStart(t.Context(), &console{}); err != nil {
		t.Fatal(err)
	}
	room, err := d.room(t.Context(), pictures, work)
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.Listen(room)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(t.Context()) }()
	t.Cleanup(func() {
		server.Close()
		<-ended
		work.wait()
		pictures.Close()
		d.Close()
	})
	return server
}

// eyes is a browser that keeps pictures where the environment says.
type eyes struct {
	t   *testing.T
	ctx context.Context
	dir string
}

func browse(t *testing.T) *eyes {
	t.Helper()
	program, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium in CI: install chromium-headless-shell")
		}
		t.Skip("no Chromium: install chromium-headless-shell to run the browser tests")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.WSURLReadTimeout(2*time.Minute))
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	limited, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	allocator, end := chromedp.NewExecAllocator(limited, opts...)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() { leave(); end(); cancel() })
	e := &eyes{t, ctx, os.Getenv("VIDIMUS_SCREENSHOTS")}
	if err := chromedp.Do(ctx); err != nil { // a way in lives half a minute: the browser runs before one is drawn
		t.Fatal(err)
	}
	return e
}

func (e *eyes) do(steps ...chromedp.Action[chromedp.Void]) {
	e.t.Helper()
	for _, step := range steps {
		if err := casetest.Settled(func() error { return chromedp.Do(e.ctx, step) }); err != nil {
			e.t.Fatal(err)
		}
	}
}

func (e *eyes) click(css string) {
	e.t.Helper()
	err := casetest.Settled(func() error {
		_, err := chromedp.RunResponse(e.ctx, chromedp.Click(chromedp.CSS(css)))
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
}

func (e *eyes) truth(code string) bool {
	e.t.Helper()
	var v bool
	err := casetest.Settled(func() (err error) {
		v, err = chromedp.Run(e.ctx, chromedp.Evaluate[bool](code))
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return v
}

// picture keeps the page as it is seen on a desk and on a phone.
func (e *eyes) picture(name string) {
	e.t.Helper()
	if e.dir == "" {
		return
	}
	for suffix, width := range map[string]int64{"1440": 1440, "390": 390} {
		e.do(chromedp.EmulateViewport(width, 900))
		time.Sleep(300 * time.Millisecond)
		png, err := chromedp.Run(e.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			e.t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(e.dir, name+"-"+suffix+".png"), png, 0o600); err != nil {
			e.t.Fatal(err)
		}
	}
	e.do(chromedp.EmulateViewport(1440, 900))
}

// TestTheSixThingsToTryAreThere clicks through the first hour, and looks for
// what each of them says is to be seen.
func TestTheSixThingsToTryAreThere(t *testing.T) {
	dir, u := practiceCase(t)
	server := roomOf(t, dir, u)
	see := browse(t)
	way, err := server.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	see.do(chromedp.Navigate("file://"+way), chromedp.WaitVisible(chromedp.ID("q")))
	if !see.truth(`document.body.innerText.includes("This practice leak is invented. It exists so that you can try everything without anyone's real papers, and so that our claims can be tested against a known answer. It is not evidence of anything.")`) {
		t.Error("the room does not say what a practice case is")
	}
	for i, there := range []string{
		`document.querySelectorAll(".group").length >= 5`,
		`document.querySelector(".lines").dir === "rtl" && document.querySelector(".lines mark") !== null`,
		`document.querySelector(".cells .tag") !== null && document.querySelectorAll(".cells td").length > 10`,
		`document.querySelectorAll(".mail ol li").length >= 18 && document.querySelector(".mail ul.plainlist a") !== null`,
		`document.querySelector(".paper g").getAttribute("transform").includes("rotate(180)")`,
		`document.querySelectorAll(".reason").length >= 2`,
	} {
		see.do(chromedp.Navigate("http://" + server.Host() + "/"))
		see.click(fmt.Sprintf(".lesson li:nth-child(%d) a", i+1))
		so := see.truth(there)
		for n := 0; n < 600 && !so; n++ { // a page does not wait long for what takes long the first time
			time.Sleep(100 * time.Millisecond)
			see.do(chromedp.Reload())
			so = see.truth(there)
		}
		if !so {
			t.Errorf("%d: not so: %s", i+1, there)
		}
	}
}

// TestAFileIsReadAgainFromTheRoom makes a sound file look like one that took
// too long, and has the room read it again.
func TestAFileIsReadAgainFromTheRoom(t *testing.T) {
	dir, u := practiceCase(t)
	spoil(t, dir, u, "memo.pdf")
	server := roomOf(t, dir, u)
	see := browse(t)
	way, err := server.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	see.do(chromedp.Navigate("file://"+way), chromedp.WaitVisible(chromedp.ID("q")),
		chromedp.Navigate("http://"+server.Host()+"/progress"))
	if !see.truth(`document.body.innerText.includes("time limit")`) {
		t.Fatal("the failure is not shown with its reason")
	}
	see.picture("failures")
	see.click(".reason:last-of-type form button") // the reasons of equal number are in the order of their names
	// Pages that wait for OCR are read after it, in their own time.
	again := false
	for range 200 {
		if again = see.truth(`!document.body.innerText.includes("time limit") && document.body.innerText.includes("again")`); again {
			break
		}
		time.Sleep(100 * time.Millisecond)
		see.do(chromedp.Navigate("http://" + server.Host() + "/progress"))
	}
	see.picture("read-again")
	if !again {
		t.Error("the file was not read again")
	}
	see.do(chromedp.SetValue(chromedp.ID("q"), `"the reservoir"`))
	see.click(".ask button")
	see.do(chromedp.WaitVisible(chromedp.CSS(".hits")))
	see.click(".hits a")
	see.do(chromedp.WaitVisible(chromedp.CSS(".lines mark")))
}

// spoil makes a file of a case one that took too long to be read.
func spoil(t *testing.T, dir string, u *unlocking, name string) {
	t.Helper()
	d, err := openCase(t.Context(), &console{}, u, dir, archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Do(t.Context(), func(w *archive.Work) error {
		files, err := w.Files().List(0, 1000)
		if err != nil {
			return err
		}
		for _, f := range files {
			if filepath.Base(f.Path) == name && f.State == vidimus.Read {
				f.State, f.Reason = vidimus.Failed, vidimus.TimeLimit
				return w.Files().Put(f)
			}
		}
		return archive.ErrNotFound
	})
	if err != nil {
		t.Fatal(err)
	}
}
