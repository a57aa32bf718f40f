package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus/protect"
)

// Stopped before any of its steps, and done again, a withdrawal ends the same:
// while the words are still there, the folder says that they are withdrawn.
func TestAWithdrawalCanBeDoneAgain(t *testing.T) {
	c := cleared(t)
	e, err := c.Edition()
	if err != nil {
		t.Fatal(err)
	}
	files := paths(e)
	for gone := range len(files) + 1 {
		dir := filepath.Join(t.TempDir(), "edition")
		if err := Write(c, dir); err != nil {
			t.Fatal(err)
		}
		dir += Unreleased
		for _, path := range files[:gone] {
			if err := os.Remove(filepath.Join(dir, path)); err != nil {
				t.Fatal(err)
			}
		}
		removed, others, err := Withdraw(e, dir)
		if err != nil || removed != len(files)-gone || len(others) > 0 {
			t.Errorf("%d files gone: %d %v %v", gone, removed, others, err)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) != 1 || left[0].Name() != "index.html" {
			t.Errorf("left: %v %v", left, err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "index.html"))
		if err != nil || !strings.Contains(string(b), "withdrawn") || strings.Contains(string(b), e.Title) {
			t.Errorf("the notice: %s %v", b, err)
		}
	}
	files = append(files, "index.html")
	rendered, err := Render(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rendered {
		if !slices.Contains(files, f.Path) {
			t.Errorf("%s would stay", f.Path)
		}
	}
}

func TestAProtectiveCorrectionTellsNoPlace(t *testing.T) {
	before := protect.Edition{Documents: []protect.Shown{{Title: "A", Blocks: []protect.Block{{Text: "who"}, {Text: "what"}}}}}
	after := protect.Edition{Date: "2036", Documents: []protect.Shown{{Title: "A", Blocks: []protect.Block{{Withheld: protect.Person}, {Text: "what"}}}}}
	open, closed := after, after
	open.Replaces(before, false)
	closed.Replaces(before, true)
	if got := open.Corrections; len(got) != 1 || len(got[0].Changes) != 1 || got[0].Changes[0].Removed != 1 {
		t.Errorf("%+v", got)
	}
	if got := closed.Corrections; len(got) != 1 || got[0].Changes != nil || !got[0].Protective {
		t.Errorf("%+v", got)
	}
}
