package image

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestTablesOfJPEGAreNamed(t *testing.T) {
	for _, quality := range []int{1, 49, 50, 75, 92} {
		file := encoded(t, func(w io.Writer) error { return jpeg.Encode(w, drawn(64, 64), &jpeg.Options{Quality: quality}) })
		want := []string{fmt.Sprintf("quantisation table: the standard's at quality %d", quality)}
		if got := slices.Compact(quantisation(bytes.NewReader(file))); !slices.Equal(got, want) {
			t.Errorf("quality %d: %q", quality, got)
		}
		at := bytes.Index(file, []byte{0xff, markerDQT})
		file[at+20]++
		if got := quantisation(bytes.NewReader(file)); len(got) == 0 || strings.Contains(got[0], "quality") {
			t.Errorf("a table of its own: %q", got)
		}
	}
}
