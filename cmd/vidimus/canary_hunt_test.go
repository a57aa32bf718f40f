//go:build linux

package main

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// needle is one canary in one form.
type needle struct {
	bytes []byte
	what  string
}

// hunter looks for canaries.
type hunter struct {
	needles map[uint16][]needle // by their first two bytes
	starts  [1 << 16]bool       // the keys of needles
	since   time.Time           // what did not change after it was left by others
}

func newHunter(canaries []canary) *hunter {
	h := &hunter{needles: map[uint16][]needle{}}
	for _, c := range canaries {
		all := forms
		if c.raw {
			all = rawForms
		}
		for form, make := range all {
			for _, b := range make(c.word) {
				b = lower(b)
				start := binary.BigEndian.Uint16(b)
				h.starts[start] = true
				h.needles[start] = append(h.needles[start], needle{b, c.what + " as " + form})
			}
		}
	}
	return h
}

// lower folds ASCII letters, which are also letters of UTF-16, hex and base64.
func lower(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

// in gives the canaries in b, and in what can be inflated out of it.
func (h *hunter) in(b []byte) []string {
	found := map[string]bool{}
	h.look(b, "", 2, found)
	return slices.Sorted(maps.Keys(found))
}

func (h *hunter) look(b []byte, how string, depth int, found map[string]bool) {
	folded := lower(b)
	for i := range len(folded) - 1 {
		s := uint16(folded[i])<<8 | uint16(folded[i+1])
		if !h.starts[s] {
			continue
		}
		for _, n := range h.needles[s] {
			if bytes.HasPrefix(folded[i:], n.bytes) {
				found[n.what+how] = true
			}
		}
	}
	if depth > 0 {
		inflate(b, func(inner []byte) { h.look(bytes.Clone(inner), ", inflated", depth-1, found) })
	}
}

// most is how much of one stream is inflated.
const most = 4 << 20

// inflate yields what can be had from the streams in b: zlib, gzip and zip at
// any place, bare deflate at multiples of 512.
func inflate(b []byte, yield func([]byte)) {
	var out bytes.Buffer
	bare := flate.NewReader(nil)
	try := func(r io.Reader) {
		out.Reset()
		// What comes before an error is looked at too.
		_, _ = io.Copy(&out, io.LimitReader(r, most))
		if out.Len() >= 4 {
			yield(out.Bytes())
		}
	}
	deflated := func(at int) {
		if at < len(b) && bare.(flate.Resetter).Reset(bytes.NewReader(b[at:]), nil) == nil {
			try(bare)
		}
	}
	for i := range len(b) - 1 {
		switch rest := b[i:]; {
		case rest[0]&0x8f == 8 && rest[1]&0x20 == 0 && (uint(rest[0])<<8|uint(rest[1]))%31 == 0:
			deflated(i + 2)
		case bytes.HasPrefix(rest, []byte{0x1f, 0x8b, 8}):
			if z, err := gzip.NewReader(bytes.NewReader(rest)); err == nil {
				try(z)
			}
		case len(rest) > 30 && bytes.HasPrefix(rest, []byte("PK\x03\x04")):
			deflated(i + 30 + int(binary.LittleEndian.Uint16(rest[26:])) + int(binary.LittleEndian.Uint16(rest[28:])))
		}
		if i%512 == 0 {
			deflated(i)
		}
	}
}

// older tells of what was there, as it is, before the program ran: in shared
// memory lie the things of others, and in enough megabytes of them any pair of
// Han characters.
func (h *hunter) older(d fs.DirEntry) bool {
	info, err := d.Info()
	if err != nil {
		return false
	}
	changed := info.Sys().(*syscall.Stat_t).Ctim
	return time.Unix(changed.Unix()).Before(h.since)
}

// under gives the canaries in all that lies under a folder: names, what links
// point to, and content. What goes away meanwhile, and in shared folders what is
// another user's, is passed over.
func (h *hunter) under(t *testing.T, dir string) (found []string, files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) || os.IsPermission(err) {
			return nil
		} else if err != nil {
			return err
		}
		if h.older(d) {
			return nil
		}
		rel, _ := filepath.Rel(dir, path)
		say := func(in string, b []byte) {
			for _, what := range h.in(b) {
				found = append(found, fmt.Sprintf("%s: %s in the %s of %q", filepath.Base(dir), what, in, rel))
			}
		}
		say("name", []byte(rel))
		switch {
		case d.Type()&fs.ModeSymlink != 0:
			to, _ := os.Readlink(path)
			say("target", []byte(to))
		case d.Type().IsRegular():
			files++
			b, err := os.ReadFile(path)
			if err != nil && !os.IsNotExist(err) && !os.IsPermission(err) {
				return err
			}
			say("content", b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, files
}
