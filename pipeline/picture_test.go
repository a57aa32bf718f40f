package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/pipeline"
	"vidimus/sandbox"
	"vidimus/search"
)

func TestASectionHasAPictureOnWhichItsWordsAreFound(t *testing.T) {
	if _, err := fonts.Face(fonts.Sans); errors.Is(err, fonts.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "note.txt"), "The water rises.\nسۇ ئۆرلەيدۇ reservoir\n水库移民")
	write(t, filepath.Join(dir, "twice.txt"), "The water rises.\nسۇ ئۆرلەيدۇ reservoir\n水库移民")
	c := casetest.New(t)
	x := index(t, c)
	add(t, c, x, dir)
	pictures := pipeline.NewPictures(c, sandbox.Options{})
	defer pictures.Close()
	for _, word := range []string{"water", "reservoir", "ئۆرلەيدۇ", "移民"} {
		q, err := search.Parse(word)
		if err != nil {
			t.Fatal(err)
		}
		r, err := search.Run(t.Context(), x, c, q, search.Window{Limit: 1}, pictures.Sections().Places)
		if err != nil || len(r.Hits) != 1 || len(r.Hits[0].Boxes) != 1 {
			t.Fatalf("%s: %+v, %v", word, r, err)
		}
		b := r.Hits[0].Boxes[0]
		picture, err := pictures.PNG(t.Context(), r.Hits[0].Item, 0, 1, 144)
		if err != nil {
			t.Fatal(err)
		}
		if n := inkIn(t, picture, b); n < 50 {
			t.Errorf("%s: %d dark pixels in its box", word, n)
		}
		beyond := vidimus.Box{X0: 500, Y0: b.Y0, X1: 540, Y1: b.Y1}
		if word == "ئۆرلەيدۇ" || word == "reservoir" {
			beyond.X0, beyond.X1 = 50, 200 // such a line stands on the right
		}
		if n := inkIn(t, picture, beyond); n != 0 {
			t.Errorf("%s: %d dark pixels where its line is over", word, n)
		}
		if !bytes.Contains(picture[:600], []byte("tEXtSoftware\x00vidimus layout ")) {
			t.Error("the picture does not name its renderer")
		}
	}
	copyHasIt(t, c, pictures)
}

// copyHasIt sees that a duplicate shows its original's picture, and that a
// section beyond the last has none.
func copyHasIt(t *testing.T, c *archive.Case, pictures *pipeline.Pictures) {
	t.Helper()
	var files []vidimus.File
	err := c.View(context.Background(), func(tx archive.Tx) (err error) {
		files, err = tx.Files().List(0, 5)
		return err
	})
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if _, err := pictures.PNG(t.Context(), f.Item, 0, 1, 72); err != nil {
			t.Errorf("%s: %v", f.State, err)
		}
		if _, err := pictures.PNG(t.Context(), f.Item, 0, 2, 72); err == nil || !strings.Contains(err.Error(), "no section 2") {
			t.Errorf("%s: section 2 gave %v", f.State, err)
		}
	}
}

// inkIn counts the dark pixels of a box on a picture of 144 dpi.
func inkIn(t *testing.T, picture []byte, b vidimus.Box) (n int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	for y := int(b.Y0 * 2); y < int(b.Y1*2); y++ {
		for x := int(b.X0 * 2); x < int(b.X1*2); x++ {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}
