package match

import (
	"encoding/base64"
	"strings"
	"unicode"
)

// percents resolves %XX, and =XX of quoted-printable.
func percents(text string) (all []string) {
	for _, mark := range []byte{'%', '='} {
		var b strings.Builder
		changed := false
		for i := 0; i < len(text); i++ {
			if n, ok := hexNumber(text, i+1, 2); text[i] == mark && ok {
				b.WriteByte(byte(n))
				i += 2
				changed = true
				continue
			}
			if mark == '=' && strings.HasPrefix(text[i:], "=\n") {
				i++
				continue
			}
			b.WriteByte(text[i])
		}
		if changed {
			all = append(all, b.String())
		}
	}
	return all
}

// shortest is the least of a run of base64 or hex that can hold a name.
const shortest = 6

// surelyPacked is the length from which what a run decodes to is looked at
// whatever it is. Shorter ones are words more often than not: of these the
// stretches of text count that are not as short as chance makes them.
const (
	surelyPacked = 48
	byChance     = 4
)

// pieces joins what runs decode to.
type pieces struct{ strings.Builder }

func (p *pieces) add(b []byte) {
	if len(b) >= surelyPacked {
		p.WriteString(readable(b) + ";\n\n;")
		return
	}
	for _, s := range strings.FieldsFunc(strings.ToValidUTF8(string(b), "\x00"), notText) {
		if len(s) > byChance {
			p.WriteString(s + ";\n\n;")
		}
	}
}

func notText(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

func (p *pieces) texts() []string {
	if p.Len() == 0 {
		return nil
	}
	return []string{p.String()}
}

// base64Runs decodes every run of the alphabet's characters, line ends within
// it left out, from each of the four places where a group can begin.
func base64Runs(text string) []string {
	var all pieces
	for _, run := range runsOf(text, isBase64, false) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for start := 0; start < 4 && start+4 <= len(run); start++ {
			part := run[start:]
			part = part[:len(part)-btoi(len(part)%4 == 1)]
			if b, err := base64.RawStdEncoding.DecodeString(part); err == nil {
				all.add(b)
			}
		}
	}
	return all.texts()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func isBase64(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_'
}

// hexRuns decodes every run of pairs of hexadecimal digits, from both places
// where a pair can begin.
func hexRuns(text string) []string {
	var all pieces
	for _, run := range runsOf(text, func(c byte) bool { return hexValue(c) >= 0 }, true) {
		for start := range 2 {
			b := make([]byte, 0, len(run)/2)
			for i := start; i+1 < len(run); i += 2 {
				b = append(b, byte(hexValue(run[i])<<4|hexValue(run[i+1])))
			}
			all.add(b)
		}
	}
	return all.texts()
}

// runsOf gives the runs of characters that fit, joined over single line ends,
// and, of hexadecimal digits, over the spaces between pairs.
func runsOf(text string, fits func(byte) bool, pairs bool) (runs []string) {
	var run []byte
	flush := func() {
		if len(run) >= shortest {
			runs = append(runs, string(run))
		}
		run = run[:0]
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case fits(c):
			run = append(run, c)
		case (c == '\n' || c == '\r') && len(run) >= shortest:
		case pairs && c == ' ' && len(run) > 0 && i+2 < len(text) && fits(text[i+1]) && fits(text[i+2]) && (i+3 == len(text) || text[i+3] == ' '):
		default:
			flush()
		}
	}
	flush()
	return runs
}
