//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// packings are what a hunter must see through.
var packings = map[string]func(t *testing.T, b []byte) []byte{
	"nothing": func(_ *testing.T, b []byte) []byte { return b },
	"zlib": func(t *testing.T, b []byte) []byte {
		return packed(t, b, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	},
	"gzip": func(t *testing.T, b []byte) []byte {
		return packed(t, b, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	},
	"zlib cut short": func(t *testing.T, b []byte) []byte {
		z := packed(t, append(b, drawn(4000, "abcdefgh")...), func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
		return z[:len(z)/2]
	},
	"gzip in zlib": func(t *testing.T, b []byte) []byte {
		inner := packed(t, b, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
		return packed(t, inner, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	},
	"zip": func(t *testing.T, b []byte) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, err := z.Create("inside")
		if err != nil {
			t.Fatal(err)
		}
		w.Write(b)
		z.Close()
		return out.Bytes()
	},
	"bare deflate": func(t *testing.T, b []byte) []byte {
		z := packed(t, b, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 9); return f })
		return append(make([]byte, 512-len(margin)), z...)
	},
}

// margin is what stands before a planted canary, so that it begins anywhere.
const margin = "\x00\xffa"

func packed(t *testing.T, b []byte, by func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var out bytes.Buffer
	w := by(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestAPlantedCanaryIsFound is the test of the test: in every place, in every
// form, through every packing.
func TestAPlantedCanaryIsFound(t *testing.T) {
	w := newWorld(t)
	places := []string{w.run, w.dir(), filepath.Join(w.root, "cache"), filepath.Join(w.root, "browser")}
	for _, name := range quietPlaces {
		places = append(places, filepath.Join(w.root, name))
	}
	raw := drawn(16, "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f")
	for _, c := range []canary{{what: "Latin", word: latin()}, {what: "Cyrillic", word: "Щ" + drawn(9, "абвгдежзик")}, {what: "Han", word: han(t)}, {what: "a digest", word: raw, raw: true}} {
		h, all := newHunter([]canary{c}), forms
		if c.raw {
			all = rawForms
		}
		for form, make := range all {
			for _, b := range make(c.word) {
				for packing, pack := range packings {
					if found := h.in(append([]byte(margin), pack(t, bytes.Clone(b))...)); len(found) == 0 {
						t.Errorf("%s as %s in %s is not found", c.what, form, packing)
					}
				}
				for _, place := range places {
					path := filepath.Join(place, "deep", "core.1")
					write(t, path, append([]byte(margin), b...))
					if found, _ := h.under(t, place); len(found) == 0 {
						t.Errorf("%s as %s is not found in %s", c.what, form, filepath.Base(place))
					}
					if err := os.RemoveAll(filepath.Dir(path)); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
	heard := strings.Join(w.touched.since(), "\n")
	for _, name := range quietPlaces {
		if !strings.Contains(heard, name+"/deep") {
			t.Errorf("a file that came and went in %s was not heard of", name)
		}
	}
}

func TestAPlantedNameLinkAndArgumentAreFound(t *testing.T) {
	w := newWorld(t)
	c := canary{what: "planted", word: latin() + han(t)}
	h := newHunter([]canary{c})
	h.since = w.began
	for name, plant := range map[string]func() error{
		"name":   func() error { return os.WriteFile(filepath.Join(w.run, "a "+c.word), nil, 0o600) },
		"folder": func() error { return os.Mkdir(filepath.Join(w.run, string(gb18030(c.word))), 0o700) },
		"link":   func() error { return os.Symlink("/nowhere/"+c.word, filepath.Join(w.run, "link")) },
	} {
		if err := plant(); err != nil {
			t.Fatal(err)
		}
		if found, _ := h.under(t, w.run); len(found) == 0 {
			t.Errorf("the %s was not found", name)
		}
		if found, _ := h.under(t, "/dev/shm"); len(found) == 0 {
			t.Errorf("the %s was not found in memory", name)
		}
		os.RemoveAll(w.run)
		os.Mkdir(w.run, 0o700)
	}
	write(t, filepath.Join(w.run, "left by others"), []byte(c.word))
	h.since = time.Now().Add(time.Minute)
	if found, _ := h.under(t, w.run); len(found) > 0 {
		t.Errorf("what was there before the program ran was looked at: %v", found)
	}
	cmd := exec.Command("sh", "-c", "sleep 60; :", c.word)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "PLANTED=" + c.word}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { cmd.Process.Kill(); cmd.Wait() }()
	for range 3000 {
		if found := strings.Join(w.watch.in(h), "\n"); strings.Contains(found, "arguments of sh") && strings.Contains(found, "environment of sh") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("arguments and environment of a child: found only %q", w.watch.in(h))
}
