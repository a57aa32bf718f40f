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
	by := pipeline.Producers{Reader: o.Producer, OCR: 1}
	waits := func(want int) {
		t.Helper()
		if k, err := pipeline.Reread(t.Context(), c, true, by); k != want || err != nil {
			t.Errorf("%d files are stale, want %d; %v", k, want, err)
		}
	}
	waits(0)
	stale(t, c, by, 0)
	by.Pack = "ppocr 4 0123456789ab"
	stale(t, c, by, 0) // none is in Chinese
	by.Pack, by.Reader.Version = "", by.Reader.Version+1
	stale(t, c, by, 3)
	by.OCR++
	stale(t, c, by, 5) // and what OCR read on two
	waits(3)
	o.Producer, o.OCR.Producer.Version = by.Reader, by.OCR
	addAgain(t, c, x, o)
	stale(t, c, by, 0)
	by.OCR++
	stale(t, c, by, 2)
	waits(2)
	o.OCR.Producer.Version = by.OCR
	addAgain(t, c, x, o)
	stale(t, c, by, 0)
}

func addAgain(t *testing.T, c *archive.Case, x *fts.Index, o pipeline.Options) {
	t.Helper()
	if _, err := pipeline.Add(t.Context(), c, x, nil, o); err != nil {
		t.Fatal(err)
	}
	if n := account(t, c); n.Read != 1 || total(t, c, x, "recognised") != 1 {
		t.Errorf("read again: %+v", n)
	}
}

func stale(t *testing.T, c *archive.Case, by pipeline.Producers, want int) {
	t.Helper()
	if n, err := pipeline.Stale(t.Context(), c, by); n != want || err != nil {
		t.Errorf("%d readings are stale, want %d; %v", n, want, err)
	}
}

func TestChineseThatThePackHasNotReadIsStale(t *testing.T) {
	c := casetest.New(t)
	x := index(t, c)
	o, pack := options, ""
	text := "水库的水位正在上升，没有人被询问。河边的村庄都要搬走。"
	o.Lanes, o.OCR = 1, &pipeline.OCR{Producer: vidimus.Producer{Stage: "ocr", Version: 1, Parameters: "tesseract 5"}, Begin: func() pipeline.Recognise {
		return func(_ context.Context, m stdimage.Image, p vidimus.Page) (vidimus.Page, error) {
			if p.Text = text; m.Bounds().Dx() > 60 {
				p.Text = "The reservoir rises and nobody was asked; the villages at the river must go."
			}
			p.Text += pack
			return p, nil
		}
	}}
	if _, err := pipeline.Add(t.Context(), c, x, []string{scans(t, 100, 50)}, o); err != nil {
		t.Fatal(err)
	}
	by := pipeline.Producers{Reader: o.Producer, OCR: 1}
	stale(t, c, by, 0)
	by.Pack = "ppocr 4 0123456789ab"
	stale(t, c, by, 1)
	if k, err := pipeline.Reread(t.Context(), c, true, by); k != 1 || err != nil {
		t.Errorf("%d files wait, %v", k, err)
	}
	o.OCR.Producer.Parameters, pack = "tesseract 5, "+by.Pack, "又读"
	if _, err := pipeline.Add(t.Context(), c, x, nil, o); err != nil {
		t.Fatal(err)
	}
	stale(t, c, by, 0)
	if total(t, c, x, "又读") != 1 || total(t, c, x, "reservoir") != 1 {
		t.Error("what was read anew is not found")
	}
}
