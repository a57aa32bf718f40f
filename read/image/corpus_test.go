package image

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/corpus"
)

// TestTheCorpusOfPictures opens every picture of the folder of public files,
// which is no part of the repository, and lists those not read.
func TestTheCorpusOfPictures(t *testing.T) {
	root := corpus.Root(t)
	all, whole := 0, 0
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(path))
		if err != nil || !d.Type().IsRegular() || !slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"}, ext) {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		all++
		document, err := open(t, b)
		lost := 0
		if err == nil {
			for _, err = range document.All(t.Context()) {
				if err != nil {
					lost++
				}
			}
		}
		if reason, _ := vidimus.FaultOf(err); err != nil || lost > 0 {
			name, _ := filepath.Rel(root, path)
			t.Logf("%s: %s, %d pages lost", name, reason, lost)
			return nil
		}
		whole++
		return nil
	})
	if all == 0 {
		t.Fatal("the corpus holds no picture")
	}
	t.Logf("%d of %d pictures are read", whole, all)
	if whole*100 < all*80 {
		t.Error("fewer pictures are read than before")
	}
}
