package pdf

import "testing"

func BenchmarkReset(b *testing.B) {
	e, err := newEngine(cache(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := e.reset(); err != nil {
			b.Fatal(err)
		}
	}
}
