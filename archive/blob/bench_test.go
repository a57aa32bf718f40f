package blob

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

func benchmarkSizes(b *testing.B, run func(*testing.B, *store, []byte)) {
	for name, n := range map[string]int{"50KB": 50_000, "16MB": 16 << 20} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(n))
			run(b, openStore(b, b.TempDir(), false), content(n))
		})
	}
}

func BenchmarkPut(b *testing.B) {
	benchmarkSizes(b, func(b *testing.B, s *store, content []byte) {
		for b.Loop() {
			if err := s.Delete(put(b, s, content).Blob); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	benchmarkSizes(b, func(b *testing.B, s *store, content []byte) {
		o := put(b, s, content)
		for b.Loop() {
			if got, err := readAll(s, o); err != nil || len(got) != len(content) {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDigestAlone(b *testing.B) {
	benchmarkSizes(b, func(b *testing.B, _ *store, content []byte) {
		for b.Loop() {
			sha256.Sum256(content)
		}
	})
}

// What a batch of an add costs: many small originals, made durable together.
func BenchmarkPut200AndSync(b *testing.B) {
	s := openStore(b, b.TempDir(), false)
	b.SetBytes(200 * 50_000)
	for i := 0; b.Loop(); i++ {
		for j := range 200 {
			put(b, s, append(content(50_000), fmt.Sprint(i, " ", j)...))
		}
		if err := s.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}
