package protect

import (
	"bytes"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
)

// examined is an edition with all that asks something.
func examined(t *testing.T) Examination {
	src := page(1, "before\nthe name of somebody\nafter, in the village")
	a := Withhold(src.Page, 7, 8, 9, Person)
	p, _ := transcript(src)
	p.Documents[0].Duress = "because it is a sample"
	e := made(t, p, func(Document) ([]Source, []Area, error) { return []Source{src}, []Area{a}, nil })
	good := func(a Approval, _ string) bool { return bytes.Equal(a.Note, []byte("good")) }
	c, err := Clear("case", e, nil, []Approval{{"a", []byte("good")}, {"b", []byte("good")}}, good)
	if err != nil {
		t.Fatal(err)
	}
	return Examination{CaseID: "case", Cleared: c, Signed: good, Folder: fstest.MapFS{"index.html": {Data: []byte("words")}},
		Differs: func(Cleared, fs.FS) ([]string, error) { return nil, nil },
		Marks:   []Mark{{Document: 0, Block: 2, Check: CheckWording, Why: "another copy has other words"}}}
}

// decide signs a decision on every point that is open.
func decide(x Examination, points []Point) Examination {
	for _, p := range points {
		x.Decisions = append(x.Decisions, Decision{Approval{"a", []byte("good")}, p.ID, "looked at"})
	}
	return x
}

func TestNothingIsReleasedWhileAPointIsOpen(t *testing.T) {
	x := examined(t)
	r, open, err := Examine(x)
	if err != nil || len(open) != 3 {
		t.Fatalf("%v %v", open, err)
	}
	if err := r.Same(x.Folder); !errors.Is(err, ErrNotReleased) {
		t.Errorf("it was released all the same: %v", err)
	}
	for _, c := range []struct {
		name   string
		change func(*Decision)
	}{
		{"a bad signature", func(d *Decision) { d.Note = []byte("bad") }},
		{"no reason", func(d *Decision) { d.Reason = " " }},
		{"another point", func(d *Decision) { d.Point = "0000000000" }},
	} {
		y := decide(x, open)
		c.change(&y.Decisions[0])
		if _, still, err := Examine(y); err != nil || len(still) != 1 {
			t.Errorf("%s: %v %v", c.name, still, err)
		}
	}
	r, open, err = Examine(decide(x, open))
	if err != nil || len(open) != 0 {
		t.Fatalf("%v %v", open, err)
	}
	if err := r.Same(x.Folder); err != nil {
		t.Error(err)
	}
	if err := r.Same(fstest.MapFS{"index.html": {Data: []byte("other words")}}); !errors.Is(err, ErrNotReleased) {
		t.Errorf("a changed folder: %v", err)
	}
}

func TestWhatIsSureCannotBeDecided(t *testing.T) {
	x := examined(t)
	x.Find = func(string, []byte) ([]Found, error) {
		return []Found{{Person: "P-001", Sure: true, How: "the name"}, {Person: "P-002", How: "near"}}, nil
	}
	x.Between = func(texts []string) []Found { return []Found{{Person: "P-003", Sure: true, How: "over a gap", At: 2}} }
	_, open, err := Examine(x)
	if err != nil || len(open) != 6 {
		t.Fatalf("%v %v", open, err)
	}
	_, open, err = Examine(decide(x, open))
	if err != nil || len(open) != 2 || !open[0].Final || !open[1].Final || open[0].Check != CheckProtected {
		t.Errorf("%v %v", open, err)
	}
	x = examined(t)
	x.Differs = func(Cleared, fs.FS) ([]string, error) { return []string{"notes.txt"}, nil }
	_, open, _ = Examine(x)
	if _, open, _ = Examine(decide(x, open)); len(open) != 1 || open[0].Check != CheckFolder {
		t.Errorf("%v", open)
	}
}

func TestAnErrorIsNoPass(t *testing.T) {
	x := decide(examined(t), nil)
	x.Find = func(string, []byte) ([]Found, error) { return nil, errors.New("closed") }
	if _, _, err := Examine(x); err == nil {
		t.Error("it passed")
	}
	if _, _, err := Examine(Examination{}); !errors.Is(err, ErrNotCleared) {
		t.Errorf("the zero value: %v", err)
	}
}

func TestWhatLooksLikeANameOnAPictureIsAPointToDecide(t *testing.T) {
	x := examined(t)
	x.Folder = fstest.MapFS{"document-1-picture-1.png": {Data: []byte("pixels")}}
	x.Find = func(string, []byte) ([]Found, error) { return nil, nil }
	x.Between = func([]string) []Found { return nil }
	x.Words = func([]byte) ([]string, error) { return []string{"misread", "rnisread"}, nil }
	if _, _, err := Examine(x); err == nil {
		t.Fatal("pictures passed that were not compared with names")
	}
	// Whoever looks cannot make a look sure.
	x.Spot = func([]byte) ([]Found, error) {
		return []Found{{Person: "P-001", Sure: true, How: "a word looks like the name"}}, nil
	}
	_, open, err := Examine(x)
	if err != nil || len(open) != 4 || open[0].Check != CheckProtected || open[0].Final {
		t.Fatalf("%+v, %v", open, err)
	}
	if _, open, err = Examine(decide(x, open)); err != nil || len(open) != 0 {
		t.Errorf("after decisions %+v, %v", open, err)
	}
	x.Spot = func([]byte) ([]Found, error) { return nil, errors.New("broken") }
	if _, _, err := Examine(x); err == nil {
		t.Error("a comparison that failed passed the picture")
	}
}
