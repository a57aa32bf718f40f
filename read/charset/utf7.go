package charset

import (
	"encoding/base64"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// UTF7 is the charset of RFC 2152, which old mail programs wrote. It is read
// only; its encoder changes nothing.
var UTF7 encoding.Encoding = utf7{}

type utf7 struct{}

func (utf7) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: utf7Decoder{}} }
func (utf7) NewEncoder() *encoding.Encoder { return &encoding.Encoder{Transformer: transform.Nop} }

type utf7Decoder struct{ transform.NopResetter }

// longestRun of shifted characters that is kept together.
const longestRun = 1 << 10

// Transform decodes whole shifted runs, so that it needs no state.
func (utf7Decoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		out, n := src[nSrc:nSrc+1], 1
		if src[nSrc] == '+' {
			if n = run(src[nSrc:]); nSrc+n == len(src) && !atEOF && n < longestRun {
				return nDst, nSrc, transform.ErrShortSrc
			}
			out = shifted(src[nSrc+1 : nSrc+n])
			if nSrc+n < len(src) && src[nSrc+n] == '-' {
				if n++; n == 2 {
					out = []byte("+")
				}
			}
		}
		if len(out) > len(dst)-nDst {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += copy(dst[nDst:], out)
		nSrc += n
	}
	return nDst, nSrc, nil
}

// run gives the length of the + and the base64 after it.
func run(src []byte) int {
	n := 1
	for n < len(src) && n < longestRun && (src[n] == '+' || src[n] == '/' || src[n] >= '0' && src[n] <= '9' || src[n]|0x20 >= 'a' && src[n]|0x20 <= 'z') {
		n++
	}
	return n
}

func shifted(b []byte) []byte {
	b = b[:len(b)-len(b)%4+[4]int{0, 0, 2, 3}[len(b)%4]]
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(b)))
	n, _ := base64.RawStdEncoding.Decode(raw, b)
	units := make([]uint16, n/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	var out []byte
	for _, r := range utf16.Decode(units) {
		out = utf8.AppendRune(out, r)
	}
	return out
}
