package match

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"io"
	"regexp"
	"strconv"
)

// Streams gives what is packed inside some bytes, at most limit of it: zlib
// streams, as in PDF and PNG, gzip, and the files of a zip. It is for what we
// wrote ourselves: it parses.
func Streams(b []byte, limit int) (all [][]byte, err error) {
	var packed io.ReadCloser // one reader for all: most places that look like a stream are none
	for i := 0; i+2 < len(b); i++ {
		var r io.Reader
		switch {
		case b[i]&0x0F == 8 && b[i]>>4 <= 7 && (uint(b[i])<<8|uint(b[i+1]))%31 == 0 && b[i+1]&0x20 == 0:
			if packed == nil {
				packed, err = zlib.NewReader(bytes.NewReader(b[i:]))
			} else {
				err = packed.(zlib.Resetter).Reset(bytes.NewReader(b[i:]), nil)
			}
			r = packed
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

// armoured gives the streams of a PDF that are written as ASCII85 or
// hexadecimal digits, as bytes.
func armoured(b []byte) (all [][]byte) {
	for rest := b; ; {
		head, body, found := bytes.Cut(rest, []byte("stream"))
		if !found {
			return all
		}
		body, rest, _ = bytes.Cut(body, []byte("endstream"))
		head = head[max(0, len(head)-256):]
		switch {
		case bytes.Contains(head, []byte("ASCII85Decode")) || bytes.Contains(head, []byte("/A85")):
			body, _, _ = bytes.Cut(body, []byte("~>"))
			out := make([]byte, 4*len(body)+4) // a z is four bytes
			n, _, _ := ascii85.Decode(out, body, true)
			all = append(all, out[:n]) // also the beginning of a damaged one
		case bytes.Contains(head, []byte("ASCIIHexDecode")) || bytes.Contains(head, []byte("/AHx")):
			body, _, _ = bytes.Cut(body, []byte(">"))
			if out, _ := hexString(append(bytes.Clone(body), '>'), 0); out != nil {
				all = append(all, out)
			}
		}
	}
}

var itsColumns = regexp.MustCompile(`/Columns (\d{1,6})\b`)

// unpredicted adds up the rows of streams that hold differences, where the file
// names the length of such rows: ISO 32000-1, 7.4.4.4.
func unpredicted(b []byte, streams [][]byte) (all [][]byte) {
	for _, m := range itsColumns.FindAllSubmatch(b, 4) {
		columns, err := strconv.Atoi(string(m[1]))
		if err != nil || columns == 0 {
			continue
		}
		for _, s := range streams {
			if out, ok := addedUp(s, columns); ok {
				all = append(all, out)
			}
		}
	}
	return all
}

// addedUp is for rows of bytes that say how they were told from the row above
// or the byte before; others are as they are.
func addedUp(s []byte, columns int) (out []byte, ok bool) {
	if len(s) == 0 || len(s)%(columns+1) != 0 {
		return nil, false
	}
	above := make([]byte, columns)
	for ; len(s) > 0; s = s[columns+1:] {
		how, row := s[0], bytes.Clone(s[1:columns+1])
		if how > 4 {
			return nil, false
		}
		for i := range row {
			var left, corner byte
			if i > 0 {
				left, corner = row[i-1], above[i-1]
			}
			row[i] += [5]byte{0, left, above[i], byte((int(left) + int(above[i])) / 2), paeth(left, above[i], corner)}[how]
		}
		out, above = append(out, row...), row
	}
	return out, true
}

// paeth is the neighbour that is nearest to left + up - corner.
func paeth(left, up, corner byte) byte {
	p := int(left) + int(up) - int(corner)
	dl, du, dc := abs(p-int(left)), abs(p-int(up)), abs(p-int(corner))
	switch {
	case dl <= du && dl <= dc:
		return left
	case du <= dc:
		return up
	}
	return corner
}

func abs(n int) int { return max(n, -n) }
