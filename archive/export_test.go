package archive

import (
	"bytes"
	"testing"
)

// CheckHead opens bytes as a head, and a head's own bytes again.
func CheckHead(t *testing.T, sealed []byte, generation int64) {
	key := [32]byte{1}
	if h, err := openHead(sealed, key); err == nil {
		t.Errorf("bytes that nobody sealed opened as %v", h)
	}
	want := Head{Generation: generation, Checkpoint: bytes.Repeat([]byte{7}, len(sealed)%900)}
	b, err := want.seal(key)
	if err != nil {
		t.Fatal(err)
	}
	got, err := openHead(b, key)
	if err != nil || got.Generation != want.Generation || !bytes.Equal(got.Checkpoint, want.Checkpoint) {
		t.Errorf("sealed %v, opened %v, %v", want, got, err)
	}
}

// ReplaceHead writes the case's head again: what lies between a commit and
// the head that names it.
func (c *Case) ReplaceHead() error { return writeHead(c.dir, c.keys.Head(), c.head) }
