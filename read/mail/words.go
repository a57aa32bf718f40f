package mail

import (
	"bytes"
	"encoding/base64"
	"strings"

	"vidimus/read/charset"
)

// text decodes a header field: encoded words (RFC 2047), also such as are cut
// inside a character, and bytes that nobody encoded, in the charset of the
// message or what they are most like.
func text(raw, label string) string {
	raw = unfolded(raw)
	if !strings.Contains(raw, "=?") {
		return bare(raw, label)
	}
	var out strings.Builder
	var open word // whose bytes are not decoded yet
	flush := func() {
		out.WriteString(charset.Decode(open.bytes, open.charset))
		open = word{}
	}
	for raw != "" {
		at := strings.Index(raw, "=?")
		w, n := word{}, 0
		if at >= 0 {
			w, n = nextWord(raw[at:])
		}
		switch {
		case at < 0:
			flush()
			out.WriteString(bare(raw, label))
			raw = ""
		case n == 0:
			flush()
			out.WriteString(bare(raw[:at+2], label))
			raw = raw[at+2:]
		default:
			between := raw[:at]
			apart := strings.TrimSpace(between) != "" || open.charset == ""
			if apart || !strings.EqualFold(w.charset, open.charset) {
				flush()
			}
			if apart {
				out.WriteString(bare(between, label))
			}
			w.bytes = append(open.bytes, w.bytes...)
			open = w
			raw = raw[at+n:]
		}
	}
	flush()
	return out.String()
}

func bare(s, label string) string {
	for _, c := range []byte(s) {
		if c >= 0x80 || c == 0x1b {
			return charset.Decode([]byte(s), label)
		}
	}
	return s
}

type word struct {
	charset string
	bytes   []byte
}

// nextWord decodes the encoded word that s begins with, and gives its length.
func nextWord(s string) (word, int) {
	parts := strings.SplitN(s, "?", 4)
	if len(parts) < 4 || parts[0] != "=" || parts[1] == "" || len(parts[1]) > 60 || len(parts[2]) != 1 {
		return word{}, 0
	}
	end := strings.Index(parts[3], "?=")
	if end < 0 {
		return word{}, 0
	}
	label, _, _ := strings.Cut(parts[1], "*") // RFC 2231: a language follows
	n := len(s) - len(parts[3]) + end + 2
	switch coded := parts[3][:end]; parts[2] {
	case "q", "Q":
		return word{label, unquote(strings.ReplaceAll(coded, "_", " "))}, n
	case "b", "B":
		return word{label, unbase64(coded)}, n
	}
	return word{}, 0
}

func unbase64(s string) []byte {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
			return r
		}
		return -1
	}, s)
	if len(s)%4 == 1 {
		s = s[:len(s)-1]
	}
	b, _ := base64.RawStdEncoding.DecodeString(s)
	return b
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// unquote decodes =XX; what is none stays.
func unquote(s string) []byte {
	var b bytes.Buffer
	for i := 0; i < len(s); i++ {
		if s[i] == '=' && i+2 < len(s) && hex(s[i+1]) >= 0 && hex(s[i+2]) >= 0 {
			b.WriteByte(byte(hex(s[i+1])<<4 | hex(s[i+2])))
			i += 2
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.Bytes()
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
