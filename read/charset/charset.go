// Package charset finds how the characters of a text are written: by a label
// that may be wrong, or from the bytes alone.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"vidimus"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// sampleBytes around the first byte that is not ASCII decide the charset.
const sampleBytes = 64 << 10

var utf8Text = unicode.UTF8

// Find gives the charset of a file: its byte order mark, or UTF-8 if the
// sample is valid, or UTF-16 by its zeros, or what its bytes are most like.
func Find(file io.ReaderAt, size int64) (encoding.Encoding, error) {
	sample, err := sampleOf(file, size)
	if err != nil {
		return nil, fmt.Errorf("find a charset: %w", err)
	}
	if charset := Of(sample); charset != nil {
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

// Of gives the charset of a text that the sample is the beginning of, or nil
// when it is like none.
func Of(sample []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(sample, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(sample, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.IndexByte(sample, 0) >= 0:
		return utf16Of(sample)
	case bytes.Contains(sample, koreanMark):
		return ISO2022KR
	case bytes.Contains(sample, []byte("\x1b$B")), bytes.Contains(sample, []byte("\x1b$@")):
		return japanese.ISO2022JP
	case isUTF8(sample):
		return utf8Text
	}
	return guess(sample)
}

// isUTF8 forgives a character that the end of a long sample cut.
func isUTF8(sample []byte) bool {
	return utf8.Valid(sample) || len(sample) >= sampleBytes && utf8.Valid(whole(sample))
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
	case "windows-1252", "Windows-1252", "ISO-8859-1", "iso-8859-1":
		return latin(sample)
	}
	charset, err := htmlindex.Get(found.Encoding)
	if err != nil {
		return nil
	}
	return charset
}

// Labelled gives the charset of a name as files use them, or nil. What is
// called GB2312 or GBK is mostly more than that, and GB18030 contains both.
func Labelled(label string) encoding.Encoding {
	label = strings.ToLower(strings.Trim(label, " \t\"'"))
	switch label {
	case "":
		return nil
	case "gb2312", "gbk", "gb_2312-80", "cp936", "ms936", "x-gbk", "gb-2312", "hz":
		return simplifiedchinese.GB18030
	case "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case "iso-2022-kr", "csiso2022kr":
		return ISO2022KR
	case "utf-7", "unicode-1-1-utf-7":
		return UTF7
	case "cp949", "ks_c_5601-1987", "ks_c_5601":
		label = "euc-kr"
	case "cp932", "ms932":
		label = "shift_jis"
	case "cp950", "x-big5":
		label = "big5"
	case "iso-2022-jp-ms", "cp50220", "iso-2022-jp-2", "iso-2022-jp-1":
		label = "iso-2022-jp"
	}
	for _, name := range []string{label, strings.Replace(label, "cp", "windows-", 1), strings.Replace(label, "cp", "ibm", 1)} {
		if c, err := htmlindex.Get(name); err == nil {
			return c
		}
		if c, err := ianaindex.MIME.Encoding(name); err == nil && c != nil {
			return c
		}
	}
	return nil
}

// Decode makes UTF-8 of bytes by their label; where that is wrong, which the
// bytes show, or missing, by what they are most like. Never an error: what
// fits nothing is shown as Latin 1 of the web.
func Decode(b []byte, label string) string {
	c := Trusted(b, label)
	s, err := c.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	// A decoder may hand on bytes that it does not know (UTF-7 does).
	return strings.TrimPrefix(strings.ToValidUTF8(string(s), "\ufffd"), "\ufeff")
}

// Trusted gives the charset of a text by its label, unless a sample of it
// shows that the label is wrong.
func Trusted(sample []byte, label string) encoding.Encoding {
	labelled := Labelled(label)
	if labelled != nil && labelled != encoding.Replacement && fits(labelled, sample) {
		return labelled
	}
	if found := Of(sample); found != nil {
		return found
	}
	if labelled != nil && labelled != encoding.Replacement {
		return labelled
	}
	return charmap.Windows1252
}

// fits reports whether a charset could have written the sample: nothing in it
// is left undecoded. Charsets of one byte a character fit nearly everything,
// but then UTF-8 does not.
func fits(c encoding.Encoding, sample []byte) bool {
	ascii := !bytes.ContainsFunc(sample, func(r rune) bool { return r >= 0x80 || r == 0 || r == 0x1b })
	if ascii {
		return true
	}
	if c == utf8Text {
		return isUTF8(sample)
	}
	if _, single := c.(*charmap.Charmap); single {
		return !isUTF8(sample)
	}
	s, err := c.NewDecoder().Bytes(sample)
	return err == nil && bytes.Count(s, []byte("\ufffd")) <= 1+len(s)/200
}
