package main

import (
	"testing"
)

func TestWordsThatALinesEndPartsAreFound(t *testing.T) {
	for _, c := range []struct {
		text, wanted string
		want         []string
	}{
		{"On the list was Osko-\nvin Mirat of the brook.", "oskovin mirat", []string{"Osko-\nvin Mirat"}},
		{"On the list was Oskovin Mirat.", "Oskovin Mirat", []string{"Oskovin Mirat"}},
		{"Os\u00adkovin came, and Oskovin went.", "oskovin", []string{"Os\u00adkovin", "Oskovin"}},
		{"Oskovin came, and OSKOVIN went.", "Oskovin", []string{"Oskovin", "OSKOVIN"}},
		{"один Гос-  \r\n мар здесь", "Госмар", []string{"Гос-  \r\n мар"}},
		{"a-\nb-\nc", "abc", []string{"a-\nb-\nc"}},
		{"a well-known name", "wellknown", nil},
		{"the list-\n12 names", "list12", nil},
		{"nothing here", "Oskovin", nil},
	} {
		var got []string
		for _, s := range wordsFound(c.text, c.wanted) {
			got = append(got, c.text[s.Start:s.End])
		}
		if len(got) != len(c.want) {
			t.Errorf("%q in %q: %q", c.wanted, c.text, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q in %q: %q", c.wanted, c.text, got)
			}
		}
	}
}
