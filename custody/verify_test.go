package custody

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	swap := func(list [][]byte) { list[2], list[5] = list[5], list[2] }
	for _, c := range []struct {
		name string
		do   func(t *testing.T, m *memory)
		says string // "" when the log is right
	}{
		{"an untouched log is right", func(*testing.T, *memory) {}, ""},
		{"an entry disposed of, with its key's end logged, is right", func(t *testing.T, m *memory) {
			m.keys[4], m.bodies[4] = nil, nil
			dispose(t, m, 4)
		}, ""},
		{"a body missing without a word is found", func(_ *testing.T, m *memory) { m.keys[4] = nil }, "entry 4: its body is missing"},
		{"a disposal of another entry is no excuse", func(t *testing.T, m *memory) {
			m.keys[4] = nil
			dispose(t, m, 3)
		}, "entry 4: its body is missing"},
		{"an earlier disposal is no excuse", func(t *testing.T, m *memory) {
			dispose(t, m, 11)
			appendTo(t, m, 1)
			m.keys[11] = nil
		}, "entry 11: its body is missing"},
		{"swapped bodies are found", func(_ *testing.T, m *memory) { swap(m.bodies) }, "entry 2: its body, key or leaf"},
		{"swapped bodies and keys are found", func(_ *testing.T, m *memory) { swap(m.bodies); swap(m.keys) }, "entry 5: its body, key or leaf"},
		{"whole entries in another order are found", func(_ *testing.T, m *memory) {
			swap(m.bodies)
			swap(m.keys)
			m.leaves[2], m.leaves[5] = m.leaves[5], m.leaves[2]
		}, "entry 2: the tree does not follow"},
		{"a new body under its leaf is found", func(_ *testing.T, m *memory) {
			_, m.bodies[3] = sealBody([]byte(`{"v":1,"kind":"receive"}`), m.keys[3])
		}, "entry 3: its body, key or leaf"},
		{"a key of another length is found", func(_ *testing.T, m *memory) { m.keys[3] = m.keys[3][:16] }, "entry 3: its body, key or leaf"},
		{"a changed hash high in the tree is found", func(_ *testing.T, m *memory) { m.hashes[14][0] ^= 1 }, "entry 7: the tree does not follow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := logOf(t, 10)
			c.do(t, m)
			err := Verify(m)
			if c.says == "" && err == nil {
				return
			}
			if c.says == "" || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func dispose(t *testing.T, m *memory, index int64) {
	t.Helper()
	if err := Append(m, Entry{Kind: Dispose, Fields: map[string]any{Disposed: []int64{index}}}); err != nil {
		t.Fatal(err)
	}
}

func TestEveryFlippedBitOfTheLogIsFound(t *testing.T) {
	m := logOf(t, 5)
	var parts [][]byte
	for i := range m.leaves {
		parts = append(parts, m.leaves[i][:], m.bodies[i], m.keys[i])
	}
	for i := range m.hashes {
		parts = append(parts, m.hashes[i][:])
	}
	for i, part := range parts {
		for bit := range 8 * len(part) {
			part[bit/8] ^= 1 << (bit % 8)
			if err := Verify(m); !errors.Is(err, ErrDamaged) {
				t.Fatalf("part %d, bit %d: %v", i, bit, err)
			}
			part[bit/8] ^= 1 << (bit % 8)
		}
	}
	if err := Verify(m); err != nil {
		t.Errorf("whole again: %v", err)
	}
}

func TestVerifyEndsItsListOfFindings(t *testing.T) {
	m := logOf(t, 200)
	for i := range m.keys {
		m.keys[i] = nil
	}
	err := Verify(m)
	if n := strings.Count(fmt.Sprint(err), "\n") + 1; n != maxFindings {
		t.Errorf("%d findings", n)
	}
}

func TestSignerSurvivesStorageAndIsNeverPrinted(t *testing.T) {
	by := aSigner(t)
	again, err := ParseSigner(by.Secret())
	if err != nil {
		t.Fatal(err)
	}
	v, err := ParseVerifier(by.Verifier().String())
	if err != nil {
		t.Fatal(err)
	}
	m := logOf(t, 3)
	c := checkpoint(t, m, again)
	if got, err := OpenCheckpoint(c, v); err != nil || got.Size != 3 || got.Root != plainRoot(m.leaves) {
		t.Errorf("got %v, %v", got, err)
	}
	if n, err := CheckpointSize(c); err != nil || n != 3 {
		t.Errorf("size %d, %v", n, err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if strings.Contains(fmt.Sprintf(verb, by), "PRIVATE") {
			t.Errorf("%s prints the signing key", verb)
		}
	}
	for _, bad := range []string{"", "PRIVATE+KEY", by.Verifier().String(), by.Secret() + "A"} {
		if _, err := ParseSigner(bad); err == nil {
			t.Errorf("%q is taken for a signer", bad)
		}
	}
}
