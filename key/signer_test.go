package key

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const testSignerWords = "abacus ridge lantern oyster velvet quarry thimble"

func TestASignersFileOpensWithItsPassphraseOnly(t *testing.T) {
	s, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.seal(testSignerWords, 10)
	if err != nil {
		t.Fatal(err)
	}
	unwrap := ChildMain()
	again, err := OpenSigner(file, Way{Passphrase: testSignerWords, Unwrap: unwrap})
	if err != nil || again.Public().String() != s.Public().String() {
		t.Fatalf("reopened: %v", err)
	}
	if _, err := OpenSigner(file, Way{Passphrase: "another", Unwrap: unwrap}); !errors.Is(err, ErrNotOpened) {
		t.Errorf("a wrong passphrase gives %v", err)
	}
	if _, err := OpenSigner([]byte("text"), Way{Passphrase: "another", Unwrap: unwrap}); err == nil {
		t.Error("any file opens")
	}
	k, err := newCaseKey("a")
	if err != nil {
		t.Fatal(err)
	}
	way, err := Ways{Passphrase: testSignerWords, TestOnlyWorkFactor: 10}.files(k)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSigner(way[0].Bytes, Way{Passphrase: testSignerWords, Unwrap: unwrap}); !errors.Is(err, errSigner) {
		t.Errorf("a way into a case passes for a signer: %v", err)
	}
}

func TestASignatureIsOverExactlyTheText(t *testing.T) {
	s, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	signed, err := s.Sign("vidimus-approval/1\ncase\nplan\n00\n")
	if err != nil {
		t.Fatal(err)
	}
	if !s.Public().Signed(signed, "vidimus-approval/1\ncase\nplan\n00\n") {
		t.Error("a good signature is refused")
	}
	if s.Public().Signed(signed, "vidimus-approval/1\ncase\nplan\n01\n") {
		t.Error("another text passes")
	}
	if other.Public().Signed(signed, "vidimus-approval/1\ncase\nplan\n00\n") {
		t.Error("another signer passes")
	}
	for i := range signed {
		changed := append([]byte(nil), signed...)
		changed[i] ^= 1
		if s.Public().Signed(changed, "vidimus-approval/1\ncase\nplan\n00\n") {
			t.Errorf("a note with byte %d changed passes", i)
		}
	}
}

func TestHalvesThatDoNotBelongTogetherAreRefused(t *testing.T) {
	a, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseSigner(a.secret, b.verifier.text); !errors.Is(err, errSigner) {
		t.Errorf("got %v", err)
	}
	if _, err := ParseSignerKey(strings.Replace(a.verifier.text, "signer/", "person/", 1)); err == nil {
		t.Error("another form of name passes")
	}
}

func TestNothingPrintsASigningKey(t *testing.T) {
	s, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%q"} {
		if got := fmt.Sprintf(verb, s); got != s.Public().Name() {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}
