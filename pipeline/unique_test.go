package pipeline

import "testing"

func TestChildrenOfOneNameAreToldApartHoweverMany(t *testing.T) {
	o, seen := &outcome{}, map[string]bool{}
	for _, name := range []string{"a (2)", "b"} {
		seen[uniquePath(o, name)] = true
	}
	for range 3000 {
		seen[uniquePath(o, "a")] = true
	}
	if len(seen) != 3002 || !seen["a"] || !seen["b"] || !seen["a (3000)"] {
		t.Errorf("%d paths for 3002 children", len(seen))
	}
}
