package pipeline_test

import (
	"bytes"
	"context"
	stdimage "image"
	"image/color"
	"image/png"
	"path/filepath"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/search"
	"vidimus/search/fts"
)

// scans writes pictures: each is a page with ink and no words.
func scans(t *testing.T, widths ...int) string {
	dir := t.TempDir()
	for _, w := range widths {
		m := stdimage.NewGray(stdimage.Rect(0, 0, w, 50))
		m.SetGray(3, 3, color.Gray{Y: 200})
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "scan"+string(rune('a'+w%26))+".png"), b.String())
	}
	return dir
}

// pretended is an OCR that reads a word off every picture, but on narrow ones
// none and on odd ones fails.
func pretended(seen *int) *pipeline.OCR {
	return &pipeline.OCR{Producer: vidimus.Producer{Stage: "ocr", Version: 1}, Begin: func() pipeline.Recognise {
		return func(_ context.Context, m stdimage.Image, p vidimus.Page) (vidimus.Page, error) {
			*seen++
			switch w := m.Bounds().Dx(); {
			case w%2 == 1:
				return p, &vidimus.Fault{Reason: vidimus.TimeLimit}
			case w > 60:
				p.Text = "recognised"
				p.Places = []vidimus.Place{{Start: 0, End: 10, Box: vidimus.Box{X1: 9, Y1: 9}}}
			}
			return p, nil
		}
	}}
}

func TestPicturesAreReadAfterTextAndAPageWithoutWordsIsNeverRead(t *testing.T) {
	c := casetest.New(t)
	x := index(t, c)
	dir := scans(t, 100, 50, 71)
	add(t, c, x, dir) // without OCR
	n := account(t, c)
	if n.Partly != 3 || n.Reasons[vidimus.NeedsOCR] != 3 {
		t.Fatalf("without OCR: %+v", n)
	}
	o, seen := options, 0
	o.Lanes, o.OCR = 1, pretended(&seen)
	p, err := pipeline.Add(t.Context(), c, x, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	n = account(t, c)
	if n.Read != 1 || n.Reasons[vidimus.NoWords] != 1 || n.Reasons[vidimus.NeedsOCR] != 1 || seen != 3 || p.ToOCR != 0 || p.Partly != 2 {
		t.Errorf("with OCR: %+v, %+v, %d pictures", n, p, seen)
	}
	if total(t, c, x, "recognised") != 1 {
		t.Error("what OCR read is not found")
	}
	if _, err := pipeline.Add(t.Context(), c, x, nil, o); err != nil || seen != 3 {
		t.Errorf("again: %d pictures, %v", seen, err)
	}
	if k, err := pipeline.Retry(t.Context(), c, vidimus.NeedsOCR, o.Producer); k != 1 || err != nil {
		t.Errorf("%d files wait, %v", k, err)
	}
	if _, err := pipeline.Add(t.Context(), c, x, nil, o); err != nil || seen != 4 {
		t.Errorf("retried: %d pictures, %v", seen, err)
	}
	wordsStandOnThePage(t, c, x)
	rereadKeepsTheOld(t, c, x, o)
}

func wordsStandOnThePage(t *testing.T, c *archive.Case, x *fts.Index) {
	t.Helper()
	q, err := search.Parse("recognised")
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Run(t.Context(), x, c, q, search.Window{Limit: 5}, search.Recorded)
	if err != nil || len(r.Hits) != 1 {
		t.Fatalf("%d hits, %v", len(r.Hits), err)
	}
	p, err := pipeline.Page(t.Context(), c, r.Hits[0].Item, 1)
	if err != nil || p.Text != "recognised" || len(p.Places) != 1 {
		t.Errorf("page %+v, %v", p, err)
	}
	var texts []string
	err = pipeline.Pages(t.Context(), c, r.Hits[0].Item, func(_ vidimus.Reading, p vidimus.Page) error {
		texts = append(texts, p.Text)
		return nil
	})
	if err != nil || len(texts) != 1 || texts[0] != "recognised" {
		t.Errorf("pages %q, %v", texts, err)
	}
}

func rereadKeepsTheOld(t *testing.T, c *archive.Case, x *fts.Index, o pipeline.Options) {
	t.Helper()
	if k, err := pipeline.Reread(t.Context(), c, true, o.Producer); k != 0 || err != nil {
		t.Errorf("%d files are stale, %v", k, err)
	}
	stale(t, c, o.Producer, 1, 0)
	o.Producer.Version++
	stale(t, c, o.Producer, 1, 3)
	stale(t, c, o.Producer, 2, 5) // and what OCR read on two
	if k, err := pipeline.Reread(t.Context(), c, true, o.Producer); k != 3 || err != nil {
		t.Errorf("%d files are stale, %v", k, err)
	}
	if _, err := pipeline.Add(t.Context(), c, x, nil, o); err != nil {
		t.Fatal(err)
	}
	if n := account(t, c); n.Read != 1 || total(t, c, x, "recognised") != 1 {
		t.Errorf("read again: %+v", n)
	}
	stale(t, c, o.Producer, 1, 0)
}

func stale(t *testing.T, c *archive.Case, reader vidimus.Producer, ocrVersion, want int) {
	t.Helper()
	if n, err := pipeline.Stale(t.Context(), c, reader, ocrVersion); n != want || err != nil {
		t.Errorf("%d readings are stale, want %d; %v", n, want, err)
	}
}
