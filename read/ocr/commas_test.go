package ocr

import (
	"image"
	"testing"
)

func endingsAt(rises ...float64) (all []ending) {
	for _, r := range rises {
		all = append(all, ending{sign: ".", mark: image.Rect(0, 0, 4, 4), rise: r})
	}
	return all
}

func TestTheMarksOfAPageArePartedWhereTheyAreOfTwoKinds(t *testing.T) {
	for name, c := range map[string]struct {
		ends  []ending
		clear bool
	}{
		"low commas and full stops":   {endingsAt(0.08, 0.11, 0.13, 0.27, 0.31, 0.33, 0.30), true},
		"high commas and full stops":  {endingsAt(0.27, 0.30, 0.32, 0.66, 0.71, 0.69), true},
		"full stops alone":            {endingsAt(0.20, 0.22, 0.25, 0.27, 0.29, 0.30, 0.33), false},
		"one mark that was misjudged": {endingsAt(0.27, 0.28, 0.29, 0.30, 0.31, 0.90), false},
		"too few to tell":             {endingsAt(0.10, 0.12, 0.31, 0.33), false},
		"none":                        {nil, false},
	} {
		limit, clear := parted(c.ends)
		if clear != c.clear {
			t.Errorf("%s: parted %v", name, clear)
		}
		for _, e := range c.ends {
			if want := e.rise > (c.ends[0].rise+c.ends[len(c.ends)-1].rise)/2; c.clear && e.comma(limit, clear) != want {
				t.Errorf("%s: the one that rises by %.2f is a comma: %v", name, e.rise, !want)
			}
		}
	}
}

func TestWhereMarksAreOfOneKindATallOneIsAComma(t *testing.T) {
	e := endingsAt(0.5)[0]
	if e.comma(0, false) {
		t.Error("a dot became a comma")
	}
	if e.tall = true; !e.comma(0, false) {
		t.Error("a tall mark stayed a full stop")
	}
	if (ending{sign: ":"}).comma(0.1, true) {
		t.Error("a colon became a comma without a mark")
	}
}
