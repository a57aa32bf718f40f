package pdf

import (
	"testing"
)

func BenchmarkStart(b *testing.B) {
	e, err := newEngine(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			if err := e.start(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("reset", func(b *testing.B) {
		for b.Loop() {
			if err := e.reset(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
