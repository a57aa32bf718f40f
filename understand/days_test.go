package understand

import (
	"testing"

	"vidimus/writing"
)

func TestDays(t *testing.T) {
	for _, c := range []struct{ edtf, first, last string }{
		{"2017", "2017-01-01", "2017-12-31"},
		{"2017-10", "2017-10-01", "2017-10-31"},
		{"2016-02-29", "2016-02-29", "2016-02-29"},
		{"2017~", "2017-01-01", "2017-12-31"},
		{"199X", "1990-01-01", "1999-12-31"},
		{"2017-34", "2017-04-01", "2017-06-30"},
		{"2017-24", "2017-01-01", "2017-12-31"},
		{"2017-41", "2017-07-01", "2017-12-31"},
		{"2014/2017", "2014-01-01", "2017-12-31"},
		{"[2017-10-12,2017-12-10]", "2017-10-12", "2017-12-10"},
		{"XXXX-10-12", "", ""}, {"", "", ""}, {"2017-02-30", "", ""}, {"soon", "", ""}, {"2017-13", "", ""},
	} {
		if first, last, ok := Days(c.edtf); first != c.first || last != c.last || ok != (c.first != "") {
			t.Errorf("%s: got %s to %s, want %s to %s", c.edtf, first, last, c.first, c.last)
		}
	}
}

// What dates say of their days and what their EDTF says is the same.
func TestDaysAgreeWithTheDates(t *testing.T) {
	for _, text := range []string{"2017年10月", "в октябре 2017 года", "12 May 2017", "in the 1990s", "from 2014 to 2017", "весной 2017 года", "2017-يىلى 10-ئاي", "second quarter of 2017"} {
		for _, d := range writing.Dates(text, "") {
			if first, last, _ := Days(d.EDTF); first != d.First || last != d.Last {
				t.Errorf("%s: %s is %s to %s, and read as %s to %s", text, d.EDTF, d.First, d.Last, first, last)
			}
		}
	}
}

func FuzzDays(f *testing.F) {
	f.Add("[2017-10-12,2017-12-10]")
	f.Add("2014/2017-34")
	f.Fuzz(func(t *testing.T, edtf string) {
		if first, last, ok := Days(edtf); ok && (len(first) < 10 || first > last) {
			t.Errorf("%q: %s to %s", edtf, first, last)
		}
	})
}
