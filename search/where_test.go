package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreFoundWhereTheyStand(t *testing.T) {
	for name, c := range map[string]struct {
		text, quote string
		want        []Range
	}{
		"as they are written":                      {"a b a", "a", []Range{{Start: 0, End: 1}, {Start: 4, End: 5}}},
		"across a line's end":                      {"the high\nwater mark", "high water", []Range{{Start: 4, End: 14}}},
		"in another case":                          {"High Water", "high  water", []Range{{Start: 0, End: 10}}},
		"Han within a longer run, over a line end": {"去水库\n上涨了", "水库上涨", []Range{{Start: 3, End: 16}}},
		"not inside a word":                        {"highwater", "High", nil},
		"nothing":                                  {"text", "  ", nil},
		"marks alone":                              {"text", "—", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(c.want, Where(c.text, c.quote)); d != "" {
				t.Error(d)
			}
		})
	}
}

func FuzzWordsThatAreFoundAreStretchesOfTheText(f *testing.F) {
	f.Add("去水库\n上涨了", "水库上涨")
	f.Fuzz(func(t *testing.T, text, quote string) {
		end := 0
		for _, r := range Where(text, quote) {
			if r.Start < end || r.End <= r.Start || r.End > len(text) {
				t.Fatalf("range %v of %d bytes", r, len(text))
			}
			end = r.End
		}
		for _, r := range Everywhere(text, quote) {
			if r.Start < 0 || r.End <= r.Start || r.End > len(text) {
				t.Fatalf("range %v of %d bytes", r, len(text))
			}
		}
	})
}
