package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	stdimage "image"
	"image/color"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/read/ocr/ink"
)

// inked writes a file whose pages have ink and no words, each wider than the
// page before.
func inked(t *testing.T, pages int) string {
	t.Helper()
	var all []*stdimage.Gray
	for i := range pages {
		m := stdimage.NewGray(stdimage.Rect(0, 0, 100+10*i, 50))
		m.SetGray(3, 3, color.Gray{Y: 200})
		all = append(all, m)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "scan.tiff"), string(ink.TIFF(all)))
	return dir
}

// looking is an OCR that knows how many pages it was given at once.
type looking struct {
	sync.Mutex
	now, most int
	takes     time.Duration
	answer    func(vidimus.Page) error
	together  chan struct{} // closed when two are looked at; nil where none waits
}

func (l *looking) ocr() *pipeline.OCR {
	return &pipeline.OCR{Producer: vidimus.Producer{Stage: "ocr", Version: 1}, Begin: func() pipeline.Recognise { return l.look }}
}

func (l *looking) look(ctx context.Context, m stdimage.Image, p vidimus.Page) (vidimus.Page, error) {
	l.Lock()
	if l.now++; l.now > l.most {
		if l.most = l.now; l.most == 2 && l.together != nil {
			close(l.together)
		}
	}
	l.Unlock()
	time.Sleep(l.takes)
	if l.together != nil && p.Number > 1 {
		select {
		case <-l.together:
		case <-ctx.Done():
		case <-time.After(10 * time.Second): // it will not come
		}
	}
	l.Lock()
	l.now--
	l.Unlock()
	p.Text = fmt.Sprintf("width %d", m.Bounds().Dx())
	return p, l.answer(p)
}

func TestPagesOfOneFileAreRecognisedBesideOneAnotherAndKeptInOrder(t *testing.T) {
	c := casetest.New(t)
	x := index(t, c)
	l := &looking{together: make(chan struct{}), answer: func(p vidimus.Page) error {
		if p.Number == 5 {
			return &vidimus.Fault{Reason: vidimus.TimeLimit}
		}
		return nil
	}}
	o := options
	o.Lanes, o.OCR = 2, l.ocr()
	if _, err := pipeline.Add(t.Context(), c, x, []string{inked(t, 8)}, o); err != nil {
		t.Fatal(err)
	}
	if l.most != 2 {
		t.Errorf("%d pages at once", l.most)
	}
	var got []string
	err := pipeline.Pages(t.Context(), c, onlyItem(t, c), func(_ vidimus.Reading, p vidimus.Page) error {
		if !p.Section {
			got = append(got, fmt.Sprintf("%d %s", p.Number, p.Text))
		}
		return nil
	})
	want := "1 width 100,2 width 110,3 width 120,4 width 130,5 ,6 width 150,7 width 160,8 width 170"
	if strings.Join(got, ",") != want || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if n := account(t, c); n.Partly != 1 || n.Reasons[vidimus.NeedsOCR] != 1 {
		t.Errorf("the page that was missed: %+v", n)
	}
}

func onlyItem(t *testing.T, c *archive.Case) (item vidimus.ItemID) {
	t.Helper()
	err := c.View(t.Context(), func(tx archive.Tx) error {
		files, err := tx.Files().List(0, 2)
		if err == nil && len(files) == 1 {
			item = files[0].Item
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return item
}

func TestOneLaneRecognisesOnePageAtATime(t *testing.T) {
	c := casetest.New(t)
	l := &looking{takes: 20 * time.Millisecond, answer: func(vidimus.Page) error { return nil }}
	o := options
	o.Lanes, o.OCR = 1, l.ocr()
	if _, err := pipeline.Add(t.Context(), c, index(t, c), []string{inked(t, 5)}, o); err != nil || l.most != 1 {
		t.Errorf("%d pages at once, %v", l.most, err)
	}
}

func TestAnEngineThatDoesNotStartEndsTheAdd(t *testing.T) {
	c := casetest.New(t)
	none := errors.New("there is no engine")
	l := &looking{answer: func(p vidimus.Page) error {
		if p.Number == 3 {
			return none
		}
		return nil
	}}
	o := options
	o.Lanes, o.OCR = 2, l.ocr()
	if _, err := pipeline.Add(t.Context(), c, index(t, c), []string{inked(t, 9)}, o); !errors.Is(err, none) {
		t.Errorf("it ended with %v", err)
	}
	l.answer = func(vidimus.Page) error { return nil }
	if _, err := pipeline.Add(t.Context(), c, index(t, c), nil, o); err != nil || account(t, c).Read != 1 {
		t.Errorf("and then: %v, %+v", err, account(t, c))
	}
}

func TestProgressCountsThePagesOfAFileWhileOCRIsAtIt(t *testing.T) {
	c := casetest.New(t)
	l := &looking{answer: func(vidimus.Page) error { return nil }}
	o := options
	var seen []pipeline.Progress
	o.Lanes, o.OCR, o.Report = 1, l.ocr(), func(p pipeline.Progress) { seen = append(seen, p) }
	p, err := pipeline.Add(t.Context(), c, index(t, c), []string{inked(t, 5)}, o)
	if err != nil || p.OCR != 5 || p.OCRPages != 5 || p.OCRFiles != 1 || p.InOCR != 0 || p.ToOCR != 0 {
		t.Errorf("in the end: %+v, %v", p, err)
	}
	if !slices.ContainsFunc(seen, func(p pipeline.Progress) bool {
		return p.OCR == 3 && p.OCRPages == 5 && p.InOCR == 1 && p.ToOCR == 1
	}) {
		t.Error("nothing was told in the middle of the file")
	}
}
