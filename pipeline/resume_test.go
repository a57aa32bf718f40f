package pipeline_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
)

// begun is a case in which OCR was stopped at page 13 of 24, and had missed
// page 3: eight recognised pages, 1 to 9 without 3, were stored ahead. The next
// time it misses page misses.
func begun(t *testing.T, misses int) (c *archive.Case, o pipeline.Options, l *looking, seen func() []int) {
	t.Helper()
	c = casetest.New(t)
	l = &looking{}
	var mu sync.Mutex
	var pages []int
	answer := func(stop, miss int) func(p vidimus.Page) error {
		return func(p vidimus.Page) error {
			mu.Lock()
			defer mu.Unlock()
			switch pages = append(pages, p.Number); p.Number {
			case stop:
				return errors.New("the engine was taken away")
			case miss:
				return &vidimus.Fault{Reason: vidimus.TimeLimit}
			}
			return nil
		}
	}
	o = options
	o.Lanes, o.OCR = 1, l.ocr()
	l.answer = answer(13, 3)
	p, err := pipeline.Add(t.Context(), c, index(t, c), []string{inked(t, 24)}, o)
	if err == nil || p.OCR != 9 || p.OCRPages != 9 || p.InOCR != 0 {
		t.Fatalf("the add ended with %v, %+v", err, p)
	}
	pages, l.answer = nil, answer(0, misses)
	return c, o, l, func() []int { return pages }
}

// whole wants all pages but one, the log's digest of them right, nothing
// unfinished, and the number of the reading to be the highest.
func whole(t *testing.T, c *archive.Case, missed int) {
	t.Helper()
	n := 0
	err := pipeline.Pages(t.Context(), c, onlyItem(t, c), func(_ vidimus.Reading, p vidimus.Page) error {
		if p.Section {
			return nil
		}
		if n++; p.Number != n || (p.Text == fmt.Sprintf("width %d", 90+10*n)) == (n == missed) {
			t.Errorf("page %d says %q", p.Number, p.Text)
		}
		return nil
	})
	if n != 24 || err != nil {
		t.Errorf("%d pages, %v", n, err)
	}
	a, err := c.AuditReporting(t.Context(), nil)
	if err != nil || len(a.Findings) > 0 {
		t.Errorf("the audit says %+v, %v", a.Findings, err)
	}
	if n := account(t, c); (n.Partly == 1 && n.Reasons[vidimus.NeedsOCR] == 1) != (missed > 0) {
		t.Errorf("the page that was missed: %+v", n)
	}
	err = c.View(t.Context(), func(tx archive.Tx) error {
		left, err := tx.Readings().Unfinished(onlyItem(t, c))
		if len(left) > 0 {
			t.Errorf("%d readings are unfinished", len(left))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func from(first, last int) (all []int) {
	for n := first; n <= last; n++ {
		all = append(all, n)
	}
	return all
}

func TestOCRGoesOnWithinAFile(t *testing.T) {
	c, o, _, seen := begun(t, 3)
	p, err := pipeline.Add(t.Context(), c, index(t, c), nil, o)
	if want := append([]int{3}, from(10, 24)...); err != nil || !slices.Equal(seen(), want) || p.OCRPages != len(want) {
		t.Errorf("it looked at %v of %d, %v", seen(), p.OCRPages, err)
	}
	whole(t, c, 3)
}

func TestWhatOCRMissedBeforeAStopIsLookedAtAgain(t *testing.T) {
	c, o, _, _ := begun(t, 0)
	if _, err := pipeline.Add(t.Context(), c, index(t, c), nil, o); err != nil {
		t.Error(err)
	}
	whole(t, c, 0)
}

// Who asks for what is new since a reading gets a file that was begun before it.
func TestAReadingThatIsFinishedLaterHasAHigherNumber(t *testing.T) {
	c, o, _, _ := begun(t, 3)
	item, between := onlyItem(t, c), int64(0)
	err := c.Do(t.Context(), func(w *archive.Work) (err error) {
		between, err = w.Readings().Begin(vidimus.Reading{Item: item, Kind: "correction"})
		return errors.Join(err, w.Readings().Finish(between))
	})
	if err == nil {
		_, err = pipeline.Add(t.Context(), c, index(t, c), nil, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	err = c.View(t.Context(), func(tx archive.Tx) error {
		all, err := tx.Readings().Current(item)
		if last := all[len(all)-1]; last.Kind != "ocr" || last.Number <= between {
			t.Errorf("the last is %+v, after %d", last, between)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestOCRBeginsAnewWithAnotherVersion(t *testing.T) {
	c, o, l, seen := begun(t, 3)
	o.OCR = l.ocr()
	o.OCR.Producer.Version++
	_, err := pipeline.Add(t.Context(), c, index(t, c), nil, o)
	if want := from(1, 24); err != nil || !slices.Equal(seen(), want) {
		t.Errorf("it looked at %v, %v", seen(), err)
	}
	whole(t, c, 3)
}

func TestWhatOCRLeftOfPagesReadAnewIsDropped(t *testing.T) {
	c, o, _, seen := begun(t, 3)
	item := onlyItem(t, c)
	err := c.Do(t.Context(), func(w *archive.Work) error {
		return w.Jobs().Put(vidimus.Job{Item: item, Stage: "read", State: vidimus.JobWaiting})
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = pipeline.Add(t.Context(), c, index(t, c), nil, o)
	if want := from(1, 24); err != nil || !slices.Equal(seen(), want) {
		t.Errorf("it looked at %v, %v", seen(), err)
	}
	whole(t, c, 3)
}
