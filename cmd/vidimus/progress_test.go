package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"vidimus/pipeline"
)

// A file that could not be taken in is one with which nothing is left to do.
func TestProgressEndsWithEveryFile(t *testing.T) {
	now := pipeline.Progress{Given: 4, Listed: true, Taken: 4, Known: 1, Copies: 1, Unread: 1, Read: 1, Failed: 1}
	p := newProgress(&console{err: &strings.Builder{}})
	if s := sentence(now, p.line(now)); !strings.HasPrefix(s, "4 of 4 files") || strings.Contains(s, "left") {
		t.Error(s)
	}
}

// A cache that came as one scanned file is an hour of OCR: the pages count.
func TestProgressOfOCRGoesByPages(t *testing.T) {
	p := newProgress(&console{err: &strings.Builder{}})
	now := pipeline.Progress{Given: 3, Listed: true, Read: 3, ToOCR: 3, InOCR: 1, OCRFiles: 1, OCRPages: 40}
	p.report(now)
	if s := sentence(now, p.line(now)); !strings.HasSuffix(s, "OCR: 0 of 40 pages done and 2 files to begin with") {
		t.Error(s)
	}
	p.recognising = time.Now().Add(-time.Minute)
	now.OCR = 20
	if l := p.line(now); math.Round(l.Seconds/60) != 5 { // 20 pages of this one, 80 of the others, 20 a minute
		t.Errorf("%.0f seconds left", l.Seconds)
	}
	now = pipeline.Progress{Given: 3, Listed: true, Read: 3, OCRFiles: 3, OCRPages: 60, OCR: 60}
	if s := sentence(now, p.line(now)); !strings.HasSuffix(s, "OCR: 60 of 60 pages done") {
		t.Error(s)
	}
}
