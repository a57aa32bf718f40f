package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"vidimus"
	"vidimus/pipeline"
)

// progress shows how far an `add` is: a bar on a terminal, a line now and then
// elsewhere, JSON lines with --json; always on standard error.
type progress struct {
	c     *console
	bar   *progressbar.ProgressBar
	shown time.Time
	every time.Duration
	last  pipeline.Progress

	recognising time.Time // since when OCR is at work
}

// progressLine is the JSON twin; docs/json.md.
type progressLine struct {
	Given      int            `json:"given"`
	Listed     bool           `json:"listed"`
	Taken      int            `json:"taken"`
	Read       int            `json:"read"`
	ToRead     int            `json:"to_read"`
	Failed     int            `json:"failed"`
	Partly     int            `json:"partly"`
	ToOCR      int            `json:"to_ocr"`
	OCR        int            `json:"ocr_pages"`
	OCRPages   int            `json:"ocr_pages_begun"`
	Pages      int            `json:"pages"`
	Understood int            `json:"understood_pages"`
	Rate       float64        `json:"files_per_second"`
	Seconds    float64        `json:"seconds_left"`
	Item       vidimus.ItemID `json:"item,omitempty"`
	State      vidimus.State  `json:"state,omitempty"`
	Reason     vidimus.Reason `json:"reason,omitempty"`
}

func newProgress(c *console) *progress {
	p := &progress{c: c, every: 5 * time.Second}
	switch {
	case c.json:
		p.every = time.Second
	case terminal(c.err):
		p.every = 200 * time.Millisecond
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(c.err),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(false))
	}
	return p
}

// report is called often; it shows each failure, and the state now and then.
func (p *progress) report(now pipeline.Progress) {
	p.last = now
	if p.recognising.IsZero() && now.InOCR > 0 {
		p.recognising = time.Now()
	}
	for _, f := range now.NewFailures {
		p.failure(f, now)
	}
	if time.Since(p.shown) < p.every {
		return
	}
	p.shown = time.Now()
	p.show(now)
}

func (p *progress) failure(f pipeline.Failure, now pipeline.Progress) {
	if p.c.json {
		l := p.line(now)
		l.Item, l.State, l.Reason = f.Item, f.State, f.Reason
		(&console{out: p.c.err}).data(l)
		return
	}
	if p.bar != nil {
		p.bar.Clear()
	}
	p.c.say("%s: %s: %s", f.Item, f.State, f.Reason)
}

func (p *progress) show(now pipeline.Progress) {
	l := p.line(now)
	switch {
	case p.c.json:
		(&console{out: p.c.err}).data(l)
	case p.bar != nil:
		p.bar.ChangeMax(max(now.Given, 1))
		p.bar.Describe(sentence(now, l))
		p.bar.Set(ended(now))
	default:
		p.c.say("%s", sentence(now, l))
	}
}

// end shows where it ended.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
	if p.last.Given > 0 && p.bar == nil {
		p.show(p.last)
	}
}

// ended counts the files with which nothing is left to do. A file that an
// earlier run took in and did not read is known, and read now.
func ended(now pipeline.Progress) int {
	return min(now.Known+now.Copies+now.Unread+now.Read, now.Given)
}

// line computes the rate of files done and, once all are listed, what is left.
// OCR takes a hundred times as long as the rest, so that its pages have a rate
// of their own; before the first is done nothing is said.
func (p *progress) line(now pipeline.Progress) progressLine {
	l := progressLine{Given: now.Given, Listed: now.Listed, Taken: now.Taken, Read: now.Read,
		ToRead: now.ToRead, Failed: now.Failed, Partly: now.Partly, ToOCR: now.ToOCR, OCR: now.OCR, OCRPages: now.OCRPages, Pages: now.Pages, Understood: now.Understood}
	took := time.Since(now.Began).Seconds()
	done := ended(now)
	if took > 0 {
		l.Rate = float64(done) / took
	}
	if rest := now.Given - done; now.Listed && l.Rate > 0 && rest > 0 {
		l.Seconds = float64(rest) / l.Rate
	}
	if now.ToOCR > 0 {
		l.Seconds = p.ofOCR(now)
	}
	return l
}

// ofOCR is how many seconds the pages that wait for OCR will take, 0 where
// nobody can tell yet. Files with which it has not begun are taken to have as
// many as the others.
func (p *progress) ofOCR(now pipeline.Progress) float64 {
	if now.OCR == 0 {
		return 0
	}
	each := float64(now.OCRPages) / float64(max(now.OCRFiles, 1))
	pages := float64(now.OCRPages-now.OCR) + each*float64(now.ToOCR-now.InOCR)
	return time.Since(p.recognising).Seconds() / float64(now.OCR) * pages
}

func sentence(now pipeline.Progress, l progressLine) string {
	s := fmt.Sprintf("%d of %d files, %d pages, %.1f files/s, %d failed, %d partly",
		ended(now), now.Given, now.Pages, l.Rate, now.Failed, now.Partly)
	if now.Understood > 0 {
		s += fmt.Sprintf(", understood: %d pages", now.Understood)
	}
	if now.ToOCR > 0 || now.OCR > 0 {
		s += fmt.Sprintf(", OCR: %d of %d pages done", now.OCR, now.OCRPages)
		if files := now.ToOCR - now.InOCR; files > 0 {
			s += fmt.Sprintf(" and %d files to begin with", files)
		}
	}
	if l.Seconds > 0 {
		s += fmt.Sprintf(", about %s left", (time.Duration(l.Seconds) * time.Second).Round(time.Second))
	}
	return s
}
