package html

import (
	"encoding/base64"
	"mime"
	"net/url"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/read"
)

// carried gives the file in a data: address (RFC 2397) as a child.
func (p *page) carried(address string) error {
	address = strings.TrimSpace(address)
	if len(address) < 5 || !strings.EqualFold(address[:5], "data:") || p.children >= maxChildren {
		return nil
	}
	head, body, ok := strings.Cut(address[5:], ",")
	if !ok {
		return nil
	}
	p.children++
	kind, encoded := strings.CutSuffix(head, ";base64")
	name := "data " + strconv.Itoa(p.children)
	if mediaType, _, err := mime.ParseMediaType(kind); err == nil {
		_, sub, _ := strings.Cut(mediaType, "/")
		name += "." + strings.TrimPrefix(sub, "x-")
	}
	if !encoded {
		return p.child(&read.Child{Name: name, Body: strings.NewReader(unescaped(body))})
	}
	body = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n=", r) {
			return -1
		}
		return r
	}, unescaped(body))
	b, err := base64.RawStdEncoding.DecodeString(body)
	if err != nil && len(b) == 0 {
		return p.child(&read.Child{Name: name, Fault: vidimus.Damaged})
	}
	return p.child(&read.Child{Name: name, Body: strings.NewReader(string(b))})
}

func unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
