package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A PDF of packed drawings and noise, as the release check reads one.
func BenchmarkPackedPDF(b *testing.B) {
	l, r := New(people), rand.New(rand.NewPCG(1, 2))
	var objects []string
	for range 20 {
		var w strings.Builder
		w.WriteString("BT /F1 11 Tf [")
		for range 400 {
			fmt.Fprintf(&w, "<%02X> %d ", r.IntN(256), r.IntN(100))
		}
		objects = append(objects, deflated("", w.String()+"] TJ ET"))
	}
	noise := make([]byte, 30_000)
	for i := range noise {
		noise[i] = byte(r.IntN(256))
	}
	file := []byte(drawn("BT", append(objects, deflated("", string(noise)))...))
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := l.FindBytes(file, Streams); err != nil {
			b.Fatal(err)
		}
	}
}
