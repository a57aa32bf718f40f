package container

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// nameSample of all names of an archive is looked at.
const nameSample = 64 << 10

// guessNames gives what decodes the names of an archive that do not say their
// charset: one charset for all, the one in which they look most like names.
func guessNames(names [][]byte) func([]byte) string { return decoderOf(guessCharset(names)) }

// guessCharset gives that charset, or nil when the names are UTF-8.
func guessCharset(names [][]byte) encoding.Encoding {
	sample := bytes.Join(names, []byte("\n"))
	sample = sample[:min(len(sample), nameSample)]
	if utf8.Valid(sample) || len(sample) == nameSample && utf8.Valid(sample[:nameSample-4]) {
		return nil
	}
	best, most := encoding.Encoding(charmap.CodePage437), score(charmap.CodePage437, sample)
	for _, c := range []encoding.Encoding{
		simplifiedchinese.GB18030, traditionalchinese.Big5, japanese.ShiftJIS, korean.EUCKR,
		charmap.CodePage866, charmap.Windows1251, charmap.KOI8R, charmap.CodePage850, charmap.Windows1252,
	} {
		if s := score(c, sample); s > most {
			best, most = c, s
		}
	}
	return best
}

// decoderOf gives what reads names in a charset. One that is UTF-8 is taken as
// that in any.
func decoderOf(c encoding.Encoding) func([]byte) string {
	return func(b []byte) string {
		if c == nil || utf8.Valid(b) {
			return strings.ToValidUTF8(string(b), "\ufffd")
		}
		s, err := c.NewDecoder().Bytes(b)
		if err != nil {
			return strings.ToValidUTF8(string(b), "\ufffd")
		}
		return string(s)
	}
}

// score tells how much the bytes, read in a charset, look like names: points
// for each character that is not ASCII, per byte that it took.
func score(c encoding.Encoding, sample []byte) float64 {
	text, err := c.NewDecoder().Bytes(sample)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return -1e9
	}
	points, before := 0.0, ' '
	for _, r := range string(text) {
		if r >= 0x80 {
			points += worth(c, r, before)
		}
		before = r
	}
	return points
}

// worth of one character in a name; two for those of two bytes, since a wrong
// charset of one byte sees two characters there.
func worth(c encoding.Encoding, r, before rune) float64 {
	cyrillic := unicode.Is(unicode.Cyrillic, r)
	switch {
	case unicode.Is(unicode.Han, r):
		if common(c, r) {
			return 2
		}
		return -0.5
	case r >= 0x3041 && r <= 0x30fe, unicode.Is(unicode.Hangul, r):
		return 2
	case r >= 0x3000 && r <= 0x301f, r >= 0xff01 && r <= 0xff5e:
		return 1.5
	case r >= 0xff61 && r <= 0xff9f: // kana of half width
		return -0.5
	case cyrillic && unicode.IsUpper(r) && unicode.IsLower(before):
		return -2
	case cyrillic && r >= 0x410 && r <= 0x451:
		return 0.9
	case cyrillic:
		return 0.3
	case unicode.IsLetter(r) && unicode.IsUpper(r) && unicode.IsLower(before):
		return -1
	case unicode.IsLetter(r) && r < 0x180 && unicode.IsLetter(before) && before < 0x80:
		return 0.6
	case unicode.IsLetter(r):
		return 0.1
	}
	return -1
}

// common reports a character of the first level of its charset: those that
// are written every day stand together in GB 2312, in Big5 and in JIS.
func common(c encoding.Encoding, r rune) bool {
	b, err := c.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return false
	}
	switch c {
	case simplifiedchinese.GB18030:
		return b[0] >= 0xb0 && b[0] <= 0xd7 && b[1] >= 0xa1
	case traditionalchinese.Big5:
		return b[0] >= 0xa4 && b[0] <= 0xc6
	case japanese.ShiftJIS:
		return b[0] >= 0x88 && b[0] <= 0x97
	}
	return false
}
