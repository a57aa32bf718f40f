package tags

import (
	"bytes"
	"testing"
)

// headOf is the head of a JPEG file: one frame of components that have these
// sampling factors.
func headOf(marker byte, factors ...byte) []byte {
	b := []byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 'a', 'b', 0xff, 0xff, marker, 0, byte(8 + 3*len(factors)), 8, 0, 9, 0, 9, byte(len(factors))}
	for i, f := range factors {
		b = append(b, byte(i+1), f, 0)
	}
	return b
}

func TestSpreadFollowsTheBlocks(t *testing.T) {
	for _, c := range []struct {
		name string
		file []byte
		want int
	}{
		{"grey", headOf(0xc0, 0x22), 9},
		{"colour of each pixel", headOf(0xc0, 0x11, 0x11, 0x11), 9},
		{"halved colour", headOf(0xc1, 0x22, 0x11, 0x11), 18},
		{"colour of every fourth pixel across", headOf(0xc0, 0x41, 0x11, 0x11), 36},
		{"colour of every fourth pixel down", headOf(0xc0, 0x14, 0x11, 0x11), 36},
		{"light that is coarser than colour", headOf(0xc0, 0x11, 0x12, 0x11), 18},
		{"building up", headOf(0xc2, 0x22, 0x11, 0x11), 18 + 32},
		{"building up, by arithmetic", headOf(0xca, 0x11, 0x11, 0x11), 9 + 16},
		{"a factor that there is not", headOf(0xc0, 0x51, 0x11, 0x11), MostSpread},
		{"tables only", []byte{0xff, 0xd8, 0xff, 0xc4, 0, 2, 0xff, 0xda, 0, 2}, MostSpread},
		{"cut short", headOf(0xc0, 0x11, 0x11, 0x11)[:16], MostSpread},
		{"no JPEG", []byte("nothing"), MostSpread},
		{"empty", nil, MostSpread},
	} {
		if got := Spread(bytes.NewReader(c.file)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
