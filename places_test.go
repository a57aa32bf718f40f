package vidimus

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func line(n, step int, rtl bool) []Place {
	var places []Place
	for i := range n {
		x := float64(i) * 5.5
		if rtl {
			x = 500 - x
		}
		places = append(places, Place{i * step, (i + 1) * step, Box{x, 100, x + 5.5, 112.05}})
	}
	return places
}

func TestPlacesComeBackAsTheyWere(t *testing.T) {
	for name, places := range map[string][]Place{
		"none":                     nil,
		"a line of one-byte words": line(40, 1, false),
		"a line of Han":            line(40, 3, false),
		"a line from the right":    line(40, 2, true),
		"gaps and long clusters":   {{5, 6, Box{1, 2, 3, 4}}, {9, 29, Box{0, 0, 0, 0}}, {29, 30, Box{-5, -2, 1e6, 1e6}}},
	} {
		got, err := DecodePlaces(EncodePlaces(places))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(places, got); diff != "" && len(places)+len(got) > 0 {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestACharacterTakesTwoOrThreeBytes(t *testing.T) {
	places := line(1000, 1, false)
	for i := range places {
		places[i].Box.X1 += float64(i%7) / 20 // widths differ as letters do
	}
	if per := float64(len(EncodePlaces(places))) / 1000; per > 3.1 {
		t.Errorf("%.2f bytes a character", per)
	}
}

func TestABoxThatIsNoPaperIsClamped(t *testing.T) {
	got, err := DecodePlaces(EncodePlaces([]Place{
		{0, 1, Box{math.NaN(), math.Inf(-1), math.Inf(1), math.NaN()}},
		{1, 2, Box{10, 10, 5, 5}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if b := got[0].Box; b.X0 != 0 || b.X1 < 1e6 || b.Y0 > -1e6 || b.Y1 < b.Y0 {
		t.Errorf("first box is %v", b)
	}
	if b := got[1].Box; b != (Box{10, 10, 10, 10}) {
		t.Errorf("a box inside out became %v", b)
	}
}

func TestBytesThatNobodyEncodedAreRefused(t *testing.T) {
	for name, b := range map[string][]byte{
		"a reserved bit":            {0x40},
		"a number cut off":          {placeGap, 0x80},
		"nothing after the header":  {placeY},
		"a zero that need not be":   {placeX, 0},
		"a number longer than must": {placeGap, 0x81, 0x00},
		"a width below zero":        {placeWidth, 1},
		"a length that fits bits":   {placeLong, 3},
		"a text beyond all bounds":  {placeGap, 0xff, 0xff, 0xff, 0xff, 0x7f},
	} {
		if _, err := DecodePlaces(b); err != ErrPlaces {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	f.Add(EncodePlaces(line(3, 1, false)))
	f.Add(EncodePlaces(line(3, 3, true)))
	f.Add([]byte{placeGap | placeX | placeWidth | placeY, 5, 7, 2, 9, 9})
	f.Fuzz(func(t *testing.T, b []byte) {
		places, err := DecodePlaces(b)
		if err != nil {
			return
		}
		end := 0
		for _, p := range places {
			if p.Start < end || p.End <= p.Start || p.Box.X1 < p.Box.X0 || p.Box.Y1 < p.Box.Y0 {
				t.Fatalf("place %v after %d", p, end)
			}
			end = p.End
		}
		if again := EncodePlaces(places); !bytes.Equal(again, b) {
			t.Fatalf("%x became %x", b, again)
		}
	})
}
