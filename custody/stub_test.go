package custody

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestAStubIsItsCheckpointAgain(t *testing.T) {
	signer := aSigner(t)
	checkpoint := checkpoint(t, logOf(t, 5), signer)
	line, err := Stub("case1", checkpoint, signer.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(line, "\n\t") || strings.Contains(line, "log/") {
		t.Errorf("the stub is %q", line)
	}
	back, err := ParseStub("  "+line+"\n", "case1", signer.Verifier())
	if err != nil || !bytes.Equal(back, checkpoint) {
		t.Errorf("got %q, %v", back, err)
	}
	if _, err := ParseStub(line, "case2", signer.Verifier()); !errors.Is(err, ErrOtherCase) {
		t.Errorf("another case's stub: %v", err)
	}
	for i := range line {
		b := []byte(line)
		b[i] ^= 1
		if got, err := ParseStub(string(b), "case1", signer.Verifier()); err == nil && !bytes.Equal(got, checkpoint) {
			t.Errorf("a stub with its character %d changed was accepted", i+1)
		}
	}
	for _, short := range []string{"", "vidimus-stub/1", line[:len(line)-3], "vidimus-stub/2" + line[14:]} {
		if _, err := ParseStub(short, "case1", signer.Verifier()); err == nil {
			t.Errorf("%q was accepted", short)
		}
	}
}
