package pdf

import (
	"encoding/binary"
	"testing"
)

// jbig2 writes segments of these kinds, each with its bytes.
func jbig2(kinds ...byte) (b []byte) {
	for i, kind := range kinds {
		b = append(binary.BigEndian.AppendUint32(b, uint32(i)), kind, 1<<5, 0, 1)
		b = append(binary.BigEndian.AppendUint32(b, 3), 1, 2, 3)
	}
	return b
}

func TestSymbolsUsedAgainAreSeen(t *testing.T) {
	const page, generic, refined, symbols, text, halftone = 48, 38, 42, 0, 6, 22
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{
		{"pixels only", jbig2(page, generic), false},
		{"pixels refined", jbig2(page, generic, refined), false},
		{"symbols and words", jbig2(symbols, page, text), true},
		{"words of symbols elsewhere", jbig2(page, text), true},
		{"halftones", jbig2(page, halftone), true},
		{"cut short", jbig2(page, generic)[:20], true},
		{"nothing", nil, true},
		{"a length that nobody gives", append(jbig2(page), 0, 0, 0, 1, generic, 0, 1, 0xff, 0xff, 0xff, 0xff, 0), true},
		{"many referred to", append(jbig2(page), 0, 0, 0, 1, generic, 0xe0, 0, 0, 9, 0, 0), true},
		{"a page of four bytes", []byte{0, 0, 0, 1, generic | 0x40, 0, 0, 0, 0, 1, 0, 0, 0, 0}, false},
	} {
		if got := sharesSymbols(c.data); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
