package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// Of a case that opens with one key file, a flipped bit in what comes before
// the databases is named in words, as nothing can be opened then.
func TestAFlippedBitOfTheKeyFileOrTheFormatIsNamed(t *testing.T) {
	rounds := 40
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 400
	}
	dir := filepath.Join(t.TempDir(), "case")
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	identity := filepath.Join(t.TempDir(), "identity")
	if err := os.WriteFile(identity, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	vidimus := func(args ...string) (int, string) {
		var out bytes.Buffer
		args = append(args, "--identity", identity, "--no-state")
		return command(t.Context(), nil, args, strings.NewReader(""), &out, &out), out.String()
	}
	if code, said := vidimus("init", dir, "--recipient", id.Recipient().String(), "--allow-swap"); code != 0 {
		t.Fatal(said)
	}
	keys, _ := filepath.Glob(filepath.Join(dir, "keys", "*.age"))
	if len(keys) != 1 {
		t.Fatalf("%d key files", len(keys))
	}
	random := rand.New(rand.NewPCG(8, 1))
	for i := range rounds {
		path, word := keys[0], "key file"
		if i%2 == 0 {
			path, word = filepath.Join(dir, "format"), "format"
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b, at := bytes.Clone(whole), random.IntN(len(whole)*8)
		b[at/8] ^= 1 << (at % 8)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if code, said := vidimus("audit", dir); code != 1 || !strings.Contains(said, word) && !strings.Contains(said, "CHANGED") {
			t.Errorf("bit %d of %s: exit code %d, %s", at, filepath.Base(path), code, said)
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, said := vidimus("audit", dir); code != 0 {
		t.Error(said)
	}
}
