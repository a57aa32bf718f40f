//go:build linux

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhoWasRemovedOpensTheOldBackupOnly(t *testing.T) {
	at := t.TempDir()
	for _, who := range []string{"stays", "goes"} {
		if err := os.Mkdir(filepath.Join(at, who), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	stays, one := newIdentity(t, filepath.Join(at, "stays"))
	goes, two := newIdentity(t, filepath.Join(at, "goes"))
	dir, before, after := filepath.Join(at, "case"), filepath.Join(at, "before"), filepath.Join(at, "after")
	must := func(args ...string) string {
		t.Helper()
		out, code := program(t, stays, args...)
		if code != 0 {
			t.Fatalf("%s: %s", args[0], out)
		}
		return out
	}
	must("init", dir, "--recipient", one, "--recipient", two, "--allow-swap")
	must("backup", dir, before)
	for line := range strings.Lines(must("key", "list", dir)) {
		var way struct {
			Way    string
			Opened bool
		}
		if err := json.Unmarshal([]byte(line), &way); err != nil {
			t.Fatal(err)
		}
		if !way.Opened {
			must("key", "remove", dir, way.Way)
		}
	}
	must("backup", dir, after)
	for where, want := range map[string]int{dir: exitFailed, after: exitFailed, before: exitDone} {
		if out, code := program(t, goes, "status", where, "--no-state"); code != want {
			t.Errorf("%s ends with %d: %s", filepath.Base(where), code, out)
		}
		must("status", where, "--no-state")
	}
	if out, code := program(t, stays, "backup", dir, before); code != exitFailed {
		t.Errorf("a backup onto the one of before ends with %d: %s", code, out)
	}
}
