package trace

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// What is near ink is the same as by looking around each pixel.
func TestInkReachesAsFarAsItSays(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		p := plane{w: 1 + r.IntN(24), h: 1 + r.IntN(24)}
		p.v = make([]int16, p.w*p.h)
		for i := range p.v {
			p.v[i] = int16(50 + 200*min(1, r.IntN(20)))
		}
		reach := 1 + r.IntN(6)
		want := make([]bool, len(p.v))
		for i := range want {
			for j, v := range p.v {
				dx, dy := i%p.w-j%p.w, i/p.w-j/p.w
				want[i] = want[i] || v < 150 && max(dx, -dx) <= reach && max(dy, -dy) <= reach
			}
		}
		if got := p.inked(150, reach); !slices.Equal(got, want) {
			t.Fatalf("%d by %d, reach %d: differs", p.w, p.h, reach)
		}
	}
}
