package protect

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRunsOfEight(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"seven words", "one two three four five six seven", nil},
		{"nine words", "one two, three four five six seven eight nine", []string{"one two, three four five six seven eight", "two, three four five six seven eight nine"}},
		{"eight characters", "县里的水库要搬空", []string{"县里的水库要搬空"}},
		{"seven characters", "县里的水库要搬", nil},
		{"both", "six words of ours 水库搬空", []string{"six words of ours 水库搬空"}},
	} {
		if d := cmp.Diff(c.want, slices.Collect(Runs(c.text))); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}
