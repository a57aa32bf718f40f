package blob

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"vidimus"
	"vidimus/archive"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectorsFile = "../../spec/testdata/blob.json"

type nameVector struct {
	Key    string `json:"key"`
	Digest string `json:"digest"`
	Name   string `json:"name"`
}

type blobVector struct {
	Key    string `json:"key"`
	Length int    `json:"length"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

type vectors struct {
	Names   []nameVector `json:"names"`
	Padding [][2]int64   `json:"padding"`
	Blobs   []blobVector `json:"blobs"`
}

func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	b, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil || len(v.Names) == 0 || len(v.Padding) == 0 || len(v.Blobs) == 0 {
		t.Fatalf("the vectors cannot be read: %v", err)
	}
	for _, want := range v.Names {
		if got := want.made(t); got != want {
			t.Errorf("name %v, want %v", got, want)
		}
	}
	for _, want := range v.Padding {
		if got := padded(want[0]); got != want[1] {
			t.Errorf("%d bytes are padded to %d, want %d", want[0], got, want[1])
		}
	}
	for _, want := range v.Blobs {
		if got := want.made(t); got != want {
			t.Errorf("blob %v, want %v", got, want)
		}
	}
}

func (v nameVector) made(t *testing.T) nameVector {
	v.Name = string(Name([32]byte(unhex(t, v.Key)), vidimus.Digest(unhex(t, v.Digest))))
	return v
}

func (v blobVector) made(t *testing.T) blobVector {
	content := make([]byte, v.Length)
	for k := range content {
		content[k] = byte(7*k + k/256)
	}
	var b bytes.Buffer
	s := newSealer(&b, archive.BlobKey(unhex(t, v.Key)))
	if _, err := s.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := s.finish(int64(v.Length)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b.Bytes())
	v.Size, v.SHA256 = b.Len(), hex.EncodeToString(sum[:])
	return v
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		t.Fatalf("%q: %v", s, err)
	}
	return b
}

func writeVectors(t *testing.T) {
	zeros := hex.EncodeToString(make([]byte, 32))
	const counting = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	v := vectors{Names: []nameVector{{Key: zeros, Digest: zeros}, {Key: counting, Digest: zeros}, {Key: zeros, Digest: counting}}}
	for _, n := range []int64{0, 1, 4095, 4096, 4097, 8191, 8193, 65535, 65536, 65537, 67585, 1 << 20, 1<<20 + 1, 1<<30 + 1, 1<<40 - 1} {
		v.Padding = append(v.Padding, [2]int64{n, padded(n)})
	}
	for _, n := range []int{0, 1, 4097, 65536, 65537, 200_000} {
		v.Blobs = append(v.Blobs, blobVector{Key: counting, Length: n})
	}
	for i := range v.Names {
		v.Names[i] = v.Names[i].made(t)
	}
	for i := range v.Blobs {
		v.Blobs[i] = v.Blobs[i].made(t)
	}
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(vectorsFile, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
