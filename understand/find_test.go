package understand

import "testing"

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, text, words, want string }{
		{"layout, case and punctuation do not count", "The Head of\nthe  County, Testov", "head of the county testov", "Head of\nthe  County, Testov"},
		{"Han over a line's end", "县人民政\n府县长", "人民政府县长", "人民政\n府县长"},
		{"not there", "The head", "the heads", ""},
		{"nothing is nowhere", "The head", " ,", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			start, end, ok := Find(c.text, c.words)
			if got := c.text[start:end]; got != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v, want %q", got, ok, c.want)
			}
		})
	}
}
