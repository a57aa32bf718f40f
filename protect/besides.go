package protect

import (
	"bytes"
	"strings"

	"vidimus/internal/typeset"
)

// besides gives the bytes of an edition's book without its pictures: the very
// bytes of those lie in the folder too, and are looked at there.
func (c Cleared) besides(path string, b []byte) []byte {
	if !strings.HasSuffix(path, ".pdf") || len(c.pictures) == 0 {
		return b
	}
	var out []byte
	from := 0
	for _, d := range c.edition.Documents {
		for _, p := range d.Pictures {
			picture, err := typeset.ParseBilevel(c.pictures[p.Path])
			if err != nil {
				continue // it is looked at where it stands
			}
			if at := bytes.Index(b[from:], picture.Packed); at >= 0 {
				out = append(out, b[from:from+at]...)
				from += at + len(picture.Packed)
			}
		}
	}
	return append(out, b[from:]...)
}
