package writing

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestKeysOfNumbersStandInTheOrderOfNumbers(t *testing.T) {
	values := []string{"0", "0.0", "-0", "1", "01", "1.0", "1.5", "10", "9", "99", "100", "0.1", "0.01", "0.011", "0.9", "-1", "-1.5", "-10", "-9", "-0.01", "-0.011",
		"123456789012345678901234567890", "123456789012345678901234567891", "0.000000000000001"}
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		values = append(values, fmt.Sprintf("%s%d.%d", []string{"", "-"}[r.IntN(2)], r.IntN(1000), r.IntN(1000)))
	}
	rat := func(s string) *big.Rat { v, _ := new(big.Rat).SetString(s); return v }
	for _, a := range values {
		for _, b := range values {
			x, okX := NumberKey(a)
			y, okY := NumberKey(b)
			if got, want := strings.Compare(x, y), rat(a).Cmp(rat(b)); !okX || !okY || got != want {
				t.Fatalf("%s %s: keys %q %q compare %d, numbers %d", a, b, x, y, got, want)
			}
			if x < y && x+" unit" >= y {
				t.Fatalf("%s with a unit comes behind %s", a, b)
			}
		}
	}
	for _, none := range []string{"", "-", ".", "1e5", "1,000", "--1", "1.2.3", "5 people", "٣", strings.Repeat("9", 500)} {
		if key, ok := NumberKey(none); ok {
			t.Errorf("%q has the key %q", none, key)
		}
	}
}

func TestPlacesAreLookedUpUnderOneKey(t *testing.T) {
	want := AskedPlaceKeys("Yarkand")
	for _, name := range []string{"莎车", "莎车县", "يەكەن", "Яркенд", "Yarkand County", "Shache", "yarkand"} {
		if got := AskedPlaceKeys(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if got := PlaceKeys(PlaceValue(name)); !slices.Equal(got, want) {
			t.Errorf("a mention of %s: %q, want %q", name, got, want)
		}
	}
	if got := AskedPlaceKeys("Kashgar"); slices.ContainsFunc(got, func(k string) bool { return slices.Contains(want, k) }) {
		t.Errorf("Kashgar is Yarkand: %q", got)
	}
	for _, c := range [][2]string{{"Kelmut", "Kelmut county"}, {"Kelmut Region", "the Kelmut"}, {"克尔穆特", "克尔穆特县"}, {"Кельмут", "Кельмуте"}} {
		asked := AskedPlaceKeys(c[0])
		if got := PlaceKeys(PlaceValue(c[1])); !slices.ContainsFunc(got, func(k string) bool { return slices.Contains(asked, k) }) {
			t.Errorf("%s is asked as %q, %s stands as %q", c[0], asked, c[1], got)
		}
	}
}

func FuzzNumberKey(f *testing.F) {
	f.Add("12.5", "-3")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, okX := NumberKey(a)
		y, okY := NumberKey(b)
		if !okX || !okY {
			return
		}
		v, ok1 := new(big.Rat).SetString(a)
		w, ok2 := new(big.Rat).SetString(b)
		if !ok1 || !ok2 || strings.Compare(x, y) != v.Cmp(w) {
			t.Fatalf("%q %q", a, b)
		}
	})
}
