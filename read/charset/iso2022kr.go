package charset

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/transform"
)

// ISO2022KR is the charset of RFC 1557, in which Korean mail was written. It is
// read only; its encoder changes nothing.
var ISO2022KR encoding.Encoding = iso2022kr{}

type iso2022kr struct{}

func (iso2022kr) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: &koreanDecoder{euc: korean.EUCKR.NewDecoder()}}
}

func (iso2022kr) NewEncoder() *encoding.Encoder { return &encoding.Encoder{Transformer: transform.Nop} }

// koreanMark says that a text is ISO-2022-KR.
var koreanMark = []byte("\x1b$)C")

const shiftOut, shiftIn = 0x0e, 0x0f

// koreanDecoder gives pairs of bytes to EUC-KR while it is shifted out.
type koreanDecoder struct {
	euc *encoding.Decoder
	out bool
}

// Reset implements transform.Transformer.
func (d *koreanDecoder) Reset() { d.out = false }

// Transform implements transform.Transformer.
func (d *koreanDecoder) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		rest := src[nSrc:]
		give, n := rest[:1], 1
		switch b := rest[0]; {
		case b == koreanMark[0] && len(rest) < len(koreanMark) && !atEOF:
			return nDst, nSrc, transform.ErrShortSrc
		case bytes.HasPrefix(rest, koreanMark):
			give, n = nil, len(koreanMark)
		case b == shiftOut || b == shiftIn:
			give = nil
		case d.out && b > ' ' && b < 0x7f && len(rest) < 2 && !atEOF:
			return nDst, nSrc, transform.ErrShortSrc
		case d.out && b > ' ' && b < 0x7f && len(rest) >= 2:
			n = 2
			if give, err = d.euc.Bytes([]byte{b | 0x80, rest[1] | 0x80}); err != nil {
				give = []byte("\ufffd")
			}
		case b >= 0x80:
			give = []byte("\ufffd")
		}
		if nDst+len(give) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		switch rest[0] {
		case shiftOut:
			d.out = true
		case shiftIn, '\n':
			d.out = false
		}
		nDst += copy(dst[nDst:], give)
		nSrc += n
	}
	return nDst, nSrc, nil
}
