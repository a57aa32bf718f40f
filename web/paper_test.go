package web

import (
	"strings"
	"testing"

	"vidimus"
)

// spread gives every character of a text a box of ten points, one line a row.
func spread(text string) (places []vidimus.Place) {
	x, y := 0.0, 0.0
	for i, r := range text {
		if r == '\n' {
			x, y = 0, y+20
			continue
		}
		places = append(places, vidimus.Place{Start: i, End: i + len(string(r)), Box: vidimus.Box{X0: x, Y0: y, X1: x + 10, Y1: y + 10}})
		x += 10
	}
	return places
}

func TestWordsAreFoundWhereTheyAreShown(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"letters are one word", "ab c", "0,0,2,0,0,5k,2s;0,3,4,8c,0,2s,2s"},
		{"a Han character is a word by itself", "莎车", "0,0,1,0,0,2s,2s;0,1,2,2s,0,2s,2s"},
		{"a character beyond the first plane is two units", "𠀀 a", "0,0,2,0,0,2s,2s;0,3,4,5k,0,2s,2s"},
		{"a control is as long as its name", "\u202ea", "0,0,4,0,0,5k,2s"},
		{"lines are counted", "a\n\nb", "0,0,1,0,0,2s,2s;2,0,1,0,b4,2s,2s"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := wordPlaces(test.text, spread(test.text)); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// FuzzWordPlaces holds that every word lies in a line that is shown, and that
// no text makes it panic.
func FuzzWordPlaces(f *testing.F) {
	f.Add("ab 莎车\n\u202e\x07ئا")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		shown := len(lines(text, nil))
		if got := wordPlaces(text, spread(text)); strings.Count(got, ";") > len(text) || shown == 0 {
			t.Errorf("%d lines, %s", shown, got)
		}
	})
}
