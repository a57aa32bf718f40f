package blob

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"vidimus/archive"
)

// damaged tells whether reading o whole fails, giving out nothing false.
func damaged(t *testing.T, s *store, o archive.Original, want []byte) bool {
	t.Helper()
	got, err := readAll(s, o)
	if !bytes.HasPrefix(want, got) {
		t.Error("false bytes were given out")
	}
	if err != nil && !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want %v", err, ErrDamaged)
	}
	return err != nil
}

// stored gives what is needed to spoil a blob.
func stored(t *testing.T, s *store, o archive.Original) (path string, b []byte) {
	t.Helper()
	path, err := s.path(o.Blob)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return path, b
}

func TestEveryFlippedBitOfASmallBlobIsNoticed(t *testing.T) {
	for _, n := range []int{0, 100} {
		t.Run(fmt.Sprintf("of %d bytes", n), func(t *testing.T) {
			s := openStore(t, t.TempDir(), false)
			o := put(t, s, content(n))
			path, b := stored(t, s, o)
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			for bit := range 8 * len(b) {
				at := int64(bit / 8)
				f.WriteAt([]byte{b[at] ^ 1<<(bit%8)}, at)
				if !damaged(t, s, o, content(n)) {
					t.Fatalf("bit %d of %d was not noticed", bit, 8*len(b))
				}
				f.WriteAt(b[at:at+1], at)
			}
			if damaged(t, s, o, content(n)) {
				t.Error("the whole blob is called damaged")
			}
		})
	}
}

func TestChangesOfALargeBlobAreNoticed(t *testing.T) {
	const n, sealed = 64*chunkSize + 100, chunkSize + tagSize
	if chunks(padded(n)) == chunks(n) {
		t.Fatal("the last chunk should hold padding only")
	}
	part := func(b []byte, i int) []byte { return b[i*sealed : min(len(b), (i+1)*sealed)] }
	for _, c := range []struct {
		name   string
		change func(b []byte) []byte
	}{
		{"cut by a byte", func(b []byte) []byte { return b[:len(b)-1] }},
		{"cut by its last chunk", func(b []byte) []byte { return b[:len(b)-sealed] }},
		{"cut to nothing", func([]byte) []byte { return nil }},
		{"longer by a byte", func(b []byte) []byte { return append(b, 0) }},
		{"longer by a chunk", func(b []byte) []byte { return append(b, part(b, 0)...) }},
		{"two chunks exchanged", func(b []byte) []byte {
			first := bytes.Clone(part(b, 0))
			copy(part(b, 0), part(b, 1))
			copy(part(b, 1), first)
			return b
		}},
		{"one chunk twice", func(b []byte) []byte { copy(part(b, 4), part(b, 3)); return b }},
		{"a bit in the middle", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }},
		{"a bit of the padding", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }},
		{"another blob's bytes", func(b []byte) []byte { rand.NewChaCha8([32]byte{}).Read(b); return b }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := openStore(t, t.TempDir(), false)
			o := put(t, s, content(n))
			path, b := stored(t, s, o)
			if err := os.WriteFile(path, c.change(b), 0o600); err != nil {
				t.Fatal(err)
			}
			if !damaged(t, s, o, content(n)) {
				t.Error("not noticed")
			}
		})
	}
}

func TestAWrongRowIsNoticed(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	right := put(t, s, content(5000))
	for name, spoil := range map[string]func(*archive.Original){
		"another key":                func(o *archive.Original) { o.Key[31] ^= 1 },
		"a length of another size":   func(o *archive.Original) { o.Bytes = 50_000 },
		"a negative length":          func(o *archive.Original) { o.Bytes = -1 },
		"a form that we do not know": func(o *archive.Original) { o.Format = 2 },
	} {
		t.Run(name, func(t *testing.T) {
			o := right
			spoil(&o)
			if _, err := readAll(s, o); err == nil {
				t.Error("not noticed")
			}
		})
	}
}

func TestRandomRangesReadAtOnceAreRight(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	want := content(5*chunkSize + 777)
	r, err := s.Open(put(t, s, want))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var all sync.WaitGroup
	for seed := range uint64(4) {
		all.Go(func() {
			choose := rand.New(rand.NewPCG(seed, 1))
			for range 200 {
				from := choose.IntN(len(want) + 1)
				part := make([]byte, choose.IntN(2*chunkSize))
				n, err := r.ReadAt(part, int64(from))
				wantN := min(len(part), len(want)-from)
				if n != wantN || (err != nil) != (wantN < len(part)) || err != nil && err != io.EOF || !bytes.Equal(part[:n], want[from:from+n]) {
					t.Errorf("%d bytes from %d: %d, %v", len(part), from, n, err)
				}
			}
		})
	}
	all.Wait()
}

func TestARangeIsReadBesideDamage(t *testing.T) {
	s := openStore(t, t.TempDir(), false)
	want := content(3 * chunkSize)
	o := put(t, s, want)
	path, b := stored(t, s, o)
	b[0] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := s.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := make([]byte, 10)
	for range 2 {
		if _, err := r.ReadAt(got, 0); !errors.Is(err, ErrDamaged) {
			t.Errorf("the damaged chunk gives %v", err)
		}
		if _, err := r.ReadAt(got, chunkSize); err != nil || !bytes.Equal(got, want[chunkSize:][:10]) {
			t.Errorf("the chunk beside it gives %v", err)
		}
	}
}
