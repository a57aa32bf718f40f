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
// page 3: eight recognised pages, 1 to 9 without 3, were stored ahead.
func begun(t *testing.T) (c *archive.Case, o pipeline.Options, l *looking, seen func() []int) {
	t.Helper()
	c = casetest.New(t)
	l = &looking{}
	var mu sync.Mutex
	var pages []int
	answer := func(stop int) func(p vidimus.Page) error {
		return func(p vidimus.Page) error {
			mu.Lock()
			defer mu.Unlock()
			switch pages = append(pages, p.Number); p.Number {
			case stop:
				return errors.New("the engine was taken away")
			case 3:
				return &vidimus.Fault{Reason: vidimus.TimeLimit}
			}
			return nil
		}
	}
	o = options
	o.Lanes, o.OCR = 1, l.ocr()
	l.answer = answer(13)
	p, err := pipeline.Add(t.Context(), c, index(t, c), []string{inked(t, 24)}, o)
	if err == nil || p.OCR != 9 || p.OCRPages != 9 || p.InOCR != 0 {
		t.Fatalf("the add ended with %v, %+v", err, p)
	}
	pages, l.answer = nil, answer(0)
	return c, o, l, func() []int { return pages }
}

// whole wants all pages but the third, the log's digest of them right, and
// nothing unfinished.
func whole(t *testing.T, c *archive.Case) {
	t.Helper()
	n := 0
	err := pipeline.Pages(t.Context(), c, onlyItem(t, c), func(_ vidimus.Reading, p vidimus.Page) error {
		if p.Section {
			return nil
		}
		if n++; p.Number != n || (p.Text == fmt.Sprintf("width %d", 90+10*n)) == (n == 3) {
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
	if n := account(t, c); n.Partly != 1 || n.Reasons[vidimus.NeedsOCR] != 1 {
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
	c, o, _, seen := begun(t)
	p, err := pipeline.Add(t.Context(), c, index(t, c), nil, o)
	if want := from(10, 24); err != nil || !slices.Equal(seen(), want) || p.OCRPages != len(want) {
		t.Errorf("it looked at %v of %d, %v", seen(), p.OCRPages, err)
	}
	whole(t, c)
}

func TestOCRBeginsAnewWithAnotherVersion(t *testing.T) {
	c, o, l, seen := begun(t)
	o.OCR = l.ocr()
	o.OCR.Producer.Version++
	_, err := pipeline.Add(t.Context(), c, index(t, c), nil, o)
	if want := from(1, 24); err != nil || !slices.Equal(seen(), want) {
		t.Errorf("it looked at %v, %v", seen(), err)
	}
	whole(t, c)
}

func TestWhatOCRLeftOfPagesReadAnewIsDropped(t *testing.T) {
	c, o, _, seen := begun(t)
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
	whole(t, c)
}
