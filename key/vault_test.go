package key

import (
	"fmt"
	"testing"
)

func TestAVaultOpensWithItsOwnKeyOnly(t *testing.T) {
	k, err := NewVaultKey("abc")
	if err != nil {
		t.Fatal(err)
	}
	file, err := k.Seal([]byte("people"), 3)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.Open(file, 3); err != nil || string(got) != "people" {
		t.Fatalf("%q, %v", got, err)
	}
	if len(file) != 12+vaultPage+16 {
		t.Errorf("the file's length, %d, tells of its content", len(file))
	}
	if _, err := k.Open(file, 2); err == nil {
		t.Error("it opens as of another generation")
	}
	other, err := NewVaultKey("abc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Open(file, 3); err == nil {
		t.Error("another key opens it")
	}
	for i := 0; i < len(file); i += 97 {
		file[i] ^= 1
		if _, err := k.Open(file, 3); err == nil {
			t.Errorf("it opens with byte %d changed", i)
		}
		file[i] ^= 1
	}
	for n := range 40 {
		if _, err := k.Open(file[:n], 3); err == nil {
			t.Errorf("%d bytes open", n)
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if got := fmt.Sprintf(verb, k); got != "key of the vault of case abc" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
}

func TestAWayIntoTheCaseIsNoneIntoTheVault(t *testing.T) {
	c, err := newCaseKey("abc")
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVaultKey("abc")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := parsePayload(bound(c).payload(payloadMagic), vaultMagic); ok {
		t.Error("a case's payload passes for a vault's")
	}
	if _, ok := parsePayload(bound(v).payload(vaultMagic), payloadMagic); ok {
		t.Error("a vault's payload passes for a case's")
	}
}
