package mail

import (
	"net/url"
	"strconv"
	"strings"

	"vidimus/read/charset"
)

// mediaType parses a field such as Content-Type: "text/plain; charset=x". What
// is no media type is the fallback.
func mediaType(raw, fallback string) (kind string, params map[string]string) {
	pieces := split(unfolded(raw))
	kind = strings.ToLower(strings.TrimSpace(pieces[0]))
	if f := strings.Fields(kind); len(f) > 0 {
		kind = f[0]
	}
	if main, sub, ok := strings.Cut(kind, "/"); !ok || main == "" || sub == "" {
		if main != "" && (main == "text" || main == "html" || main == "plain") {
			kind = map[bool]string{true: "text/html", false: "text/plain"}[main == "html"]
		} else {
			kind = fallback
		}
	}
	return kind, parameters(pieces[1:])
}

// split cuts a field at semicolons outside of quotes and comments.
func split(s string) []string {
	var pieces []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			pieces = append(pieces, s[from:i])
			from = i + 1
		}
	}
	if from > len(s) {
		from = len(s)
	}
	if quoted { // never closed: the quotes mean nothing
		return append(pieces, strings.Split(s[from:], ";")...)
	}
	return append(pieces, s[from:])
}

// parameters joins what RFC 2231 cuts, and decodes.
func parameters(pieces []string) map[string]string {
	plain, cut := map[string]string{}, map[string][]string{}
	coded := map[string]bool{}
	for _, p := range pieces {
		name, value, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			continue
		}
		value = unquoted(value)
		base, rest, starred := strings.Cut(name, "*")
		if !starred {
			if _, seen := plain[name]; !seen {
				plain[name] = value
			}
			continue
		}
		number, _ := strings.CutSuffix(rest, "*")
		n, _ := strconv.Atoi(number)
		if n < 0 || n > 999 {
			continue
		}
		if strings.HasSuffix(name, "*") {
			coded[base] = true
		}
		for len(cut[base]) <= n {
			cut[base] = append(cut[base], "")
		}
		cut[base][n] = value
	}
	for base, values := range cut {
		value := strings.Join(values, "")
		if coded[base] {
			value = extended(value)
		}
		plain[base] = value
	}
	return plain
}

// extended decodes charset'language'%XX.
func extended(s string) string {
	label, rest, ok := strings.Cut(s, "'")
	if _, value, two := strings.Cut(rest, "'"); ok && two {
		s = value
	} else {
		label = ""
	}
	raw, err := url.PathUnescape(s)
	if err != nil {
		raw = s
	}
	return charset.Decode([]byte(raw), label)
}

// unquoted removes quotes and a comment after the value.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		if at := strings.Index(s, " ("); at >= 0 {
			s = s[:at]
		}
		return strings.TrimRight(s, ` "`)
	}
	var b strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
