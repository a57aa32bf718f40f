package match

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
)

// Streams gives what is packed inside some bytes, at most limit of it: zlib
// streams, as in PDF and PNG, gzip, and the files of a zip. It is for what we
// wrote ourselves: it parses.
func Streams(b []byte, limit int) (all [][]byte, err error) {
	for i := 0; i+2 < len(b); i++ {
		var r io.Reader
		switch {
		case b[i]&0x0F == 8 && b[i]>>4 <= 7 && (uint(b[i])<<8|uint(b[i+1]))%31 == 0 && b[i+1]&0x20 == 0:
			r, err = zlib.NewReader(bytes.NewReader(b[i:]))
		case b[i] == 0x1f && b[i+1] == 0x8b && b[i+2] == 8:
			r, err = gzip.NewReader(bytes.NewReader(b[i:]))
		case bytes.HasPrefix(b[i:], []byte("PK\x03\x04")) && len(b) > i+30 && b[i+8] == 8:
			begin := i + 30 + int(b[i+26]) + int(b[i+27])<<8 + int(b[i+28]) + int(b[i+29])<<8
			r = flate.NewReader(bytes.NewReader(b[min(begin, len(b)):]))
		default:
			continue
		}
		if err != nil {
			continue // no stream begins here
		}
		out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
		if len(out) > limit {
			return nil, errors.New("a stream unpacks to more than can be looked at")
		}
		if len(out) >= shortest || err == nil && len(out) > 0 {
			all = append(all, out) // also the beginning of a damaged one
			limit -= len(out)
		}
	}
	return all, nil
}
