package protect

import (
	"image"
	"strings"
	"testing"

	"vidimus/internal/typeset"
)

// Of a book only the very pictures of the folder are passed over; a picture
// that differs by a byte is looked at.
func TestABookIsLookedAtBesidesItsPictures(t *testing.T) {
	a, err := Bilevel(Sheet{Picture: image.NewGray(image.Rect(0, 0, 30, 40)), DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Bilevel(Sheet{Picture: image.NewGray(image.Rect(0, 0, 60, 40)), DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	c := Cleared{pictures: Pictures{"1.png": a, "2.png": b}, edition: Edition{Documents: []Shown{
		{Pictures: []Picture{{Path: "1.png"}}}, {Pictures: []Picture{{Path: "2.png"}}}}}}
	packed := func(file []byte) string {
		p, err := typeset.ParseBilevel(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(p.Packed)
	}
	changed := []byte(packed(b))
	changed[len(changed)/2]++
	for book, want := range map[string]string{
		"head" + packed(a) + "between" + packed(b) + "end":       "headbetweenend",
		"head" + packed(a) + "between" + string(changed) + "end": "headbetween" + string(changed) + "end",
		"no picture": "no picture",
	} {
		if got := string(c.besides("edition.pdf", []byte(book))); got != want {
			t.Errorf("%d bytes are looked at, want %d", len(got), len(want))
		}
		if got := string(c.besides("index.html", []byte(book))); got != book {
			t.Error("a page is not looked at whole")
		}
	}
	if !strings.Contains(string(c.besides("edition.pdf", append([]byte(packed(a)), packed(a)...))), packed(a)) {
		t.Error("a picture that stands there twice is passed over twice")
	}
}
