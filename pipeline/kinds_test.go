package pipeline

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus/read"
	"vidimus/search"
)

func TestEveryKindOfReadingCanBeAskedFor(t *testing.T) {
	want := slices.Sorted(slices.Values(append([]string{read.OCR}, read.Kinds...)))
	if d := cmp.Diff(want, slices.Sorted(slices.Values(search.ReadingKinds))); d != "" {
		t.Error(d)
	}
}
