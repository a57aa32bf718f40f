package protect

import (
	"slices"
	"strings"
	"testing"

	"vidimus"
)

// A document in pictures is not released before somebody has said that they
// looked for protected people, whatever was found.
func TestPicturesAreLookedAtByAPerson(t *testing.T) {
	for _, list := range []bool{true, false} {
		x := examined(t)
		src := page(1, "before\nwords\nafter")
		p, _ := transcript(src)
		p.Mode, p.Documents[0].Facsimile = Facsimile, "to be seen"
		e, pictures, err := Make(p, func(Document) ([]Source, []Area, error) { return []Source{src}, nil, nil },
			func(Document, Source, []vidimus.Box) ([]byte, error) { return []byte("pixels"), nil })
		if err != nil {
			t.Fatal(err)
		}
		if x.Cleared, err = Clear("case", e, pictures, []Approval{{"a", []byte("good")}, {"b", []byte("good")}}, x.Signed); err != nil {
			t.Fatal(err)
		}
		x.Marks = nil
		if list {
			x.Find = func(string, []byte) ([]Found, error) { return nil, nil }
			x.Between = func([]string) []Found { return nil }
		}
		_, open, err := Examine(x)
		if err != nil {
			t.Fatal(err)
		}
		asked := slices.ContainsFunc(open, func(p Point) bool {
			return p.Check == CheckProtected && p.Page == "document-1.html" && !p.Final && strings.HasPrefix(p.Why, "look at each of its pictures")
		})
		if asked != list {
			t.Errorf("with a list %v: asked %v: %v", list, asked, open)
		}
	}
}
