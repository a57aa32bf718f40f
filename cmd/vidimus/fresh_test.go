package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"vidimus"
)

// caseWithIdentity makes an empty case that an identity opens.
func caseWithIdentity(t *testing.T, more ...string) (dir, file string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir, file = filepath.Join(t.TempDir(), "case"), filepath.Join(t.TempDir(), "identity")
	if err := os.WriteFile(file, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := runVerb(t, "", append([]string{"init", dir, "--recipient", id.Recipient().String(), "--allow-swap"}, more...)...); code != exitDone {
		t.Fatalf("init: exit %d:\n%s", code, out)
	}
	return dir, file
}

func (s status) reason(r vidimus.Reason) int {
	for _, have := range s.Reasons {
		if have.Reason == r {
			return have.Count
		}
	}
	return 0
}

func statusOf(t *testing.T, dir, file string) (s status) {
	t.Helper()
	code, out := runVerb(t, "", "status", dir, "--identity", file, "--json")
	if err := json.Unmarshal([]byte(out), &s); code != exitDone || err != nil {
		t.Fatalf("status: exit %d, %v\n%s", code, err, out)
	}
	return s
}
