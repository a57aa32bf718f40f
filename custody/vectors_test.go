package custody

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectorsFile = "../spec/testdata/custody-log.json"

type vectors struct {
	Entries []struct {
		Name   string `json:"name"`
		Key    string `json:"key"`
		Body   string `json:"body"`
		Sealed string `json:"sealed"`
		Leaf   string `json:"leaf"`
	} `json:"entries"`
	Roots      []string `json:"roots"`
	Signer     string   `json:"signer"`
	Checkpoint string   `json:"checkpoint"`
	Refused    []struct {
		Name string `json:"name"`
		Body string `json:"body"`
	} `json:"refused"`
}

func TestVectors(t *testing.T) {
	b, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil || len(v.Entries) == 0 || len(v.Roots) != len(v.Entries)+1 || len(v.Refused) == 0 {
		t.Fatalf("%d entries, %d roots, %d refused: %v", len(v.Entries), len(v.Roots), len(v.Refused), err)
	}
	m := &memory{}
	var tree edge
	for i, e := range v.Entries {
		leaf, sealed := sealBody([]byte(e.Body), unhex(t, e.Key))
		if *update {
			v.Entries[i].Leaf, v.Entries[i].Sealed = hex.EncodeToString(leaf[:]), hex.EncodeToString(sealed)
		} else if hex.EncodeToString(leaf[:]) != e.Leaf || hex.EncodeToString(sealed) != e.Sealed {
			t.Errorf("%s: leaf %x, sealed %x", e.Name, leaf, sealed)
		}
		got, err := open(leaf, sealed, unhex(t, e.Key))
		if err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		if again, err := got.encode(); err != nil || string(again) != e.Body {
			t.Errorf("%s: encoded again %s, %v", e.Name, again, err)
		}
		m.Append(int64(i), leaf, sealed, unhex(t, e.Key))
		m.hashes = append(m.hashes, tree.add(leaf)...)
	}
	v.tree(t, m)
	for _, r := range v.Refused {
		if got, err := decode([]byte(r.Body)); err == nil {
			t.Errorf("%s: taken as %v", r.Name, got)
		}
	}
	if *update {
		v.write(t)
	}
}

func (v *vectors) tree(t *testing.T, m *memory) {
	for n, want := range v.Roots {
		root, err := tlog.TreeHash(int64(n), reader(m))
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			v.Roots[n] = hex.EncodeToString(root[:])
		} else if hex.EncodeToString(root[:]) != want {
			t.Errorf("root of %d: %x", n, root)
		}
	}
	if *update {
		var err error
		v.Signer, _, err = note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)), "log/abcdefghijklmnopqrstuvwxyz")
		if err != nil {
			t.Fatal(err)
		}
	}
	by, err := ParseSigner(v.Signer)
	if err != nil {
		t.Fatal(err)
	}
	c := string(checkpoint(t, m, by))
	if *update {
		v.Checkpoint = c
	} else if c != v.Checkpoint {
		t.Errorf("checkpoint %q", c)
	}
}

func (v *vectors) write(t *testing.T) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(vectorsFile, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"v":1,"kind":"receive","time":"2024-11","fields":{"a":[1,"b",true]}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decode(b)
		if err != nil {
			return
		}
		again, err := e.encode()
		if err != nil {
			t.Fatalf("read, and not writable: %v", err)
		}
		if _, err := decode(again); err != nil {
			t.Fatalf("written, and not readable: %v", err)
		}
	})
}
