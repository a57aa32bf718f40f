//go:build linux

package main

import (
	"path/filepath"
	"testing"

	"filippo.io/age"
)

// newIdentity draws a way into test cases and keeps it in a file.
func newIdentity(t *testing.T, dir string) (path, recipient string) {
	t.Helper()
	i, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "identity")
	write(t, path, []byte(i.String()+"\n"))
	return path, i.Recipient().String()
}
