package plain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"vidimus"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// sampleBytes around the first byte that is not ASCII decide the charset.
const sampleBytes = 64 << 10

var utf8Text = unicode.UTF8

// detect finds the charset of a file: its byte order mark, or UTF-8 if the
// sample is valid, or UTF-16 by its zeros, or what its bytes are most like.
func detect(file io.ReaderAt, size int64) (encoding.Encoding, error) {
	sample, err := sampleOf(file, size)
	if err != nil {
		return nil, fmt.Errorf("find a charset: %w", err)
	}
	if charset := charsetOf(sample); charset != nil {
		return charset, nil
	}
	return nil, &vidimus.Fault{Reason: vidimus.CharsetUnknown}
}

// sampleOf skips over plain ASCII, however much there is.
func sampleOf(file io.ReaderAt, size int64) ([]byte, error) {
	b := make([]byte, sampleBytes)
	for off := int64(0); ; off += sampleBytes {
		n, err := file.ReadAt(b, off)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if bytes.ContainsFunc(b[:n], func(r rune) bool { return r >= 0x80 || r == 0 || r == 0x1b }) || off+int64(n) >= size {
			return b[:n], nil
		}
	}
}

func charsetOf(sample []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(sample, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(sample, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.IndexByte(sample, 0) >= 0:
		return utf16Of(sample)
	case utf8.Valid(whole(sample)):
		return utf8Text
	}
	return guess(sample)
}

// whole drops a character that the end of the sample cut.
func whole(sample []byte) []byte {
	for i := 1; i <= min(len(sample), utf8.UTFMax); i++ {
		tail := sample[len(sample)-i:]
		if utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return sample[:len(sample)-i]
			}
			break
		}
	}
	return sample
}

// utf16Of tells the byte order of UTF-16 without a mark: in the right one
// nearly everything is a common character.
func utf16Of(sample []byte) encoding.Encoding {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		common, all := 0, 0
		for i := 0; i+1 < len(sample); i += 2 {
			r := rune(sample[i]) | rune(sample[i+1])<<8
			if order == unicode.BigEndian {
				r = rune(sample[i])<<8 | rune(sample[i+1])
			}
			all++
			switch {
			case r >= ' ' && r < 0x7f, r == '\n', r == '\r', r == '\t', r >= 0xa0 && r < 0x700,
				r >= 0x2010 && r < 0x2040, r >= 0x3000 && r < 0x3100, r >= 0xac00 && r < 0xd7a4, r >= 0x4e00 && r < 0xa000, r >= 0xff00 && r < 0xff60:
				common++
			}
		}
		if all > 0 && common*10 >= all*9 {
			return unicode.UTF16(order, unicode.IgnoreBOM)
		}
	}
	return nil
}

// leastConfidence of the library's best guess that is still a guess.
const leastConfidence = 0.2

// guess asks the library. GB18030 contains GB2312 and GBK.
func guess(sample []byte) encoding.Encoding {
	found := chardet.Detect(sample)
	if found.Confidence < leastConfidence {
		return nil
	}
	switch found.Encoding {
	case "GB2312", "GB18030", "GBK":
		return simplifiedchinese.GB18030
	case "HZ-GB-2312":
		return simplifiedchinese.HZGB2312
	}
	charset, err := htmlindex.Get(found.Encoding)
	if err != nil {
		return nil
	}
	return charset
}
